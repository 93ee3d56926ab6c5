"""Which words two names share, allowing for typing and abbreviation, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from recon.matching.words import read_data

MOST = 10
"""Words of a name that are looked at."""

ENOUGH = 0.6
"""From here on two words count as one, to that degree."""

LONG, SLIP, PART = 4, 0.72, 0.75
"""Letters of a word that may be mistyped or stand inside another; how alike a slip leaves it; what inside is worth."""

BEGINNING = np.array([0, 0.62, 0.7, 0.9])
"""What it is worth that a word of no, one, two, or more letters begins another."""

Numbers = np.ndarray[Any, np.dtype[np.float32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of both sides' names, each word a number."""

    left: pl.DataFrame  # i, word, place, weight, direction, sibling, number
    right: pl.DataFrame
    spelled: pl.Series  # the text of each word


def words_of_names(left: pl.DataFrame, right: pl.DataFrame) -> Words:
    """Take names apart; a word weighs more the fewer names of either side have it, 1 if nobody else has."""
    told = [split_names(side) for side in (left, right)]
    seen = pl.concat(told).group_by("text").len("n").sort("text").with_row_index("word")
    names = left.height + right.height
    weight = (((names + 1) / pl.col("n")).log() / np.log(names + 1)).cast(pl.Float32)
    kinds = {"direction": read_data("words.json")["directions"], "sibling": sibling_words()}
    marks = [pl.col("text").is_in(words).alias(kind) for kind, words in kinds.items()]
    table = seen.select("text", "word", *marks, weight=weight, number=pl.col("text").str.contains(r"^\d+$"))
    mine, theirs = (heaviest(side.join(table, on="text").drop("text")) for side in told)
    return Words(mine, theirs, seen["text"])


def split_names(side: pl.DataFrame) -> pl.DataFrame:
    """Give each word of each name, once, with its place."""
    words = side.select("i", text=pl.col("core").str.split(" "))
    placed = words.with_columns(place=pl.int_ranges(pl.col("text").list.len(), dtype=pl.UInt16))
    return placed.explode("text", "place").unique(["i", "text"], keep="first", maintain_order=True)


def heaviest(words: pl.DataFrame) -> pl.DataFrame:
    """Keep the words that tell most, for a name may be a whole sentence."""
    long = pl.len().over("i") > MOST
    order = pl.int_range(pl.len()).over("i", order_by=[-pl.col("weight"), pl.col("place")])
    return pl.concat([words.filter(~long), words.filter(long).filter(order < MOST)])


def sibling_words() -> list[str]:
    """List the words that make a sister company of a name."""
    told: list[str] = read_data("words.json")["siblings"]
    short: dict[str, str] = read_data("words.json")["short_forms"]
    return sorted({*told, *(short.get(word, word) for word in told)})


def compare_words(pairs: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Describe pairs of `l`, `r` by their words, in their order."""
    numbered = pairs.select("l", "r").with_row_index("pair")
    of_left = numbered.select("pair", i="l").join(words.left, on="i").drop("i")
    of_right = numbered.select("pair", i="r").join(words.right, on="i").drop("i")
    keys = ["pair", "word"]
    rests = of_left.join(of_right, on=keys, how="anti"), of_right.join(of_left, on=keys, how="anti")
    alike = alike_words(rests[0].select(keys), rests[1].select(keys), words.spelled)
    sides = [
        matched(rest, every, alike.select("pair", "degree", word=word)).group_by("pair").agg(summary())
        for rest, every, word in ((rests[0], of_left, "word"), (rests[1], of_right, "word_right"))
    ]
    both = numbered.lazy().select("pair").join(sides[0], on="pair", how="left")
    both = both.join(sides[1], on="pair", how="left", suffix="_right").sort("pair").fill_null(0)
    return both.select(described()).cast(pl.Float32).collect()


def alike_words(mine: pl.DataFrame, theirs: pl.DataFrame, spelled: pl.Series) -> pl.DataFrame:
    """Pair words left over on both sides that may be one word: `pair`, `word`, `word_right`, `degree`."""
    met = mine.join(theirs, on="pair", suffix="_right")
    distinct = met.select("word", "word_right").unique()
    degrees = degree(spelled[distinct["word"]], spelled[distinct["word_right"]])
    close = distinct.with_columns(pl.Series("degree", degrees)).filter(pl.col("degree") >= ENOUGH)
    return met.join(close, on=["word", "word_right"])


def degree(mine: pl.Series, theirs: pl.Series) -> Numbers:
    """Say how far two words may be one: a slip of typing, a beginning, an initial, or one inside the other."""
    texts = mine.to_list(), theirs.to_list()
    ratio = cpdist(*texts, scorer=fuzz.ratio, dtype=np.float32, workers=-1) / np.float32(100)
    inside = cpdist(*texts, scorer=fuzz.partial_ratio, dtype=np.float32, workers=-1) >= np.float32(99)
    sizes = mine.str.len_chars().to_numpy().astype(np.int64), theirs.str.len_chars().to_numpy().astype(np.int64)
    short = np.minimum(*sizes)
    slip = np.where((np.maximum(*sizes) >= LONG) & (ratio >= SLIP), ratio, 0)
    beginning = np.where(begin(mine, theirs), BEGINNING[np.minimum(short, len(BEGINNING) - 1)], 0)
    part = np.where(inside & (short >= LONG), PART, 0)
    return np.maximum(np.maximum(slip, beginning), part).astype(np.float32)


def begin(mine: pl.Series, theirs: pl.Series) -> Flags:
    """Tell where one text begins the other."""
    texts = pl.DataFrame({"mine": mine, "theirs": theirs})
    one, other = pl.col("mine"), pl.col("theirs")
    begins = texts.select((one.str.starts_with(other) | other.str.starts_with(one)).fill_null(value=False))
    return begins.to_series().to_numpy()


def matched(rest: pl.DataFrame, every: pl.DataFrame, alike: pl.DataFrame) -> pl.LazyFrame:
    """Give each word the degree to which the other name has it: 1 unless it is left over."""
    best = alike.lazy().group_by("pair", "word").agg(pl.col("degree").max())
    left_over = rest.lazy().select("pair", "word").join(best, on=["pair", "word"], how="left")
    left_over = left_over.with_columns(pl.col("degree").fill_null(0.0))
    told = every.lazy().join(left_over, on=["pair", "word"], how="left")
    return told.with_columns(pl.col("degree").fill_null(1.0))


def summary() -> list[pl.Expr]:
    """Sum one side's words up."""
    weight, gone = pl.col("weight"), pl.col("degree") < ENOUGH
    return [
        weight.sum().alias("all"),
        (weight * pl.col("degree")).sum().alias("shared"),
        (weight * pl.col("degree")).max().alias("rarest"),
        (weight * gone).max().alias("over"),
        gone.sum().cast(pl.Float32).alias("count"),
        (pl.col("degree") * (pl.col("place") == 0)).max().alias("first"),
        *((gone & pl.col(kind)).any().alias(kind) for kind in ("direction", "sibling", "number")),
        pl.len().cast(pl.Float32).alias("words"),
    ]


def described() -> list[pl.Expr]:
    """Turn both sides' sums into features."""
    tiny = 1e-6
    flag = pl.UInt8
    return [
        (pl.col("shared") / (pl.col("all") + tiny)).alias("bought words found"),
        (pl.col("shared_right") / (pl.col("all_right") + tiny)).alias("billed words found"),
        pl.col("over").alias("bought word left over"),
        pl.col("over_right").alias("billed word left over"),
        (pl.col("count") + pl.col("count_right")).alias("words left over"),
        pl.min_horizontal("rarest", "rarest_right").alias("rarest shared word"),
        pl.min_horizontal("first", "first_right").alias("first word"),
        (pl.col("direction").cast(flag) + pl.col("direction_right").cast(flag)).alias("direction left over"),
        (pl.col("sibling").cast(flag) + pl.col("sibling_right").cast(flag)).alias("sister word left over"),
        (pl.col("number").cast(flag) + pl.col("number_right").cast(flag)).alias("number left over"),
        pl.min_horizontal("words", "words_right").alias("fewer words"),
    ]
