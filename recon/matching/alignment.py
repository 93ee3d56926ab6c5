"""Which words two names share, allowing for typing and abbreviation, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from recon.matching.slips import are_two_words, degree, dictionary
from recon.matching.words import plural, read_data

MOST = 10
"""Words of a name that are looked at."""

ENOUGH = 0.6
"""From here on two words count as one, to that degree."""

NUMBER = re.compile(r"(?:\d+(?:st|nd|rd|th)?|i{2,3}|iv|vi{1,3}|ix)$")
"""A word that counts or dates: in figures, Roman ones too, or an ordinal; a letter alone is an initial more often."""

SPELLED_OUT, INITIALS = 0.8, (2, 6)
"""What a word is worth that is the initials of other words, and how many letters it may have; two if it is no word."""

NONE = -1
"""The number of no word; it finds the last row of a table of words, which says nothing."""

AT_ONCE = 20_000
"""Pairs aligned at a time, so that their tables stay in the processor's reach."""

Numbers = np.ndarray[Any, np.dtype[np.float32]]
Rows = np.ndarray[Any, np.dtype[np.uint32]]
Places = np.ndarray[Any, np.dtype[np.int32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Texts = np.ndarray[Any, np.dtype[np.object_]]
Letters = np.ndarray[Any, np.dtype[np.str_]]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of both sides' names: each name a row of word numbers, each word a row of what is known of it."""

    left: Places
    right: Places
    first: tuple[Places, Places]  # the word each name begins with
    weight: tuple[Numbers, Numbers]  # of each name's words: 1 for one nobody else has, less the more names have it
    spelled: Texts
    begins: Letters
    may_spell: Flags  # other words, each by a letter
    is_word: Flags  # known to be a word, or written by both sides
    marks: dict[str, Flags]  # whether it is a direction, a sister company's word, a number, a place, common


def words_of_names(left: pl.Series, right: pl.Series) -> Words:
    """Take names apart; a word weighs more the fewer names have it, and less where the word before foretells it."""
    told = split_names(pl.concat([left, right])).collect(engine="in-memory")
    by_both = (pl.col("i").min() < left.len()) & (pl.col("i").max() >= left.len())
    seen = told.lazy().group_by("text").agg(n=pl.len(), both=by_both).with_row_index("word").collect(engine="in-memory")
    number = told.select("text").join(seen.select("text", "word"), on="text", maintain_order="left")["word"]
    names, spelled = left.len() + right.len(), [*seen["text"].to_list(), ""]
    owner, word, count = told["i"].to_numpy(), number.to_numpy().astype(np.int32), seen["n"].to_numpy()
    rare = (np.log((names + 1) / count) / np.log(max(names, 1) + 1)).astype(np.float32)
    rows, weight, first = laid_out(owner, word, rare[word] * (1 - foretold(owner, word, count)), names)
    is_word = np.array([word in dictionary() for word in spelled], bool)
    is_word[seen.filter("both")["word"].to_numpy()] = True
    marks, begins = marks_of(spelled), np.array([word[:1] for word in spelled], "U1")
    may_spell = np.array([may_be_initials(word) for word in spelled], bool)
    at = left.len()
    starts, weights = (first[:at], first[at:]), (weight[:at], weight[at:])
    return Words(rows[:at], rows[at:], starts, weights, np.array(spelled, object), begins, may_spell, is_word, marks)


def foretold(owner: Rows, word: Places, count: Places) -> Numbers:
    """Say which share of the names that have the word before go on with this one: a chain's name is one word's worth.

    Two names do not count: they may be the two sides of one.
    """
    after = np.flatnonzero(owner[1:] == owner[:-1]) + 1
    before = word[after - 1]
    both = pl.DataFrame({"two": before.astype(np.int64) * len(count) + word[after]})
    together = both.select(pl.len().over("two").cast(pl.Int64))["len"].to_numpy()
    told = np.zeros(len(word), np.float32)
    told[after] = np.maximum(together - 2, 0) / count[before]
    return told


def marks_of(spelled: list[str]) -> dict[str, Flags]:
    """Tell which words are a direction, a sister company's word, a number, a place, or common in names."""
    table, siblings = read_data("words.json"), sibling_words()
    directions, places = frozenset(table["directions"]), frozenset(table["geography"])
    common = frozenset(table["common"]) | frozenset(map(plural, table["common"]))
    return {
        "direction": np.array([word in directions for word in spelled], bool),
        "sibling": np.array([word in siblings for word in spelled], bool),
        "number": np.array([NUMBER.match(word) is not None for word in spelled], bool),
        "place": np.array([word in places for word in spelled], bool),
        "own": np.array([word not in common and word not in places for word in spelled], bool),
    }


def split_names(names: pl.Series) -> pl.LazyFrame:
    """Give each word of each name, once, in its order: `i`, `text`."""
    words = pl.LazyFrame({"text": names}).with_row_index("i").with_columns(pl.col("text").str.split(" "))
    told = words.explode("text").filter(pl.col("text").is_not_null())
    return told.unique(["i", "text"], keep="first", maintain_order=True)


def laid_out(owner: Rows, word: Places, weight: Numbers, names: int) -> tuple[Places, Numbers, Places]:
    """Lay words and weights out one name a row, and give each name's first; of a sentence keep what tells most."""
    counts = np.bincount(owner, minlength=names)
    starts = np.cumsum(counts) - counts
    first = np.full(names, NONE, np.int32)
    first[counts > 0] = word[starts[counts > 0]]
    order = np.arange(len(owner))
    for name in np.flatnonzero(counts > MOST):
        here = slice(starts[name], starts[name] + counts[name])
        telling = np.argsort(-weight[here], kind="stable")
        order[here] = starts[name] + np.concatenate([np.sort(telling[:MOST]), telling[MOST:]])
    place = np.arange(len(owner)) - starts[owner]
    kept = np.flatnonzero(place < MOST)
    rows = np.full((names, min(MOST, int(counts.max(initial=1)))), NONE, np.int32)
    weights = np.zeros(rows.shape, np.float32)
    rows[owner[kept], place[kept]] = word[order[kept]]
    weights[owner[kept], place[kept]] = weight[order[kept]]
    return rows, weights, first


@cache
def sibling_words() -> frozenset[str]:
    """Give the words that make a sister company of a name, written out or short."""
    told: list[str] = read_data("words.json")["siblings"]
    short: dict[str, str] = read_data("words.json")["short_forms"]
    return frozenset({*told, *(short.get(word, word) for word in told)})


def compare_words(mine: Rows, theirs: Rows, words: Words) -> dict[str, Numbers]:
    """Describe pairs, given by the rows of both names, by their words."""
    parts = [aligned(mine[at : at + AT_ONCE], theirs[at : at + AT_ONCE], words) for at in starts_of(len(mine))]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def starts_of(count: int) -> range:
    """Say where each part of so many pairs starts; no pairs are one empty part."""
    return range(0, max(count, 1), AT_ONCE)


def aligned(mine: Rows, theirs: Rows, words: Words) -> dict[str, Numbers]:
    """Align the words of a few pairs, each word with what it is nearest to on the other side."""
    one, other = words.left[mine], words.right[theirs]
    same = (one[:, :, None] == other[:, None, :]) & (one[:, :, None] != NONE)
    rest = [(side != NONE) & ~same.any(axis=axis) for side, axis in ((one, 2), (other, 1))]
    apart = rest[0][:, :, None] & rest[1][:, None, :]
    met = [np.broadcast_to(side, apart.shape)[apart] for side in (one[:, :, None], other[:, None, :])]
    near = same.astype(np.float32)
    near[apart], two = alike_words(met[0], met[1], words)
    abbreviates = np.zeros(len(mine), np.float32)
    for at, left_run, right_run in spelled_out(one, other, rest, words):
        near[at, left_run, right_run], abbreviates[at] = SPELLED_OUT, 1
    sides = [
        summed_up(row, weight[named], near.max(axis=axis), first[named], words)
        for row, axis, weight, first, named in (
            (one, 2, words.weight[0], words.first[0], mine),
            (other, 1, words.weight[1], words.first[1], theirs),
        )
    ]
    of_two = np.bincount(np.nonzero(apart)[0][two], minlength=len(mine)) > 0
    return described(*sides) | {"alike words that are two": of_two.astype(np.float32), "has initials": abbreviates}


def may_be_initials(word: str) -> bool:
    """Tell whether a word may be the initials of others."""
    least, most = INITIALS
    return word.isalpha() and least <= len(word) <= most and (len(word) > least or word not in dictionary())


def spelled_out(one: Places, other: Places, rest: list[Flags], words: Words) -> Iterator[tuple[int, slice, slice]]:
    """Find words that are the initials of words of the other name: `ccc` of `child care center`, by pair and places."""
    for mine, theirs, mine_left, theirs_left in ((one, other, *rest), (other, one, *rest[::-1])):
        pairs, places = (found.tolist() for found in np.nonzero(mine_left & words.may_spell[mine]))
        begun = np.where(theirs_left[pairs], words.begins[theirs[pairs]], " ")
        letters = begun.reshape(-1).view(f"U{theirs.shape[1]}").tolist()
        for pair, place, initials in zip(pairs, places, letters, strict=True):
            word: str = words.spelled[mine[pair, place]]
            start = initials.find(word)
            if start >= 0:
                run, single = slice(start, start + len(word)), slice(place, place + 1)
                yield (pair, single, run) if mine is one else (pair, run, single)


def alike_words(mine: Places, theirs: Places, words: Words) -> tuple[Numbers, Flags]:
    """Say how far words that meet may be one word, and which are two all the same; each two are looked at once."""
    size, spelled = len(words.spelled), words.spelled
    met, again = np.unique(mine.astype(np.int64) * size + theirs, return_inverse=True)
    degrees = degree(spelled[met // size].tolist(), spelled[met % size].tolist())
    two = degrees >= ENOUGH
    pairs = [(int(pair // size), int(pair % size)) for pair in met[two]]
    is_word = words.is_word
    two[two] = [
        are_two_words(spelled[one], spelled[other], is_word=(is_word[one], is_word[other])) for one, other in pairs
    ]
    return np.where(degrees >= ENOUGH, degrees, np.float32(0))[again], two[again]


def summed_up(row: Places, weight: Numbers, degrees: Numbers, first: Places, words: Words) -> dict[str, Numbers]:
    """Sum one side's words up; a word is left over where the other name has nothing like it."""
    gone = (degrees < ENOUGH) & (row != NONE)
    over = weight * gone
    return {
        "all": weight.sum(axis=1),
        "shared": (weight * degrees).sum(axis=1),
        "rarest": (weight * degrees).max(axis=1),
        "over": over.max(axis=1),
        "over all": over.sum(axis=1),
        "count": gone.sum(axis=1),
        "first": (degrees * (row == first[:, None])).max(axis=1),
        **{kind: (gone & mark[row]).any(axis=1) for kind, mark in words.marks.items()},
        "own words": (gone & words.marks["own"][row]).sum(axis=1),
        "own shared": (weight * degrees * words.marks["own"][row]).max(axis=1),
        "words": (row != NONE).sum(axis=1),
    }


def described(mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Numbers]:
    """Turn both sides' sums into features."""
    tiny = np.float32(1e-6)
    told = {
        "bought words found": mine["shared"] / (mine["all"] + tiny),
        "billed words found": theirs["shared"] / (theirs["all"] + tiny),
        "bought word left over": mine["over"],
        "billed word left over": theirs["over"],
        "all left over on one side": np.maximum(mine["over all"], theirs["over all"]),
        "all left over on either side": np.minimum(mine["over all"], theirs["over all"]),
        "all shared": np.minimum(mine["shared"], theirs["shared"]),
        "words left over": mine["count"] + theirs["count"],
        "rarest shared word": np.minimum(mine["rarest"], theirs["rarest"]),
        "first word": np.minimum(mine["first"], theirs["first"]),
        "direction left over": mine["direction"].astype(int) + theirs["direction"],
        "sister word left over": mine["sibling"].astype(int) + theirs["sibling"],
        "number left over": mine["number"].astype(int) + theirs["number"],
        "place left over": mine["place"].astype(int) + theirs["place"],
        "own words left over on one side": np.minimum(mine["own words"], theirs["own words"]),
        "own words left over": mine["own words"] + theirs["own words"],
        "rarest shared own word": np.minimum(mine["own shared"], theirs["own shared"]),
        "fewer words": np.minimum(mine["words"], theirs["words"]),
    }
    return {name: values.astype(np.float32) for name, values in told.items()}
