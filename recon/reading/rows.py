"""Which rows below a header are no lines: blank rows, totals, notes and repeated headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from recon.reading.looks import NUMBER, TOTAL, TOTAL_OF
from recon.reading.sheet import ROW

A_FEW = 2  # cells of a footer: “Printed on” and a date


class Reason(StrEnum):
    """Why a row is no line."""

    BLANK = "blank"
    TOTAL = "total"
    NOTE = "note"  # headings, footers and remarks
    REPEATED_HEADER = "repeated header"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row that yields no line."""

    row: int
    reason: Reason
    cells: str  # as a person would quote it


def says_total(column: str) -> pl.Expr:
    """Whether a cell says no more than that its row is a total."""
    return pl.col(column).str.contains(TOTAL).fill_null(value=False)


def judge_rows(rows: pl.DataFrame, names: Mapping[str, str], stated: set[str]) -> list[OddRow]:
    """Say of each row that yields no line what it is; `stated` are the columns that count or cost something."""
    headings = {column: name.casefold() for column, name in names.items()}
    columns = [column for column in rows.columns if column != ROW]
    odd: list[OddRow] = []
    for row, *cells in rows.select(ROW, *columns).iter_rows():
        filled = {c: cell.strip() for c, cell in zip(columns, cells, strict=True) if cell and cell.strip()}
        odd.append(OddRow(row, reason_for(filled, headings, stated), " | ".join(filled.values())[:80]))
    return odd


def reason_for(filled: Mapping[str, str], headings: Mapping[str, str], stated: set[str]) -> Reason:
    """Judge one row by the cells it fills."""
    if not filled:
        return Reason.BLANK
    same = sum(1 for column, cell in filled.items() if " ".join(cell.split()).casefold() == headings[column])
    if same > 1 and same * 2 > len(filled):
        return Reason.REPEATED_HEADER
    if any(TOTAL_OF.search(cell) for cell in filled.values()):
        return Reason.TOTAL
    if all(NUMBER.fullmatch(cell) for cell in filled.values()):
        return Reason.TOTAL if len(filled) > 1 or set(filled) & stated else Reason.NOTE
    if len(filled) == 1 or (len(filled) <= A_FEW and not set(filled) & stated):
        return Reason.NOTE
    return Reason.UNREADABLE
