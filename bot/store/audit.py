"""The chain of who did what, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import RowMapping

from bot.services.audit import Entry, seal
from bot.services.ids import PersonId
from bot.services.runs import canonical
from bot.store.shelf import Shelf, keepable
from bot.store.tables import audit, workspaces

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class AuditShelf:
    """The chain of a workspace; its end is kept with the workspace, so that a lost end is missed."""

    shelf: Shelf

    def record(self, by: PersonId, action: str, subject: str, detail: Mapping[str, object], *, at: datetime) -> None:
        """Write down who did what."""
        last, previous = self.end()
        entry = Entry(
            number=last + 1,
            at=at,
            by=by,
            action=action,
            subject=keepable(subject),
            detail=canonical(dict(detail)),
            previous=previous,
            seal="",
        )
        entry = replace(entry, seal=seal(self.shelf.workspace, entry))
        self.shelf.add(audit, {name: getattr(entry, name) for name in Entry.__dataclass_fields__})
        self.shelf.change(workspaces, audit_end=entry.number, audit_seal=entry.seal)

    def entries(self) -> Iterator[Entry]:
        """Read the chain from its beginning."""
        number = 0
        while rows := self.shelf.rows(audit, audit.c.number > number, order=(audit.c.number,), most=AT_ONCE):
            yield from map(_entry, rows)
            number = rows[-1]["number"]

    def end(self) -> tuple[int, str]:
        """Give the last entry's number and seal."""
        row = self.shelf.found(workspaces)
        assert row is not None  # noqa: S101 - books are only opened of a workspace that is there
        return row["audit_end"], row["audit_seal"]


def _entry(row: RowMapping) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__dataclass_fields__})
