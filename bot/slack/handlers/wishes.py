"""Somebody who may not decide has an admin asked, and the admin lets them."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt import Ack, App

from bot.services.failures import Refused
from bot.slack import names
from bot.slack.heard import Click, read_click
from bot.slack.room import Room
from bot.slack.views.wishes import was_let, was_sent

Body = dict[str, Any]


def hear_wishes(app: App, room: Room) -> None:
    """Listen to both."""

    @app.action(names.ASK_TO_BE_LET)
    def asked(ack: Ack, body: Body) -> None:
        ask(room, read_click(body, room.workspace))
        ack()

    @app.action(names.LET)
    def answered(ack: Ack, body: Body) -> None:
        let(room, read_click(body, room.workspace))
        ack()


def ask(room: Room, click: Click) -> None:
    """Have an admin asked."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        wish, admin = room.services.wishes.send(click.value, click.doing.by)
        told = was_sent(room.showing.who(admin), room.showing.case(wish.case).gap.client)
        room.later(click.doing, lambda: room.whisper(click.doing, told))


def let(room: Room, click: Click) -> None:
    """Hand somebody the gap they asked about; what they asked for is done by that."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        name, at = json.loads(click.value)
        wish = room.services.wishes.find(room.workspace, name)
        if wish is None or not wish.is_sent or wish.at.isoformat() != at:
            raise Refused("This is over: it was done, wanted otherwise since, or asked too long ago.")
        room.services.decide.assign(wish.case, click.doing.by, wish.person)
        who, case = room.showing.who, room.showing.case(wish.case)
        shown = was_let(case, who(wish.person), who(click.doing.by.person))
        room.later(click.doing, lambda: room.replace(click.doing, shown))
