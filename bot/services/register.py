"""The list of everything people decided, as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from bot.services.decisions import Decision
from bot.services.fixes import estimates_in, figure
from bot.services.ids import CaseId, PersonId, WorkspaceId
from bot.services.ports import Books, Ledger
from recon import Gap, Sheet, write_csv, write_workbook

COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "Decided at": pl.String,
    "Decision": pl.String,
    "Decided by": pl.String,
    "Second signature": pl.String,
    "Client": pl.String,
    "Product": pl.String,
    "Monthly": pl.Decimal(38, 2),
    "Currency": pl.String,
    "Figure": pl.String,
    "Reason": pl.String,
    "Note": pl.String,
    "Until": pl.String,
    "Assigned to": pl.String,
    "Bought name": pl.String,
    "Billed name": pl.String,
    "State": pl.String,
    "Ended at": pl.String,
    "Ended by": pl.String,
    "Gap": pl.String,
}


@dataclass(frozen=True, slots=True)
class Register:
    """Show what was decided."""

    ledger: Ledger

    def as_csv(self, workspace: WorkspaceId) -> bytes:
        """Write every decision there ever was as CSV, the newest first."""
        with self.ledger.look(workspace) as books:
            return write_csv(_table(books))

    def as_workbook(self, workspace: WorkspaceId) -> bytes:
        """Write every decision there ever was as XLSX, the newest first."""
        with self.ledger.look(workspace) as books:
            table = _table(books)
        return write_workbook([Sheet("Decisions", table, frozenset({"Monthly"}), about=estimates_in(table))])


def _table(books: Books) -> pl.DataFrame:
    names: dict[PersonId, str] = {person.id: person.name for person in books.people.all()}
    gaps = {case.id: case.gap for case in books.cases.all()}
    rows = []
    for one in books.decisions.all():
        gap = gaps.get(one.case or CaseId(""))
        rows.append(_row(one, gap, lambda person: names.get(person, person) if person else ""))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _row(one: Decision, gap: Gap | None, name: Callable[[PersonId | None], str]) -> tuple[object, ...]:
    return (
        _moment(one.at),
        one.verb.value,
        name(one.by),
        name(one.seconded_by),
        gap.client if gap else "",
        gap.product if gap else "",
        one.money.rounded().amount if one.money else None,
        one.money.currency if one.money else "",
        figure(is_exact=gap.exact) if one.money and gap else "",
        one.reason.value if one.reason else "",
        one.note,
        _moment(one.wakes_at),
        name(one.assignee),
        one.names.bought if one.names else "",
        one.names.billed if one.names else "",
        _state(one),
        _moment(one.ended_at),
        name(one.ended_by),
        one.case or "",
    )


def _state(one: Decision) -> str:
    if not one.stands:
        return "ended"
    return "waits for a second signature" if one.is_proposed else "stands"


def _moment(when: datetime | None) -> str:
    return when.isoformat(timespec="minutes") if when else ""
