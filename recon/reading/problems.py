"""What could not be read, told row by row until it is clear enough."""

from __future__ import annotations

import polars as pl

from recon.questions import Problem
from recon.reading.sheet import ROW

MOST_TOLD = 200
LONGEST_CELL = 80


def problems_of(rows: pl.DataFrame, header: str | None, sentence: str) -> list[Problem]:
    """Tell of each row (`row`, `cell`) in turn; past two hundred, of all the rest at once."""
    told = [
        Problem(row, header, cell[:LONGEST_CELL], sentence.format(row=row, cell=cell[:LONGEST_CELL], header=header))
        for row, cell in rows.select(ROW, pl.col("cell").fill_null("")).head(MOST_TOLD).iter_rows()
    ]
    rest = rows.height - len(told)
    return [*told, Problem(None, header, "", f"{rest:,} more rows have the same problem.")] if rest > 0 else told
