"""Files that people drop are written down, and so is what they say of them."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.services.exports import Place
from bot.services.handing import Answered, Handed
from bot.services.ids import FileId
from bot.services.settling import must_be_in_use, must_be_left_out
from bot.slack import names
from bot.slack.errands import month_of
from bot.slack.handlers.questions import answer_name
from bot.slack.heard import Click, Spoken, Submitted, read_click, read_submission
from bot.slack.messenger import call
from bot.slack.modals.set_right import set_right_form
from bot.slack.room import Room
from bot.slack.views.names import ABOUT
from bot.slack.views.questions import answered
from bot.slack.views.reading import left_out, taken_in_again
from recon import Side, Stopped, UnreadableMonth

Body = dict[str, Any]


def hear_file_answers(app: App, room: Room) -> None:
    """Listen to what people say of files."""

    def chosen(ack: Ack, body: Body) -> None:
        click = read_click(body, room.workspace)
        (answer_name if click.value.startswith(f"{ABOUT}/") else hear_answer)(room, click)
        ack()

    app.action(names.ANY_ANSWER)(chosen)
    app.action(names.ANY_MONTH)(chosen)
    app.action(names.CHOOSE)(chosen)

    @app.action(names.SET_RIGHT)
    def opened(ack: Ack, body: Body) -> None:
        open_set_right(room, read_click(body, room.workspace))
        ack()

    @app.view(names.SET_RIGHT_FORM)
    def sent(ack: Ack, body: Body) -> None:
        flaws = set_right(room, read_submission(body, room.workspace))
        ack(response_action="errors", errors=flaws) if flaws else ack()

    @app.action(names.LEAVE_OUT)
    @app.action(names.COUNT_AGAIN)
    def counted(ack: Ack, body: Body) -> None:
        hear_whether_it_counts(room, read_click(body, room.workspace))
        ack()

    @app.action(names.WHOLE_FILE)
    @app.action(names.ANY_SOURCE)
    def settled(ack: Ack, body: Body) -> None:
        hear_settled(room, read_click(body, room.workspace))
        ack()


def hear_files(room: Room, spoken: Spoken) -> None:
    """Write down that files came; while the books do not open, the event stays first in line in the inbox."""
    doing = spoken.doing
    place = Place(doing.channel, doing.thread or doing.ts)
    files = tuple((str(file["id"]), None) for file in spoken.files)
    room.services.handing.take(Handed(name=f"{doing.channel}/{doing.ts}", files=files, place=place), doing.by)


def hear_answer(room: Room, click: Click) -> None:
    """Write down an answer about a file, and put it in the place of its question."""
    file, *rest = click.value.split("/")
    month = rest[0] if names.ANY_MONTH.fullmatch(click.action) else ""
    question, answer = ("", "") if month else rest
    place = Place(click.doing.channel, click.doing.thread or click.doing.ts)
    said = Answered(file=file, place=place, question=question, answer=answer, month=month)
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        room.services.handing.answer(said, click.doing.by)
        show_answer(room, click, click.label)


def show_answer(room: Room, click: Click, words: str) -> None:
    """Put what was said in the place of what was asked."""
    by = room.showing.who(click.doing.by.person)
    shown = answered(dict(click.shown[0]) if click.shown else None, words, by)
    room.later(click.doing, lambda: room.replace(click.doing, shown))


def open_set_right(room: Room, click: Click) -> None:
    """Open the form that asks what a file really is."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        form = set_right_form(room.services.intake.file(room.workspace, FileId(click.value)))
        call(lambda: room.messenger.client.views_open(trigger_id=click.doing.trigger, view=form))


def set_right(room: Room, sent: Submitted) -> dict[str, str]:
    """Write down what a file really is; what is wrong with that is said beside its field."""
    try:
        room.must_be_colleague(sent.doing)
        month = month_of(room, sent.values.get(names.MONTH, ""))
        kept = room.services.intake.file(room.workspace, FileId(sent.about))
        said = Answered(
            file=sent.about,
            place=kept.place or Place("", ""),
            side=sent.values.get(names.SIDE, ""),
            month=str(month or ""),
        )
        room.services.handing.answer(said, sent.doing.by)
    except UnreadableMonth as flaw:
        return {names.MONTH: str(flaw)}
    except Stopped as flaw:
        return {names.SIDE: str(flaw)}
    return {}


def hear_whether_it_counts(room: Room, click: Click) -> None:
    """Write down that a file is to be left out, or counted after all, and show it in its place."""
    place = Place(click.doing.channel, click.doing.thread or click.doing.ts)
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        file, is_out = room.services.intake.file(room.workspace, FileId(click.value)), click.action == names.LEAVE_OUT
        (must_be_in_use if is_out else must_be_left_out)(file)
        said = Answered(file=file.id, place=place, counts="no" if is_out else "yes")
        room.services.handing.answer(said, click.doing.by)
        by = room.showing.who(click.doing.by.person)
        shown = left_out(file.name, file.id, by) if is_out else taken_in_again(file.name, by)
        room.later(click.doing, lambda: room.replace(click.doing, shown))


def hear_settled(room: Room, click: Click) -> None:
    """Keep that a file is whole, or that a source sends no more."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        if click.action == names.WHOLE_FILE:
            room.services.explaining.accept(FileId(click.value), click.doing.by)
        else:
            side, _, source = click.value.partition("/")
            room.services.explaining.expect_no_more(Side(side), source, click.doing.by)
        show_answer(room, click, click.label)
