"""Schedules and calls as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from bot.services.cadence import cadence_from_text, cadence_to_text
from bot.services.calls import Call, Way
from bot.services.plans import Schedule, ScheduleKind
from bot.store.shelf import Shelf
from bot.store.tables import calls, schedules


@dataclass(frozen=True, slots=True)
class SchedulesShelf:
    """When things happen."""

    shelf: Shelf

    def all(self) -> Sequence[Schedule]:
        """List what was begun."""
        return [_schedule(row) for row in self.shelf.rows(schedules, order=(schedules.c.kind,))]

    def begin(self, *begun: Schedule) -> None:
        """Begin schedules, each unless it has begun."""
        self.shelf.add_new(schedules, [_row(one) for one in begun])

    def put(self, schedule: Schedule) -> None:
        """Keep a schedule as it is now."""
        self.shelf.put(schedules, _row(schedule))


def _row(schedule: Schedule) -> dict[str, Any]:
    return {
        "kind": schedule.kind.value,
        "cadence": cadence_to_text(schedule.cadence),
        "fired_at": schedule.fired_at,
        "version": schedule.version,
    }


def _schedule(row: RowMapping) -> Schedule:
    return Schedule(
        kind=ScheduleKind(row["kind"]),
        cadence=cadence_from_text(row["cadence"]),
        fired_at=row["fired_at"],
        version=row["version"],
    )


@dataclass(frozen=True, slots=True)
class CallsShelf:
    """Whom the bot called upon."""

    shelf: Shelf

    def of(self, to: str, day: date) -> Sequence[Call]:
        """List what someone hears of on a day."""
        where = (calls.c.to == to, calls.c.day == day)
        return [_call(row) for row in self.shelf.rows(calls, *where, order=(calls.c.at, calls.c.subject))]

    def add(self, *called: Call) -> None:
        """Write down what someone hears of; what they hear of already stays as it is."""
        rows = [{"to": c.to, "day": c.day, "subject": c.subject, "way": c.way.value, "at": c.at} for c in called]
        if rows:
            self.shelf.add_new(calls, rows)

    def forget_before(self, day: date) -> int:
        """Forget the calls of long ago; say how many."""
        return self.shelf.drop(calls, calls.c.day < day)


def _call(row: RowMapping) -> Call:
    return Call(to=row["to"], day=row["day"], subject=row["subject"], way=Way(row["way"]), at=row["at"])
