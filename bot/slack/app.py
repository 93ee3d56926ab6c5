"""The bot as Slack meets it: one set of handlers, over a socket or over HTTP."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_sdk import WebClient

from bot.slack import names
from bot.slack.handlers.commands import hear_commands
from bot.slack.handlers.files import hear_answer, hear_files, hear_month
from bot.slack.handlers.gaps import hear_gaps
from bot.slack.handlers.odd import hear_the_rest
from bot.slack.handlers.owners import hear_owners
from bot.slack.handlers.replies import hear_reply
from bot.slack.heard import read_click, read_message
from bot.slack.room import Room
from recon import Stopped

log = logging.getLogger(__name__)
Body = dict[str, Any]


def build_app(client: WebClient, signing_secret: str, room: Room) -> App:
    """Put the app together: what is done is written down before Slack has its answer."""
    app = App(client=client, signing_secret=signing_secret, process_before_response=True)
    app.error(own_up)
    hear_gaps(app, room)
    hear_answers(app, room)
    hear_owners(app, room)
    hear_messages(app, room)
    hear_commands(app, room)
    hear_the_rest(app, room)
    return app


def hear_answers(app: App, room: Room) -> None:
    """Listen to answers about files."""

    def chosen(ack: Ack, body: Body) -> None:
        hear_answer(room, read_click(body, room.workspace))
        ack()

    app.action(names.ANY_ANSWER)(chosen)
    app.action(names.CHOOSE)(chosen)

    @app.action(names.ANY_MONTH)
    def month_said(ack: Ack, body: Body) -> None:
        hear_month(room, read_click(body, room.workspace))
        ack()


def hear_messages(app: App, room: Room) -> None:
    """Listen to files and to replies."""

    @app.event("message")
    def heard(body: Body) -> None:
        spoken = read_message(body, room.workspace)
        if spoken and spoken.files:
            hear_files(room, spoken)
        elif spoken and spoken.doing.thread:
            hear_reply(room, spoken)


def own_up(error: Exception, body: Body) -> BoltResponse:
    """Write down what went wrong; Slack is told that all is well, since trying again would not help."""
    if isinstance(error, Stopped):
        log.info("refused: %s", error)
    else:
        log.error("could not handle %s", body.get("type"), exc_info=error)
    return BoltResponse(status=200, body="")
