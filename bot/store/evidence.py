"""Bytes kept under their digest, until their time is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement

from bot.services.failures import NotFound
from bot.services.ids import Digest
from bot.services.packing import Packed, unpack
from bot.store.shelf import Shelf
from bot.store.tables import blobs


@dataclass(frozen=True, slots=True)
class Evidence:
    """Keeps files, results, and what else a result was made of."""

    shelf: Shelf

    def keep(self, packed: Packed, *, at: datetime) -> Digest:
        """Keep bytes; the same bytes are kept once, and again if they were forgotten."""
        row = {"digest": packed.name, "content": packed.content, "size": packed.size, "at": at}
        if not self.shelf.add_once(blobs, row):
            self.shelf.change(blobs, blobs.c.digest == packed.name, content=packed.content, at=at)
        return packed.name

    def get(self, name: Digest) -> bytes:
        """Give bytes back, or say why not."""
        row = self.shelf.found(blobs, digest=name)
        if row is None:
            raise NotFound(f"I keep nothing under {name[:12]}.")
        if row["content"] is None:
            raise NotFound(f"What I kept under {name[:12]} is past its time, so it is deleted; its digest remains.")
        return unpack(row["content"])

    def forgotten(self, names: Iterable[Digest]) -> frozenset[Digest]:
        """Say which of these are past their time: their digests stay, their bytes are gone."""
        gone = (blobs.c.digest.in_(sorted(set(names))), blobs.c.content.is_(None))
        return frozenset(self.shelf.values(blobs.c.digest, blobs, *gone))

    def has_older_than(self, day: datetime, *, but: Iterable[Digest]) -> bool:
        """Say whether bytes kept before a day are to be deleted."""
        return bool(self.shelf.values(blobs.c.digest, blobs, *_old(day, but)))

    def forget_older_than(self, day: datetime, *, but: Iterable[Digest]) -> int:
        """Delete bytes kept before a day; their digests stay."""
        return self.shelf.change(blobs, *_old(day, but), content=None)


def _old(day: datetime, but: Iterable[Digest]) -> tuple[ColumnElement[bool], ...]:
    return (blobs.c.at < day, blobs.c.content.is_not(None), blobs.c.digest.not_in(sorted(but)))
