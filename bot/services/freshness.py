"""How fresh each source is: a gap rests on two files, and on the older one most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.services.exports import KeptFile, Source
from bot.services.ids import PersonId
from bot.services.ports import Books
from recon import Month, Side

FRESH = timedelta(days=8)  # exports come weekly at least; the day after is not late yet


class Light(StrEnum):
    """How a source does, in a word that needs no colour."""

    GREEN = "fresh"
    YELLOW = "ageing"  # its newest file is more than a week old
    RED = "missing"  # the newest month is compared without it


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A source and its newest file."""

    name: str
    side: Side
    month: Month  # of the newest file
    came: datetime | None  # none if its file is no longer known
    age: timedelta | None
    light: Light
    by: PersonId | None = None  # who handed it in


def look_at_sources(books: Books, now: datetime) -> tuple[SourceHealth, ...]:
    """Say how each expected source does, the worst first."""
    sources = books.exports.sources()
    newest = max((source.month for source in sources), default=None)
    found = [_look(books, source, newest, now) for source in sources]
    return tuple(sorted(found, key=lambda one: (-list(Light).index(one.light), one.name.casefold(), one.side)))


def _look(books: Books, source: Source, newest: Month | None, now: datetime) -> SourceHealth:
    files = [file for file in books.exports.of_month(source.month) if is_of(file, source)]
    last = max(files, key=lambda file: file.at, default=None)
    came = last.at if last else None
    is_behind = newest is not None and source.month < newest
    light = Light.RED if is_behind else Light.YELLOW if came is None or now - came > FRESH else Light.GREEN
    return SourceHealth(
        name=source.name,
        side=source.side,
        month=source.month,
        came=came,
        age=now - came if came else None,
        light=light,
        by=last.by if last else None,
    )


def is_of(file: KeptFile, source: Source) -> bool:
    """Tell whether a file is one of a source's."""
    return (file.side, file.source) == (source.side, source.name)
