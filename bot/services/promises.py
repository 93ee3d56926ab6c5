"""Work that is owed to the outside world, written down with what caused it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PromiseKind(StrEnum):
    """What is owed."""

    RUN = "run"  # reconcile a month: `month`, `because`
    RESULT = "result"  # tell the team what a run found: `run`
    ALERT = "alert"  # a gap speaks for the first time: `case`, `run`, `people`
    REPLY = "reply"  # something happened to a gap that people know: `case`, `happening`
    REDRAW = "redraw"  # a gap's message shows what it was: `case`
    NOTICE = "notice"  # tell one person something: `person`, `about`


class PromiseState(StrEnum):
    """How far it is kept."""

    PENDING = "pending"
    SENDING = "sending"  # someone has it in hand since `attempt_at`
    SENT = "sent"
    DEAD = "dead"  # it can't be kept; `reason` says why
    UNKNOWN = "unknown"  # it may or may not have arrived; someone looks


@dataclass(frozen=True, slots=True)
class Promised:
    """Something to be promised."""

    key: str
    kind: PromiseKind
    payload: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing owed, once per key."""

    key: str
    kind: PromiseKind
    payload: Mapping[str, str]
    state: PromiseState = PromiseState.PENDING
    attempts: int = 0
    attempt_at: datetime | None = None
    not_before: datetime | None = None
    sent_as: str | None = None  # what the outside calls it, as Slack's ts
    reason: str | None = None
