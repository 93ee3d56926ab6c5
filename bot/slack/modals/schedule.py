"""When things happen: the form, with what it comes to below."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import available_timezones

from bot.services.cadence import Cadence
from bot.services.planning import Change
from bot.services.plans import Plan, ScheduleKind
from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, option
from bot.slack.fields import field, modal, number_field, search_field, tick_field, time_field
from bot.slack.texts import said
from bot.slack.views.schedule import preview

DAYS = [option(calendar.day_name[day], str(day)) for day in range(7)]
MOST = 100
LONGEST_MONTH = 31


def schedule_form(plan: Plan, runs: tuple[datetime, ...], *, about: str, flaw: str = "") -> Block:
    """Ask when months are compared and weeks summed up; the next runs are shown as it is filled in so far."""
    run, summary = plan.of(ScheduleKind.RUN).cadence, plan.of(ScheduleKind.SUMMARY).cadence
    first, last, begins = map(str, (run.first_days, run.last_days, plan.month_begins))
    zone = option(plan.time_zone, plan.time_zone)
    return modal(
        names.SCHEDULE_FORM,
        "Schedule",
        [
            field(names.AT, "Compare at", time_field(run.at)),
            field(names.FIRST_DAYS, "Daily in the first days of the month", whole(first)),
            field(names.LAST_DAYS, "Daily in the last days of the month", whole(last)),
            field(names.WEEKDAYS, "And all month on", tick_field(DAYS, ticked(run)), optional=True),
            field(names.BEGINS, "The billing month begins on day", whole(begins, least=1), hint="Or on its last day."),
            field(names.SUMMARY_DAYS, "Sum the week up on", tick_field(DAYS, ticked(summary))),
            field(names.SUMMARY_AT, "At", time_field(summary.at)),
            field(names.ZONE, "Time zone", search_field("Europe/London", names.FIND_ZONE, letters=2, initial=zone)),
            actions(button("Show the next ten runs", names.PREVIEW, "runs")),
            *([context(f":warning: {said(flaw, 300)}")] if flaw else preview(runs)),
        ],
        about=about,
    )


def ticked(cadence: Cadence) -> list[Block]:
    """Tick the days of a cadence."""
    return [DAYS[day] for day in sorted(cadence.weekdays)]


def whole(initial: str, *, least: int = 0) -> Block:
    """Let a person write a number of days of a month."""
    return number_field("7", initial=initial, least=least, most=LONGEST_MONTH)


def read_schedule(values: Mapping[str, str]) -> Change:
    """Read what was filled in; a list with nothing ticked is a schedule that never comes."""
    run = Cadence(
        at=time.fromisoformat(values[names.AT]),
        weekdays=read_days(values[names.WEEKDAYS]),
        first_days=int(values[names.FIRST_DAYS] or 0),
        last_days=int(values[names.LAST_DAYS] or 0),
    )
    summary = Cadence(at=time.fromisoformat(values[names.SUMMARY_AT]), weekdays=read_days(values[names.SUMMARY_DAYS]))
    return Change(
        cadences={ScheduleKind.RUN: run, ScheduleKind.SUMMARY: summary},
        time_zone=values[names.ZONE],
        month_begins=int(values[names.BEGINS] or 1),
    )


def read_days(ticked: str) -> frozenset[int]:
    """Read days of the week."""
    return frozenset(map(int, ticked.split()))


def zones(typed: str) -> list[Block]:
    """Offer the time zones of places that fit what was typed."""
    wanted = typed.strip().casefold().replace(" ", "_")
    fitting = sorted(
        name for name in available_timezones() if (wanted in name.casefold() and "/" in name) or name == "UTC"
    )
    return [option(name, name) for name in fitting[:MOST]]
