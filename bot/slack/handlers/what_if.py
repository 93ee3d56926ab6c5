"""Thresholds are tried on what was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from bot.slack import names
from bot.slack.back import Back
from bot.slack.blocks import Block
from bot.slack.forms import read_limit
from bot.slack.heard import Submitted, read_click, read_submission
from bot.slack.room import Room
from bot.slack.views.failures import stopped_modal
from recon import Limits, Stopped

Body = dict[str, Any]


def hear_what_if(app: App, room: Room) -> None:
    """Listen to limits being tried."""

    @app.action(names.OPEN_WHAT_IF)
    def opened(ack: Ack, body: Body) -> None:
        click = read_click(body, room.workspace)
        with room.minding(click.doing):
            room.must_be_colleague(click.doing)
            Back(room, click.doing).ask_what_if()
        ack()

    @app.view(names.WHAT_IF_FORM)
    def sent(ack: Ack, body: Body) -> None:
        flaw = try_limits(room, read_submission(body, room.workspace))
        ack(response_action="update", view=flaw) if flaw else ack()


def try_limits(room: Room, sent: Submitted) -> Block | None:
    """Follow the runs again when Slack has its answer, and say what came of it where the form was opened."""
    where = replace(sent.doing, channel=sent.about)
    try:
        room.must_be_colleague(sent.doing)
        limits = Limits(read_limit(sent, names.MONEY), read_limit(sent, names.SEATS))
    except Stopped as flaw:
        return stopped_modal(str(flaw))
    room.later(where, lambda: room.whisper(where, Back(room, where).tried(limits)))
    return None
