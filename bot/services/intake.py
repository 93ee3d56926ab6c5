"""A file is handed in: recognised, read, asked about, and put in its place in a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.exports import FileState, KeptFile, Place
from bot.services.failures import Refused
from bot.services.ids import Clock, FileId, NewId
from bot.services.packing import Packed, pack
from bot.services.people import Actor
from bot.services.placing import guess_place
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_run
from bot.services.readiness import look_at_month
from bot.services.runs import digest
from recon import Month, Profiles, Reading, Side, read_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it was handed in, with what its person said of it."""

    content: bytes
    name: str
    place: Place | None = None
    side: Side | None = None
    month: Month | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a file turned out to be, and what happens next."""

    file: KeptFile
    reading: Reading | None = None  # none where the same bytes were read before
    is_known: bool = False
    is_repeat: bool = False  # not even handed in again: the same event came twice
    replaced: KeptFile | None = None
    month_because: str | None = None  # how the month was guessed, where neither file nor person said it
    months: tuple[Month, ...] = ()  # to choose from, where it could not be guessed
    waits_for: tuple[str, ...] = ()  # what the month still needs
    run: str | None = None  # the promise to compare the month


@dataclass(frozen=True, slots=True)
class Intake:
    """Take files in."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    def receive(self, upload: Upload, by: Actor) -> Received:
        """Take a file in; one that can't be read is refused with a sentence, and nothing of it is kept."""
        with self.ledger.look(by.workspace) as books:
            known = self._recognise(books, upload, by)
            profiles = books.answers.profiles()
        if known:
            return known
        reading = read_lines(upload.content, upload.name, profiles=profiles, side=upload.side)
        packed, now = pack(upload.content), self.clock()
        with self.ledger.open(by.workspace) as books:
            known = self._recognise(books, upload, by)
            if known:
                return known
            file = self._keep(books, upload, packed, by, now)
            return self._settle(books, replace(file, fingerprint=reading.layout.fingerprint), reading, now)

    def _recognise(self, books: Books, upload: Upload, by: Actor) -> Received | None:
        """Know a file again by its bytes, unless a person says that it is something else this time."""
        file = books.exports.same(digest(upload.content))
        if file is None or upload.side not in (None, file.side) or upload.month not in (None, file.month):
            return None
        is_repeat = by.once is not None and books.heard.outcome(by.once) == file.id
        return self._tell(books, Received(file=file, is_known=True, is_repeat=is_repeat))

    def _keep(self, books: Books, upload: Upload, packed: Packed, by: Actor, now: datetime) -> KeptFile:
        file = KeptFile(
            id=FileId(self.new_id()),
            name=upload.name,
            digest=books.files.keep(packed, at=now),
            side=upload.side,
            source="",
            month=upload.month,
            fingerprint="",
            lines=0,
            clients=0,
            problems=0,
            state=FileState.ASKING,
            by=by.person,
            at=now,
            place=upload.place,
        )
        books.exports.add(file)
        if by.once:
            books.heard.remember(by.once, file.id, at=now)
        books.audit.record(by.person, "handed in", file.id, {"name": file.name, "digest": file.digest}, at=now)
        return file

    def look_again(self, file: FileId, by: Actor) -> Received:
        """Read a kept file once more, to show what it is and what it asks."""
        with self.ledger.look(by.workspace) as books:
            kept = books.exports.get(file)
            content, profiles = books.files.get(kept.digest), books.answers.profiles()
            reading = _read(kept, content, profiles)
            place = guess_place(books, kept, reading, self.clock())
            return self._tell(books, Received(file=kept, reading=reading, is_known=True, months=place.months))

    def answer(self, file: FileId, by: Actor, *answers: str) -> tuple[Received, ...]:
        """Keep answers about a file's header (`quantity=Seats`, `side=bought`), and read all files that wait for them.

        The file asked about comes first.
        """
        with self.ledger.look(by.workspace) as books:
            asked = _must_be_in_use(books.exports.get(file))
            waiting = [one for one in books.exports.asking() if one.fingerprint == asked.fingerprint]
            again = [asked, *(one for one in waiting if one.id != asked.id)]
            contents = [books.files.get(one.digest) for one in again]
            profiles = books.answers.profiles().answering(asked.fingerprint, *answers)
        readings = [_read(one, content, profiles) for one, content in zip(again, contents, strict=True)]
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            kept = books.answers.profiles([asked.fingerprint]).answering(asked.fingerprint, *answers)
            books.answers.put_profiles(kept, by=by.person, at=now)
            books.audit.record(by.person, "answered", asked.id, {"answers": list(answers)}, at=now)
            return tuple(
                self._settle(books, replace(books.exports.get(one.id), side=None), reading, now)
                for one, reading in zip(again, readings, strict=True)
            )

    def say_month(self, file: FileId, month: Month, by: Actor) -> Received:
        """Say which month a file is about."""
        with self.ledger.look(by.workspace) as books:
            kept = books.exports.get(file)
            content, profiles = books.files.get(kept.digest), books.answers.profiles()
        reading = _read(kept, content, profiles)
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            kept = _must_be_in_use(books.exports.get(file))
            books.audit.record(by.person, "said the month", file, {"month": str(month)}, at=now)
            return self._settle(books, replace(kept, month=month), reading, now)

    def accept(self, file: FileId, by: Actor) -> Received:
        """Say that a file is whole, though it is much shorter than the one before."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            kept = replace(books.exports.get(file), is_accepted=True)
            books.exports.put(kept)
            books.audit.record(by.person, "accepted as whole", file, {}, at=now)
            return self._tell(books, Received(file=kept), because=f"{file}:accepted", at=now)

    def expect_no_more(self, side: Side, source: str, by: Actor) -> bool:
        """Stop waiting for a source's exports; say whether it was waited for."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            was_expected = books.exports.expect_no_more(side, source)
            if was_expected:
                books.audit.record(by.person, "no longer expected", source, {"side": side}, at=now)
            return was_expected

    def _settle(self, books: Books, file: KeptFile, reading: Reading, now: datetime) -> Received:
        """Put a file that was read in its place."""
        place = guess_place(books, file, reading, now)
        asks = bool(reading.questions) or place.month is None or place.side is None
        settled = replace(
            file,
            side=place.side,
            source=place.source,
            month=place.month,
            lines=reading.lines.height,
            clients=reading.lines["client"].n_unique(),
            problems=len(reading.problems),
            state=FileState.ASKING if asks else FileState.READY,
        )
        replaced = None if asks else _replace_older(books, settled)
        books.exports.put(settled)
        if replaced:
            told = {"by": settled.id, "month": str(settled.month)}
            books.audit.record(settled.by, "replaced", replaced.id, told, at=now)
        received = Received(
            file=settled,
            reading=reading,
            replaced=replaced,
            month_because=place.month_because,
            months=place.months,
        )
        return received if asks else self._tell(books, received, because=settled.id, at=now)

    def _tell(
        self, books: Books, received: Received, *, because: str | None = None, at: datetime | None = None
    ) -> Received:
        """Say what the month still needs, and promise to compare it if that is nothing."""
        month = received.file.month
        if month is None or received.file.state is not FileState.READY:
            return received
        ready = look_at_month(books, month)
        run = promise_run(books, month, because=because, at=at) if because and at and ready.can_run else None
        return replace(received, waits_for=(*ready.lacking, *ready.missing), run=run)


def _must_be_in_use(file: KeptFile) -> KeptFile:
    if file.state is FileState.REPLACED:
        raise Refused(f"{file.name} has been replaced by a newer file.")
    return file


def _read(file: KeptFile, content: bytes, profiles: Profiles) -> Reading:
    """Read a kept file again; a side that was said by a profile may be said anew."""
    side = None if profiles.about(file.fingerprint).side else file.side
    return read_lines(content, file.name, profiles=profiles, side=side)


def _replace_older(books: Books, file: KeptFile) -> KeptFile | None:
    """Let a file take the place of the one of the same source and month."""
    assert file.month is not None  # noqa: S101 - a settled file has one
    older = [one for one in books.exports.of_month(file.month) if _is_same_slot(one, file)]
    for one in older:
        books.exports.put(replace(one, state=FileState.REPLACED, replaced_by=file.id))
    return older[-1] if older else None


def _is_same_slot(one: KeptFile, file: KeptFile) -> bool:
    return one.id != file.id and (one.side, one.source) == (file.side, file.source)
