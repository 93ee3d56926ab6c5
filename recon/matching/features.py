"""How alike two names are, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

if TYPE_CHECKING:
    from collections.abc import Callable

Floats = np.ndarray[Any, np.dtype[np.float32]]

UNKNOWN = -1.0
"""What a feature says when one side says nothing."""


def features(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Describe each pair: `pairs` with one column a feature."""
    mine, theirs = left[pairs["l"]], right[pairs["r"]]
    columns = letters(mine, theirs) | shapes(mine, theirs) | sites(mine, theirs)
    described = pairs.hstack([pl.Series(name, values, dtype=pl.Float32) for name, values in columns.items()])
    return words(described, left, right)


def alike(scorer: Callable[..., float], mine: pl.Series, theirs: pl.Series) -> Floats:
    """Score two columns of text pair by pair, 0 to 1; a text that is missing scores UNKNOWN."""
    scores = cpdist(mine.fill_null("").to_list(), theirs.fill_null("").to_list(), scorer=scorer, dtype=np.float32)
    if scorer is not JaroWinkler.normalized_similarity:
        scores = scores / np.float32(100)
    missing = (mine.is_null() | theirs.is_null() | (mine == "") | (theirs == "")).to_numpy()
    return np.where(missing, np.float32(UNKNOWN), scores).astype(np.float32)


def letters(mine: pl.DataFrame, theirs: pl.DataFrame) -> dict[str, Floats]:
    """Compare the spellings as a whole."""
    return {
        "spelling": alike(fuzz.ratio, mine["joined"], theirs["joined"]),
        "beginning": alike(JaroWinkler.normalized_similarity, mine["joined"], theirs["joined"]),
        "word order aside": alike(fuzz.token_sort_ratio, mine["core"], theirs["core"]),
        "shared words": alike(fuzz.token_set_ratio, mine["core"], theirs["core"]),
        "one inside the other": alike(fuzz.partial_ratio, mine["joined"], theirs["joined"]),
    }


def shapes(mine: pl.DataFrame, theirs: pl.DataFrame) -> dict[str, Floats]:
    """Compare legal forms, what was cut off the end, and lengths."""
    short = np.minimum(mine["joined"].str.len_chars().to_numpy(), theirs["joined"].str.len_chars().to_numpy())
    return {
        "legal form": relation(mine["legal"], theirs["legal"]),
        "place or note": relation(mine["tail"], theirs["tail"]),
        "shorter length": np.minimum(short, 40).astype(np.float32),
        "is the initials": acronyms(mine, theirs),
    }


def relation(mine: pl.Series, theirs: pl.Series) -> Floats:
    """0 neither says, 1 only one says, 2 both say the same, 3 they differ."""
    one, other = (mine.is_not_null() & (mine != "")).to_numpy(), (theirs.is_not_null() & (theirs != "")).to_numpy()
    same = (mine == theirs).fill_null(value=False).to_numpy()
    said = np.where(one & other, np.where(same, 2, 3), one ^ other)
    return said.astype(np.float32)


def acronyms(mine: pl.DataFrame, theirs: pl.DataFrame) -> Floats:
    """0 no, 1 the first word is the other's initials, 2 the whole name is."""
    whole = is_initials(mine["joined"], theirs["initials"]) | is_initials(theirs["joined"], mine["initials"])
    first = is_initials(first_word(mine), theirs["initials"]) | is_initials(first_word(theirs), mine["initials"])
    return np.where(whole, 2, np.where(first, 1, 0)).astype(np.float32)


def is_initials(short: pl.Series, initials: pl.Series) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell where a short word spells the initials."""
    return ((short == initials) & (short.str.len_chars() >= 2)).fill_null(value=False).to_numpy()  # noqa: PLR2004


def first_word(frame: pl.DataFrame) -> pl.Series:
    """Take the first word as written."""
    return frame.select(pl.col("bare").str.split(" ").list.first()).to_series()


def sites(mine: pl.DataFrame, theirs: pl.DataFrame) -> dict[str, Floats]:
    """Compare domains with each other and with the other side's name."""
    both = relation(mine["domain"], theirs["domain"])
    named = np.maximum(
        alike(JaroWinkler.normalized_similarity, mine["site"], theirs["joined"]),
        alike(JaroWinkler.normalized_similarity, theirs["site"], mine["joined"]),
    )
    return {
        "same domain": both,
        "domain alike": alike(fuzz.ratio, mine["site"], theirs["site"]),
        "domain like the name": named,
    }


def words(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Compare word by word, a rare word weighing more."""
    mine, theirs = word_weights(left, right)
    index = pairs.select("l", "r").with_row_index("pair")
    of_left = index.join(mine, left_on="l", right_on="i").select("pair", "word", "weight")
    of_right = index.join(theirs, left_on="r", right_on="i").select("pair", "word", "weight")
    shared = of_left.join(of_right, on=["pair", "word"], how="semi").group_by("pair").agg(shared=pl.col("weight").sum())
    rest_left, rest_right = (
        one.join(other, on=["pair", "word"], how="anti")
        .group_by("pair")
        .agg(rest=pl.col("weight").sum(), most=pl.col("weight").max(), count=pl.len())
        for one, other in ((of_left, of_right), (of_right, of_left))
    )
    table = (
        index.select("pair")
        .join(shared, on="pair", how="left")
        .join(rest_left, on="pair", how="left")
        .join(rest_right, on="pair", how="left", suffix="_right")
        .fill_null(0)
        .sort("pair")
    )
    return pairs.hstack(
        table.select(
            (pl.col("shared") / (pl.col("shared") + pl.col("rest") + 1e-6)).alias("bought words found"),
            (pl.col("shared") / (pl.col("shared") + pl.col("rest_right") + 1e-6)).alias("billed words found"),
            pl.col("most").alias("bought word left over"),
            pl.col("most_right").alias("billed word left over"),
            pl.col("shared").alias("weight of shared words"),
        ).cast(pl.Float32)
    )


def word_weights(left: pl.DataFrame, right: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Weigh each word by how few names of either side have it."""
    mine, theirs = (
        side.select("i", word=pl.col("core").str.split(" ")).explode("word").unique() for side in (left, right)
    )
    names = left.height + right.height
    seen = pl.concat([mine, theirs]).group_by("word").len("n")
    weight = ((names + 1) / pl.col("n")).log().cast(pl.Float32) / np.log(names + 2)
    weighed = seen.select("word", weight=weight)
    return mine.join(weighed, on="word"), theirs.join(weighed, on="word")
