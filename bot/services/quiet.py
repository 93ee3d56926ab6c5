"""When someone is left in peace: at night, on days off, and after so many calls in a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.services.cadence import WEEK, moment_of
from bot.services.runs import canonical

SATURDAY, SUNDAY = 5, 6
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """When nothing is brought, and how often a day someone may be called upon; between equal times is no hour."""

    begins: time = time(18)
    ends: time = time(8)
    days_off: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    most: int = 5  # alerts a day; the rest is one digest, and with 0 it is all there is


ALWAYS = Quiet(begins=time(), ends=time(), days_off=frozenset(), most=1000)
"""At any hour and as often as there is something: for those who only try it, and want to see it all at once."""


def next_open(quiet: Quiet, zone: ZoneInfo, now: datetime) -> datetime:
    """Say when something may be brought: now, or when peace ends; where every day is off, it never would."""
    if is_open(quiet, zone, now) or quiet.days_off >= WEEK:
        return now
    today = now.astimezone(zone).date()
    hours = (time(),) if quiet.begins == quiet.ends else tuple(sorted({time(), quiet.ends}))
    ends = (moment_of(today + A_DAY * ahead, hour, zone) for ahead in count() for hour in hours)
    return next(end for end in ends if end and end > now and is_open(quiet, zone, end))


def is_open(quiet: Quiet, zone: ZoneInfo, now: datetime) -> bool:
    """Tell whether something may be brought at a moment."""
    there = now.astimezone(UTC).astimezone(zone)
    hour = there.time()
    if there.weekday() in quiet.days_off:
        return False
    if quiet.begins <= quiet.ends:
        return not quiet.begins <= hour < quiet.ends
    return quiet.ends <= hour < quiet.begins


def quiet_to_text(quiet: Quiet) -> str:
    """Write it as it is kept."""
    hours = [f"{hour:%H:%M}" for hour in (quiet.begins, quiet.ends)]
    return canonical({"hours": hours, "days_off": sorted(quiet.days_off), "most": quiet.most})


def quiet_from_text(text: str) -> Quiet:
    """Read it as it is kept."""
    told = json.loads(text)
    begins, ends = map(time.fromisoformat, told["hours"])
    return Quiet(begins=begins, ends=ends, days_off=frozenset(told["days_off"]), most=told["most"])
