"""What a file turned out to be, in messages: what was read, and what must be asked."""

from __future__ import annotations

from collections.abc import Iterator

from bot.services.exports import FileState, KeptFile
from bot.services.ids import FileId
from bot.services.owners import OwnersRead
from bot.services.settling import Received
from bot.slack.messages import Message
from bot.slack.views.owners import Imported
from bot.slack.views.questions import ask, ask_month
from bot.slack.views.reading import MOST_PROBLEMS, FileCard, file_read
from bot.slack.wording import day


def receipt_of(file: FileId) -> str:
    """Name what was said of a file last, in the list of what was posted where."""
    return f"receipt of:{file}"


def receipts(received: Received, who: str, *, again: bool = False) -> Iterator[tuple[str, Message]]:
    """Say all there is to say about a file, each with what it is about: a question is asked once in a place.

    A file that was told of before, and still asks, has nothing new to say of itself.
    """
    file, reading = received.file, received.reading
    is_asking = reading is not None and file.state is FileState.ASKING
    if not (again and is_asking):
        yield "", file_read(card_of(received, who))
    if reading is None or not is_asking:
        return
    for question in reading.questions:
        yield f"ask:{file.id}/{question.id}", ask(question, about=file.id)
    if not reading.questions and file.month is None:
        yield f"ask:{file.id}/month", ask_month(file.name, received.months, about=file.id)


def card_of(received: Received, who: str) -> FileCard:
    """Lay out what was read of a file."""
    file, reading = received.file, received.reading
    unreadable = reading.set_aside.filter(reading.set_aside["reason"] == "unreadable").height if reading else 0
    notes = (received.month_because,) if received.month_because else ()
    return FileCard(
        id=file.id if file.state in (FileState.READY, FileState.ASKING) else "",
        is_asking=file.state is FileState.ASKING,
        name=file.name,
        source=reading.layout.source if reading else file.source,
        side=file.side,
        month=file.month,
        lines=file.lines,
        clients=file.clients,
        problems=reading.problems[:MOST_PROBLEMS] if reading else (),
        unreadable=unreadable,
        missing=(*notes, *received.waits_for),
        is_complete=received.is_complete,
        is_short=received.is_short,
        absent=tuple((source.side, source.name) for source in received.absent),
        replaces=tuple(one.name for one in received.replaced),
        beside=tuple(one.name for one in received.beside),
        seen_before=seen(file, who) if received.is_known and reading is None else "",
        is_kept_again=received.is_kept_again,
    )


def seen(file: KeptFile, who: str) -> str:
    """Say who handed a file in before, and when."""
    return f"handed in by {who} on {day(file.at)}"


def imported(found: OwnersRead) -> Imported:
    """Say what came of a list of owners."""
    return Imported(len(found.owners), problems=found.problems)
