"""A person explains a file: its columns, its side, its month, that it is whole, that no more of its kind come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.comparing import newest_month
from bot.services.exports import FileState
from bot.services.ids import Clock, FileId, NewId
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_receipts, promise_run
from bot.services.readiness import look_at_month
from bot.services.settling import Received, leave_out, must_be_in_use, must_be_left_out, read_again, settle, tell
from recon import Month, Reading, Side


@dataclass(frozen=True, slots=True)
class Explaining:
    """Keep what people say about files, and read them by it; how they read then is promised to be told."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    def is_heard(self, by: Actor) -> bool:
        """Say whether this very answer was kept before."""
        with self.ledger.look(by.workspace) as books:
            return bool(by.once and books.heard.outcome(by.once))

    def answer(self, file: FileId, by: Actor, *answers: str) -> tuple[Received, ...]:
        """Keep answers about a file's header (`quantity=Seats`, `side=bought`), and read all files that wait for them.

        The file asked about comes first.
        """
        with self.ledger.look(by.workspace) as books:
            asked = must_be_in_use(books.exports.get(file))
            waiting = [one for one in books.exports.asking() if one.fingerprint == asked.fingerprint]
            again = [asked, *(one for one in waiting if one.id != asked.id)]
            contents = [books.files.get(one.digest) for one in again]
            profiles = books.answers.profiles().answering(asked.fingerprint, *answers)
        readings = [read_again(one, content, profiles) for one, content in zip(again, contents, strict=True)]
        now, because = self.clock(), by.once or self.new_id()
        with self.ledger.open(by.workspace) as books:
            kept = books.answers.profiles([asked.fingerprint]).answering(asked.fingerprint, *answers)
            books.answers.put_profiles(kept, by=by.person, at=now)
            books.audit.record(by.person, "answered", asked.id, {"answers": list(answers)}, at=now)
            current = [(books.exports.get(one.id), reading) for one, reading in zip(again, readings, strict=True)]
            must_be_in_use(current[0][0])
            settled = tuple(
                settle(books, replace(one, side=None), reading, now, because=because)
                for one, reading in current
                if one.id == file or one.state is FileState.ASKING
            )
            promise_receipts(books, [one.file.id for one in settled], because=because, at=now)
            _remember(books, by, settled[0].file.id, now)
            return settled

    def say_month(self, file: FileId, month: Month, by: Actor) -> Received:
        """Say which month a file is about; the month it was taken for is compared again without it."""
        reading = self._read_again(file, by)
        now, because = self.clock(), by.once or self.new_id()
        with self.ledger.open(by.workspace) as books:
            kept = must_be_in_use(books.exports.get(file))
            told = {"old": str(kept.month or ""), "month": str(month)}
            books.audit.record(by.person, "said the month", file, told, at=now)
            received = settle(books, replace(kept, month=month), reading, now, because=because)
            promise_receipts(books, [file], because=because, at=now, month=month)
            _remember(books, by, file, now)
            return received

    def set_right(self, file: FileId, by: Actor, *, side: str = "", month: Month | None = None) -> None:
        """Say what a file really is, its month first: whoever is cut off in between says both again."""
        with self.ledger.look(by.workspace) as books:
            kept = books.exports.get(file)
        if month and month != kept.month:
            self.say_month(file, month, replace(by, once=f"{by.once}:month" if by.once else None))
        if side and side != kept.side:
            self.answer(file, by, f"side={side}")

    def leave_out(self, file: FileId, by: Actor) -> None:
        """Count a file nowhere; its month, and those that waited for an answer about it, are compared without it."""
        now, because = self.clock(), by.once or self.new_id()
        with self.ledger.open(by.workspace) as books:
            kept = must_be_in_use(books.exports.get(file))
            leave_out(books, kept, because=because, at=now)
            told = {"name": kept.name, "month": str(kept.month or "")}
            books.audit.record(by.person, "left out", file, told, at=now)
            _remember(books, by, file, now)

    def count_again(self, file: FileId, by: Actor) -> Received:
        """Count a file after all that was left out."""
        reading = self._read_again(file, by)
        now, because = self.clock(), by.once or self.new_id()
        with self.ledger.open(by.workspace) as books:
            kept = must_be_left_out(books.exports.get(file))
            books.audit.record(by.person, "counted again", file, {"name": kept.name}, at=now)
            received = settle(books, kept, reading, now, because=because)
            promise_receipts(books, [file], because=because, at=now)
            _remember(books, by, file, now)
            return received

    def accept(self, file: FileId, by: Actor) -> Received:
        """Say that a file is whole, though it is much shorter than the one before."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            kept = replace(must_be_in_use(books.exports.get(file)), is_accepted=True)
            books.exports.put(kept)
            books.audit.record(by.person, "accepted as whole", file, {}, at=now)
            return tell(books, Received(file=kept), because=f"{file}:accepted", at=now)

    def expect_no_more(self, side: Side, source: str, by: Actor) -> bool:
        """Stop waiting for a source's exports, and compare without it; say whether it was waited for."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            was_expected = books.exports.expect_no_more(side, source)
            if was_expected:
                books.audit.record(by.person, "no longer expected", source, {"side": side}, at=now)
                month = newest_month(books)
                if look_at_month(books, month).can_run:
                    promise_run(books, month, because=f"{self.new_id()}:no longer expected", at=now)
            return was_expected

    def _read_again(self, file: FileId, by: Actor) -> Reading:
        with self.ledger.look(by.workspace) as books:
            kept = books.exports.get(file)
            content, profiles = books.files.get(kept.digest), books.answers.profiles()
        return read_again(kept, content, profiles)


def _remember(books: Books, by: Actor, file: FileId, now: datetime) -> None:
    """Remember what was heard, so that the same said again is nothing new."""
    if by.once:
        books.heard.remember(by.once, file, at=now)
