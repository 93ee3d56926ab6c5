"""Work that is owed to the outside world, written down with what caused it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_MOMENT = timedelta(seconds=30)


class PromiseKind(StrEnum):
    """What is owed."""

    FILE = "file"  # fetch what was handed in, read it, answer: `files`, `person`, `channel`, `thread`, `month`
    ANSWER = "answer"  # read a file again by what somebody said of it: `file`, `answer` or `month`, `person`
    RECEIPT = "receipt"  # show what a file turned out to be by now: `file`
    RUN = "run"  # reconcile a month: `month`, `because`
    RESULT = "result"  # tell the team what a run found: `run`
    QUESTIONS = "questions"  # ask about names in a result's thread: `run`, `questions`, `rest`, `channel`, `thread`
    CHANGED = "changed"  # tell where a name was settled what that changed: `run`, `decision`
    ALERT = "alert"  # a gap speaks for the first time: `case`, `run`, `people`
    REPLY = "reply"  # something happened to a gap that people know: `case`, `happening`
    RENAMED = "renamed"  # say in a client's thread what it is called now: `client`, `was`, `because`
    REDRAW = "redraw"  # a gap's message shows what it was: `case`
    EXPORT = "export"  # write a file somebody wants: `subject`, `form`, `run`, `channel`, `thread`, `person`
    WISH = "wish"  # do what somebody asked for when they might not, and may now: `wish`, `client`
    NOTICE = "notice"  # tell one person something: `person`, `about`
    NUDGE = "nudge"  # a client's gaps that nobody decides about speak again: `client`, `cases`
    ESCALATION = "escalation"  # what others do not decide is told to one person: `person`, `cases`
    SUMMARY = "summary"  # tell the team of a week: `week`
    HOME = "home"  # show everybody who has a home how things are
    SCORECARD = "scorecard"  # tell an account manager of their weeks: `week`, `person`
    STALE = "stale"  # files are too old, and new ones wanted: `sources`
    ADVICE = "advice"  # propose a pace and a threshold to one person: `person`
    DIGEST = "digest"  # tell someone the rest of a day at once: `to`, `day`


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
    not_before: datetime | None = None
    place: str = ""  # where it will be heard; what goes to one place goes there one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing owed, once per key."""

    key: str
    kind: PromiseKind
    payload: Mapping[str, str]
    place: str = ""
    number: int = 0  # in which order things were promised
    state: PromiseState = PromiseState.PENDING
    attempts: int = 0
    attempt_at: datetime | None = None
    not_before: datetime | None = None
    sent_as: str | None = None  # what the outside calls it, as Slack's ts
    reason: str | None = None
    is_in_doubt: bool = False  # an attempt's answer was lost, so it may have arrived: whoever tries again looks first
    cuts: int = 0  # how often whoever had it in hand was cut off, as by a restart, or by what the work itself takes

    @property
    def soon(self) -> timedelta:
        """Say how long to wait for what has to come first: a moment, and twice as long each time."""
        return min(timedelta(seconds=2 ** min(self.attempts, 5)) / 2, LONGEST_MOMENT)
