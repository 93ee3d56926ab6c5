"""Headers become words: `CustomerName`, `CUSTOMER_NAME` and `customername` are all `customer name`."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

ALIKE = {
    "acct": "account", "amt": "amount", "cancelled": "canceled", "curr": "currency", "cust": "customer",
    "desc": "description", "descr": "description", "ext": "extended", "identifier": "id", "lic": "license",
    "licence": "license", "mfg": "manufacturer", "mfr": "manufacturer", "msrp": "rrp", "no": "number", "nr": "number",
    "num": "number", "org": "organization", "organisation": "organization", "prod": "product", "qnty": "quantity",
    "qty": "quantity", "quan": "quantity", "sub": "subscription", "subs": "subscription", "tot": "total",
}  # fmt: skip
SIGNS = str.maketrans({"#": " number ", "№": " number ", "&": " and ", "%": " percent "})
MARKS = re.compile(r"[\u0300-\u036f]")
LONGEST_PHRASE = 4  # words
PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_]+")
ASIDE = re.compile(r"[(\[].*?[)\]]")
SHORTEST_WORD, SHORTEST_JOINED, LONGEST_WORD = 3, 5, 16
NOT_PLURAL = ("ss", "us", "is")


def header_words(header: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Cut a header into lower-case singular words; what is said in brackets is an aside."""
    return tuple(word for piece in in_english(pieces_of(header)) for word in words_of(piece, known))


def our_words(phrase: str) -> tuple[str, ...]:
    """Cut a phrase of our own, which is English in lower case, into singular words."""
    return tuple(word for piece in phrase.split() for word in words_of(piece, frozenset()))


def pieces_of(header: str) -> list[str]:
    """Cut a header where a word ends, in lower case."""
    text = ASIDE.sub(" ", header).strip() or header
    text = MARKS.sub("", unicodedata.normalize("NFKD", text.translate(SIGNS)))
    return [piece.lower() for piece in PIECE.findall(text)]


def in_english(pieces: list[str]) -> list[str]:
    """Put what other languages call a column into our words, longest first: `Prix unitaire` is `unit price`."""
    at, plain, first_words = 0, [singular(piece) for piece in pieces], beginnings()
    if first_words.isdisjoint(plain):
        return pieces
    said: list[str] = []
    while at < len(pieces):
        ends = range(min(len(pieces), at + LONGEST_PHRASE), at, -1) if plain[at] in first_words else ()
        end = next((end for end in ends if " ".join(plain[at:end]) in abroad()), None)
        said += abroad()[" ".join(plain[at:end])].split() if end else [pieces[at]]
        at = end or at + 1
    return said


@lru_cache(maxsize=1)
def beginnings() -> frozenset[str]:
    """Give the first word of every heading in another language."""
    return frozenset(said.split()[0] for said in abroad())


@lru_cache(maxsize=1)
def abroad() -> Mapping[str, str]:
    """Read the table of headings in other languages; in it as in a heading, a plural is no other word."""
    table = json.loads(files("recon").joinpath("data/headings_abroad.json").read_text(encoding="utf-8"))
    languages = [words for words in table.values() if isinstance(words, dict)]
    return {" ".join(map(singular, said.split())): ours for words in languages for said, ours in words.items()}


def words_of(piece: str, known: frozenset[str]) -> Iterable[str]:
    """Write one piece of a header as the words we use; one written without gaps is cut where known words end."""
    word = ALIKE.get(piece) or ALIKE.get(singular(piece)) or singular(piece)
    if " " in word or word in known or not known or len(word) < SHORTEST_JOINED:
        return word.split()
    cut = cut_into(piece, known)
    return [ALIKE.get(part, part) for part in cut] if cut else [word]


def singular(word: str) -> str:
    """Drop a plural s; good enough, since vocabulary and headers go through the same."""
    return word[:-1] if len(word) > SHORTEST_WORD and word.endswith("s") and not word.endswith(NOT_PLURAL) else word


@lru_cache(maxsize=4096)
def cut_into(piece: str, known: frozenset[str]) -> tuple[str, ...]:
    """Cut `customertenantid` into known words, as few as possible; nothing if letters are left over."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(piece)
    for end in range(1, len(piece) + 1):
        for start in range(max(0, end - LONGEST_WORD), end):
            head, word = best[start], singular(piece[start:end])
            if head is None or (word not in known and word not in ALIKE) or end - start == 1:
                continue
            shorter = best[end]
            if shorter is None or len(head) + 1 < len(shorter):
                best[end] = (*head, word)
    return best[-1] or ()


def squash(header: str) -> str:
    """Write a header without case, gaps or marks, so that its usual renderings are equal."""
    text = unicodedata.normalize("NFKD", header).casefold()
    return "".join(letter for letter in text if letter.isalnum()) or header.strip().casefold()


def fingerprint_of(headers: Iterable[str]) -> str:
    """Name a header row so that case, gaps and the order of its columns do not matter."""
    together = "\n".join(sorted(squash(header) for header in headers))
    return hashlib.sha256(together.encode()).hexdigest()[:16]
