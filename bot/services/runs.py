"""One comparison of a month, and all it was made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.services.ids import Digest, RunId
from recon import Money, Month, Side

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a result comes to."""

    lines: int
    matched: int
    gaps: int
    suppressed: int
    questions: int
    problems: int
    under: tuple[Money, ...]
    over: tuple[Money, ...]


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
    figures: Figures
    missing: tuple[str, ...] = ()  # sentences about sources that are not whole: such a run opens and closes no gap
    is_applied: bool = True  # it moved the workspace's gaps; one of an older month, or with a source missing, does not
    because: str | None = None  # what asked for it
