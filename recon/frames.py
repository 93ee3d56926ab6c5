"""Frames of a million lines, without copying what does not change."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def put_beside(lines: pl.DataFrame, table: pl.DataFrame, on: str | Sequence[str]) -> pl.DataFrame:
    """Put what a table says of each line beside it, null where it says nothing; the table's keys are unique."""
    keys = [on] if isinstance(on, str) else list(on)
    found = lines.select(keys).join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return lines.hstack(found.drop(keys))


def number_groups(lines: pl.DataFrame, by: Sequence[str], name: str) -> pl.DataFrame:
    """Give a number to the groups of lines that share these columns: later steps then compare one number, not many texts."""
    groups = lines.select(by).unique(maintain_order=True).with_row_index(name)
    return put_beside(lines, groups, by)
