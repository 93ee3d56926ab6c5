"""A gap as people see it: its numbers, its age, who answers for it, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.services.decisions import Reason
from bot.slack.wording import Who
from recon import Gap, Money, Month


class Verdict(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    DISMISSED = "dismissed"
    SAME = "same as"
    NOT_SAME = "not the same"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision that stands: who, what and when."""

    verdict: Verdict
    by: Who
    at: datetime
    reason: Reason | None = None
    note: str = ""
    until: date | None = None
    names: tuple[str, str] | None = None  # bought and billed, of an alias or a refusal
    todo: str = ""  # what an approval asks for, as the fix list says it
    is_proposed: bool = False  # a second person must approve
    seconded_by: Who | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A gap that a later run no longer shows."""

    month: Month
    recovered: Money | None = None  # a month, where a decision is known to have done it
    is_answered: bool = False  # by what somebody said of its names


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCard:
    """One gap and where it stands; `id` is what its buttons carry."""

    id: str
    gap: Gap
    version: int = 0  # whoever clicks signs for this one
    days_open: int = 0
    lost: Money | None = None  # since it opened
    next_invoice: date | None = None
    loses: Money | None = None  # more, if nothing is done by then
    assigned: Who | None = None
    decided: Decided | None = None
    closed: Closed | None = None
    shrank_from: str = ""  # its money before the last run
    bought_last: tuple[Month, Decimal] | None = None  # when and how many, where none are bought now
    still_listed: str = ""  # what one side says of it though it has none, as that it was taken back
    asks_first: bool = False  # approving this much is confirmed before it counts
