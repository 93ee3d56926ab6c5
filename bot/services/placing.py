"""Whose export a file is, and of which month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.services.exports import KeptFile
from bot.services.ids import client_key
from bot.services.ports import Books
from recon import Month, Reading, Side, read_month

NAMES_CLIENT = frozenset({"client", "client_id", "domain"})


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
    side, source = layout.side or file.side, name_source(reading)
    if file.month or layout.month:
        return FilePlace(side=side, source=source, month=file.month or read_month(layout.month or ""))
    waiting = _months_waiting(books, side) if side else []
    if len(waiting) == 1:
        because = f"The file names no month; I take it for {waiting[0]}, whose other side waits for it."
        return FilePlace(side=side, source=source, month=waiting[0], month_because=because)
    return FilePlace(side=side, source=source, month=None, months=_likely_months(waiting, now))


def name_source(reading: Reading) -> str:
    """Name what a file is an export of; files of one client each are told apart by the client."""
    layout = reading.layout
    first = ", ".join(header[:30] for header in layout.headers[:3])
    source = layout.source or f"the export with {first} (header {layout.fingerprint[:6]})"
    clients = reading.lines["client"].unique()
    of_one = len(clients) == 1 and not NAMES_CLIENT & set(layout.columns)
    return f"{source} of {client_key(clients[0])}" if of_one else source


def _months_waiting(books: Books, side: Side) -> list[Month]:
    """List the months of which only the other side is there."""
    sides = {month: {file.side for file in books.exports.of_month(month)} for month in books.exports.months()}
    return [month for month, there in sides.items() if there and side not in there]


def _likely_months(waiting: list[Month], now: datetime) -> tuple[Month, ...]:
    this = Month(now.year, now.month)
    last = Month(now.year - 1, 12) if now.month == 1 else Month(now.year, now.month - 1)
    return tuple(dict.fromkeys([*waiting, last, this]))
