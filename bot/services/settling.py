"""A file that was read is put in its place in a month, and its month is compared if it is whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.exports import FileState, KeptFile, Source
from bot.services.failures import Refused
from bot.services.ids import client_key
from bot.services.placing import guess_place
from bot.services.ports import Books
from bot.services.promising import promise_corrected_receipts, promise_run
from bot.services.readiness import look_at_month
from recon import Month, Profiles, Reading, read_lines

MOST_CORRECTED = 5  # receipts, where a side of a month comes as a file a client
MOST_READ_AGAIN = 100_000  # lines; who else's clients a longer file has is not looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a file turned out to be, and what happens next."""

    file: KeptFile
    reading: Reading | None = None  # none where the same bytes were read before
    is_known: bool = False
    is_kept_again: bool = False  # its bytes had been deleted when their time was over
    is_repeat: bool = False  # not even handed in again: the same event came twice
    replaced: tuple[KeptFile, ...] = ()
    beside: tuple[KeptFile, ...] = ()  # other parts of its source's month, with clients of their own
    month_because: str | None = None  # how the month was guessed, where neither file nor person said it
    months: tuple[Month, ...] = ()  # to choose from, where it could not be guessed
    waits_for: tuple[str, ...] = ()  # what the month still needs
    is_complete: bool = False  # both sides of the month are there
    is_short: bool = False  # much shorter than the one before: is it whole?
    absent: tuple[Source, ...] = ()  # of which the month has no file yet
    run: str | None = None  # the promise to compare the month


def settle(books: Books, file: KeptFile, reading: Reading, now: datetime, *, because: str = "") -> Received:
    """Put a file that was read in its place; where it was moved from, things are as if it had never been there."""
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
    was = books.exports.get(file.id)
    _leave(books, was, settled, because=f"{file.id}:{because or 'left'}", at=now)
    replaced = () if asks else _replace_older(books, settled, reading)
    books.exports.put(settled)
    _compare_what_waited(books, was, because=f"{file.id}:{because or 'settled'}", at=now, but=settled.month)
    for older in replaced:
        told = {"by": settled.id, "month": str(settled.month)}
        books.audit.record(settled.by, "replaced", older.id, told, at=now)
    received = Received(
        file=settled,
        reading=reading,
        replaced=replaced,
        month_because=place.month_because,
        months=place.months,
    )
    reason = f"{settled.id}:{because}" if because else settled.id
    if asks:
        return received
    placed = tell(books, received, because=reason, at=now)
    if placed.is_complete and not replaced:
        _correct_receipts(books, settled, because=reason, at=now)
    return placed


def _correct_receipts(books: Books, last: KeptFile, *, because: str, at: datetime) -> None:
    """Say no longer of the files of a month that its other side is wanted, when the last one to come has it."""
    assert last.month is not None  # noqa: S101 - a settled file has one
    others = [one for one in books.exports.of_month(last.month) if one.id != last.id and one.side]
    if len({one.side for one in others}) == 1:
        waiting = sorted((one for one in others if one.place), key=lambda one: one.at)[-MOST_CORRECTED:]
        promise_corrected_receipts(books, [one.id for one in waiting], because=because, at=at)


def tell(books: Books, received: Received, *, because: str | None = None, at: datetime | None = None) -> Received:
    """Say what the month still needs, and promise to compare it if that is nothing."""
    month = received.file.month
    if month is None or received.file.state is not FileState.READY:
        return received
    ready = look_at_month(books, month)
    run = promise_run(books, month, because=because, at=at) if because and at and ready.can_run else None
    return replace(
        received,
        waits_for=(*ready.lacking, *ready.gone, *ready.missing),
        is_complete=ready.can_run,
        is_short=received.file.id in {file.id for file in ready.short},
        absent=ready.absent,
        beside=tuple(_parts_beside(books, received.file)),
        run=run,
    )


def leave_out(books: Books, file: KeptFile, *, because: str, at: datetime) -> None:
    """Count a file nowhere: its place goes back to the one it had taken it from, and nobody waits for its like."""
    gone, reason = replace(file, state=FileState.LEFT_OUT), f"{file.id}:{because}"
    _leave(books, file, gone, because=reason, at=at)
    books.exports.put(gone)
    _compare_what_waited(books, file, because=reason, at=at)
    others = (one for month in books.exports.months() for one in books.exports.of_month(month))
    if file.side and not any((one.side, one.source) == (file.side, file.source) for one in others):
        books.exports.expect_no_more(file.side, file.source)


def must_be_in_use(file: KeptFile) -> KeptFile:
    """Refuse a file whose place another has taken, or that was left out."""
    if file.state is FileState.REPLACED:
        raise Refused(f"{file.name} has been replaced by a newer file.")
    if file.state is FileState.LEFT_OUT:
        raise Refused(f"{file.name} was left out. Press “Count it again” first.")
    return file


def must_be_left_out(file: KeptFile) -> KeptFile:
    """Refuse a file that counts as it is."""
    if file.state is not FileState.LEFT_OUT:
        raise Refused(f"{file.name} is not left out, so nothing changed.")
    return file


def read_again(file: KeptFile, content: bytes, profiles: Profiles) -> Reading:
    """Read a kept file again; a side that was said by a profile may be said anew."""
    side = None if profiles.about(file.fingerprint).side else file.side
    return read_lines(content, file.name, profiles=profiles, side=side)


def _leave(books: Books, was: KeptFile, now: KeptFile, *, because: str, at: datetime) -> None:
    """Give the place that a file leaves back to the one it had taken it from, and compare that month again."""
    stays = now.state is not FileState.LEFT_OUT and _slot(was) == _slot(now)
    if was.state is not FileState.READY or was.month is None or stays:
        return
    for before in books.exports.replaced_by(was.id):
        if _slot(before) == _slot(was):
            books.exports.put(replace(before, state=FileState.READY, replaced_by=None))
    books.exports.put(replace(was, state=FileState.ASKING))  # so that its old month is looked at without it
    if look_at_month(books, was.month).can_run:
        promise_run(books, was.month, because=because, at=at)


def _compare_what_waited(books: Books, was: KeptFile, *, because: str, at: datetime, but: Month | None = None) -> None:
    """Compare the months again that waited for an answer about a file, which could have been theirs."""
    if was.state is not FileState.ASKING:
        return
    for month in books.exports.months():
        run = books.runs.newest(month)
        if month == but or not run or not run.missing:
            continue
        ready = look_at_month(books, month)
        if run.missing != ready.missing and ready.can_run:
            promise_run(books, month, because=because, at=at)


def _slot(file: KeptFile) -> tuple[object, ...]:
    return (file.month, file.side, file.source)


def _parts_beside(books: Books, file: KeptFile) -> list[KeptFile]:
    """List the other files of the same source and month, which may have come in parts."""
    assert file.month is not None  # noqa: S101 - a settled file has one
    return [one for one in books.exports.of_month(file.month) if one.id != file.id and _slot(one) == _slot(file)]


def _replace_older(books: Books, file: KeptFile, reading: Reading) -> tuple[KeptFile, ...]:
    """Let a file take the place of those of the same source and month that have any of its clients."""
    older = tuple(one for one in _parts_beside(books, file) if not _is_another_part(books, one, reading))
    for one in older:
        books.exports.put(replace(one, state=FileState.REPLACED, replaced_by=file.id))
    return older


def _is_another_part(books: Books, older: KeptFile, reading: Reading) -> bool:
    """Tell whether an export in use has only other clients than a newer one: so has another location, or tenant."""
    if older.lines > MOST_READ_AGAIN or books.files.forgotten([older.digest]):
        return False
    there = _clients_in(read_again(older, books.files.get(older.digest), books.answers.profiles()))
    here = _clients_in(reading)
    return bool(here and there) and not here & there


def _clients_in(reading: Reading) -> set[str]:
    return {client_key(name) for name in reading.lines["client"].unique()}
