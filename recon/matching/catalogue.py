"""Known products: which one a name, a part number or a commerce id means."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import StringIO

from recon.matching.wordings import folded, wording, words_of
from recon.matching.words import read_data

GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
COMMERCE = re.compile(r"\b((?:CFQ7|DZH3)[0-9A-Z]{8})(?:[:\-_/ ]0*([0-9A-Z]{1,4})\b)?", re.IGNORECASE)
READABLE = re.compile(r"[^\W\d_]{3,}")
SHORTEST_CODE = 5
CODE = re.compile(r"(?=(?:\D*\d){2})[A-Z0-9][A-Z0-9._/-]{4,}")
SUITES = ("m365", "o365", "365")


@dataclass(frozen=True, slots=True)
class Known:
    """A product of the catalogue, and how it was recognised."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What each id, part number and wording means; a wording that could mean two products means none."""

    by_guid: dict[str, str]
    by_commerce: dict[str, str]
    by_part: dict[str, str]
    by_wording: dict[str, str]
    unclear: dict[str, frozenset[str]]  # a wording, and the products people call so

    def by_id(self, text: str | None) -> Known | None:
        """Read a GUID or a commerce id, however it is wrapped: `P1Y:CFQ7TTC0LCHC:0002:1:`."""
        for code in codes_in(text):
            name = self.by_guid.get(code) or self.by_commerce.get(code)
            if name:
                return Known(name, f"id {code} is {name}")
        return None

    def by_part_number(self, text: str | None) -> Known | None:
        """Read a Microsoft part number; it is never read as words, for it lies."""
        name = self.by_part.get((text or "").strip().upper())
        return Known(name, f"part number {(text or '').strip()} is {name}") if name else None

    def by_name(self, text: str) -> Known | None:
        """Read a wording: `MS NCE M365 BP 1YR` is Microsoft 365 Business Premium."""
        said = wording(text)
        if said.key in self.unclear:
            return None
        name = self.by_wording.get(said.key) or self.by_other_suite(said.said)
        return Known(name, f"'{text.strip()}' is {name}") if name else None

    def by_other_suite(self, said: tuple[str, ...]) -> str | None:
        """Take Office for Microsoft 365, or the reverse, where only one of them has this product."""
        if not set(said) & set(SUITES):
            return None
        found = {
            self.by_wording.get(" ".join(sorted({suite, *said} - (set(SUITES) - {suite})))) for suite in SUITES[:2]
        } - {None}
        return found.pop() if len(found) == 1 else None


def codes_in(text: str | None) -> list[str]:
    """Find the ids in a cell, written one way: GUIDs in lower case, commerce ids as `CFQ7TTC0LCHC:0002`."""
    if not text:
        return []
    guids = GUID.findall(text.lower())
    pairs = [(product.upper(), sku.upper()) for product, sku in COMMERCE.findall(text)]
    return guids + [f"{product}:{sku.zfill(4)}" for product, sku in pairs if sku]


@cache
def catalogue() -> Catalogue:
    """Read the catalogue that ships with the core."""
    rows = list(csv.DictReader(StringIO((files("recon.data") / "microsoft_products.csv").read_text(encoding="utf-8"))))
    aliases = read_data("product_aliases.json")
    also = {wording(text).key: product["name"] for product in aliases["products"] for text in product["also"]}
    named = {row["name"]: also.get(row["words"], row["name"]) for row in rows}
    return Catalogue(
        by_guid=only_one((row["guid"], named[row["name"]]) for row in rows),
        by_commerce={code: product["name"] for product in aliases["products"] for code in product["ids"]},
        by_part=only_one((row["part_number"].upper(), named[row["name"]]) for row in rows),
        by_wording={**only_one((row["words"], named[row["name"]]) for row in rows), **also},
        unclear={wording(text).key: frozenset(names) for text, names in aliases["unclear"].items()},
    )


def only_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep the keys that mean one name; names that read alike are one."""
    meant: dict[str, set[str]] = defaultdict(set)
    for key, name in pairs:
        meant[key].add(name)
    return {
        key: min(names) for key, names in meant.items() if len(names) == 1 or len({plain_key(n) for n in names}) == 1
    }


def plain_key(name: str) -> str:
    """Read a product's wording key."""
    return wording(name).key


@lru_cache(maxsize=100_000)
def known_product(name: str, part_number: str | None = None, sku: str | None = None) -> Known | None:
    """Say which product of the catalogue this is; a name and a part number that disagree mean nothing certain."""
    books = catalogue()
    by_id = books.by_id(sku) or books.by_id(part_number)
    if by_id:
        return by_id
    if contradiction(name, part_number, sku):
        return None
    return books.by_part_number(part_number) or books.by_part_number(sku) or named_product(name)


def possible_products(name: str, part_number: str | None = None, sku: str | None = None) -> frozenset[str]:
    """List the products that an unclear wording may mean: `Office 365 Business Premium` was one and is another."""
    if known_product(name, part_number, sku):
        return frozenset()
    return catalogue().unclear.get(wording(name).key, frozenset())


def is_bare_code(name: str, part_number: str | None = None, sku: str | None = None) -> bool:
    """Whether a product goes by nothing but a stock code that nobody here knows, so that no name can answer it."""
    if known_product(name, part_number, sku):
        return False
    if is_code(name):
        return True
    if name in (part_number, sku) and len(name) >= SHORTEST_CODE and " " not in name:
        return any(sign.isdigit() for sign in name)
    without = GUID.sub(" ", COMMERCE.sub(" ", name).lower())
    return without != name.lower() and not READABLE.search(without)


def is_code(name: str) -> bool:
    """Whether nobody would say this as a name: MS020 and 10-4471, but not WIN11PRO or ACRONIS-2TB-10."""
    digits, letters = sum(map(str.isdigit, name)), sum(map(str.isalpha, name))
    return digits >= letters and CODE.fullmatch(name) is not None


def named_product(name: str) -> Known | None:
    """Read what stands in the name: a wording, a part number or an id."""
    books = catalogue()
    return books.by_name(name) or books.by_part_number(name) or books.by_id(name)


@lru_cache(maxsize=100_000)
def contradiction(name: str, part_number: str | None, sku: str | None) -> str | None:
    """Say so when a name and its part number mean different products."""
    books = catalogue()
    numbered, named = books.by_part_number(part_number) or books.by_part_number(sku), named_product(name)
    if numbered and named and numbered.name != named.name and not (books.by_id(sku) or books.by_id(part_number)):
        return f"{numbered.reason}, but {named.reason}"
    return None


def known_apart(one: str, other: str) -> bool:
    """Say whether two names are those of two products of the catalogue."""
    known = {found.name for found in map(known_product, (one, other)) if found}
    return len(known) > 1


def free_product(name: str, part_number: str | None = None, sku: str | None = None) -> str | None:
    """Say why a product has quantity and no money (free, trial, self-service, usage), or nothing when it has."""
    table: dict[str, list[str]] = read_data("product_words.json")["free"]
    known = known_product(name, part_number, sku)
    shown = known.name if known else name.strip()
    if any(shown_as.upper() in table["part_numbers"] for shown_as in (part_number or "", sku or "") if shown_as):
        return f"{shown} is free or self-service: it has a quantity and no price."
    words = words_of(folded(shown))
    text = " ".join(words)
    if any(f" {own} " in f" {' '.join(words_of(folded(name)))} " for own in table["own_use"]):
        return f"{name.strip()} is not for resale: the provider has it for itself."
    if any(text.startswith(usage) for usage in table["usage"]):
        return f"{shown} is billed by usage, not by seat."
    if set(words) & set(table["words"]) or "user led" in text:
        return f"{shown} is a free or trial product: it has a quantity and no price."
    if any(text == free or text.startswith(free + " for ") for free in free_names()):
        return f"{shown} is free or self-service: it has a quantity and no price."
    return None


@cache
def free_names() -> frozenset[str]:
    """Names of free products, as words."""
    return frozenset(" ".join(words_of(folded(name))) for name in read_data("product_words.json")["free"]["names"])
