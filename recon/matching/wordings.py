"""A product's wording, written the same way whoever wrote it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from recon.matching.words import read_data

LONGEST = 300
ESCAPE, SET_OR_COUNT, GROUP = re.compile(r"\\."), re.compile(r"\[[^\]]*\]|\{[^}]*\}"), re.compile(r"\([^()]*\)")
PLAIN = re.compile(r"[a-z0-9]+(?![*?])")
SIZE = re.compile(r"\d+(?:gb|tb|mb|vcpu)?")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a product's name says: `MS NCE M365 BP 1YR` says m365, business, premium."""

    said: tuple[str, ...]  # every word but noise, in order
    key: str  # the same words sorted, each once: equal keys are one product
    marks: frozenset[str]  # the words that tell one tier, size or variant from another

    @property
    def brand(self) -> str:
        """The first word, which most often names the vendor or the family."""
        return self.said[0] if self.said else ""


@lru_cache(maxsize=200_000)
def wording(name: str) -> Wording:
    """Read a product's name."""
    said = tuple(word for word in words_of(rewritten(name)) if word not in noise())
    said = without_implied(said) or tuple(words_of(folded(name))) or (name[:LONGEST],)
    return Wording(said, " ".join(sorted(set(said))), frozenset(word for word in said if is_mark(word)))


def without_implied(said: tuple[str, ...]) -> tuple[str, ...]:
    """Drop what a tier says already: an E3 is `enterprise`, an F3 is `frontline`."""
    if not {"m365", "o365", "365"} & set(said) or not any(families().get(word) == "tier" for word in said):
        return said
    return tuple(word for word in said if word not in {"enterprise", "frontline"})


def rewritten(name: str) -> str:
    """Write brands and abbreviations out, drop what is about term or billing."""
    text = folded(name)
    for needed, pattern, replacement in rewrites():
        if not needed or any(letters in text for letters in needed):
            text = compiled(pattern).sub(replacement, text)
    return text


def folded(name: str) -> str:
    """Lower case without accents; an underscore is a space."""
    text = unicodedata.normalize("NFKD", name[:LONGEST]).replace("_", " ").lower()
    return "".join(letter for letter in text if not unicodedata.combining(letter)).strip()


def words_of(text: str) -> list[str]:
    """Split at everything that is no letter or number."""
    return re.findall(r"[^\W_]+", text)


def is_mark(word: str) -> bool:
    """Tell whether a word alone makes another product: a tier, a size, a number or a variant."""
    return word in marking_words() or bool(SIZE.fullmatch(word) and word not in brand_words())


@cache
def rewrites() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """Give the table's rewrites, then its brands: what they need, the pattern, what to write instead."""
    table = read_data("product_words.json")
    brands = sorted(table["brands"].items(), key=lambda pair: (-len(pair[0]), pair[0]))
    pairs = [*table["rewrites"], *((rf"\b{re.escape(short)}\b", full) for short, full in brands)]
    return tuple((needed_by(pattern), pattern, replacement) for pattern, replacement in pairs)


def needed_by(pattern: str) -> tuple[str, ...]:
    """List letters of which some stand in all that a pattern fits, or none where it does not say so at once.

    Few names have any rewrite's letters, and to compile a pattern takes longer than to read a name.
    """
    bare = SET_OR_COUNT.sub("*", ESCAPE.sub(" ", pattern))
    while (without := GROUP.sub(" ", bare)) != bare:
        bare = without
    found = [max(PLAIN.findall(choice), key=len, default="") for choice in bare.split("|")]
    return tuple(found) if all(found) else ()


compiled = cache(re.compile)


@cache
def noise() -> frozenset[str]:
    """Words that name no product."""
    return frozenset(read_data("product_words.json")["noise"])


@cache
def families() -> dict[str, str]:
    """Map each tier word to the family in which it excludes the others: `e3` to `tier`."""
    table: dict[str, list[str]] = read_data("product_words.json")["families"]
    return {word: family for family, words in table.items() for word in words}


@cache
def variants() -> dict[str, str]:
    """Map each word that makes a variant to how a person says it: `noteams` to `no Teams`."""
    table: dict[str, str] = read_data("product_words.json")["variants"]
    return table


@cache
def marking_words() -> frozenset[str]:
    """Every tier and variant word."""
    return frozenset(families()) | frozenset(variants())


@cache
def brand_words() -> frozenset[str]:
    """Names with a digit in them that are no size."""
    return frozenset({"365", "10", "11"})
