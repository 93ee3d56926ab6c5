"""What nothing else answers: buttons of messages that are older than what they did, events of no interest."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack, App

from bot.slack import names
from bot.slack.heard import read_click
from bot.slack.refusals import Disconnected
from bot.slack.room import Room
from bot.slack.views.failures import retired

log = logging.getLogger(__name__)
Body = dict[str, Any]


def hear_the_rest(app: App, room: Room) -> None:
    """Answer every click and take every event; must come last, since the first that fits is the one that answers."""

    @app.action(names.ANYTHING)
    def answer(ack: Ack, body: Body) -> None:
        click = read_click(body, room.workspace)
        ack()
        room.later(click.doing, lambda: room.whisper(click.doing, retired()))

    @app.event("app_uninstalled")
    @app.event("tokens_revoked")
    def lost(ack: Ack, event: Body) -> None:
        """Say it to whoever runs the bot: in Slack nobody can be told any more."""
        ack()
        if "tokens" not in event or event["tokens"].get("bot"):
            log.error("%s", Disconnected())

    @app.event(names.ANYTHING)
    def take(ack: Ack) -> None:
        """Take it, or Slack would send it three times more."""
        ack()
