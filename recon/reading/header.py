"""Which row is the header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf

import polars as pl

from recon.errors import UnreadableFile
from recon.reading.looks import DATE, NUMBER
from recon.reading.meanings import said_by
from recon.reading.sheet import ROW, Sheet, cell_names

HEAD_ROWS = 60
LONGEST = 80
FAMILIAR = 0.4
LEAST = 1.2
SEVERAL = 2  # groups of columns


def header_score(row: Sequence[str | None], beaten: float = -inf) -> float:
    """How much a row speaks of lines: familiar column headings speak for it, numbers and dates against it.

    A row is read no further than until it can't beat the best so far.
    """
    cells = {said for cell in row if cell and (said := cell.strip())}
    words = [cell for cell in cells if not NUMBER.fullmatch(cell) and not DATE.match(cell)]
    score = float(len(words) - (len(cells) - len(words)))  # at most: each word a heading
    for cell in words:
        if score <= beaten:
            break
        score -= 1 - (max(said_by(cell).values(), default=0.0) if len(cell) <= LONGEST else 0.0)
    return score


def best_header(rows: Iterable[Sequence[str | None]]) -> tuple[float, int]:
    """Find the first of the rows that speak most of lines: how much it does, and its place."""
    best, place = 0.0, 0
    for at, row in enumerate(rows):
        score = round(header_score(row, best), 6)
        if score > best:
            best, place = score, at
    return best, place


def find_header(sheet: Sheet, name: str) -> tuple[int, dict[str, str]]:
    """Find the header's row number and what it calls each column; columns it leaves unnamed go by their place."""
    head = sheet.cells.head(HEAD_ROWS)
    rows = head.select(cell_names(sheet.cells)).rows()
    score, best = best_header(rows)
    if score < LEAST:
        best = first_row_of_words(rows, name)
    best, headings = in_two_rows(rows, best)
    return int(head[ROW][best]), unique_names(sheet.cells, headings)


def in_two_rows(rows: Sequence[Sequence[str | None]], best: int) -> tuple[int, Sequence[str | None]]:
    """Put a header of two rows together: what one leaves blank the other says, and a group tells two `Name` apart."""
    below = rows[best + 1] if best + 1 < len(rows) else ()
    if any(not cell for cell in below) and header_score(below) >= LEAST and complete(rows[best], below):
        best += 1
    above = rows[best - 1] if best else ()
    if len([cell for cell in above if cell]) < SEVERAL or header_score(above) <= 0:
        return best, rows[best]
    groups = accumulate((cell or "" for cell in above), last_said)
    times = Counter(cell for cell in rows[best] if cell)
    headed = zip(rows[best], above, groups, strict=True)
    return best, [
        f"{group} {cell}" if cell and times[cell] > 1 else cell or (over if over and said_by(over) else None)
        for cell, over, group in headed
    ]


def last_said(left: str, cell: str) -> str:
    """Carry the label of a group of columns to the right."""
    return cell or left


def complete(above: Sequence[str | None], below: Sequence[str | None]) -> bool:
    """Whether the lower row has something only where the upper is blank, or under the left end of a group."""
    starts = [at for at, cell in enumerate(above) if cell]
    own = [at for at in starts if not below[at]]
    return bool(own) and all(below[at] or above[at] for at in range(len(above)))


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
