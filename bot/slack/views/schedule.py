"""When things happen, in words, and the next times it does."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.cadence import WEEK, Cadence
from bot.services.plans import Plan, ScheduleKind
from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import Who, listed

NEXT = 10
WORKDAYS = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class ScheduleCard:
    """A plan, and the next times at which months are compared, as clocks show them there."""

    plan: Plan
    runs: tuple[datetime, ...]


def schedule_message(card: ScheduleCard) -> Message:
    """Say when things happen, and offer to change it."""
    lines = plan_lines(card.plan)
    return message(
        " ".join([*lines, f"Next: {moment_there(card.runs[0])}."] if card.runs else lines),
        section("\n".join([f"*{lines[0]}*", *lines[1:]])),
        *preview(card.runs),
        actions(button("Change…", names.OPEN_SCHEDULE, "workspace")),
    )


def schedule_set(card: ScheduleCard, by: Who) -> Message:
    """Say how it is now, and who changed it."""
    lines = [*plan_lines(card.plan), f"Set by {by.plain}."]
    return message(" ".join(lines), section("\n".join(lines)), *preview(card.runs))


def plan_lines(plan: Plan) -> list[str]:
    """Say what happens when, one sentence each."""
    run, summary = plan.of(ScheduleKind.RUN).cadence, plan.of(ScheduleKind.SUMMARY).cadence
    return [
        f"I compare the newest month at {run.at:%H:%M}: {days_of(run)}.",
        f"Weekly summary at {summary.at:%H:%M}: {days_of(summary)}.",
        f"Times are in {said(plan.time_zone)}. The billing month begins {day_of_month(plan.month_begins)}.",
    ]


def days_of(cadence: Cadence) -> str:
    """Name the days of a cadence: `daily in the first 7 and the last 7 days of the month, otherwise every Friday`."""
    if cadence.weekdays >= WEEK:
        return "every day"
    ends = {which: days for which, days in (("first", cadence.first_days), ("last", cadence.last_days)) if days}
    daily = f"{ends_of(ends)} of the month" if ends else ""
    weekly = weekdays(cadence.weekdays) if cadence.weekdays else ""
    return ", otherwise ".join(filter(None, [daily, weekly]))


def ends_of(ends: Mapping[str, int]) -> str:
    """Name the first and last days of a month: `daily in the first 7 days`, `on the last day`."""
    if 1 in ends.values():
        return " and ".join(
            f"on the {end} day" if n == 1 else f"daily in the {end} {n} days" for end, n in ends.items()
        )
    return f"daily in the {' and the '.join(f'{end} {n}' for end, n in ends.items())} days"


def weekdays(days: Iterable[int]) -> str:
    """Name days of the week: `every Friday`, `Monday to Friday`."""
    wanted = sorted(days)
    if frozenset(wanted) == WORKDAYS:
        return "Monday to Friday"
    return f"every {listed([calendar.day_name[day] for day in wanted], 'and', most=7)}"


def day_of_month(number: int) -> str:
    """Name a day of a month: `on the 1st`."""
    teen = 10 <= number % 100 <= 20  # noqa: PLR2004 - eleventh to thirteenth
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"on the {number}{ending}"


def preview(runs: Sequence[datetime]) -> list[Block]:
    """List the next times."""
    if not runs:
        return []
    return [context(f"The next {len(runs)}: " + " · ".join(moment_there(run) for run in runs) + ".")]


def moment_there(moment: datetime) -> str:
    """Write a moment as clocks show it there: `Fri 23 Oct, 06:00`."""
    day = f"{calendar.day_abbr[moment.weekday()]} {moment.day} {calendar.month_abbr[moment.month]}"
    return f"{day}, {moment:%H:%M}"
