"""How Slack reaches the bot: by a socket the bot opens, or by HTTP."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.services.failures import AskForAccess
from bot.services.health import Health, examine
from bot.services.presence import Role
from bot.serving.http import Wsgi, pages, serving
from bot.serving.watching import Watching
from bot.settings import hears_by_http, missing_for_slack
from bot.slack.access import Access
from bot.slack.refusals import ANY_FAILURE, Disconnected, failure_of
from bot.wiring import House, must_be_migrated, now
from recon import Stopped

log = logging.getLogger(__name__)


@contextmanager
def hear_slack(house: House) -> Iterator[None]:
    """Hear Slack until the block ends; over HTTP the pages do, which are served anyway."""
    if hears_by_http(house.settings):
        yield
        return
    with socket_open(house):
        yield


@contextmanager
def socket_open(house: House) -> Iterator[None]:
    """Have a socket to Slack, which is opened anew whenever Slack asks for it."""
    token = house.settings.slack_app_token
    if token is None:
        name, what = next(iter(missing_for_slack(house.settings).items()))
        raise AskForAccess(f"{name} is not set: {what}.")
    socket = SocketModeHandler(house.app, token.get_secret_value()).client
    try:
        socket.connect()
    except ANY_FAILURE as flaw:
        socket.close()
        raise say_why(failure_of(flaw)) from flaw
    try:
        yield
    finally:
        socket.auto_reconnect_enabled = False
        socket.close()


def say_why(flaw: Stopped) -> Stopped:
    """Say which token is meant: there are two."""
    if isinstance(flaw, Disconnected):
        return AskForAccess(
            "Slack does not know the app-level token (GAPWATCH_SLACK_APP_TOKEN). Make one with connections:write at "
            "“Basic Information”, “App-Level Tokens”."
        )
    return flaw


@contextmanager
def serve_pages(house: House, role: Role) -> Iterator[None]:
    """Serve `/healthz`, `/readyz`, `/metrics` and, where Slack calls the bot, `/slack/events`, if a port is set."""
    port = house.settings.port
    if port is None:
        yield
        return
    watching = Watching(lambda: examine(house.ledger, now), checks(house))
    by_http = role is not Role.WORKER and hears_by_http(house.settings)
    slack = timed(SlackRequestHandler(house.app, path="/slack/events"), watching) if by_http else None
    with serving(pages(watching.pages(), slack), port):
        log.info("listening on port %d", port)
        yield


def timed(slack: Wsgi, watching: Watching) -> Wsgi:
    """Measure how long Slack waits."""

    def answer(environ: Any, start: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own shapes
        begun = time.perf_counter()
        try:
            return slack(environ, start)
        finally:
            watching.answers.observe(time.perf_counter() - begun)

    return answer


def checks(house: House) -> dict[str, Any]:
    """Say what must be well for the bot to work."""

    def tables() -> str:
        must_be_migrated(house.engine)
        return ""

    def promises() -> str:
        health: Health = examine(house.ledger, now)
        return f"A promise has been due for {health.waiting}." if health.is_late else ""

    return {"tables": tables, "promises": promises, "access": Access(house.client).why_not}
