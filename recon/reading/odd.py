"""Every row below the header is a line, or is set aside for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from recon.questions import Problem
from recon.reading.problems import problems_of
from recon.reading.rows import Reason, judge_rows, says_total, totals_of_clients
from recon.reading.sheet import ROW

SET_ASIDE = {ROW: pl.UInt32, "reason": pl.String}
LACKS = {
    "client": "has no client",
    "product": "has no product",
    "quantity": "has no quantity I can read",
}


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows sorted into lines, what is set aside, and what is blank."""

    lines: pl.DataFrame
    set_aside: pl.DataFrame  # `row`, `reason`
    blank: tuple[int, ...]
    uncounted: pl.DataFrame  # rows set aside that name a client and a product, and count what can't be read
    problems: tuple[Problem, ...]

    def of_lines(self, problems: Iterable[Problem]) -> list[Problem]:
        """Keep the problems of rows that are lines; a total's empty date is nobody's problem."""
        elsewhere = set(self.set_aside[ROW].to_list()) | set(self.blank)
        return [problem for problem in problems if problem.row not in elsewhere]


def sort_rows(
    lines: pl.DataFrame, below: pl.DataFrame, names: Mapping[str, str], stated: set[str], counted: Sequence[str]
) -> Sorted:
    """Set aside what lacks a client, a product or a quantity, or is called a total; all else is a line."""
    totals = totals_of_clients(lines)
    is_total = says_total("product") | pl.col(ROW).is_in(totals.implode())
    is_odd = pl.any_horizontal(pl.col(tuple(LACKS)).is_null(), is_total)
    odd = lines.filter(is_odd)
    if odd.is_empty():
        return none_odd(lines)
    rows_of_odd = below.filter(pl.col(ROW).is_in(odd[ROW].to_list()))
    judged = judge_rows(rows_of_odd, names, stated, frozenset(totals))
    aside = [row for row in judged if row.reason is not Reason.BLANK]
    rows = [row for row in aside if row.reason is Reason.UNREADABLE]
    unread = odd.filter(pl.col(ROW).is_in([row.row for row in rows]))
    return Sorted(
        lines.filter(~is_odd),
        pl.DataFrame([(row.row, row.reason.value) for row in aside], schema=SET_ASIDE, orient="row"),
        tuple(row.row for row in judged if row.reason is Reason.BLANK),
        uncounted_in(unread, below, counted),
        tuple(unreadable(odd, {row.row: row.cells for row in rows}, rows_of_odd, counted)),
    )


def none_odd(lines: pl.DataFrame) -> Sorted:
    """Take every row for a line."""
    return Sorted(lines, pl.DataFrame(schema=SET_ASIDE), (), lines.clear(), ())


def uncounted_in(rows: pl.DataFrame, below: pl.DataFrame, counted: Sequence[str]) -> pl.DataFrame:
    """Keep the rows that only lack a number that can be read, though they state one, or what it costs."""
    named = rows.filter(pl.all_horizontal(pl.col("client", "product").is_not_null(), pl.col("quantity").is_null()))
    says = (pl.col(column).str.contains(r"\S") for column in counted)
    written = below.select(ROW, said=pl.any_horizontal(pl.lit(value=False), *says))
    said = named.join(written, on=ROW, how="left", maintain_order="left")["said"].fill_null(value=False)
    priced = pl.any_horizontal(pl.col("unit_price", "unit_cost", "amount").is_not_null())
    return named.filter(said | priced).with_columns(pl.col("quantity").fill_null(0))


def unreadable(
    odd: pl.DataFrame, cells: Mapping[int, str], below: pl.DataFrame, counted: Sequence[str]
) -> list[Problem]:
    """Tell of rows that say something and are no lines, and what they lack; a quantity as it is written goes first."""
    problems: list[Problem] = []
    written = dict(below.select(ROW, pl.coalesce(pl.lit(None, pl.String), *counted)).iter_rows())
    told = odd.filter(pl.col(ROW).is_in(list(cells)))
    for meaning, lack in LACKS.items():
        rows = told.filter(pl.col(meaning).is_null())
        told = told.filter(pl.col(meaning).is_not_null())
        quantity = written if meaning == "quantity" else {}
        quotes = [quoted_in(cells[row], quantity.get(row)) for row in rows[ROW].to_list()]
        quoted = rows.select(ROW, cell=pl.Series(quotes, dtype=pl.String))
        problems += problems_of(quoted, None, "Row {row} " + lack + ": {cell}")
    return problems


def quoted_in(cells: str, quantity: str | None) -> str:
    """Quote a row, behind the quantity it states, which may stand far to the right."""
    said = (quantity or "").strip()
    return f"“{said}” in {cells}" if said else cells
