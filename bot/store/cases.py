"""Gaps and what happened to them, as rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping

from bot.services.cases import Case, CaseEvent, CaseState, Happening
from bot.services.failures import NotFound
from bot.services.ids import CaseId, PersonId, RunId, client_key
from bot.services.runs import canonical
from bot.store.columns import to_money, to_units
from bot.store.shelf import Shelf, Where
from bot.store.tables import gap_events, gaps
from recon import Direction, GapId, gaps_from_document, read_month


@dataclass(frozen=True, slots=True)
class CasesShelf:
    """The gaps of a workspace."""

    shelf: Shelf

    def add(self, *cases: Case) -> None:
        """Follow new gaps."""
        self.shelf.add(gaps, *({"id": case.id, "version": case.version, **_columns(case)} for case in cases))

    def get(self, case: CaseId) -> Case:
        """Give a gap."""
        row = self.shelf.found(gaps, id=case)
        if row is None:
            raise NotFound("I know no such gap.")
        return _case(row)

    def find(self, beginning: str) -> Case:
        """Give the one gap whose id begins so."""
        rows = self.shelf.rows(gaps, gaps.c.id.startswith(beginning, autoescape=True), most=2) if beginning else []
        if len(rows) != 1:
            those = "Several gaps have" if rows else "No gap has"
            raise NotFound(f"{those} an id that begins with “{beginning}”; /reconcile gaps lists them.")
        return _case(rows[0])

    def put(self, case: Case, *, was: int) -> bool:
        """Compare and set: keep a gap as it is now if nobody has changed it since version `was`."""
        unchanged = (gaps.c.id == case.id, gaps.c.version == was)
        return self.shelf.change(gaps, *unchanged, version=case.version, **_columns(case)) == 1

    def refresh(self, *cases: Case) -> None:
        """Keep where gaps were seen last; nothing that a person sees of them has changed."""
        rows = [{"id": case.id, **_columns(case)} for case in cases]
        self.shelf.change_many(gaps, rows, key="id", names=SEEN)

    def unclosed(self) -> Sequence[Case]:
        """List the gaps that are not closed, most money first."""
        return self._list(gaps.c.state != CaseState.CLOSED.value)

    def of_client(self, client: str) -> Sequence[Case]:
        """List every gap a client ever had, most money first."""
        return self._list(gaps.c.client_key == client_key(client))

    def all(self) -> Sequence[Case]:
        """List every gap there ever was, most money first."""
        return self._list()

    def _list(self, *where: Where) -> Sequence[Case]:
        rows = self.shelf.rows(gaps, *where, order=(gaps.c.monthly.desc(), gaps.c.id))
        return [_case(row) for row in rows]

    def closed_identities(self) -> set[tuple[str, str]]:
        """Name the gaps that closed, by identity and direction, without reading them."""
        closed = gaps.c.state == CaseState.CLOSED.value
        return set(self.shelf.pairs(gaps.c.identity, gaps.c.direction, gaps, closed))

    def last_closed(self, identity: GapId, direction: Direction) -> Case | None:
        """Give the gap of this identity that closed last."""
        same = (gaps.c.identity == identity, gaps.c.direction == direction.value)
        closed = gaps.c.state == CaseState.CLOSED.value
        row = self.shelf.row(gaps, *same, closed, order=(gaps.c.closed_at.desc(), gaps.c.id))
        return _case(row) if row else None

    def tell(self, *events: CaseEvent) -> None:
        """Write down what happened to gaps."""
        if not events:
            return
        told_so_far = Counter(self._told([event.case for event in events]))
        rows = []
        for event in events:
            told_so_far[event.case] += 1
            rows.append({"number": told_so_far[event.case], **_event_columns(event)})
        self.shelf.add(gap_events, *rows)

    def _told(self, cases: Sequence[CaseId]) -> dict[CaseId, int]:
        """Give the number of the last event of each of some gaps."""
        last = self.shelf.last_numbers(gap_events, gap_events.c.gap, cases)
        return {CaseId(case): number for case, number in last.items()}

    def story(self, case: CaseId) -> Sequence[CaseEvent]:
        """Tell what happened to a gap, from the beginning."""
        return self._events(gap_events.c.gap == case, order=gap_events.c.number)

    def told_by(self, run: RunId) -> Sequence[CaseEvent]:
        """Tell what a run did to every gap."""
        return self._events(gap_events.c.run == run, order=gap_events.c.gap)

    def stories(self) -> Sequence[CaseEvent]:
        """Tell what happened to every gap, each from its beginning."""
        return self._events(order=gap_events.c.gap)

    def last_told(self, happenings: Iterable[Happening]) -> Mapping[CaseId, datetime]:
        """Say when one of some things last happened to each gap."""
        told = gap_events.c.happening.in_([happening.value for happening in happenings])
        return {CaseId(case): at for case, at in self.shelf.latest(gap_events, gap_events.c.gap, gap_events.c.at, told)}

    def _events(self, *where: Where, order: ColumnElement[Any]) -> Sequence[CaseEvent]:
        return [_event(row) for row in self.shelf.rows(gap_events, *where, order=(order, gap_events.c.number))]


SEEN = ("stated", "month", "run", "monthly", "identity")


def _event_columns(event: CaseEvent) -> dict[str, Any]:
    return {
        "gap": event.case,
        "happening": event.happening.value,
        "at": event.at,
        "by": event.by,
        "run": event.run,
        "decision": event.decision,
        "told": canonical(event.told),
    }


def _event(row: RowMapping) -> CaseEvent:
    return CaseEvent(
        case=CaseId(row["gap"]),
        happening=Happening(row["happening"]),
        at=row["at"],
        by=PersonId(row["by"]),
        run=row["run"],
        decision=row["decision"],
        told=json.loads(row["told"]),
    )


def _columns(case: Case) -> dict[str, Any]:
    return {
        "identity": case.gap.id,
        "direction": case.gap.direction.value,
        "client_key": client_key(case.gap.client),
        "state": case.state.value,
        "month": str(case.month),
        "run": case.run,
        "monthly": to_units(case.gap.monthly),
        "currency": case.gap.currency,
        "stated": case.stated,
        "opened_at": case.opened_at,
        "decision": case.decision,
        "proposal": case.proposal,
        "assigned": case.assigned,
        "wakes_at": case.wakes_at,
        "times_reopened": case.times_reopened,
        "has_spoken": case.has_spoken,
        "closed_at": case.closed_at,
        "is_verified": case.is_verified,
        "recovered": to_units(case.recovered),
    }


def _case(row: RowMapping) -> Case:
    (gap,) = gaps_from_document(row["stated"])
    return Case(
        id=CaseId(row["id"]),
        gap=gap,
        stated=row["stated"],
        state=CaseState(row["state"]),
        version=row["version"],
        month=read_month(row["month"]),
        run=RunId(row["run"]),
        opened_at=row["opened_at"],
        decision=row["decision"],
        proposal=row["proposal"],
        assigned=row["assigned"],
        wakes_at=row["wakes_at"],
        times_reopened=row["times_reopened"],
        has_spoken=row["has_spoken"],
        closed_at=row["closed_at"],
        is_verified=row["is_verified"],
        recovered=to_money(row["recovered"], row["currency"]),
    )
