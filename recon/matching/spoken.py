"""Which pairs of the names at hand people have spoken of."""

from __future__ import annotations

import numpy as np
import polars as pl

from recon.matching.judgements import Kind, Said
from recon.matching.keys import name_keys
from recon.matching.told import Numbering, Told

SPOKEN = {"l": pl.UInt32, "r": pl.UInt32, "said": pl.String, "by": pl.String, "order": pl.UInt32}
KNOWN = "known "
IN_BRACKETS = r"\(([^()]+)\)$"


def spoken_pairs(left: pl.DataFrame, right: pl.DataFrame, told: Told) -> pl.DataFrame:
    """Find what holds of each pair: `l`, `r`, `said`, `by`, `order`; the last word on a pair is the one kept."""
    if told.pairs.is_empty():
        return pl.DataFrame(schema=SPOKEN)
    pairs = told.pairs.select("bought", "billed").with_row_index("order")
    of_left = numbered(pairs, left, told.numbering, named="bought", other="billed").rename({"i": "l"})
    of_both = numbered(of_left, right, told.numbering, named="billed", other="l").rename({"i": "r"})
    return of_both.hstack(told.pairs.select(pl.col("said", "by").gather(of_both["order"]))).select(list(SPOKEN))


def numbered(pairs: pl.DataFrame, side: pl.DataFrame, numbering: Numbering, *, named: str, other: str) -> pl.DataFrame:
    """Find the number of each name, or of what has it for a stable id or id, or is shown so, where nobody is named so.

    A party that was called by both has had its last word once, for each `other`.
    """
    names = side.select("i", "number")
    found = joined(pairs, names, named)
    if found["i"].null_count():
        by_id = [side.select("i", key=plain_id(column)) for column in ("stable_id", "id")]
        ids = pl.concat([*by_id, as_shown(side, numbering), as_catalogued(side)])
        ids = ids.select("i", numbering.numbers_of(ids["key"])).drop_nulls("number")
        free = ids.join(names, on="number", how="anti")
        found = joined(pairs, pl.concat([names, free]).unique().sort("i"), named).drop_nulls("i")
        found = found.unique([other, "i"], keep="last", maintain_order=True)
    return found


def joined(pairs: pl.DataFrame, names: pl.DataFrame, named: str) -> pl.DataFrame:
    """Lay names beside what was said of them, in the order it was said."""
    return pairs.join(names, left_on=named, right_on="number", how="left", maintain_order="left_right")


def plain_id(column: str) -> pl.Expr:
    """Write an id as judgements write names."""
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


def as_shown(side: pl.DataFrame, numbering: Numbering) -> pl.DataFrame:
    """Write names as people are asked about them where others are called so too: `Acme (42)`, with the id."""
    told = numbering.written["name"].str.extract(IN_BRACKETS).drop_nulls()
    own = pl.col("id").str.replace("^id ", "")
    some = side.filter(own.is_in(told.implode())).select("i", shown=pl.format("{} ({})", "name", own))
    return some.select("i", key=name_keys(some["shown"]))


def as_catalogued(side: pl.DataFrame) -> pl.DataFrame:
    """Write known products as the catalogue calls them, which is how people get to read them."""
    known = side.filter(pl.col("id").str.starts_with(KNOWN))
    return known.select("i", key=name_keys(known["id"].str.strip_prefix(KNOWN)))


def said(spoken: pl.DataFrame, verdict: Said) -> pl.DataFrame:
    """Keep the pairs of which people said this."""
    return spoken.filter(pl.col("said") == verdict.value)


def called_same(spoken: pl.DataFrame, kind: Kind, billed: pl.Series) -> pl.DataFrame:
    """Keep the pairs people called the same; of two answers for one name the later counts, of one the later id."""
    if spoken.is_empty():
        return spoken
    one = "r" if kind is Kind.PRODUCT else "l"
    same = latest(said(spoken, Said.SAME), one)
    names = same[one].to_numpy()
    twice = pl.Series(np.bincount(names)[names] > 1)
    if not twice.any():
        return same
    rows = twice.arg_true()
    tied = pl.DataFrame({"row": rows, one: same[one].gather(rows), "id": billed.gather(same["r"].gather(rows))})
    last = tied.filter(pl.col("id") == pl.col("id").max().over(one)).unique(one, keep="first")
    return same.filter((~twice).scatter(last["row"], values=True))


def latest(same: pl.DataFrame, one: str) -> pl.DataFrame:
    """Keep each name's latest answer; answers are in the order they were said, so each overwrites those before."""
    names, order = same[one].to_numpy(), same["order"].to_numpy()
    last = np.zeros(names.max(initial=0) + 1, order.dtype)
    last[names] = order
    return same.filter(pl.Series(last[names] == order))
