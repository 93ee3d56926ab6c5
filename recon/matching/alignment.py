"""Which words two names share, allowing for typing and abbreviation, and what is left over."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from recon.matching.words import read_data

MOST = 6
"""Words of a name that are looked at once the shared ones are gone."""

ENOUGH = 0.6
"""From here on two words count as one, to that degree."""

LONG, SLIP, PART = 4, 0.72, 0.75
"""Letters of a word that may be mistyped or stand inside another; how alike a slip leaves it; what inside is worth."""

BEGINNING = np.array([0, 0.62, 0.7, 0.9])
"""What it is worth that a word of no, one, two, or more letters begins another."""

Numbers = np.ndarray[Any, np.dtype[np.float32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


def compare_words(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Describe each pair of `pair`, `l`, `r` by its words, a rare word weighing more."""
    mine, theirs = weighed_words(left, right)
    of_left = pairs.join(mine, left_on="l", right_on="i").select("pair", "word", "weight", "place")
    of_right = pairs.join(theirs, left_on="r", right_on="i").select("pair", "word", "weight", "place")
    found = of_left.join(of_right.select("pair", "word", other_place="place"), on=["pair", "word"], how="left")
    met = of_right.join(of_left.select("pair", "word", other_place="place"), on=["pair", "word"], how="left")
    alike = alike_words(rest(found), rest(met))
    sides = [matched(found, alike, "word"), matched(met, alike, "word_right")]
    summed = [side.group_by("pair").agg(summary()) for side in sides]
    both = (
        pairs.select("pair")
        .join(summed[0], on="pair", how="left")
        .join(summed[1], on="pair", how="left", suffix="_right")
    )
    return both.sort("pair").fill_null(0).select("pair", *described())


def weighed_words(left: pl.DataFrame, right: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Weigh each word by how few names of either side have it: 1 for a word nobody else has."""
    told = [
        side.select("i", word=pl.col("core").str.split(" "))
        .with_columns(place=pl.int_ranges(pl.col("word").list.len()))
        .explode("word", "place")
        .unique(["i", "word"], keep="first", maintain_order=True)
        for side in (left, right)
    ]
    seen = pl.concat(told).group_by("word").len("n")
    names = left.height + right.height
    weighed = seen.select("word", weight=(((names + 1) / pl.col("n")).log() / np.log(names + 1)).cast(pl.Float32))
    return told[0].join(weighed, on="word"), told[1].join(weighed, on="word")


def rest(words: pl.DataFrame) -> pl.DataFrame:
    """Keep the heaviest words that the other name does not have."""
    left_over = words.filter(pl.col("other_place").is_null())
    order = pl.int_range(pl.len()).over("pair", order_by=[-pl.col("weight"), pl.col("place")])
    return left_over.filter(order < MOST)


def alike_words(mine: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """Pair words left over on both sides that may be one word: `pair`, `word`, `word_right`, `degree`."""
    met = mine.select("pair", "word").join(theirs.select("pair", "word"), on="pair", suffix="_right")
    distinct = met.select("word", "word_right").unique()
    degrees = degree(distinct["word"], distinct["word_right"])
    distinct = distinct.with_columns(pl.Series("degree", degrees)).filter(pl.col("degree") >= ENOUGH)
    return met.join(distinct, on=["word", "word_right"])


def degree(mine: pl.Series, theirs: pl.Series) -> Numbers:
    """Say how far two words may be one: a slip of typing, a beginning, an initial, or one inside the other."""
    texts = mine.to_list(), theirs.to_list()
    ratio = cpdist(*texts, scorer=fuzz.ratio, dtype=np.float32, workers=-1) / np.float32(100)
    inside = cpdist(*texts, scorer=fuzz.partial_ratio, dtype=np.float32, workers=-1) >= np.float32(99)
    sizes = mine.str.len_chars().to_numpy().astype(np.int64), theirs.str.len_chars().to_numpy().astype(np.int64)
    short = np.minimum(*sizes)
    begins = begin(mine, theirs)
    slip = np.where((np.maximum(*sizes) >= LONG) & (ratio >= SLIP), ratio, 0)
    beginning = np.where(begins, BEGINNING[np.minimum(short, len(BEGINNING) - 1)], 0)
    part = np.where(inside & (short >= LONG), PART, 0)
    return np.maximum(np.maximum(slip, beginning), part).astype(np.float32)


def begin(mine: pl.Series, theirs: pl.Series) -> Flags:
    """Tell where one text begins the other."""
    texts = pl.DataFrame({"mine": mine, "theirs": theirs})
    one, other = pl.col("mine"), pl.col("theirs")
    begins = texts.select((one.str.starts_with(other) | other.str.starts_with(one)).fill_null(value=False))
    return begins.to_series().to_numpy()


def matched(words: pl.DataFrame, alike: pl.DataFrame, column: str) -> pl.DataFrame:
    """Give each word the degree to which the other name has it."""
    best = alike.group_by("pair", pl.col(column).alias("word")).agg(pl.col("degree").max())
    told = words.join(best, on=["pair", "word"], how="left")
    full = pl.when(pl.col("other_place").is_not_null()).then(1.0).otherwise(pl.col("degree").fill_null(0.0))
    return told.with_columns(degree=full.cast(pl.Float32))


def summary() -> list[pl.Expr]:
    """Sum one side's words up."""
    weight, gone = pl.col("weight"), pl.col("degree") < ENOUGH
    table = read_data("words.json")
    number = pl.col("word").str.contains(r"^\d+$")
    return [
        weight.sum().alias("all"),
        (weight * pl.col("degree")).sum().alias("shared"),
        (weight * pl.col("degree")).max().alias("rarest"),
        weight.filter(gone).max().fill_null(0).alias("over"),
        gone.sum().cast(pl.Float32).alias("count"),
        pl.col("degree").filter(pl.col("place") == 0).max().fill_null(0).alias("first"),
        (gone & pl.col("word").is_in(table["directions"])).any().alias("direction"),
        (gone & pl.col("word").is_in(sibling_words())).any().alias("sibling"),
        (gone & number).any().alias("number"),
        pl.len().cast(pl.Float32).alias("words"),
    ]


def sibling_words() -> list[str]:
    """List the words that make a sister company of a name."""
    told: list[str] = read_data("words.json")["siblings"]
    short: dict[str, str] = read_data("words.json")["short_forms"]
    return sorted({*told, *(short.get(word, word) for word in told)})


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
