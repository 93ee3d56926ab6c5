"""What Slack sends goes into the inbox before Slack has its answer, and comes out of it to the same handlers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.services.failures import FAULTS, TryLater
from bot.services.inbox import Act, Envelope
from bot.slack import names

Body = Mapping[str, Any]
Put = Callable[[Envelope], None]
NOT_NOW, NOT_HEARD = 500, 503
RECALLED = "is_recalled"  # what comes out of the inbox says so
log = logging.getLogger(__name__)
MAY_WAIT = frozenset(
    {names.APPROVE, names.UNDO, names.WHY, names.HISTORY, names.NOT_SAME_CLIENT, names.NOT_SAME_PRODUCT}
)
"""Clicks that open nothing: what came of them is shown where they were made."""


def write_down_first(app: App, put: Put) -> None:
    """Let the app write down what may wait a moment, and answer Slack at once."""

    @app.middleware
    def write_down(body: Body, context: Mapping[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's name
        envelope = None if context.get(RECALLED) else envelope_of(body)
        if envelope is None:
            return next()
        try:
            put(envelope)
        except FAULTS:  # Slack sends an event again, and shows whoever clicked that it was not heard
            log.exception("could not write down what was done")
            return BoltResponse(status=NOT_HEARD, body="")
        return BoltResponse(status=200, body="")


def envelope_of(body: Body) -> Envelope | None:
    """Name what was sent, if it may wait."""
    if body.get("type") == "event_callback" and body["event"].get("type") == "message":
        return Envelope(f"event:{body['event_id']}", body)
    if body.get("type") == "block_actions" and len(body["actions"]) == 1:
        (action,) = body["actions"]
        if names.todays(action["action_id"]) in MAY_WAIT:
            return Envelope(f"click:{body['user']['id']}:{action.get('action_ts')}", body)
    return None


def recalling(app: App) -> Act:
    """Hand what comes out of the inbox to the app's handlers, as if it had just been sent.

    Slack has its answer already, so what could not be done just now is kept for later here.
    """

    def act(body: Body) -> None:
        answer = app.dispatch(BoltRequest(body=dict(body), mode="socket_mode", context={RECALLED: True}))
        if answer.status >= NOT_NOW:
            raise TryLater

    return act
