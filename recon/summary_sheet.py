"""The first page of the workbook: what was read, what it comes to, and where every line went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import polars as pl

from recon.gaps import Direction, Gap, GapKind
from recon.lines import Side
from recon.money import add_up
from recon.result import Reconciliation

MONTHLY = pl.Decimal(38, 2)
PAGE: dict[str, pl.DataType | type[pl.DataType]] = {
    "About": pl.String,
    "What": pl.String,
    "Count": pl.Int64,
    "Monthly": MONTHLY,
    "Currency": pl.String,
}
DIRECTIONS = {Direction.UNDER: "under-billed", Direction.OVER: "over-billed"}

Row = tuple[str, str, int | None, Decimal | None, str | None]
Sum = tuple[Row, bool]
"""A row of money, and whether an estimate is part of it."""


def summarise(result: Reconciliation) -> tuple[pl.DataFrame, list[bool]]:
    """List what the result comes to, section by section, and say of each row whether its money is an estimate."""
    sums = [*_totals(result), *_kinds(result), *_causes(result)]
    before, after = list(_month(result)), list(_classes(result))
    rows = [*before, *(row for row, _ in sums), *after]
    about = [False] * len(before) + [is_about for _, is_about in sums] + [False] * len(after)
    return pl.DataFrame(rows, schema=PAGE, orient="row"), about


def _month(result: Reconciliation) -> Iterator[Row]:
    yield "month", str(result.month or "not stated"), None, None, None
    for caution in result.cautions:
        yield "look first", caution.sentence, None, None, None
    for side in Side:
        for source, lines in _sources(result, side):
            yield f"{side} file", source, lines, None, None
    yield "open", "questions", len(result.questions), None, None
    yield "open", "problems", len(result.problems), None, None


def _sources(result: Reconciliation, side: Side) -> list[tuple[str, int]]:
    of_side = result.lines.filter(pl.col("side") == side.value)
    return list(of_side.group_by("source").len().sort("source").iter_rows())


def _totals(result: Reconciliation) -> Iterator[Sum]:
    """Never netted: one line a direction and currency."""
    for direction, words in DIRECTIONS.items():
        yield from _add_up("total", words, (gap for gap in result.gaps if gap.is_leak and gap.direction is direction))


def _kinds(result: Reconciliation) -> Iterator[Sum]:
    for kind in GapKind:
        yield from _add_up("kind", kind, (gap for gap in result.gaps if gap.kind is kind))


def _add_up(about: str, what: str, gaps: Iterable[Gap]) -> Iterator[Sum]:
    gaps = list(gaps)
    for money in add_up(gap.monthly for gap in gaps):
        summed = [gap for gap in gaps if gap.currency == money.currency]
        is_about = not all(gap.exact for gap in summed)
        yield (about, what, len(summed), money.rounded().amount, money.currency), is_about


def _causes(result: Reconciliation) -> Iterator[Sum]:
    estimated = {gap.id for gap in result.gaps if not gap.exact}
    for cause in result.causes:
        money, is_about = cause.monthly, any(child.gap in estimated for child in cause.children)
        yield ("root cause", cause.sentence, len(cause.children), money.rounded().amount, money.currency), is_about


def _classes(result: Reconciliation) -> Iterator[Row]:
    """Each line of each file is in one of these; they add up to the files."""
    counted = result.lines.group_by("side", "class").len().sort("side", "class")
    for side, line_class, lines in counted.iter_rows():
        yield f"{side} lines", line_class, lines, None, None
