"""Irregular delimited text, record by record: stray quotes, unclosed quotes, rows of any length."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import polars as pl

from recon.reading.dialect import Dialect
from recon.reading.sheet import ROW, cells_of

LONGEST_RECORD = 200  # lines; an open quote that swallows more is a mistake, not a cell
CHUNK = 20_000
MOST_COLUMNS = 2_000


def read_ragged(body: bytes, dialect: Dialect, most: int = MOST_COLUMNS) -> pl.DataFrame:
    """Cut text into cells as leniently as a spreadsheet would, a chunk of rows at a time."""
    chunks: list[pl.DataFrame] = []
    rows: list[list[str | None]] = []
    for record in records(body.decode("utf-8", "replace"), dialect):
        rows.append([cell or None for cell in bounded(record, dialect, most)])
        if len(rows) == CHUNK:
            chunks.append(cells_of(rows).drop(ROW))
            rows = []
    chunks.append(cells_of(rows).drop(ROW))
    return pl.concat(chunks, how="diagonal").with_row_index(ROW, offset=1)


def bounded(record: list[str], dialect: Dialect, most: int) -> list[str]:
    """Leave what is beyond the last column we hold in that column, unread but not lost."""
    if len(record) <= most:
        return record
    return [*record[: most - 1], dialect.delimiter.join(record[most - 1 :])]


def records(text: str, dialect: Dialect) -> Iterator[list[str]]:
    """Yield records; a line whose quote is never closed is taken literally, so that it swallows no others."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # the module's own limit is 128 KB a cell
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    feed = Feed(lines)
    while feed.at < len(lines):
        reader = csv.reader(feed, delimiter=dialect.delimiter, quotechar=dialect.quote)
        while feed.at < len(lines):
            feed.begin()
            record = next(reader, None)
            if feed.ran_dry or not closes_well(lines[feed.start : feed.at], dialect):
                yield literal(lines[feed.start], dialect)
                feed.at = feed.start + 1
                break
            yield record or []


def closes_well(lines: list[str], dialect: Dialect) -> bool:
    """Whether a record of several lines closes its quotes before a delimiter, as only a real one does."""
    if len(lines) == 1:
        return True
    try:
        list(
            csv.reader(
                [line + "\n" for line in lines], delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True
            )
        )
    except csv.Error:
        return False
    return True


class Feed:
    """Hands lines to the reader, few enough for one record at a time."""

    def __init__(self, lines: list[str]) -> None:
        """Stand before the first line."""
        self.lines = lines
        self.at = self.start = 0
        self.ran_dry = False

    def begin(self) -> None:
        """Note where a record begins."""
        self.start = self.at
        self.ran_dry = False

    def __iter__(self) -> Feed:
        """Be an iterator."""
        return self

    def __next__(self) -> str:
        """Hand the next line of this record, or run dry."""
        if self.at >= len(self.lines) or self.at - self.start >= LONGEST_RECORD:
            self.ran_dry = True
            raise StopIteration
        line = self.lines[self.at]
        self.at += 1
        return line + "\n"


def literal(line: str, dialect: Dialect) -> list[str]:
    """Cut a line where its delimiters are, quotes or not."""
    return [cell.strip(dialect.quote) for cell in line.split(dialect.delimiter)]
