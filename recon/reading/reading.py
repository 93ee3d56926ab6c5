"""What a file turned out to be, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from recon.lines import Side, empty_lines
from recon.questions import Problem, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What we took a file for."""

    name: str  # the file's own
    format: str  # CSV, TSV, XLSX, ...
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int
    headers: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]  # meaning -> headers; the first that says something counts
    samples: Mapping[str, tuple[str, ...]]  # header -> a few of its values
    not_understood: tuple[str, ...]  # kept in `table`, used for nothing
    side: Side | None
    source: str | None  # an export we know, as in "Pax8 invoice"
    decimals: Mapping[str, str]  # header -> "." or ","
    day_orders: Mapping[str, str]  # header -> "D/M" or "M/D"
    fingerprint: str  # of the header row; what people answer is kept under it
    month: str | None  # as in "2026-10", if the lines or the name tell
    blank_rows: int
    own_side: Side | None = None  # as the file seems by itself, whatever people say


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of one file, and everything about it that is not a line."""

    lines: pl.DataFrame  # of LINE_SCHEMA in file order; empty while a question is open
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    layout: Layout
    table: pl.DataFrame  # every row below the header as the file has it: `row`, then one column a heading
    set_aside: pl.DataFrame  # `row` and `reason` of the rows that are no lines
    uncounted: pl.DataFrame = field(default_factory=empty_lines)  # of LINE_SCHEMA: those of them whose number is unread
