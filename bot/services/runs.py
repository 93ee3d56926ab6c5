"""One comparison of a month, and all it was made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from bot.services.ids import Digest, RunId
from recon import Direction, Gap, Money, Month, Side, add_up, ways_estimated

Counted = tuple[Side, str, str]
"""A side, a client's key, and a product: what quantities are kept of."""


def digest(content: bytes) -> Digest:
    """Name bytes by what they are."""
    return Digest(hashlib.sha256(content).hexdigest())


def canonical(value: object) -> str:
    """Write JSON that is the same for the same value; half a sign, which no file can hold, becomes a question mark."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace").decode()


@dataclass(frozen=True, slots=True, order=True)
class FileUsed:
    """A file as a run used it."""

    side: Side
    source: str
    name: str
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything a result depends on; the same inputs give the same bytes."""

    month: Month
    files: tuple[FileUsed, ...]
    profiles: str  # JSON as the core writes it
    judgements: str  # a JSON list
    rules: str  # a JSON list
    settings: str  # limits, currency and days of grace, as JSON

    @property
    def texts(self) -> Mapping[str, str]:
        """Name the texts that are kept as evidence beside the files."""
        return {
            "files": canonical([[used.side, used.source, used.name, used.digest] for used in self.files]),
            "profiles": self.profiles,
            "judgements": self.judgements,
            "rules": self.rules,
            "settings": self.settings,
        }

    @property
    def hashes(self) -> dict[str, Digest]:
        """Name each text by what it is."""
        return {name: digest(text.encode()) for name, text in self.texts.items()}

    @property
    def digest(self) -> Digest:
        """Name the whole."""
        return digest(canonical([str(self.month), self.hashes]).encode())


@dataclass(frozen=True, slots=True)
class ClientTotal:
    """What one client comes to; the two directions are never netted."""

    client: str
    gaps: int
    under: tuple[Money, ...]
    over: tuple[Money, ...]
    estimated: tuple[Direction, ...] = ()  # of which of the two the sum is an estimate

    @property
    def weight(self) -> Decimal:
        """How far up it belongs: by its largest sum, since currencies do not add."""
        return max((money.amount for money in (*self.under, *self.over)), default=Decimal(0))


def totals_of(gaps: Iterable[Gap]) -> tuple[ClientTotal, ...]:
    """Add the gaps that speak up by client, most money first."""
    speaking = sorted((gap for gap in gaps if gap.is_leak and not gap.is_suppressed), key=lambda gap: gap.client)
    rows = []
    for client, mine in groupby(speaking, key=lambda gap: gap.client):
        found = list(mine)
        under, over = (add_up(g.monthly for g in found if g.direction is direction) for direction in Direction)
        rows.append(ClientTotal(client, len(found), under, over, ways_estimated(found)))
    return tuple(sorted(rows, key=lambda row: (-row.weight, row.client)))


class Step(StrEnum):
    """What a run is doing."""

    READING = "reading both sides"
    MATCHING = "matching names and comparing"
    WRITING = "writing what was found"
    KEEPING = "saving the result"


Say = Callable[[Step, int], None]
"""Hears what a run is doing, and over how many lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a result comes to."""

    lines: int  # as read; rows that are totals, or could not be read, are none
    matched: int
    gaps: int
    suppressed: int
    questions: int
    problems: int  # rows that could not be read
    under: tuple[Money, ...]
    over: tuple[Money, ...]
    bought: int = 0  # bought lines that were to be matched
    totals: int = 0  # rows that add others up
    known: int = 0  # those of them whose client and product are known on the other side
    estimated: tuple[Direction, ...] = ()  # of which direction the sum is an estimate
    estimated_quiet: tuple[Direction, ...] = ()  # and what it holds of gaps below someone's threshold
    clients: tuple[ClientTotal, ...] = ()  # with gaps that speak, most money first
    is_doubtful: bool = False  # no sum can be trusted until what is cautioned of is settled
    is_one_sided: bool = False  # a whole side has no line of the month: nothing can be compared
    causes: tuple[str, ...] = ()  # sentences: one cause behind several gaps, the costliest first
    cautions: tuple[str, ...] = ()  # sentences: what to look at before believing the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that is done."""

    id: RunId
    month: Month
    at: datetime
    inputs: Digest
    hashes: Mapping[str, Digest]  # files, profiles, judgements, rules, settings
    weights: str  # version of the matcher's
    document: Digest
    at_hand: Digest  # its questions, and the names of both sides, to look up without the whole document
    figures: Figures
    missing: tuple[str, ...] = ()  # sentences about sources that are not whole: such a run opens and closes no gap
    is_applied: bool = True  # it moved the workspace's gaps; one of an older month, or with a source missing, does not
    because: str | None = None  # what asked for it
