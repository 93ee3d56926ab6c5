"""Files that are handed in, and what is said of them, are written down first: reading them is promised."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.services.exports import Place
from bot.services.ids import Clock
from bot.services.people import Actor
from bot.services.ports import Ledger
from bot.services.promises import Promise, Promised, PromiseKind
from bot.services.runs import canonical
from recon import Month, Side, read_month


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """Files as a person handed them in, by what the outside calls them; a side or a month may be said with them."""

    name: str  # what is handed in under it is read once: the message, the form
    files: tuple[tuple[str, Side | None], ...]
    place: Place  # where it is answered; without a thread, an answer begins one
    month: Month | None = None
    is_whole: bool = False  # though a file may be much shorter than the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a person said of a file: the answer they picked to a question, or what it really is."""

    file: str
    place: Place  # where they said it
    question: str = ""
    answer: str = ""
    side: str = ""
    month: str = ""
    counts: str = ""  # "no" leaves it out, "yes" counts it again


@dataclass(frozen=True, slots=True)
class Handing:
    """Promise to read what is handed in."""

    ledger: Ledger
    clock: Clock

    def take(self, handed: Handed, by: Actor) -> bool:
        """Write down that files came, and promise to read them, in one go; say whether that is news."""
        return self._promise(promise_to_read(handed, by), by)

    def answer(self, answered: Answered, by: Actor) -> bool:
        """Write down what was said of a file, and promise to read it by that; say whether that is news."""
        return self._promise(promise_to_read_again(answered, by), by)

    def _promise(self, promised: Promised, by: Actor) -> bool:
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            is_new = books.heard.remember(by.once or promised.key, promised.key, at=now)
            if is_new:
                books.outbox.promise(promised, at=now)
            return is_new


def promise_to_read(handed: Handed, by: Actor) -> Promised:
    """Promise to fetch files, read them, and answer."""
    told = {
        "files": canonical([[file, side] for file, side in handed.files]),
        "person": by.person,
        "channel": handed.place.channel,
        "thread": handed.place.thread,
        "month": str(handed.month or ""),
        "whole": "yes" if handed.is_whole else "",
    }
    return Promised(f"file:{handed.name}", PromiseKind.FILE, told)


def promise_to_read_again(answered: Answered, by: Actor) -> Promised:
    """Promise to read a file by what was said of it."""
    told = {
        "file": answered.file,
        "question": answered.question,
        "answer": answered.answer,
        "side": answered.side,
        "month": answered.month,
        "counts": answered.counts,
        "person": by.person,
        "channel": answered.place.channel,
        "thread": answered.place.thread,
    }
    said = f"{answered.answer}{answered.side}{answered.month}{answered.counts}"
    name = by.once or f"{answered.file}/{answered.question}/{said}"
    return Promised(f"answer:{name}", PromiseKind.ANSWER, told)


def what_was_handed(promise: Promise) -> Handed:
    """Read a promise to read files."""
    told = promise.payload
    return Handed(
        name=promise.key,
        files=tuple((file, Side(side) if side else None) for file, side in json.loads(told["files"])),
        place=Place(told["channel"], told["thread"]),
        month=read_month(told["month"]) if told["month"] else None,
        is_whole=bool(told["whole"]),
    )
