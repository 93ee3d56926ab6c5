"""The list of corrections that people have decided on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from bot.services.decisions import Correction, CorrectionState, Decision
from bot.services.ids import CaseId, PersonId, WorkspaceId
from bot.services.ports import Books, Ledger
from recon import Sheet, write_csv, write_workbook

ESTIMATED = "estimated"
AMOUNT = pl.Decimal(38, 2)
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "Client": pl.String,
    "Product": pl.String,
    "Plan": pl.String,
    "Line": pl.String,
    "From": pl.Decimal(38, 10),
    "To": pl.Decimal(38, 10),
    "Effective": pl.Date,
    "Monthly": AMOUNT,
    "Currency": pl.String,
    "Figure": pl.String,
    "What to do": pl.String,
    "State": pl.String,
    "Decided by": pl.String,
    "Decided at": pl.String,
    "Gap": pl.String,
}


@dataclass(frozen=True, slots=True)
class Fixes:
    """Show the fix list."""

    ledger: Ledger

    def to_do(self, workspace: WorkspaceId) -> tuple[Correction, ...]:
        """List what is still to do, the oldest first."""
        with self.ledger.look(workspace) as books:
            return tuple(one for one in books.decisions.corrections() if one.state is CorrectionState.TO_DO)

    def as_csv(self, workspace: WorkspaceId) -> bytes:
        """Write the whole list as CSV."""
        with self.ledger.look(workspace) as books:
            return write_csv(_table(books))

    def as_workbook(self, workspace: WorkspaceId) -> bytes:
        """Write the whole list as XLSX."""
        with self.ledger.look(workspace) as books:
            table = _table(books)
        return write_workbook([Sheet("Fixes", table, frozenset({"Monthly"}), about=estimates_in(table))])


def figure(*, is_exact: bool) -> str:
    """Say what an amount is worth."""
    return "exact" if is_exact else ESTIMATED


def estimates_in(table: pl.DataFrame) -> dict[str, list[bool]]:
    """Say which amounts of a list are estimates, so that they are shown as such."""
    return {"Monthly": (table["Figure"] == ESTIMATED).to_list()}


def _table(books: Books) -> pl.DataFrame:
    names: dict[PersonId, str] = {person.id: person.name for person in books.people.all()}
    decisions = {decision.id: decision for decision in books.decisions.all()}
    exact = {case.id: case.gap.exact for case in books.cases.all()}
    rows = [_row(one, decisions[one.decision], names, exact) for one in books.decisions.corrections()]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _row(
    one: Correction, decision: Decision, names: Mapping[PersonId, str], exact: Mapping[CaseId, bool]
) -> tuple[object, ...]:
    signed = [person for person in (decision.by, decision.seconded_by) if person]
    return (
        one.client,
        one.product,
        one.plan,
        one.lines,
        one.was,
        one.now,
        one.effective,
        one.money.rounded().amount,
        one.money.currency,
        figure(is_exact=exact[one.case]),
        one.todo,
        one.state,
        " and ".join(names.get(person, person) for person in signed),
        one.at.isoformat(timespec="minutes"),
        one.case,
    )
