"""Names laid beside each other, pair by pair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from recon.matching.acronyms import LETTERS, letters_explained, part_explained
from recon.matching.alignment import Words, words_of_names
from recon.matching.slips import threads

Floats = np.ndarray[Any, np.dtype[np.float32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Texts = np.ndarray[Any, np.dtype[np.object_]]
Codes = np.ndarray[Any, np.dtype[np.uint64]]
Rows = np.ndarray[Any, np.dtype[np.uint32]]

UNKNOWN = -1.0
"""What a feature says when one side says nothing."""

FITTING = 4
"""Letters that must begin a longer word to say something."""

READ, MEASURED = ("joined", "core", "bare", "site", "first", "initials", "aside"), ("joined", "first", "site")
COMPARED = (
    "joined",
    "core",
    "first",
    "initials",
    "letters",
    "legal",
    "legal_word",
    "tail",
    "aside",
    "domain",
    "site",
    "marks",
    "brand",
)


@dataclass(frozen=True, slots=True)
class Spelled:
    """One side's spellings as pairs of them are compared: a row a spelling, of the name numbered `i`."""

    i: Rows
    texts: dict[str, Texts]  # empty where nothing is said
    codes: dict[str, Codes]  # equal where texts are; 0 where nothing is said
    length: dict[str, Floats]
    is_word: Flags  # short, and written without a space
    of_brand: Floats  # how many of its side share its brand

    @property
    def is_plain(self) -> bool:
        """Tell whether every name has one spelling, in its place."""
        return len(self.i) == 0 or int(self.i[-1]) == len(self.i) - 1


@dataclass(frozen=True, slots=True)
class Known:
    """Both sides, ready to be compared."""

    left: Spelled
    right: Spelled
    words: Words
    of_products: bool


def know(left: pl.DataFrame, right: pl.DataFrame, *, of_products: bool) -> Known:
    """Prepare both sides' spellings (rows of one `i` are one name's)."""
    return Known(spelled(left), spelled(right), words_of_names(left["core"], right["core"]), of_products)


def spelled(side: pl.DataFrame) -> Spelled:
    """Prepare one side."""
    absent = [pl.lit(None, pl.String).alias(name) for name in COMPARED if name not in side.columns and name != "first"]
    side = side.with_columns(pl.col("bare").str.split(" ").list.first().alias("first"), *absent)
    # Equal hashes of 64 bits stand for equal texts: one in a billion months may be wrong in one pair.
    coded = side.select(pl.when(pl.col(COMPARED).fill_null("") != "").then(pl.col(COMPARED).hash()).otherwise(0))
    texts = side.select(pl.col(READ).fill_null(""))
    sizes = side.select(pl.col(MEASURED).str.len_chars().fill_null(0).cast(pl.Float32))
    short = pl.col("joined").str.len_chars().fill_null(0) <= LETTERS[1]
    is_word = short & ~pl.col("name").str.contains(" ", literal=True)
    codes = {name: coded[name].to_numpy() for name in COMPARED}
    _, place, count = np.unique(codes["brand"], return_inverse=True, return_counts=True)
    return Spelled(
        side["i"].to_numpy(),
        {name: np.array(texts[name].to_list(), object) for name in READ},
        codes,
        {name: sizes[name].to_numpy() for name in MEASURED},
        side.select(is_word.fill_null(value=False)).to_series().to_numpy(),
        count[place].astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows of both sides that are laid beside each other."""

    left: Spelled
    right: Spelled
    mine: Rows
    theirs: Rows

    def codes(self, name: str, other: str | None = None) -> tuple[Codes, Codes]:
        """Give one form of the bought names and one, the same if none is named, of the billed."""
        return self.left.codes[name][self.mine], self.right.codes[other or name][self.theirs]

    def texts(self, name: str, other: str | None = None) -> tuple[Texts, Texts]:
        """Give the same as they are written, empty where nothing is said."""
        return self.left.texts[name][self.mine], self.right.texts[other or name][self.theirs]

    def alike(self, scorer: Callable[..., float], name: str, other: str | None = None) -> Floats:
        """Score two forms pair by pair, 0 to 1; a text that is missing scores UNKNOWN."""
        mine, theirs = self.codes(name, other)
        said = np.flatnonzero((mine != 0) & (theirs != 0))
        one, two = (texts[said].tolist() for texts in self.texts(name, other))
        told = cpdist(one, two, scorer=scorer, dtype=np.float32, workers=threads(len(one)))
        if scorer is not JaroWinkler.normalized_similarity:
            told /= np.float32(100)
        scores = np.full(len(mine), UNKNOWN, np.float32)
        scores[said] = told
        return scores

    def spells_initials(self, name: str, *, bought: bool) -> Flags:
        """Tell where a form of one side spells the other's initials, the silent words counted or not."""
        short, rows = (self.left, self.mine) if bought else (self.right, self.theirs)
        of, others = (self.right, self.theirs) if bought else (self.left, self.mine)
        code = short.codes[name][rows]
        spells = (code == of.codes["initials"][others]) | (code == of.codes["letters"][others])
        told: Flags = spells & (short.length[name][rows] > 1)
        return told

    def explained(self) -> Floats:
        """Say how well one name's letters are explained by the other's words."""
        told = np.zeros(len(self.mine), np.float32)
        sides = (self.left, self.mine), (self.right, self.theirs)
        for (one, rows), (other, others) in (sides, sides[::-1]):
            has_words = (other.codes["joined"] != other.codes["first"])[others]
            places = np.flatnonzero(one.is_word[rows] & has_words)
            pairs = zip(one.texts["joined"][rows[places]], other.texts["bare"][others[places]], strict=True)
            told[places] = [letters_explained(short, long) for short, long in pairs]
        return told

    def explained_in_part(self) -> Floats:
        """Say how well two names agree once the first word of one is read as initials of words of the other."""
        told = np.zeros(len(self.mine), np.float32)
        sides = (self.left, self.mine), (self.right, self.theirs)
        for (one, rows), (other, others) in (sides, sides[::-1]):
            size = one.length["first"][rows]
            apart = one.codes["first"][rows] != other.codes["first"][others]
            places = np.flatnonzero((size >= LETTERS[0]) & (size <= LETTERS[1]) & apart)
            firsts, begun = one.texts["first"][rows[places]], other.texts["initials"][others[places]]
            places = places[[first in letters for first, letters in zip(firsts, begun, strict=True)]]
            pairs = zip(one.texts["bare"][rows[places]], other.texts["bare"][others[places]], strict=True)
            told[places] = np.maximum(told[places], [part_explained(short, long) for short, long in pairs])
        return told

    def fits(self, *, bought: bool) -> Floats:
        """Say how well one side's site fits the other's name: 1 when it begins it or is its initials."""
        names = ("site", "joined") if bought else ("joined", "site")
        letters = self.alike(JaroWinkler.normalized_similarity, *names)
        begins = np.minimum(self.left.length[names[0]][self.mine], self.right.length[names[1]][self.theirs]) >= FITTING
        one, two = (texts[begins] for texts in self.texts(*names))
        begins[begins] = [
            mine.startswith(theirs) or theirs.startswith(mine) for mine, theirs in zip(one, two, strict=True)
        ]
        letters[begins | self.spells_initials("site", bought=bought)] = 1
        return letters
