"""What happens when in a workspace: its schedules, its time zone, its billing month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from heapq import merge
from zoneinfo import ZoneInfo

from bot.services.cadence import FRIDAY, Cadence, fire_times, last_missed


class ScheduleKind(StrEnum):
    """What is done when its time comes."""

    RUN = "run"  # compare the newest month again, and ask for files that are too old
    SUMMARY = "summary"  # tell the week
    REMIND = "remind"  # nudge about what nobody decided
    ROUND = "round"  # wake what was put off until now


WORKDAYS = frozenset(range(5))
PRESETS: Mapping[ScheduleKind, Cadence] = {
    ScheduleKind.RUN: Cadence(at=time(6), weekdays=frozenset({FRIDAY}), first_days=7, last_days=7),
    ScheduleKind.SUMMARY: Cadence(at=time(9), weekdays=frozenset({0})),
    ScheduleKind.REMIND: Cadence(at=time(9), weekdays=WORKDAYS),
    ScheduleKind.ROUND: Cadence(is_hourly=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One thing that happens again and again."""

    kind: ScheduleKind
    cadence: Cadence
    fired_at: datetime  # the time that was kept last; what should have happened since is caught up with once
    version: int = 1  # one more with every change


@dataclass(frozen=True, slots=True)
class Due:
    """Something that happens at a moment."""

    at: datetime
    kind: ScheduleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A workspace's schedules, and where and by which month they count."""

    schedules: tuple[Schedule, ...]
    time_zone: str = "UTC"
    month_begins: int = 1

    @property
    def zone(self) -> ZoneInfo:
        """The time zone its people live in."""
        return ZoneInfo(self.time_zone)

    def of(self, kind: ScheduleKind) -> Schedule:
        """Give one schedule."""
        return next(schedule for schedule in self.schedules if schedule.kind is kind)

    def coming(self, after: datetime, *kinds: ScheduleKind) -> Iterator[Due]:
        """List what happens after a moment, in order and without end; some kinds, or all."""
        wanted = [schedule for schedule in self.schedules if schedule.kind in (kinds or ScheduleKind)]
        return merge(*(self._dues(schedule, after) for schedule in wanted), key=lambda due: due.at)

    def missed(self, now: datetime) -> tuple[Due, ...]:
        """List what should have happened by now, each kind once: the last time of several counts."""
        found = ((s.kind, last_missed(s.cadence, self.zone, s.fired_at, now)) for s in self.schedules)
        return tuple(Due(at, kind) for kind, at in found if at)

    def _dues(self, schedule: Schedule, after: datetime) -> Iterator[Due]:
        return (Due(at, schedule.kind) for at in fire_times(schedule.cadence, self.zone, after))
