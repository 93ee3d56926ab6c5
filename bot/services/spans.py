"""Weeks and billing months as the workspace counts them, as moments in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.cadence import billing_month
from recon import Month

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment on, up to another that is no longer part of it."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Say whether a moment lies in it."""
        return self.since <= at < self.until


def week_of(day: date) -> date:
    """Name a week by its Monday."""
    return day - timedelta(days=day.weekday())


def span_of_week(monday: date, zone: ZoneInfo) -> Span:
    """Give a week, midnight to midnight where the workspace is; over a change of the clocks it is no 168 hours."""
    return Span(midnight(monday, zone), midnight(monday + WEEK, zone))


def month_of(day: date, begins: int) -> Month:
    """Name the billing month a day lies in by the calendar month it begins in."""
    start, _ = billing_month(day, begins)
    return Month(start.year, start.month)


def span_of_month(month: Month, begins: int, zone: ZoneInfo) -> Span:
    """Give a billing month, midnight to midnight where the workspace is."""
    start, end = billing_month(month.last, begins)
    return Span(midnight(start, zone), midnight(end, zone))


def next_invoice(month: Month, today: date, begins: int) -> date:
    """Give the day of the first invoice written after a month and after today: the next billing month begins on it."""
    _, end = billing_month(max(month.last, today), begins)
    return end


def days_between(since: datetime, until: datetime, zone: ZoneInfo) -> int:
    """Count how often midnight struck somewhere: what came last evening is a day old this morning."""
    return max(0, (until.astimezone(zone).date() - since.astimezone(zone).date()).days)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Say when a day begins somewhere."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
