"""Promises, messages and events heard, as rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, case, func, or_

from bot.services.failures import NotFound
from bot.services.ids import WorkspaceId, client_key
from bot.services.promises import Promise, Promised, PromiseKind, PromiseState
from bot.services.runs import canonical
from bot.store.shelf import Shelf
from bot.store.tables import heard, messages, outbox

ADRIFT = (PromiseState.SENDING.value, PromiseState.UNKNOWN.value)
Carry = Callable[[Connection, WorkspaceId, Sequence[Promise]], None]
"""Sees to it that promises are kept when they are due, from the moment the transaction they were made in ends well."""


def left_to_the_sweep(_: Connection, __: WorkspaceId, ___: Sequence[Promise]) -> None:
    """Do nothing now: whoever looks for what is due finds it."""


@dataclass(frozen=True, slots=True)
class OutboxShelf:
    """The promises of a workspace."""

    shelf: Shelf
    carry: Carry = left_to_the_sweep

    def promise(self, *promised: Promised, at: datetime) -> None:
        """Promise things, each once per key."""
        if not promised:
            return
        promised = tuple({one.key: one for one in promised}.values())
        first = self.shelf.next_number(outbox)
        rows = [
            {
                "key": one.key,
                "number": number,
                "kind": one.kind.value,
                "payload": canonical(dict(one.payload)),
                "place": one.place,
                "state": PromiseState.PENDING.value,
                "attempts": 0,
                "not_before": one.not_before,
                "at": at,
            }
            for number, one in enumerate(promised, start=first)
        ]
        self.shelf.add_new(outbox, rows)
        self._carry(*(_as_promised(one, number) for number, one in enumerate(promised, start=first)))

    def get(self, key: str) -> Promise:
        """Give a promise."""
        found = self.find(key)
        if found is None:
            raise NotFound(f"Nothing is promised as {key}.")
        return found

    def find(self, key: str) -> Promise | None:
        """Give a promise, if it was made."""
        row = self.shelf.found(outbox, key=key)
        return _promise(row) if row else None

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
        taken: dict[str, Any] = {
            "state": PromiseState.SENDING.value,
            "attempt_at": at,
            "attempts": outbox.c.attempts + 1,
        }
        cut_off = case((outbox.c.state == PromiseState.SENDING.value, 1), else_=0)
        taken |= {"is_in_doubt": True, "cuts": outbox.c.cuts + cut_off} if was else {}
        return self.shelf.change(outbox, outbox.c.key == key, free, **taken) == 1

    def settle(self, promise: Promise) -> bool:
        """Compare and set: say what became of the attempt that began at `attempt_at`; a later one is not overruled."""
        same = (outbox.c.key == promise.key, outbox.c.attempt_at == promise.attempt_at)
        told = {
            "state": promise.state.value,
            "not_before": promise.not_before,
            "sent_as": promise.sent_as,
            "reason": promise.reason,
            "cuts": promise.cuts,
        }
        is_settled = self.shelf.change(outbox, *same, outbox.c.state.in_(ADRIFT), **told) == 1
        if is_settled and promise.state in (PromiseState.PENDING, PromiseState.UNKNOWN):
            self._carry(promise)
        return is_settled

    def tally(self) -> Mapping[PromiseState, int]:
        """Count promises by how far they are kept."""
        counted = self.shelf.counts(outbox.c.state, outbox)
        return {PromiseState(state): count for state, count in counted.items()}

    def due_since(self, now: datetime) -> datetime | None:
        """Say since when the promise that has been due the longest is due."""
        pending = outbox.c.state == PromiseState.PENDING.value
        since = func.coalesce(outbox.c.not_before, outbox.c.at)
        row = self.shelf.row(outbox, pending, since <= now, order=(since,))
        return None if row is None else row["not_before"] or row["at"]

    def sent_as(self, names: Iterable[str]) -> Sequence[str]:
        """Say which of these, as the outside calls things, promises were kept with."""
        return [str(one) for one in self.shelf.values(outbox.c.sent_as, outbox, outbox.c.sent_as.in_(sorted(names)))]

    def call_clients(self, names: Mapping[str, str]) -> None:
        """Call clients by their new names, given by the keys of their old ones, in what is still to be kept."""
        waits = outbox.c.state.in_([PromiseState.PENDING.value, *ADRIFT])
        for row in self.shelf.rows(outbox, waits) if names else ():
            told = json.loads(row["payload"])
            name = names.get(client_key(told.get("client", "")))
            if name:
                self.shelf.change(outbox, outbox.c.key == row["key"], payload=canonical({**told, "client": name}))

    def _carry(self, *promises: Promise) -> None:
        self.carry(self.shelf.connection, self.shelf.workspace, promises)


def _as_promised(one: Promised, number: int) -> Promise:
    return Promise(
        key=one.key, kind=one.kind, payload=one.payload, place=one.place, number=number, not_before=one.not_before
    )


def _promise(row: RowMapping) -> Promise:
    return Promise(
        key=row["key"],
        kind=PromiseKind(row["kind"]),
        payload=json.loads(row["payload"]),
        place=row["place"],
        number=row["number"],
        state=PromiseState(row["state"]),
        attempts=row["attempts"],
        attempt_at=row["attempt_at"],
        not_before=row["not_before"],
        sent_as=row["sent_as"],
        reason=row["reason"],
        is_in_doubt=row["is_in_doubt"],
        cuts=row["cuts"],
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

    def subjects(self, channel: str, sent_as: str) -> Sequence[str]:
        """Say what a message is about, and what has its place below it, by name."""
        here = (messages.c.channel == channel, messages.c.sent_as == sent_as)
        return [str(row["subject"]) for row in self.shelf.rows(messages, *here, order=(messages.c.subject,))]

    def drop(self, subject: str, channel: str) -> None:
        """Forget which message is about a subject in a channel."""
        self.shelf.drop(messages, messages.c.subject == subject, messages.c.channel == channel)


@dataclass(frozen=True, slots=True)
class HeardShelf:
    """The events that were acted on."""

    shelf: Shelf

    def outcome(self, event: str) -> str | None:
        """Say what came of an event, if it was acted on."""
        row = self.shelf.found(heard, event=event)
        return None if row is None else str(row["outcome"])

    def remember(self, event: str, outcome: str, *, at: datetime) -> bool:
        """Remember an event; say whether it is new."""
        return self.shelf.add_once(heard, {"event": event, "outcome": outcome, "at": at})
