"""Whose export a file is, and of which month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.services.exports import KeptFile
from bot.services.hours import EVERYBODY, zone_of
from bot.services.naming import name_source
from bot.services.ports import Books
from recon import Month, Reading, Side, read_month


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlace:
    """Where a file belongs."""

    side: Side | None
    source: str
    month: Month | None
    month_because: str | None = None
    months: tuple[Month, ...] = ()


def guess_place(books: Books, file: KeptFile, reading: Reading, now: datetime) -> FilePlace:
    """Say where a file belongs, as far as its person, its content and the other files of the workspace tell."""
    layout = reading.layout
    side, source = layout.side or file.side, name_source(books, file, reading)
    if file.month or layout.month:
        return FilePlace(side=side, source=source, month=file.month or read_month(layout.month or ""))
    waiting = _months_waiting(books, side) if side else []
    if len(waiting) == 1:
        return FilePlace(side=side, source=source, month=waiting[0], month_because=say_guess(waiting[0]))
    there = now.astimezone(zone_of(books, EVERYBODY))
    return FilePlace(side=side, source=source, month=None, months=_likely_months(waiting, there))


def say_guess(month: Month) -> str:
    """Say why a file that names no month is taken for this one."""
    return f"The file names no month; I take it for {month.name}, whose other side waits for it."


def _months_waiting(books: Books, side: Side) -> list[Month]:
    """List the months of which only the other side is there."""
    sides = {month: {file.side for file in books.exports.of_month(month)} for month in books.exports.months()}
    return [month for month, there in sides.items() if there and side not in there]


def _likely_months(waiting: list[Month], now: datetime) -> tuple[Month, ...]:
    this = Month(now.year, now.month)
    last = Month(now.year - 1, 12) if now.month == 1 else Month(now.year, now.month - 1)
    return tuple(dict.fromkeys([*waiting, last, this]))
