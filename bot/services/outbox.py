"""Promises are kept once: taken in hand, brought, and told of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services.ids import Clock, WorkspaceId
from bot.services.ports import Ledger
from bot.services.promises import Promise, PromiseKind, PromiseState

GRACE = timedelta(seconds=90)  # longer than any call to the outside takes


@dataclass(frozen=True, slots=True)
class Outbox:
    """Keep promises; whatever engine drives this, an attempt is settled by whoever began it, or by nobody."""

    ledger: Ledger
    clock: Clock

    def get(self, workspace: WorkspaceId, key: str) -> Promise:
        """Give a promise."""
        with self.ledger.look(workspace) as books:
            return books.outbox.get(key)

    def due(
        self, workspace: WorkspaceId, *, most: int = 100, kinds: Collection[PromiseKind] = tuple(PromiseKind)
    ) -> tuple[Promise, ...]:
        """List what can be kept now, of all kinds or of some, in the order it was promised."""
        with self.ledger.look(workspace) as books:
            return tuple(books.outbox.due(self.clock(), most, kinds))

    def promised(self, workspace: WorkspaceId, key: str) -> Promise | None:
        """Give a promise, if it was made."""
        with self.ledger.look(workspace) as books:
            return books.outbox.find(key)

    def adrift(self, workspace: WorkspaceId, *, grace: timedelta = GRACE) -> tuple[Promise, ...]:
        """List what was begun long enough ago and never told of: it may have arrived, so look before trying again."""
        with self.ledger.look(workspace) as books:
            return tuple(books.outbox.adrift(self.clock() - grace))

    def claim(self, workspace: WorkspaceId, key: str, *, was: datetime | None = None) -> Promise | None:
        """Take a promise in hand, or one adrift whose attempt began at `was`; none if another was quicker."""
        with self.ledger.open(workspace) as books:
            claimed = books.outbox.claim(key, at=self.clock(), was=was)
            return books.outbox.get(key) if claimed else None

    def sent(self, workspace: WorkspaceId, attempt: Promise, sent_as: str) -> bool:
        """Say that it arrived, and what the outside calls it."""
        return self._settle(workspace, replace(attempt, state=PromiseState.SENT, sent_as=sent_as, reason=None))

    def again(self, workspace: WorkspaceId, attempt: Promise, *, after: timedelta, reason: str = "") -> bool:
        """Say that it certainly did not arrive, and is to be tried again after a while."""
        later = self.clock() + after
        return self._settle(
            workspace, replace(attempt, state=PromiseState.PENDING, not_before=later, reason=reason or None)
        )

    def dead(self, workspace: WorkspaceId, attempt: Promise, reason: str) -> bool:
        """Say that it can't be kept."""
        return self._settle(workspace, replace(attempt, state=PromiseState.DEAD, reason=reason))

    def unknown(self, workspace: WorkspaceId, attempt: Promise, reason: str) -> bool:
        """Say that it may or may not have arrived."""
        return self._settle(workspace, replace(attempt, state=PromiseState.UNKNOWN, reason=reason))

    def cut_off(self, workspace: WorkspaceId, attempt: Promise, reason: str) -> bool:
        """Say that whoever had it in hand is gone, so that it may or may not have arrived."""
        return self.unknown(workspace, replace(attempt, cuts=attempt.cuts + 1), reason)

    def kept_with(self, workspace: WorkspaceId, names: Sequence[str]) -> frozenset[str]:
        """Say which things of the outside, by what they are called there, promises were kept with."""
        with self.ledger.look(workspace) as books:
            return frozenset(books.outbox.sent_as(names))

    def posted(self, workspace: WorkspaceId, subject: str, channel: str, sent_as: str) -> None:
        """Remember the message about a subject in a channel."""
        with self.ledger.open(workspace) as books:
            books.messages.put(subject, channel, sent_as)

    def posts(self, workspace: WorkspaceId, subject: str) -> dict[str, str]:
        """Give the channels that have a message about a subject, and what it is called there."""
        with self.ledger.look(workspace) as books:
            return dict(books.messages.of(subject))

    def subject(self, workspace: WorkspaceId, channel: str, sent_as: str) -> str | None:
        """Say what a message, or the thread below it, is about."""
        return next(iter(self.subjects(workspace, channel, sent_as)), None)

    def subjects(self, workspace: WorkspaceId, channel: str, sent_as: str) -> tuple[str, ...]:
        """Say all that a message is about, and what has its place in the thread below it."""
        with self.ledger.look(workspace) as books:
            return tuple(books.messages.subjects(channel, sent_as))

    def _settle(self, workspace: WorkspaceId, outcome: Promise) -> bool:
        with self.ledger.open(workspace) as books:
            return books.outbox.settle(outcome)
