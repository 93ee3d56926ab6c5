"""Which left name answers which right name: exclusive, global, and never broken by luck."""

from __future__ import annotations

import polars as pl

from recon.matching.score import log_odds

TIE = 1.0
"""Two candidates whose log-odds differ by less than this are equally good."""


def assign(scored: pl.DataFrame, *, exclusive_left: bool) -> pl.DataFrame:
    """Take the likeliest pairs first, each name once: `l`, `r`, `odds`, `tied` for each pair taken.

    No two names would both rather have each other than what they got. `exclusive_left` is false for products, where
    several billed wordings may answer one bought product.
    """
    known = scored.select("l", "r", odds=log_odds(pl.col("probability")))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    rows: list[tuple[int, int, float]] = []
    for left, right, odds in known.sort(["odds", "l", "r"], descending=[True, False, False]).iter_rows():
        if right not in taken_right and not (exclusive_left and left in taken_left):
            taken_left.add(left)
            taken_right.add(right)
            rows.append((left, right, odds))
    chosen = pl.DataFrame(rows, schema={"l": pl.UInt32, "r": pl.UInt32, "odds": pl.Float64}, orient="row")
    return with_ties(chosen.lazy(), known.lazy(), exclusive_left=exclusive_left).collect(engine="in-memory")


def with_ties(chosen: pl.LazyFrame, known: pl.LazyFrame, *, exclusive_left: bool) -> pl.LazyFrame:
    """Tell which chosen pairs have a rival just as good that no better pair has taken."""
    rivals = [rivalled(chosen, free(known, chosen, "l"), "r", "l")]
    if exclusive_left:
        rivals.append(rivalled(chosen, free(known, chosen, "r"), "l", "r"))
    tied = pl.concat(rivals).unique().with_columns(tied=pl.lit(value=True))
    return chosen.join(tied, on=["l", "r"], how="left", maintain_order="left").with_columns(
        pl.col("tied").fill_null(value=False)
    )


def free(known: pl.LazyFrame, chosen: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Leave out the pairs whose name has found a clearly better one."""
    least = chosen.group_by(name).agg(held=pl.col("odds").min())  # a product may be held by thousands
    held = known.join(least, on=name, how="left")
    return held.filter(pl.col("held").is_null() | (pl.col("held") <= pl.col("odds") + TIE))


def rivalled(chosen: pl.LazyFrame, others: pl.LazyFrame, shared: str, apart: str) -> pl.LazyFrame:
    """Keep the chosen pairs that share a name with another pair that is as good: `l`, `r`."""
    met = chosen.join(others.select(shared, apart, "odds"), on=shared, suffix="_other")
    close = (pl.col(apart) != pl.col(f"{apart}_other")) & (pl.col("odds_other") >= pl.col("odds") - TIE)
    return met.filter(close).select("l", "r")
