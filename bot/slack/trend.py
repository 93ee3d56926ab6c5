"""The trend in figures and words: what is recovered by now, and what is still open, week by week."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.slack.wording import about, capital, day
from recon import Money

THOUSAND, MILLION = Decimal(1_000), Decimal(1_000_000)
A_TENTH = Decimal(100)  # of a thousand
LONG = Decimal(10_000)  # from here on an amount is written in thousands


@dataclass(frozen=True, slots=True)
class Mark:
    """How things stood when a week ended; amounts are a month."""

    monday: date
    fixed: Decimal
    under: Decimal
    over: Decimal
    estimated: frozenset[str] = frozenset()  # which of these an estimate is part of

    def about(self, key: str, money: str) -> str:
        """Mark an amount that is estimated."""
        return about(money, exact=key not in self.estimated)


@dataclass(frozen=True, slots=True)
class Trend:
    """Some weeks in one currency, oldest first; there is at least one."""

    marks: tuple[Mark, ...]
    currency: str

    @property
    def last(self) -> Mark:
        """The newest week."""
        return self.marks[-1]


def in_words(trend: Trend) -> str:
    """Say what the picture shows, for whoever can't see it."""
    first, last = trend.marks[0].monday, trend.last.monday
    weeks = f"Week of {day(last)}" if first == last else f"Weeks of {day(first)} to {day(last)}"
    return " ".join([f"{weeks}, amounts a month.", *(change(name, trend, key) for name, key in NAMES.items())])


NAMES = {"Recovered": "fixed", "Not billed, approved or not": "under", "Billed too much, approved or not": "over"}
"""What a gap is worth leaks until a later run shows it put right; a week counts what is approved as no longer open."""


def change(name: str, trend: Trend, key: str) -> str:
    """Say where a line begins and ends: `Recovered: $0.00 to $88.00.`."""
    ends = (trend.marks[0], trend.last)
    was, now = (mark.about(key, str(Money(getattr(mark, key), trend.currency))) for mark in ends)
    return f"{name}: {now}." if len(trend.marks) == 1 else f"{name}: {was} to {now}."


def point_of(trend: Trend) -> tuple[str, str]:
    """Say the point of it all: what is won, and what still leaks."""
    won, under, over = (shown(trend, key) for key in NAMES.values())
    title = f"{capital(won)} a month recovered" if trend.last.fixed else "Nothing recovered yet"
    if trend.last.under:
        return title, f"{capital(under)} a month is still not billed, approved or not"
    return (
        title,
        f"{capital(over)} a month is billed too much, approved or not" if trend.last.over else "Nothing is open",
    )


def shown(trend: Trend, key: str) -> str:
    """Write how something stands in the newest week, as short as a picture needs it."""
    return trend.last.about(key, short(getattr(trend.last, key), trend.currency))


def short(amount: Decimal, currency: str) -> str:
    """Write an amount as short as a picture needs it: `$1,240`, `$12.4k`, `$9.8M`."""
    size = (abs(amount) / A_TENTH).quantize(Decimal(1)) * A_TENTH
    if abs(amount) < LONG:
        return str(Money(amount.quantize(Decimal(1)), currency)).removesuffix(".00")
    letter, unit = ("M", MILLION) if size >= MILLION else ("k", THOUSAND)
    whole, tenth = divmod(int((size / unit * 10).quantize(Decimal(1))), 10)
    written = str(Money(Decimal(whole), currency)).removesuffix(".00")
    return f"{'-' if amount < 0 else ''}{written}{f'.{tenth}' if tenth else ''}{letter}"


def label(trend: Trend, key: str) -> str:
    """Write how something stands in the newest week beside its line, where there is no room for `about`: `~$56`."""
    mark = "~" if key in trend.last.estimated else ""
    return f"{mark}{short(getattr(trend.last, key), trend.currency)}"


def bare(amount: Decimal, currency: str) -> str:
    """Write an amount on the scale, where there is no room for a currency of three letters."""
    return short(amount, currency).removeprefix(f"{currency} ")


def week_name(monday: date) -> str:
    """Name a week by its first day: `16 Nov`."""
    return f"{monday.day} {calendar.month_abbr[monday.month]}"
