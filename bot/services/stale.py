"""A source whose files are too old is asked for, once for as long as no new one comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.freshness import Light, look_at_sources
from bot.services.ids import Clock, PersonId, WorkspaceId
from bot.services.ports import Books, Ledger
from bot.services.promising import files_wanted
from recon import Month, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A source of which a new file is wanted, and who handed the last one in."""

    name: str
    side: Side
    month: Month  # of its newest file
    lacks: Month | None  # the month that others have and it has not
    age: timedelta | None
    by: PersonId | None

    @property
    def key(self) -> str:
        """Name the source."""
        return f"{self.side}:{self.name}"


@dataclass(frozen=True, slots=True)
class Stale:
    """Tell which sources' files are too old."""

    ledger: Ledger
    clock: Clock

    def wanted(self, workspace: WorkspaceId) -> tuple[Wanted, ...]:
        """List the sources of which a new file is wanted."""
        with self.ledger.look(workspace) as books:
            return files_too_old(books, self.clock())

    def ages(self, workspace: WorkspaceId) -> tuple[Wanted, ...]:
        """List all sources with the age of their files."""
        with self.ledger.look(workspace) as books:
            return _sources(books, self.clock(), tuple(Light))


def files_too_old(books: Books, now: datetime) -> tuple[Wanted, ...]:
    """List the sources that are missing or ageing."""
    return _sources(books, now, (Light.RED, Light.YELLOW))


def ask_for_files(books: Books, now: datetime) -> None:
    """Promise to ask for what is too old and was not asked for since its last file came."""
    new = [one for one in files_too_old(books, now) if books.heard.remember(_staleness(one, now), "asked", at=now)]
    if new:
        books.outbox.promise(files_wanted([one.key for one in new], now), at=now)


def _staleness(wanted: Wanted, now: datetime) -> str:
    came = (now - wanted.age).isoformat() if wanted.age is not None else str(wanted.month)
    return f"stale:{wanted.key}:{came}"


def _sources(books: Books, now: datetime, lights: tuple[Light, ...]) -> tuple[Wanted, ...]:
    found = look_at_sources(books, now)
    newest = max((one.month for one in found), default=None)
    return tuple(
        Wanted(
            name=one.name,
            side=one.side,
            month=one.month,
            lacks=newest if one.light is Light.RED else None,
            age=one.age,
            by=one.by,
        )
        for one in found
        if one.light in lights
    )
