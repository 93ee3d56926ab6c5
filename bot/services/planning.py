"""People say when things happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.services.cadence import Cadence, cadence_to_text
from bot.services.failures import Refused
from bot.services.ids import Clock, WorkspaceId
from bot.services.people import Actor
from bot.services.plans import PRESETS, Plan, Schedule, ScheduleKind
from bot.services.ports import Books, Ledger
from bot.services.rights import must_be_admin

MONTH_BEGINS = "month begins"
LONGEST_MONTH, WEEKDAYS = 31, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What someone wants of the schedules; what is left out stays."""

    cadences: Mapping[ScheduleKind, Cadence]
    time_zone: str
    month_begins: int


@dataclass(frozen=True, slots=True)
class Planning:
    """Say when things happen."""

    ledger: Ledger
    clock: Clock

    def plan(self, workspace: WorkspaceId) -> Plan:
        """Say what happens when; what nobody changed is as it came."""
        with self.ledger.look(workspace) as books:
            return plan_of(books, self.clock())

    def workspaces(self) -> tuple[WorkspaceId, ...]:
        """List the workspaces for which time passes."""
        return tuple(self.ledger.workspaces())

    def begin(self, workspace: WorkspaceId) -> Plan:
        """Begin the schedules that have not begun; those that have stay as they are."""
        plan = self.plan(workspace)
        with self.ledger.look(workspace) as books:
            begun = {schedule.kind for schedule in books.schedules.all()}
        if begun != set(ScheduleKind):
            with self.ledger.open(workspace) as books:
                books.schedules.begin(*plan.schedules)
        return plan

    def preview(self, change: Change) -> Plan:
        """Say what a change would come to, or why it can't be."""
        must_be_possible(change)
        now = self.clock()
        schedules = (
            Schedule(kind=kind, cadence=replace(cadence, month_begins=change.month_begins), fired_at=now)
            for kind, cadence in change.cadences.items()
        )
        return Plan(schedules=tuple(schedules), time_zone=change.time_zone, month_begins=change.month_begins)

    def change(self, change: Change, by: Actor) -> Plan:
        """Change when things happen; what should have happened before is not caught up with by the new times."""
        must_be_possible(change)
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "change the schedule")
            return change_plan(books, change, by, now)


def change_plan(books: Books, change: Change, by: Actor, now: datetime) -> Plan:
    """Write down when things happen from now on, and who said so."""
    old = plan_of(books, now)
    books.put_workspace(replace(books.workspace, time_zone=change.time_zone))
    books.settings.put(MONTH_BEGINS, str(change.month_begins))
    for kind, cadence in change.cadences.items():
        was = old.of(kind)
        books.schedules.put(replace(was, cadence=cadence, fired_at=now, version=was.version + 1))
    new = plan_of(books, now)
    if _told(new) != _told(old):
        books.audit.record(by.person, "schedule changed", "workspace", {"old": _told(old), "new": _told(new)}, at=now)
    return new


def plan_of(books: Books, now: datetime) -> Plan:
    """Look up what happens when."""
    begins = month_begins_of(books)
    kept = {schedule.kind: schedule for schedule in books.schedules.all()}
    schedules = (
        kept.get(kind) or Schedule(kind=kind, cadence=cadence, fired_at=now) for kind, cadence in PRESETS.items()
    )
    return Plan(
        schedules=tuple(replace(one, cadence=replace(one.cadence, month_begins=begins)) for one in schedules),
        time_zone=books.workspace.time_zone,
        month_begins=begins,
    )


def month_begins_of(books: Books) -> int:
    """Look up the day of a calendar month on which the billing month begins."""
    return int(books.settings.get(MONTH_BEGINS) or 1)


def must_be_possible(change: Change) -> None:
    """Refuse what can't be planned."""
    must_be_zone(change.time_zone)
    if not 1 <= change.month_begins <= LONGEST_MONTH:
        raise Refused(f"A billing month begins on a day from 1 to {LONGEST_MONTH}, not on {change.month_begins}.")
    for kind, cadence in change.cadences.items():
        if not cadence.ever_happens:
            raise Refused(f"There has to be some day for the {kind}: the first or last days, or days of the week.")
        if not all(0 <= days <= LONGEST_MONTH for days in (cadence.first_days, cadence.last_days)):
            raise Refused(f"A month has 0 to {LONGEST_MONTH} first or last days.")
        if not cadence.weekdays <= frozenset(range(WEEKDAYS)):
            raise Refused("A week has seven days.")


def must_be_zone(name: str) -> None:
    """Refuse what is no time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as flaw:
        raise Refused(f"“{name}” is no time zone; write it like America/New_York.") from flaw


def _told(plan: Plan) -> dict[str, object]:
    cadences = {schedule.kind.value: cadence_to_text(schedule.cadence) for schedule in plan.schedules}
    return {"time_zone": plan.time_zone, "month_begins": plan.month_begins, **cadences}
