"""Rows whose columns are understood, meaning by meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from recon.lines import Side
from recon.reading.layouts import KnownLayout
from recon.reading.styles import Styles


@dataclass(frozen=True, slots=True)
class Source:
    """Rows whose columns are understood."""

    name: str
    cells: pl.DataFrame  # below the header, tidied
    names: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]  # meaning -> cell columns, money settled
    layout: KnownLayout | None
    side: Side | None
    styles: Styles
    currency: str | None  # as people answered
    client: str | None  # of a file that names none
    remarks: tuple[str, ...] = ()  # columns of text that mean nothing we ask for

    def column(self, meaning: str) -> pl.Series:
        """Give the text of a meaning; of several columns the first that says something."""
        found = [self.cells[column] for column in self.columns.get(meaning, ())]
        return first_said(found, self.cells.height).alias(meaning)

    def has(self, meaning: str) -> bool:
        """Whether any column has this meaning."""
        return bool(self.columns.get(meaning))


def first_said(columns: list[pl.Series], height: int, dtype: pl.DataType | type[pl.DataType] = pl.String) -> pl.Series:
    """Row by row, the first column that says something."""
    if not columns:
        return pl.Series([None], dtype=dtype).new_from_index(0, height)
    if len(columns) == 1:
        return columns[0]
    return pl.select(pl.coalesce(columns)).to_series()
