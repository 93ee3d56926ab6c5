"""Which pairs of names are worth scoring: never all of them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

SHARED_BY = 40
"""A word or letter group that more names than this share says too little to bring two of them together."""

RAREST_WORDS, RAREST_GRAMS, GRAM = 4, 7, 4
KEPT, KEPT_OF_MANY, MANY = 6, 3, 30_000
"""How many candidates a name keeps from each kind of key, and how few once there are many names."""


def candidate_pairs(left: pl.DataFrame, right: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """Bring together names that share a form, a domain, initials, rare words or rare letter groups: `l`, `r`.

    Names of `done` pairs (`l`, `r`) are only met by names that are not: they may be what those stand for.
    """
    open_left = left.join(done, left_on="i", right_on="l", how="anti")
    open_right = right.join(done, left_on="i", right_on="r", how="anti")
    found = [
        meeting(form_keys(left), form_keys(right)),
        meeting(initial_keys(left), short_keys(right)),
        meeting(short_keys(left), initial_keys(right)),
    ]
    kept = KEPT if left.height + right.height < MANY else KEPT_OF_MANY
    for keys, rarest in ((word_keys, RAREST_WORDS), (gram_keys, RAREST_GRAMS)):
        mine, theirs = keys(left), keys(right)
        found.append(sharing(mine.join(open_left, on="i", how="semi"), theirs, rarest, kept))
        found.append(turned(sharing(theirs.join(open_right, on="i", how="semi"), mine, rarest, kept)))
    pairs = pl.concat(found).unique()
    both = pairs.join(done, on="l", how="semi").join(done, on="r", how="semi")
    return pairs.join(both, on=["l", "r"], how="anti").sort("l", "r")


def turned(pairs: pl.DataFrame) -> pl.DataFrame:
    """Swap the sides of pairs found from the right."""
    return pairs.select(l="r", r="l")


def keyed(frame: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Stack some columns of keys as `i`, `key`, nothing empty and nothing twice."""
    parts = [frame.select("i", key=pl.col(column)) for column in columns if column in frame.columns]
    return pl.concat(parts).filter(pl.col("key").is_not_null() & (pl.col("key") != "")).unique()


def form_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Whole forms: equal ones always meet."""
    return keyed(frame, ("core", "joined", "bare", "site", "domain"))


def initial_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the initials of a longer name."""
    return keyed(frame, ("initials", "letters")).filter(pl.col("key").str.len_chars() >= 2)  # noqa: PLR2004 - one letter says nothing


def short_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Take short names and first words, which may be another's initials."""
    first = frame.select("i", key=pl.col("bare").str.split(" ").list.first())
    return keyed(pl.concat([first, frame.select("i", key="joined")]), ("key",)).filter(
        pl.col("key").str.len_chars().is_between(2, 7)
    )


def meeting(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Join on a key; where thousands share it, each meets only the first few of the other side."""
    place = pl.int_range(pl.len()).over("key", order_by="i")
    few_left, few_right = (side.filter(place < KEPT) for side in (left, right))
    pairs = [left.join(few_right, on="key"), few_left.join(right, on="key")]
    return pl.concat([pair.select(l="i", r="i_right") for pair in pairs]).unique()


def word_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the words of a name."""
    return frame.select("i", key=pl.col("core").str.split(" ")).explode("key").unique()


def gram_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Take every four letters in a row, as a number, of the name and of its web site."""
    texts = keyed(frame, ("joined", "site"))
    joined = texts["key"].str.slice(0, 60)
    letters = np.frombuffer(("\x00" + "\x00".join(joined.to_list()) + "\x00\x00\x00").encode(), np.uint8)
    sizes = joined.str.len_bytes().to_numpy().astype(np.int64) + 1
    owner = np.repeat(texts["i"].to_numpy(), sizes)
    wide = letters.astype(np.uint32)
    grams = wide[:-3] | wide[1:-2] << 8 | wide[2:-1] << 16 | wide[3:] << 24
    inside = (wide[1:-2] != 0) & (wide[2:-1] != 0) & (wide[3:] != 0)
    starts = np.flatnonzero(inside)
    starts = starts[starts < len(owner)]
    return pl.DataFrame({"i": owner[starts], "key": grams[starts]}).unique()


def sharing(some: pl.DataFrame, all_others: pl.DataFrame, rarest: int, kept: int) -> pl.DataFrame:
    """Join each name's rarest keys with the other side's, and keep the few that share most: `l`, `r`."""
    common = all_others.group_by("key").len("n").filter(pl.col("n") <= SHARED_BY)
    weighed = some.join(common, on="key").with_columns(weight=1.0 / pl.col("n").cast(pl.Float32).sqrt())
    rare = weighed.filter(pl.int_range(pl.len()).over("i", order_by=["n", "key"]) < rarest)
    pairs = rare.join(all_others, on="key", suffix="_right").group_by(l="i", r="i_right").agg(pl.col("weight").sum())
    heaviest = pl.int_range(pl.len()).over("l", order_by=[-pl.col("weight").round(4), pl.col("r")])
    return pairs.filter(heaviest < kept).select("l", "r")
