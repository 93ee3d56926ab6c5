"""Which row is the header."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from recon.errors import UnreadableFile
from recon.reading.looks import DATE, NUMBER
from recon.reading.meanings import said_by
from recon.reading.sheet import ROW, Sheet, cell_names

HEAD_ROWS = 60
LONGEST = 80
FAMILIAR = 0.4
LEAST = 1.2
BLANK = re.compile(r"\s*$")


def header_score(row: Sequence[str | None]) -> float:
    """How much a row speaks of lines: familiar column headings speak for it, numbers and dates against it."""
    cells = {cell.strip() for cell in row if cell and not BLANK.match(cell)}
    familiar = sum(max(said_by(cell).values(), default=0.0) for cell in cells if len(cell) <= LONGEST)
    data = sum(1 for cell in cells if NUMBER.fullmatch(cell) or DATE.match(cell))
    return familiar - data


def find_header(sheet: Sheet, name: str) -> tuple[int, dict[str, str]]:
    """Find the header's row number and what it calls each column; columns it leaves unnamed go by their place."""
    head = sheet.cells.head(HEAD_ROWS)
    rows = head.select(cell_names(sheet.cells)).rows()
    best = max(range(len(rows)), key=lambda at: (round(header_score(rows[at]), 6), -at), default=0)
    if not rows or header_score(rows[best]) < LEAST:
        best = first_row_of_words(rows, name)
    return int(head[ROW][best]), unique_names(sheet.cells, rows[best])


def first_row_of_words(rows: Sequence[Sequence[str | None]], name: str) -> int:
    """Take the first row of words as a header of unknown language; refuse where there is none."""
    for at, row in enumerate(rows[:-1]):
        filled = [cell for cell in row if cell and cell.strip()]
        if len(filled) > 1 and not any(NUMBER.fullmatch(c.strip()) or DATE.match(c.strip()) for c in filled):
            return at
    seen = " | ".join(cell.strip()[:30] for row in rows[:1] for cell in row[:6] if cell and cell.strip())
    raise UnreadableFile(
        f"{name} has no row of column headings that I can find; it begins with “{seen}”. "
        "Export it with headings such as Customer, Product and Quantity."
    )


def unique_names(cells: pl.DataFrame, row: Sequence[str | None]) -> dict[str, str]:
    """Name the columns apart: a second `Price` is `Price (2)`, a column without a heading `column 3`."""
    names: dict[str, str] = {}
    taken = {ROW}
    for at, (column, heading) in enumerate(zip(cell_names(cells), row, strict=True), start=1):
        plain = " ".join((heading or "").split()) or f"column {at}"
        name, times = plain, 1
        while name.casefold() in taken:
            times += 1
            name = f"{plain} ({times})"
        taken.add(name.casefold())
        names[column] = name
    return names
