"""Which left name answers which right name: exclusive, global, and never broken by luck."""

from __future__ import annotations

import polars as pl

TIE = 0.02
"""Two candidates whose chances differ by less than this are equally good."""


def assign(scored: pl.DataFrame, *, exclusive_left: bool) -> pl.DataFrame:
    """Take the likeliest pairs first, each name once; `l`, `r`, `probability`, `tied` for each pair taken.

    `exclusive_left` is false for products, where several billed wordings may answer one bought product.
    """
    order = scored.sort(["probability", "l", "r"], descending=[True, False, False])
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    rows: list[tuple[int, int, float]] = []
    for left, right, probability in order.select("l", "r", "probability").iter_rows():
        if right in taken_right or (exclusive_left and left in taken_left):
            continue
        taken_left.add(left)
        taken_right.add(right)
        rows.append((left, right, probability))
    chosen = pl.DataFrame(rows, schema={"l": pl.UInt32, "r": pl.UInt32, "probability": pl.Float64}, orient="row")
    return chosen.with_columns(tied=is_tied(chosen, scored, exclusive_left=exclusive_left))


def is_tied(chosen: pl.DataFrame, scored: pl.DataFrame, *, exclusive_left: bool) -> pl.Series:
    """Tell which chosen pairs have a rival just as good that no better pair has taken."""
    owner_right = chosen.select("r", owned="probability")
    owner_left = chosen.select("l", held="probability")
    free = scored.join(owner_right, on="r", how="left").join(owner_left, on="l", how="left")
    by_left = rival(chosen, free.filter(pl.col("owned").fill_null(0) <= pl.col("probability") + TIE), "l", "r")
    by_right = rival(chosen, free.filter(pl.col("held").fill_null(0) <= pl.col("probability") + TIE), "r", "l")
    return by_left | by_right if exclusive_left else by_right


def rival(chosen: pl.DataFrame, others: pl.DataFrame, shared: str, apart: str) -> pl.Series:
    """Tell which chosen pairs share one name with another pair within a TIE of them."""
    met = chosen.with_row_index("at").join(others.select(shared, apart, "probability"), on=shared, suffix="_other")
    close = met.filter(
        (pl.col(apart) != pl.col(f"{apart}_other")) & (pl.col("probability_other") >= pl.col("probability") - TIE)
    )
    return pl.Series("tied", range(chosen.height), dtype=pl.UInt32).is_in(close["at"].unique().implode())
