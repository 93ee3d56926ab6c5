"""A file is handed in: recognised, read, and put in its place in a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.exports import FileState, KeptFile, Place
from bot.services.ids import Clock, FileId, NewId, WorkspaceId
from bot.services.packing import Packed, pack
from bot.services.people import Actor
from bot.services.placing import guess_place, say_guess
from bot.services.ports import Books, Ledger
from bot.services.runs import digest
from bot.services.settling import Received, read_again, settle, tell
from recon import Month, Side, read_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it was handed in, with what its person said of it."""

    content: bytes = b""
    name: str = "export"
    place: Place | None = None
    side: Side | None = None
    month: Month | None = None
    is_whole: bool = False  # though it may be much shorter than the one before


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
            is_gone = known is not None and bool(books.files.forgotten([known.file.digest]))
            profiles = books.answers.profiles()
        if known:
            return self._keep_again(known.file, pack(upload.content), by) if is_gone else known
        reading = read_lines(upload.content, upload.name, profiles=profiles, side=upload.side)
        packed, now = pack(upload.content), self.clock()
        with self.ledger.open(by.workspace) as books:
            known = self._recognise(books, upload, by)
            if known:
                return known
            file = self._keep(books, upload, packed, by, now)
            return settle(books, replace(file, fingerprint=reading.layout.fingerprint), reading, now)

    def _recognise(self, books: Books, upload: Upload, by: Actor) -> Received | None:
        """Know a file again by its bytes, unless a person says that it is something else this time."""
        heard = books.heard.outcome(by.once) if by.once else None
        if heard:
            return tell(books, Received(file=books.exports.get(FileId(heard)), is_known=True, is_repeat=True))
        file = books.exports.same(digest(upload.content))
        if file is None or upload.side not in (None, file.side) or upload.month not in (None, file.month):
            return None
        return tell(books, Received(file=file, is_known=True))

    def _keep_again(self, file: KeptFile, packed: Packed, by: Actor) -> Received:
        """Keep the bytes of a known file that are past their time once more, and compare its month again."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            books.files.keep(packed, at=now)
            if by.once:
                books.heard.remember(by.once, file.id, at=now)
            told = {"name": file.name, "digest": file.digest}
            books.audit.record(by.person, "handed in again", file.id, told, at=now)
            received = Received(file=books.exports.get(file.id), is_known=True, is_kept_again=True)
            return tell(books, received, because=f"{file.id}:{by.once or self.new_id()}", at=now)

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
            is_accepted=upload.is_whole,
        )
        books.exports.add(file)
        if by.once:
            books.heard.remember(by.once, file.id, at=now)
        books.audit.record(by.person, "handed in", file.id, {"name": file.name, "digest": file.digest}, at=now)
        return file

    def file(self, workspace: WorkspaceId, file: FileId) -> KeptFile:
        """Give what is known of a file."""
        with self.ledger.look(workspace) as books:
            return books.exports.get(file)

    def look_again(self, file: FileId, by: Actor) -> Received:
        """Read a kept file once more, to show what it is and what it asks."""
        with self.ledger.look(by.workspace) as books:
            kept = books.exports.get(file)
            content, profiles = books.files.get(kept.digest), books.answers.profiles()
            reading = read_again(kept, content, profiles)
            place = guess_place(books, kept, reading, self.clock())
            guessed = say_guess(kept.month) if kept.month and not reading.layout.month else None
            return tell(
                books,
                Received(
                    file=kept,
                    reading=reading,
                    is_known=True,
                    replaced=tuple(books.exports.replaced_by(file)),
                    months=place.months,
                    month_because=guessed,
                ),
            )
