"""Cells as text, in file order, before anyone knows what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

ROW = "row"

BestHeader = Callable[[Iterable[Sequence[str | None]]], tuple[float, int]]
"""Finds, of some rows, the one most like a header: how much it is, and its place."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table's worth of cells: `row` as a spreadsheet numbers it, then `c0`, `c1`, ... with null for nothing."""

    cells: pl.DataFrame
    format: str  # CSV, XLSX, ...
    encoding: str | None = None
    delimiter: str | None = None
    name: str | None = None  # of the workbook's sheet
    numeric: frozenset[str] = frozenset()  # columns a workbook holds as numbers, so their text is in one style
    damaged: int = 0  # letters that could not be read
    other_tables: tuple[str, ...] = ()  # sheets of the workbook that look like lines too, and are not read


def cells_from(columns: Sequence[pl.Series]) -> pl.DataFrame:
    """Give columns names by position, and rows numbers."""
    named = [column.alias(f"c{at}") for at, column in enumerate(columns)]
    return pl.DataFrame(named).with_row_index(ROW, offset=1)


def cells_of(rows: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """Stand rows of any length side by side."""
    width = max((len(row) for row in rows), default=0)
    columns = [pl.Series([row[at] if at < len(row) else None for row in rows], dtype=pl.String) for at in range(width)]
    return cells_from(columns)


def cell_names(cells: pl.DataFrame) -> list[str]:
    """Name every column but the row number."""
    return [name for name in cells.columns if name != ROW]
