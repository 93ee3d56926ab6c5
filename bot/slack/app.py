"""The bot as Slack meets it: one set of handlers, over a socket or over HTTP."""

from __future__ import annotations

import json
import logging
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from bot.services.failures import TryLater
from bot.slack.handlers.agreements import hear_agreements
from bot.slack.handlers.commands import hear_commands
from bot.slack.handlers.files import hear_file_answers, hear_files
from bot.slack.handlers.gaps import hear_gaps
from bot.slack.handlers.handing import hear_handing
from bot.slack.handlers.home import hear_home
from bot.slack.handlers.odd import hear_the_rest
from bot.slack.handlers.owners import hear_owners
from bot.slack.handlers.people import hear_people
from bot.slack.handlers.questions import hear_names
from bot.slack.handlers.replies import hear_direct, hear_reply
from bot.slack.handlers.rhythm import hear_rhythm
from bot.slack.handlers.settings import hear_settings
from bot.slack.handlers.thresholds import hear_thresholds
from bot.slack.handlers.weeks import hear_weeks
from bot.slack.handlers.what_if import hear_what_if
from bot.slack.handlers.wishes import hear_wishes
from bot.slack.heard import read_message
from bot.slack.room import Room
from bot.slack.views.failures import WENT_WRONG
from recon import Stopped

log = logging.getLogger(__name__)
bolt_log = logging.getLogger(f"{__name__}.bolt")  # it writes down what it was sent, unless it is kept quiet
Body = dict[str, Any]
AGAIN = 503


def build_app(client: WebClient, signing_secret: str, room: Room) -> App:
    """Put the app together: what is done is written down before Slack has its answer."""
    app = App(
        client=client,
        signing_secret=signing_secret,
        process_before_response=True,
        logger=bolt_log,
        name="gapwatch",  # else Bolt looks for one in the source of all that is running
    )
    app.error(own_up)
    hear_gaps(app, room)
    hear_file_answers(app, room)
    hear_names(app, room)
    hear_owners(app, room)
    hear_people(app, room)
    hear_messages(app, room)
    hear_handing(app, room)
    hear_commands(app, room)
    hear_thresholds(app, room)
    hear_agreements(app, room)
    hear_home(app, room)
    hear_settings(app, room)
    hear_weeks(app, room)
    hear_rhythm(app, room)
    hear_what_if(app, room)
    hear_wishes(app, room)
    hear_the_rest(app, room)
    return app


def hear_messages(app: App, room: Room) -> None:
    """Listen to files and to replies."""

    @app.event("message")
    def heard(body: Body) -> None:
        spoken = read_message(body, room.workspace)
        if spoken and spoken.files:
            hear_files(room, spoken)
        elif spoken and spoken.doing.thread:
            hear_reply(room, spoken)
        elif spoken and spoken.is_direct:
            hear_direct(room, spoken)


def own_up(error: Exception, body: Body) -> BoltResponse:
    """Write down what went wrong; Slack sends again only what could not be written down just now."""
    if isinstance(error, TryLater) and body.get("type") == "event_callback":
        log.warning("not heard yet: %s", error)
        return BoltResponse(status=AGAIN, body="")
    if isinstance(error, Stopped):
        log.info("refused: %s", type(error).__name__)
    else:
        log.error("could not handle %s", body.get("type"), exc_info=error)
    return BoltResponse(status=200, body=said_to_a_command(body))


def said_to_a_command(body: Body) -> str:
    """Own up in the answer to a command, where nothing else would be seen; elsewhere that is said already."""
    return json.dumps({"response_type": "ephemeral", "text": WENT_WRONG}) if "command" in body else ""
