"""A Slack for each test, and apps that listen to it as real ones do."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sandbox.kit import Listening, over_http, over_socket
from slack_bolt import App
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def client(slack: Sandbox) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])


@pytest.fixture
def dana(slack: Sandbox) -> Person:
    return slack.person("dana")


@pytest.fixture
def jo(slack: Sandbox) -> Person:
    return slack.person("jo")


@pytest.fixture
def app(slack: Sandbox, client: WebClient) -> App:
    return App(client=client, token=slack.bot_token, signing_secret=slack.signing_secret)


@pytest.fixture(params=["http", "socket"])
def listening(request: pytest.FixtureRequest, slack: Sandbox) -> Iterator[Listening]:
    """Let an app listen, once over HTTP and once over a socket: what it sees must be the same."""
    with ExitStack() as stack:
        way = over_http if request.param == "http" else over_socket
        yield lambda app: stack.enter_context(way(app, slack))
