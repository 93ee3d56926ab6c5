"""When something happens: on which days of a billing month, at what time, where people are."""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.runs import canonical

FRIDAY = 4
WEEK = frozenset(range(7))
A_DAY, A_QUARTER, A_SECOND = timedelta(days=1), timedelta(minutes=15), timedelta(seconds=1)
NOON = time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """Days on which something happens once, at a time of day; or every hour, whatever the day."""

    at: time = time(6)
    weekdays: frozenset[int] = frozenset()  # all month; Monday is 0
    first_days: int = 0  # of the billing month: every one of them
    last_days: int = 0
    month_begins: int = 1  # the day of a calendar month on which a billing month begins; its last, if it is shorter
    is_hourly: bool = False

    @property
    def ever_happens(self) -> bool:
        """Say whether there is any day at all."""
        return bool(self.is_hourly or self.weekdays or self.first_days or self.last_days)


def fire_times(cadence: Cadence, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """List the moments after another, in UTC and without end."""
    if cadence.is_hourly:
        yield from _hours(zone, after)
    elif cadence.ever_happens:
        day = after.astimezone(zone).date() - A_DAY  # a skipped time may lie on the day after its own
        while True:
            moment = moment_of(day, cadence.at, zone) if happens_on(cadence, day) else None
            if moment and moment > after:
                yield moment
            day += A_DAY


def next_time(cadence: Cadence, zone: ZoneInfo, after: datetime) -> datetime | None:
    """Say when it happens next; never, if there is no such day."""
    return next(fire_times(cadence, zone, after), None)


def last_missed(cadence: Cadence, zone: ZoneInfo, since: datetime, now: datetime) -> datetime | None:
    """Say when it last should have happened since a moment, if it should have at all."""
    missed = None
    for moment in fire_times(cadence, zone, since):
        if moment > now:
            break
        missed = moment
    return missed


def happens_on(cadence: Cadence, day: date) -> bool:
    """Tell whether a day is one of them."""
    start, end = billing_month(day, cadence.month_begins)
    is_first, is_last = (day - start).days < cadence.first_days, (end - day).days <= cadence.last_days
    return day.weekday() in cadence.weekdays or is_first or is_last


def billing_month(day: date, begins: int) -> tuple[date, date]:
    """Give the first day of the billing month a day is in, and the first of the next."""
    this = _beginning(day.year, day.month, begins)
    start = this if day >= this else _beginning(*_neighbour(day, -1), begins)
    return start, _beginning(*_neighbour(start, 1), begins)


def _beginning(year: int, month: int, begins: int) -> date:
    return date(year, month, min(begins, calendar.monthrange(year, month)[1]))


def _neighbour(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """Say when a time of day comes, in UTC: the first of two; if clocks jump over it, when they have jumped.

    None if the zone leaves the whole day out, as Samoa did with the 30th of December 2011.
    """
    moment = datetime.combine(day, at, zone).astimezone(UTC)
    if _shows(moment, day, at, zone):
        return moment
    noon = datetime.combine(day, NOON, zone).astimezone(UTC)
    return _jump(day, at, zone) if _shows(noon, day, NOON, zone) else None


def _shows(moment: datetime, day: date, at: time, zone: ZoneInfo) -> bool:
    return moment.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, at)


def _jump(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Find the moment at which clocks jump over a time of day."""
    high, low = (datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    before = low.astimezone(zone).utcoffset()
    while high - low > A_SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high


def _hours(zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """List the full hours as clocks show them: zones differ by quarters of an hour, and so may one from itself."""
    utc = after.astimezone(UTC)
    moment = utc.replace(minute=utc.minute // 15 * 15, second=0, microsecond=0)
    while True:
        moment += A_QUARTER
        if moment.astimezone(zone).minute == 0:
            yield moment


def cadence_to_text(cadence: Cadence) -> str:
    """Write a cadence as it is kept; when the billing month begins is kept for all of them."""
    told = {
        "at": f"{cadence.at:%H:%M}",
        "weekdays": sorted(cadence.weekdays),
        "first_days": cadence.first_days,
        "last_days": cadence.last_days,
        "is_hourly": cadence.is_hourly,
    }
    return canonical(told)


def cadence_from_text(text: str, *, month_begins: int = 1) -> Cadence:
    """Read a cadence as it is kept."""
    told = json.loads(text)
    return Cadence(
        at=time.fromisoformat(told["at"]),
        weekdays=frozenset(told["weekdays"]),
        first_days=told["first_days"],
        last_days=told["last_days"],
        is_hourly=told["is_hourly"],
        month_begins=month_begins,
    )
