"""Which rows below a header are no lines: blank rows, totals, notes and repeated headers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from recon.reading.looks import NUMBER, SAYS_TOTAL, TOTAL, TOTAL_AFTER, TOTAL_BEFORE, TOTAL_OF
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


def totals_of_clients(lines: pl.DataFrame) -> pl.Series:
    """List the rows that are called the total of a client whom the file names: `Total Acme Ltd`, `Acme Ltd Total`."""
    label = pl.coalesce("product", "client")  # a client's name beside a product is a client's name
    totals = lines.filter(label.str.contains(SAYS_TOTAL)).select(ROW, said=label.str.to_lowercase())
    if totals.is_empty():
        return totals[ROW]
    whose = pl.concat(
        totals.with_columns(client=pl.col("said").str.replace(around, "")) for around in (TOTAL_BEFORE, TOTAL_AFTER)
    )
    clients = lines.select(pl.col("client").drop_nulls().unique().str.to_lowercase())
    known = whose.filter(pl.col("client") != pl.col("said")).join(clients, on="client", how="semi")
    return known[ROW].unique()


def judge_rows(rows: pl.DataFrame, names: Mapping[str, str], stated: set[str], totals: Collection[int]) -> list[OddRow]:
    """Say of each row that yields no line what it is; `stated` are the columns that count or cost something.

    `totals` are the rows known to be totals already.
    """
    headings = {column: name.casefold() for column, name in names.items()}
    columns = [column for column in rows.columns if column != ROW]
    odd: list[OddRow] = []
    for row, *cells in rows.select(ROW, *columns).iter_rows():
        filled = {c: cell.strip() for c, cell in zip(columns, cells, strict=True) if cell and cell.strip()}
        reason = Reason.TOTAL if row in totals else reason_for(filled, headings, stated)
        odd.append(OddRow(row, reason, " | ".join(filled.values())[:80]))
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
