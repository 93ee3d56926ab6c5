"""A Slack to post into, and one that opens any modal."""

from collections.abc import Callable, Iterator
from typing import Any
from zlib import crc32

import pytest
from sandbox.kit import over_http, over_socket
from slack_bolt import Ack, App
from slack_sdk import WebClient
from talking.salon import Salon, open_salon

from bot.sandbox import Sandbox, Screen

Json = dict[str, Any]


@pytest.fixture(scope="session")
def slack() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="session")
def client(slack: Sandbox) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])


@pytest.fixture(scope="session")
def opens(slack: Sandbox, client: WebClient) -> Iterator[Callable[[Json], Screen]]:
    """Open a modal as an app does, and see what a person sees."""
    app = App(client=client, token=slack.bot_token, signing_secret=slack.signing_secret)
    waiting: list[Json] = []

    @app.command("/reconcile")
    def open_it(ack: Ack, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=waiting.pop())
        ack()

    def open_for_dana(view: Json) -> Screen:
        dana = slack.person("dana")
        waiting.append(view)
        outcome = dana.types("/reconcile", "billing")
        assert outcome.ok, outcome
        screen = dana.modal
        assert screen is not None
        dana.closes(everything=True)
        return screen

    with over_http(app, slack):
        yield open_for_dana


@pytest.fixture
def salon(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Salon]:
    """Hear Slack over HTTP in one test and over a socket in the next: what is heard is answered by the same code."""
    listening = (over_http, over_socket)[crc32(request.node.nodeid.encode()) % 2]
    with open_salon(sqlite_url, listening) as salon:
        yield salon
