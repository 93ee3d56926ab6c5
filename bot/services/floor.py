"""Whoever is about to say something has the floor: no two promises say the same thing in a place at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.failures import TryLater
from bot.services.ids import Clock, WorkspaceId
from bot.services.outbox import GRACE
from bot.services.ports import Books, Ledger
from bot.services.runs import canonical

FLOOR = "floor:"
"""What is about to be said is called so, where messages are remembered."""
NOBODY = ""
MOMENT = timedelta(seconds=2)  # in which most of what is being said is said; then twice as long each time


@dataclass(frozen=True, slots=True)
class Turn:
    """A promise is about to say something since a moment; if it was cut off, it may have said it."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Floor:
    """Give the floor to one promise after the other; of a message that is known, there is nothing more to say."""

    ledger: Ledger
    clock: Clock
    grace: timedelta = GRACE

    def take(self, workspace: WorkspaceId, subject: str, channel: str, *, turn: Turn, gone: str = "") -> str | None:
        """Begin to say something, or give the message another has said by now, unless it is the one that is gone."""
        with self.ledger.open(workspace) as books:
            known = books.messages.of(subject).get(channel, gone)
            if known != gone:
                return known
            other = _turn(books, subject, channel)
            if other:
                raise TryLater("It is just being said.", after=max(MOMENT, turn.at - other.at))
            books.messages.put(f"{FLOOR}{subject}", channel, _to_text(turn))
            return None

    def cut_off(self, workspace: WorkspaceId, subject: str, channel: str, *, by: str) -> Turn | None:
        """Give an earlier turn of the same promise, or one so old that it is over: what came of it nobody told."""
        with self.ledger.look(workspace) as books:
            turn = _turn(books, subject, channel)
        is_over = turn is not None and (turn.by == by or turn.at + self.grace <= self.clock())
        return turn if is_over else None

    def nothing_said(self, workspace: WorkspaceId, subject: str, channel: str, turn: Turn) -> None:
        """End a turn in which certainly nothing was said."""
        with self.ledger.open(workspace) as books:
            if _turn(books, subject, channel) == turn:
                books.messages.put(f"{FLOOR}{subject}", channel, NOBODY)

    def said(self, workspace: WorkspaceId, subject: str, channel: str, sent_as: str) -> None:
        """Remember what was said, and let others speak."""
        with self.ledger.open(workspace) as books:
            books.messages.put(subject, channel, sent_as)
            books.messages.put(f"{FLOOR}{subject}", channel, NOBODY)


def _turn(books: Books, subject: str, channel: str) -> Turn | None:
    text = books.messages.of(f"{FLOOR}{subject}").get(channel, NOBODY)
    told = json.loads(text) if text else None
    return Turn(told["by"], datetime.fromisoformat(told["at"])) if told else None


def _to_text(turn: Turn) -> str:
    return canonical({"by": turn.by, "at": turn.at.isoformat()})
