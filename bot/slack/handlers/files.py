"""Files that people drop: read, answered in their thread, asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.services.exports import FileState, KeptFile, Place
from bot.services.failures import Refused
from bot.services.ids import FileId
from bot.services.intake import Received, Upload
from bot.services.owners import OwnersRead
from bot.services.people import Actor
from bot.slack.heard import Click, Doing, Spoken, must_belong
from bot.slack.messages import Message
from bot.slack.room import Room
from bot.slack.views.owners import Imported, owners_imported
from bot.slack.views.questions import answered, ask, ask_month, find_answer, month_said
from bot.slack.views.reading import MOST_PROBLEMS, FileCard, file_read
from bot.slack.wording import day
from recon import Topic, read_month

OWNER_COLUMNS = {"client", "email"}
HEAD = 400  # bytes in which a list of owners shows itself
KEYS = {Topic.SIDE: "side", Topic.DECIMALS: "decimals", Topic.DAY_ORDER: "day_order", Topic.CURRENCY: "currency"}
"""What an answer is kept under; one about a column is kept under the column's meaning."""


def hear_files(room: Room, spoken: Spoken) -> None:
    """Take in each file of a message; one that can't be read does not keep the others back."""
    for file in spoken.files:
        with room.minding(spoken.doing):
            take_in(room, spoken.doing, file)


def take_in(room: Room, doing: Doing, file: Mapping[str, Any]) -> None:
    """Fetch a file, and answer it in its thread."""
    content, name = room.downloads.get(file), str(file.get("name") or "export")
    by = replace(doing.by, once=f"file:{file['id']}:{doing.ts}")
    if is_owner_list(content):
        found = room.services.owners.read(content, by)
        room.later(doing, lambda: room.reply(doing, owners_imported(imported(found)), key=f"owners:{by.once}"))
        return
    place = Place(doing.channel, doing.thread or doing.ts)
    received = room.services.intake.receive(Upload(content=content, name=name, place=place), by)
    if not received.is_repeat:
        room.later(doing, lambda: tell(room, doing, received, by))


def is_owner_list(content: bytes) -> bool:
    """Tell a list of owners from an export by its first line."""
    first = content[:HEAD].decode("utf-8-sig", errors="replace").split("\n", 1)[0].casefold()
    words = {word.strip(" \"'\r") for word in first.replace(";", ",").replace("\t", ",").split(",")}
    return words >= OWNER_COLUMNS and words <= OWNER_COLUMNS | {"billing"}


def imported(found: OwnersRead) -> Imported:
    """Say what came of a list of owners."""
    return Imported(len(found.owners), problems=found.problems)


def tell(room: Room, doing: Doing, received: Received, by: Actor) -> None:
    """Say what a file is, and ask what must be known first."""
    for place, said in enumerate(messages(received, room.showing.who(received.file.by).name)):
        room.reply(doing, said, key=f"{by.once}:{place}")


def messages(received: Received, who: str) -> Iterator[Message]:
    """Say all there is to say about a file."""
    yield file_read(card_of(received, who))
    if received.reading is None or received.file.state is not FileState.ASKING:
        return
    for question in received.reading.questions:
        yield ask(question, about=received.file.id)
    if not received.reading.questions and received.file.month is None:
        yield ask_month(received.file.name, received.months, about=received.file.id)


def card_of(received: Received, who: str) -> FileCard:
    """Lay out what was read of a file."""
    file, reading = received.file, received.reading
    unreadable = reading.set_aside.filter(reading.set_aside["reason"] == "unreadable").height if reading else 0
    notes = (received.month_because,) if received.month_because else ()
    return FileCard(
        name=file.name,
        source=reading.layout.source if reading else file.source,
        side=file.side,
        month=file.month,
        lines=file.lines,
        clients=file.clients,
        problems=reading.problems[:MOST_PROBLEMS] if reading else (),
        unreadable=unreadable,
        missing=(*notes, *received.waits_for),
        replaces=received.replaced.name if received.replaced else "",
        seen_before=seen(file, who) if received.is_known and reading is None else "",
    )


def seen(file: KeptFile, who: str) -> str:
    """Say who handed a file in before, and when."""
    return f"handed in by {who} on {day(file.at)}"


def hear_answer(room: Room, click: Click) -> None:
    """Keep an answer about a file, and say what it settles."""
    file, question_id, _ = click.value.split("/")
    with room.minding(click.doing):
        must_belong(click.doing)
        reading = room.services.intake.look_again(FileId(file), click.doing.by).reading
        asked = next((one for one in reading.questions if one.id == question_id), None) if reading else None
        found = find_answer(asked, click.value) if asked else None
        if asked is None or found is None:
            raise Refused("This question is settled already.")
        answer = f"{KEYS.get(asked.topic, asked.about)}={found.value}"
        settled = room.services.intake.answer(FileId(file), click.doing.by, answer)
        shown = answered(asked, found.label, room.showing.who(click.doing.by.person))
        room.later(click.doing, lambda: show_answer(room, click.doing, shown, settled))


def hear_month(room: Room, click: Click) -> None:
    """Keep which month a file is about."""
    file, month = click.value.split("/")
    with room.minding(click.doing):
        must_belong(click.doing)
        received = room.services.intake.say_month(FileId(file), read_month(month), click.doing.by)
        shown = month_said(received.file.name, read_month(month), room.showing.who(click.doing.by.person))
        room.later(click.doing, lambda: show_answer(room, click.doing, shown, (received,)))


def show_answer(room: Room, doing: Doing, shown: Message, settled: tuple[Received, ...]) -> None:
    """Put the answer in the place of its question, and go on where each file that waited for it was dropped."""
    room.replace(doing, shown)
    for received in settled:
        place = received.file.place
        there = replace(doing, channel=place.channel, thread=place.thread) if place else doing
        tell(room, there, received, replace(doing.by, once=f"{doing.by.once}:{received.file.id}"))
