"""How far two words may be one, written in short or mistyped."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from recon.matching.words import legal_forms, plural, read_data, short_forms

LONG, SLIP, PART = 4, 0.72, 0.75
"""Letters of a word that may be mistyped or stand inside another; how alike a slip leaves it; what inside is worth."""

BEGINNING = np.array([0, 0.62, 0.7, 0.9], np.float32)
"""What it is worth that a word of no, one, two, or more letters begins another."""

MANY = 5_000
"""Pairs that are worth more than one thread."""

SQUEEZED, LEAST_LEFT = 0.7, 0.4
"""What a word without its vowels is worth, and the least share of its letters that are left."""

ANOTHER_FORM = 0.97
"""What a word's plural is worth, or what is somebody's."""

VOWELLESS = re.compile(r"[^\W\d_][^\W\d_aeiou]{2,}")

SHORT = 5
"""Letters of a word that a slip easily turns into another word, as `Hart` into `Hurt`."""

STEM = 2 / 3
"""The share of the shorter word that begins both of two forms of one word: `distributor`, `distribution`."""


Numbers = np.ndarray[Any, np.dtype[np.float32]]


def degree(mine: list[str], theirs: list[str]) -> Numbers:
    """Say how far two words may be one: a form, a slip of typing, a beginning, an initial, or one inside the other."""
    ratio = cpdist(mine, theirs, scorer=fuzz.ratio, dtype=np.float32, workers=threads(len(mine))) / np.float32(100)
    sizes = [np.array([len(word) for word in words], np.int64) for words in (mine, theirs)]
    short, long = np.minimum(*sizes), np.maximum(*sizes)
    pairs = list(zip(mine, theirs, strict=True))
    begins = np.array([one.startswith(other) or other.startswith(one) for one, other in pairs], bool)
    inside = np.array([one in other or other in one for one, other in pairs], bool)
    slip = np.where((long >= LONG) & (ratio >= SLIP), ratio, 0)
    beginning = np.where(begins, BEGINNING[np.minimum(short, len(BEGINNING) - 1)], 0)
    part = np.where(inside & (short >= LONG), PART, 0)
    told = np.maximum(np.maximum(slip, beginning), part).astype(np.float32)
    in_order = np.isclose(ratio, 2 * short / np.maximum(short + long, 1)) & (short < long)
    for place in np.flatnonzero(in_order & (short >= LEAST_LEFT * long) & (told < SQUEEZED)):
        if is_squeezed(*sorted(pairs[place], key=len)):
            told[place] = SQUEEZED
    forms = [place for place in np.flatnonzero((slip > 0) & (ratio < 1)) if is_form(*pairs[place])]
    told[forms] = ANOTHER_FORM
    return told


def is_squeezed(short: str, word: str) -> bool:
    """Tell whether letters that stand in a word in this order are the word without vowels: `mgmt`, `bldg`, `utd`."""
    return VOWELLESS.fullmatch(short) is not None and (short[0], short[-1]) == (word[0], word[-1])


def threads(pairs: int) -> int:
    """Say how many threads so many pairs are worth: all there are, or this one."""
    return -1 if pairs > MANY else 1


@cache
def dictionary() -> frozenset[str]:
    """Give the words that are known to be words: of business names, of people and towns, and for other reasons."""
    table = read_data("words.json")
    lists = ("words", "names", "common", "siblings", "directions", "geography", "small_words")
    known = {word for name in lists for told in table[name] for word in told.split(" ")}
    return frozenset({*known, *map(plural, table["words"]), *short_forms().values(), *legal_forms()})


def are_two_words(one: str, other: str, *, is_word: tuple[bool, bool]) -> bool:
    """Tell whether two words that look alike are two, as `Foods` and `Goods`, rather than one and its misspelling.

    A misspelling is no word; of two short words nobody knows either may be one.
    """
    edits = OSA.distance(one, other)
    if one.isdecimal() and other.isdecimal():
        return True
    short, long = sorted((one, other), key=len)
    if is_form(one, other) or (edits > 1 and (begin_alike(one, other) or is_squeezed(short, long))):
        return False
    if all(is_word):
        return True
    return edits == 1 and len(long) <= SHORT and not any(is_word) and not is_stutter(one, other)


def is_form(one: str, other: str) -> bool:
    """Tell whether one word is the other's plural, or both are somebody's: `womans`, `womens`."""
    owner, others = one.removesuffix("s"), other.removesuffix("s")
    return owner == others or owner == plural(others) or others == plural(owner)


def begin_alike(one: str, other: str) -> bool:
    """Tell whether two words share a stem."""
    short = min(len(one), len(other))
    same = next((n for n in range(short) if one[n] != other[n]), short)
    return same >= STEM * short


def is_stutter(one: str, other: str) -> bool:
    """Tell whether two words have the same letters in another order, or one of them twice: hands do that, not names."""
    return sorted(one) == sorted(other) or single(one) == single(other)


def single(word: str) -> str:
    """Write doubled letters once."""
    return "".join(letter for place, letter in enumerate(word) if word[place - 1 : place] != letter)
