"""An export someone handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.services.ids import Digest, FileId, PersonId
from recon import Month, Side


class FileState(StrEnum):
    """What became of a file."""

    ASKING = "asking"  # a column, its side or its month must be explained first
    READY = "ready"
    REPLACED = "replaced"  # by a newer one of the same source and month
    LEFT_OUT = "left out"  # somebody said that it is none to count


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was handed in, and is answered."""

    channel: str
    thread: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One file of a month; its bytes are kept under their digest."""

    id: FileId
    name: str
    digest: Digest
    side: Side | None
    source: str  # which of the workspace's sources it is an export of
    month: Month | None
    fingerprint: str  # of its header row: what people answered is kept under it
    lines: int
    clients: int
    problems: int
    state: FileState
    by: PersonId
    at: datetime
    place: Place | None = None
    replaced_by: FileId | None = None
    is_accepted: bool = False  # someone said that it is whole, though much shorter than the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something whose exports are expected every month, once it has been compared."""

    side: Side
    name: str
    month: Month  # of its newest file
    lines: int  # of that file
