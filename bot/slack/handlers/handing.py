"""Files handed in by the form of the command, or by the shortcut on a message."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.services.exports import Place
from bot.services.failures import Refused
from bot.services.handing import Handed
from bot.slack import names
from bot.slack.errands import month_of
from bot.slack.heard import Spoken, Submitted, read_shortcut, read_submission
from bot.slack.room import Room
from bot.slack.views.reading import reading_now
from recon import Side, Stopped, UnreadableMonth

Body = dict[str, Any]
SIDES = {names.BOUGHT: Side.BOUGHT, names.BILLED: Side.BILLED}
NO_FILE = "Choose at least one export, of either side."


def hear_handing(app: App, room: Room) -> None:
    """Listen to the form and to the shortcut."""

    @app.view(names.RECONCILE_FORM)
    def sent(ack: Ack, body: Body) -> None:
        flaws = take_form(room, read_submission(body, room.workspace))
        ack(response_action="errors", errors=flaws) if flaws else ack()

    @app.shortcut(names.RECONCILE_FILE)
    def chosen(ack: Ack, body: Body) -> None:
        take_message(room, read_shortcut(body, room.workspace))
        ack()


def take_form(room: Room, sent: Submitted) -> dict[str, str]:
    """Promise to read what a form hands in; what is wrong with it is said beside its field."""
    files = [(file, side) for name, side in SIDES.items() for file in sent.files.get(name, ())]
    if not files:
        return {names.BOUGHT: NO_FILE}
    try:
        room.must_be_colleague(sent.doing)
        month = month_of(room, sent.values.get(names.MONTH, ""))
        handed = Handed(
            name=sent.doing.by.once or "",
            files=tuple(files),
            place=Place(sent.about, ""),
            month=month,
            is_whole=bool(sent.values.get(names.WHOLE)),
        )
        room.services.handing.take(handed, sent.doing.by)
    except UnreadableMonth as flaw:
        return {names.MONTH: str(flaw)}
    except Stopped as flaw:
        return {names.BOUGHT: str(flaw)}
    return {}


def take_message(room: Room, chosen: Spoken) -> None:
    """Promise to read the files of the message the shortcut was chosen on."""
    doing = chosen.doing
    with room.minding(doing):
        room.must_be_colleague(doing)
        if not chosen.files:
            raise Refused("There is no file in this message. Choose the shortcut on one that has an export.")
        files = tuple((str(file["id"]), None) for file in chosen.files)
        place = Place(doing.channel, doing.thread or doing.ts)
        room.services.handing.take(Handed(name=doing.by.once or "", files=files, place=place), doing.by)
        room.later(doing, lambda: room.whisper(doing, reading_now(len(files))))
