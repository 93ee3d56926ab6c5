"""Which pairs of the names at hand people have spoken of."""

from __future__ import annotations

import polars as pl

from recon.matching.judgements import Judgements, Kind, Said


def spoken_pairs(left: pl.DataFrame, right: pl.DataFrame, judgements: Judgements, kind: Kind) -> pl.DataFrame:
    """Find what holds of each pair: `l`, `r`, `said`, `by`, `order`; the last word on a pair is the one kept."""
    told = judgements.frame(kind).with_row_index("order")
    named = told.join(called(left), left_on="bought", right_on="name").rename({"i": "l"})
    named = named.join(called(right), left_on="billed", right_on="name").rename({"i": "r"})
    last = named.sort("order").unique(["l", "r"], keep="last", maintain_order=True)
    return last.select("l", "r", "said", "by", "order")


def called(side: pl.DataFrame) -> pl.DataFrame:
    """List what a judgement may call a name by: itself, or its stable id or id where nobody is named so."""
    names = side.select("i", name="key")
    ids = pl.concat([side.select("i", name=plain_id(column)) for column in ("stable_id", "id")])
    return pl.concat([names, ids.filter(pl.col("name").is_not_null()).join(names, on="name", how="anti")]).unique()


def plain_id(column: str) -> pl.Expr:
    """Write an id as judgements write names."""
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


def said(spoken: pl.DataFrame, verdict: Said) -> pl.DataFrame:
    """Keep the pairs of which people said this."""
    return spoken.filter(pl.col("said") == verdict.value)


def called_same(spoken: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Keep the pairs people called the same; of two answers for one name the later counts."""
    one = "r" if kind is Kind.PRODUCT else "l"
    return said(spoken, Said.SAME).sort("order").unique(one, keep="last", maintain_order=True)
