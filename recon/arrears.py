"""What a vendor charges for when the month is over."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from recon.frames import engine_for
from recon.lines import Charge
from recon.months import Month


def charged_in_arrears(lines: pl.DataFrame, month: Month | None) -> pl.Series:
    """List the products that a file of this month charges for the month before only.

    A file that charges any product for both is a list of several months, and says no such thing.
    """
    nothing = lines["product"].clear()
    if month is None:
        return nothing
    begun, ended = pl.col("period_start") <= month.last, pl.col("period_end")
    products = (
        lines.lazy()
        .filter((pl.col("charge") == Charge.SEATS.value) & (pl.col("quantity") > 0))
        .group_by("product")
        .agg(
            now=(begun & (ended >= month.first)).fill_null(value=True).any(),
            before=(ended == month.first - timedelta(days=1)).any(),
        )
        .collect(engine=engine_for(lines.height))
    )
    now, before = products["now"], products["before"].fill_null(value=False)
    return products.filter(before)["product"] if now.any() and not (now & before).any() else nothing
