"""One decimal mark and one day order for each column, or a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from recon.questions import Candidate, Question, Topic
from recon.reading.dates import OrderEvidence, orders_of
from recon.reading.numbers import StyleEvidence, styles_of
from recon.reading.periods import days_in
from recon.reading.profiles import Profile


@dataclass(frozen=True, slots=True)
class Styles:
    """How each column writes its numbers and dates, and what must be asked about it."""

    decimals: Mapping[str, str]
    day_orders: Mapping[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """The columns whose style is to be decided, and what else is known of it."""

    cells: pl.DataFrame
    names: Mapping[str, str]
    fingerprint: str
    profile: Profile
    numeric: frozenset[str]  # a workbook's own numbers
    usual_order: str | None  # of a known export
    periods: frozenset[str] = frozenset()  # columns of two days in one cell


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns to decide, and those that are only heard: one file is written in one style."""

    columns: Sequence[str]
    witnesses: Sequence[str]


def decide_styles(writing: Writing, *, numbers: Wanted, dates: Wanted) -> Styles:
    """Decide every column by its own values, then by the other columns', then by what people answered; else ask."""
    decimals, unclear_numbers = decide_decimals(writing, numbers)
    orders, unclear_dates = decide_orders(writing, dates)
    return Styles(decimals, orders, (*unclear_numbers, *unclear_dates))


def decide_decimals(writing: Writing, wanted: Wanted) -> tuple[dict[str, str], list[Question]]:
    """Decide the decimal mark of each column of numbers."""
    read = {*wanted.columns, *wanted.witnesses} - writing.numeric
    seen = styles_of({column: writing.cells[column] for column in read})
    points = sum(1 for evidence in seen.values() if evidence.decimals == ".")
    commas = sum(1 for evidence in seen.values() if evidence.decimals == ",")
    file_says = "." if points and not commas else "," if commas and not points else writing.profile.decimals
    decided, questions = {}, []
    for column in wanted.columns:
        evidence = seen.get(column, StyleEvidence(1, 0, 0))
        mark = evidence.decimals or file_says
        if mark is None and evidence.matters:
            questions.append(ask_decimals(writing, column, evidence))
        decided[column] = mark or "."
    return decided, questions


def ask_decimals(writing: Writing, column: str, evidence: StyleEvidence) -> Question:
    """Ask what a comma or point means."""
    header = writing.names[column]
    shown = tuple(evidence.samples) or tuple(writing.cells[column].drop_nulls().unique().sort().head(5).to_list())
    return Question(
        id=f"decimals:{writing.fingerprint}:{header}",
        topic=Topic.DECIMALS,
        about=header,
        sentence=f"In “{header}”, is the decimal mark of {shown[0]} a point or a comma?",
        candidates=(
            Candidate(".", "A point: 1,234 is one thousand two hundred thirty-four"),
            Candidate(",", "A comma: 1,234 is a little more than one"),
        ),
        samples=shown,
        lines=writing.cells.height,
    )


def decide_orders(writing: Writing, wanted: Wanted) -> tuple[dict[str, str], list[Question]]:
    """Decide the day order of each column of dates."""
    seen = orders_of({c: dates_of(writing, c) for c in (*wanted.columns, *wanted.witnesses)})
    said = {evidence.day_order for evidence in seen.values()} - {None}
    file_says = said.pop() if len(said) == 1 else writing.profile.day_order or writing.usual_order
    decided, questions = {}, []
    for column in wanted.columns:
        evidence = seen[column]
        order = evidence.day_order or file_says
        if order is None and evidence.unclear:
            questions.append(ask_order(writing, column, evidence))
        if order and evidence.day_first + evidence.month_first + evidence.unclear:
            decided[column] = order
    return decided, questions


def dates_of(writing: Writing, column: str) -> pl.Series:
    """Give the dates of a column as they are written."""
    return days_in(writing.cells[column]) if column in writing.periods else writing.cells[column]


def ask_order(writing: Writing, column: str, evidence: OrderEvidence) -> Question:
    """Ask whether the day or the month comes first."""
    header = writing.names[column]
    return Question(
        id=f"day order:{writing.fingerprint}:{header}",
        topic=Topic.DAY_ORDER,
        about=header,
        sentence=f"In “{header}”, does {evidence.samples[0]} begin with the day or with the month?",
        candidates=(Candidate("D/M", "The day comes first"), Candidate("M/D", "The month comes first")),
        samples=tuple(evidence.samples),
        lines=writing.cells.height,
    )
