"""Promises, messages and events heard, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, and_, or_

from bot.services.failures import NotFound
from bot.services.promises import Promise, Promised, PromiseKind, PromiseState
from bot.services.runs import canonical
from bot.store.shelf import Shelf
from bot.store.tables import heard, messages, outbox

ADRIFT = (PromiseState.SENDING.value, PromiseState.UNKNOWN.value)


@dataclass(frozen=True, slots=True)
class OutboxShelf:
    """The promises of a workspace."""

    shelf: Shelf

    def promise(self, *promised: Promised, at: datetime) -> None:
        """Promise things, each once per key."""
        if not promised:
            return
        first = self.shelf.next_number(outbox)
        rows = [
            {
                "key": one.key,
                "number": number,
                "kind": one.kind.value,
                "payload": canonical(dict(one.payload)),
                "state": PromiseState.PENDING.value,
                "attempts": 0,
                "at": at,
            }
            for number, one in enumerate(promised, start=first)
        ]
        self.shelf.add_new(outbox, rows)

    def get(self, key: str) -> Promise:
        """Give a promise."""
        row = self.shelf.row(outbox, outbox.c.key == key)
        if row is None:
            raise NotFound(f"Nothing is promised as {key}.")
        return _promise(row)

    def due(self, now: datetime, most: int, kinds: Iterable[PromiseKind]) -> Sequence[Promise]:
        """List what can be kept now of some kinds, in the order it was promised."""
        pending = outbox.c.state == PromiseState.PENDING.value
        ripe = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now)
        where = (pending, ripe, outbox.c.kind.in_([kind.value for kind in kinds]))
        return [_promise(row) for row in self.shelf.rows(outbox, *where, order=(outbox.c.number,), most=most)]

    def adrift(self, since: datetime) -> Sequence[Promise]:
        """List what was begun before a moment and never told of again."""
        where = (outbox.c.state.in_(ADRIFT), outbox.c.attempt_at < since)
        return [_promise(row) for row in self.shelf.rows(outbox, *where, order=(outbox.c.number,))]

    def claim(self, key: str, *, at: datetime, was: datetime | None = None) -> bool:
        """Compare and set: take a pending promise in hand, or one that was begun at `was`."""
        pending = outbox.c.state == PromiseState.PENDING.value
        begun = and_(outbox.c.state.in_(ADRIFT), outbox.c.attempt_at == was)
        free = or_(pending, begun) if was else pending
        taken = {"state": PromiseState.SENDING.value, "attempt_at": at, "attempts": outbox.c.attempts + 1}
        return self.shelf.change(outbox, outbox.c.key == key, free, **taken) == 1

    def settle(self, promise: Promise) -> bool:
        """Compare and set: say what became of the attempt that began at `attempt_at`; a later one is not overruled."""
        same = (outbox.c.key == promise.key, outbox.c.attempt_at == promise.attempt_at)
        told = {
            "state": promise.state.value,
            "not_before": promise.not_before,
            "sent_as": promise.sent_as,
            "reason": promise.reason,
        }
        return self.shelf.change(outbox, *same, outbox.c.state.in_(ADRIFT), **told) == 1


def _promise(row: RowMapping) -> Promise:
    return Promise(
        key=row["key"],
        kind=PromiseKind(row["kind"]),
        payload=json.loads(row["payload"]),
        state=PromiseState(row["state"]),
        attempts=row["attempts"],
        attempt_at=row["attempt_at"],
        not_before=row["not_before"],
        sent_as=row["sent_as"],
        reason=row["reason"],
    )


@dataclass(frozen=True, slots=True)
class MessagesShelf:
    """What was posted where."""

    shelf: Shelf

    def put(self, subject: str, channel: str, sent_as: str) -> None:
        """Remember the message about a subject in a channel."""
        self.shelf.put(messages, {"subject": subject, "channel": channel, "sent_as": sent_as})

    def of(self, subject: str) -> Mapping[str, str]:
        """Give the channels that have a message about a subject, and what it is called there."""
        rows = self.shelf.rows(messages, messages.c.subject == subject, order=(messages.c.channel,))
        return {row["channel"]: row["sent_as"] for row in rows}

    def subject(self, channel: str, sent_as: str) -> str | None:
        """Say what a message is about."""
        row = self.shelf.row(messages, messages.c.channel == channel, messages.c.sent_as == sent_as)
        return None if row is None else str(row["subject"])


@dataclass(frozen=True, slots=True)
class HeardShelf:
    """The events that were acted on."""

    shelf: Shelf

    def outcome(self, event: str) -> str | None:
        """Say what came of an event, if it was acted on."""
        row = self.shelf.row(heard, heard.c.event == event)
        return None if row is None else str(row["outcome"])

    def remember(self, event: str, outcome: str, *, at: datetime) -> bool:
        """Remember an event; say whether it is new."""
        return self.shelf.add_once(heard, {"event": event, "outcome": outcome, "at": at})
