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
    return chosen.with_columns(tied=is_tied(chosen, known, exclusive_left=exclusive_left))


def is_tied(chosen: pl.DataFrame, known: pl.DataFrame, *, exclusive_left: bool) -> pl.Series:
    """Tell which chosen pairs have a rival just as good that no better pair has taken."""
    by_right = rivalled(chosen, free(known, chosen, "l"), "r", "l")
    return by_right | rivalled(chosen, free(known, chosen, "r"), "l", "r") if exclusive_left else by_right


def free(known: pl.DataFrame, chosen: pl.DataFrame, name: str) -> pl.DataFrame:
    """Leave out the pairs whose name has found a clearly better one."""
    held = known.join(chosen.select(name, held="odds"), on=name, how="left")
    return held.filter(pl.col("held").is_null() | (pl.col("held") <= pl.col("odds") + TIE))


def rivalled(chosen: pl.DataFrame, others: pl.DataFrame, shared: str, apart: str) -> pl.Series:
    """Tell which chosen pairs share a name with another pair that is as good."""
    met = chosen.with_row_index("at").join(others.select(shared, apart, "odds"), on=shared, suffix="_other")
    close = met.filter((pl.col(apart) != pl.col(f"{apart}_other")) & (pl.col("odds_other") >= pl.col("odds") - TIE))
    return pl.Series("tied", range(chosen.height), dtype=pl.UInt32).is_in(close["at"].unique().implode())
