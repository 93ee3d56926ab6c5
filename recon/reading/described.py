"""What we took a file for, in words for people."""

from __future__ import annotations

import re

import polars as pl

from recon.months import guess_month
from recon.reading.file import File
from recon.reading.odd import Sorted
from recon.reading.reading import Layout
from recon.reading.styles import Styles

LONGEST = 40  # signs of a value that is shown
MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)")


def layout_of(file: File, styles: Styles, found: Sorted) -> Layout:
    """Say what we took the file for."""
    names = file.names
    used = {column for columns in file.columns.values() for column in columns}
    return Layout(
        name=file.name,
        format=file.sheet.format,
        encoding=file.sheet.encoding,
        delimiter=file.sheet.delimiter,
        sheet=file.sheet.name,
        header_row=file.header_row,
        headers=tuple(names.values()),
        columns={meaning: tuple(names[c] for c in columns) for meaning, columns in file.columns.items()},
        samples={names[column]: samples_of(file.below[column]) for column in names if column in used},
        not_understood=file.known.not_understood,
        side=file.side,
        source=file.known.layout.name if file.known.layout else None,
        decimals={names[column]: mark for column, mark in styles.decimals.items()},
        day_orders={names[column]: order for column, order in styles.day_orders.items()},
        fingerprint=file.fingerprint,
        month=month_of(file, found.lines),
        blank_rows=len(found.blank),
        own_side=file.own_side,
    )


def samples_of(values: pl.Series) -> tuple[str, ...]:
    """Show the first few different values."""
    seen = dict.fromkeys(in_short(value) for value in values.head(200).to_list() if value is not None)
    return tuple(seen)[:3]


def in_short(value: str) -> str:
    """Cut a long value, and show that it was."""
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1].rstrip()}…"


def month_of(file: File, lines: pl.DataFrame) -> str | None:
    """Guess the month most lines begin in, else the one the file's name says."""
    named = MONTH.search(file.name)
    month = guess_month(lines)
    return str(month) if month else f"{named[1]}-{named[2]}" if named else None
