"""Who did what, in a chain in which each entry holds the one before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.services.runs import canonical

NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing somebody did."""

    number: int  # from 1, without a hole
    at: datetime
    by: str
    action: str
    subject: str
    detail: str  # JSON
    previous: str  # the seal of the entry before
    seal: str


def seal(workspace: str, entry: Entry) -> str:
    """Compute what an entry's seal must be."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [workspace, entry.number, at, entry.by, entry.action, entry.subject, entry.detail, entry.previous]
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def find_flaws(workspace: str, entries: Iterable[Entry], *, last: int, last_seal: str) -> Iterator[str]:
    """Say of each entry that was changed, lost or slipped in; nothing is said of a whole chain."""
    previous, number = NOTHING_BEFORE, 0
    for entry in entries:
        number += 1
        if entry.number != number:
            yield f"entry {number} is missing: the next one is {entry.number}"
            number = entry.number
        elif entry.previous != previous:
            yield f"entry {entry.number} does not follow the one before it"
        if seal(workspace, entry) != entry.seal:
            said = f"{entry.action} {entry.subject} by {entry.by}"
            yield f"entry {entry.number} ({said}) was changed after it was written"
        previous = entry.seal
    if (number, previous) != (last, last_seal):
        yield f"the chain should end with entry {last}, and it ends with entry {number} or with another seal"
