"""Delimited text becomes cells: regular files in bulk, all others record by record."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import polars as pl

from recon.reading.dialect import Dialect
from recon.reading.ragged import MOST_COLUMNS, read_ragged, records
from recon.reading.sheet import ROW

NEWLINE = ord("\n")
MOST_CELLS = 150_000_000  # as a grid; each takes 16 bytes
FEW_COLUMNS = 40


def read_delimited(utf8: bytes, dialect: Dialect) -> pl.DataFrame:
    """Cut text into cells; a record with newlines inside a cell is one row, as in a spreadsheet."""
    body = utf8[dialect.skip :] if dialect.skip else utf8
    most = most_columns(body)
    if len(dialect.delimiter.encode()) == 1 and quotes_are_regular(body, dialect):
        width = width_of_head(body, dialect)
        cells = read_regular(body, dialect, width) if width <= most else None
        if cells is not None:
            return cells
    return read_ragged(body, dialect, most)


def most_columns(body: bytes) -> int:
    """How many columns a file of so many lines may have: one wide row would make a million others as wide."""
    return min(MOST_COLUMNS, max(FEW_COLUMNS, MOST_CELLS // (body.count(b"\n") + 1)))


def read_regular(body: bytes, dialect: Dialect, width: int) -> pl.DataFrame | None:
    """Let polars read it, unless a row turns out wider than the head promised."""
    try:
        cells = pl.read_csv(
            io.BytesIO(body),
            has_header=False,
            infer_schema=False,
            schema={f"c{at}": pl.String for at in range(width)},
            separator=dialect.delimiter,
            quote_char=dialect.quote,
            missing_columns="insert",  # a title line above the header has fewer cells
        )
    except pl.exceptions.PolarsError:
        return None
    return cells.with_row_index(ROW, offset=1)


def width_of_head(body: bytes, dialect: Dialect) -> int:
    """Count the cells of the widest of the first records."""
    head = body[:262_144]
    cut = head.rfind(b"\n") if len(body) > len(head) else len(head)
    text = head[: cut if cut > 0 else len(head)].decode("utf-8", "replace")
    return min(max((1, *(len(record) for record in records(text, dialect)))), MOST_COLUMNS)


def quotes_are_regular(body: bytes, dialect: Dialect) -> bool:
    """Whether every quote opens or closes a whole cell, so that any reader of CSV sees the same cells."""
    quote = ord(dialect.quote)
    data: npt.NDArray[np.uint8] = np.frombuffer(body, dtype=np.uint8)
    at = np.flatnonzero(data == quote)
    if at.size == 0:
        return True
    if at.size % 2:
        return False
    edges = np.array([ord(dialect.delimiter), NEWLINE, quote], dtype=np.uint8)
    opening, closing = at[0::2], at[1::2]
    before = data[np.maximum(opening - 1, 0)]
    after = data[np.minimum(closing + 1, data.size - 1)]
    opens = np.isin(before, edges) | (opening == 0)
    closes = np.isin(after, edges) | (closing == data.size - 1)
    doubled = (before == quote) & (opening > 0)
    paired = np.ones_like(doubled)
    paired[1:] = ~doubled[1:] | (opening[1:] - 1 == closing[:-1])
    return bool((opens & paired).all() and closes.all())
