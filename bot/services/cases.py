"""A gap as it is followed from run to run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.services.ids import CaseId, DecisionId, PersonId, RunId
from recon import Gap, Money, Month, read_document


class CaseState(StrEnum):
    """Where a gap stands."""

    WAITING = "waiting"  # too young to be a gap
    SUPPRESSED = "suppressed"  # below someone's threshold
    OPEN = "open"  # someone has to decide
    DECIDED = "decided"
    CLOSED = "closed"  # a later run no longer shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A gap with its history; `id` stays the same however its plan or numbers change."""

    id: CaseId
    gap: Gap
    stated: str  # the gap with its evidence, as a document of the core
    state: CaseState
    version: int  # one more with every change
    month: Month  # of the run that showed it last
    run: RunId
    opened_at: datetime
    decision: DecisionId | None = None
    proposal: DecisionId | None = None  # approved by one person, waiting for a second
    assigned: PersonId | None = None
    wakes_at: datetime | None = None
    times_reopened: int = 0
    has_spoken: bool = False
    closed_at: datetime | None = None
    is_verified: bool = False  # a correction was decided, and a later run shows that it holds
    recovered: Money | None = None

    @property
    def evidence(self) -> dict[str, Any]:
        """Give the gap as the core's document states it, with `why`."""
        found: dict[str, Any] = read_document(self.stated)["gaps"][0]
        return found


class Happening(StrEnum):
    """What can happen to a gap."""

    OPENED = "opened"
    GROWN = "grown"
    SHRUNK = "shrunk"
    SUPPRESSED = "suppressed"
    SPOKE = "rose above the threshold"
    CLOSED = "closed"
    VERIFIED = "verified"
    REOPENED = "reopened"
    NOT_FIXED = "approved but not fixed"
    WOKE = "woke"
    DECIDED = "decided"
    PROPOSED = "proposed"
    ASSIGNED = "assigned"
    TAKEN_BACK = "taken back"
    NUDGED = "nudged"  # nobody decided for days, and it was spoken of again
    ESCALATED = "escalated"  # and then to the billing owner
    RESTATED = "restated"  # its money or standing is another, and nobody need hear of it


ASKING = (Happening.GROWN, Happening.SPOKE, Happening.REOPENED, Happening.NOT_FIXED, Happening.WOKE)
"""What asks someone to act again."""
SAME_BILLING = "same billing"
"""Told of a signed gap that is another, or gone, though no billing shows it: the same files, or names settled since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One thing that happened to a gap."""

    case: CaseId
    happening: Happening
    at: datetime
    by: PersonId
    run: RunId | None = None
    decision: DecisionId | None = None
    told: dict[str, Any] = field(default_factory=dict)  # numbers before and after
