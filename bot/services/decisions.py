"""What a person chose, and the change it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.services.ids import CaseId, CorrectionId, DecisionId, PersonId
from recon import Kind, Money


class Verb(StrEnum):
    """What can be decided."""

    APPROVE = "approve"
    DISMISS = "dismiss"
    SNOOZE = "snooze"
    ASSIGN = "assign"
    SAME = "same as"
    DIFFERENT = "not the same"


class Reason(StrEnum):
    """Why a gap is dismissed."""

    BUNDLED = "bundled"
    TEMPORARY = "temporary"
    RECENTLY_CANCELLED = "recently cancelled"
    INTENDED = "intended"
    NOT_OURS = "not ours"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Names:
    """Two names someone spoke about."""

    kind: Kind
    bought: str
    billed: str

    @property
    def pair(self) -> tuple[str, str]:
        """Give the two without their kind."""
        return self.bought, self.billed


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One choice of one person; it stands until it is taken back or overtaken by what a later run shows."""

    id: DecisionId
    verb: Verb
    by: PersonId
    at: datetime
    case: CaseId | None = None
    reason: Reason | None = None
    note: str = ""
    wakes_at: datetime | None = None
    money: Money | None = None  # a month, as the gap was worth when it was decided
    evidence: str | None = None  # the gap's numbers then; other numbers wake a dismissal
    names: Names | None = None
    assignee: PersonId | None = None
    before: PersonId | None = None  # who was assigned until then
    is_proposed: bool = False  # waits for a second person
    seconded_by: PersonId | None = None
    seconded_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: PersonId | None = None  # who took it back, or the bot when it was overtaken

    @property
    def stands(self) -> bool:
        """Say whether it still holds."""
        return self.ended_at is None


class CorrectionState(StrEnum):
    """What became of a correction."""

    TO_DO = "to do"
    WITHDRAWN = "withdrawn"
    VERIFIED = "verified"  # a later run shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What has to change where the client is billed."""

    id: CorrectionId
    case: CaseId
    decision: DecisionId
    client: str
    product: str
    plan: str
    lines: str  # where the billed lines stand: `additions.csv row 12`
    was: Decimal
    now: Decimal
    effective: date
    money: Money  # a month
    todo: str  # as a person reads it
    state: CorrectionState = CorrectionState.TO_DO
    at: datetime
