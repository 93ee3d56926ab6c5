"""What anybody may send to the bot's port, before it is known who they are."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any

import pytest

from bot.serving.http import MOST_SENT, pages, serving


def swallow(environ: Any, start: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own shapes
    """Take in all that is sent, as whoever looks at a signature does."""
    size = len(environ["wsgi.input"].read())
    start("200 OK", [])
    return [str(size).encode()]


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]  # type: ignore[no-any-return]


@pytest.fixture
def caller(port: int) -> Iterator[HTTPConnection]:
    with serving(pages({}, swallow), port):
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        yield connection
        connection.close()


def test_as_much_as_slack_may_send_is_taken(caller: HTTPConnection) -> None:
    caller.request("POST", "/slack/events", b"x" * 1_000_000)

    assert caller.getresponse().read() == b"1000000"


def test_more_than_slack_ever_sends_is_refused_before_it_is_read(caller: HTTPConnection) -> None:
    caller.putrequest("POST", "/slack/events")
    caller.putheader("Content-Length", str(MOST_SENT + 1))
    caller.endheaders(b"x")

    assert caller.getresponse().status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_it_ends_without_a_flaw_in_any_thread_whoever_is_still_connected(port: int) -> None:
    for _ in range(30):
        callers = [HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(4)]
        with serving(pages({}, swallow), port):
            for caller in callers:
                caller.request("POST", "/slack/events", b"x")
                assert caller.getresponse().read() == b"1"
        for caller in callers:
            caller.close()


def test_what_is_being_answered_when_it_ends_is_answered(port: int) -> None:
    begun, ending = threading.Event(), threading.Event()

    def slowly(environ: Any, start: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own shapes
        begun.set()
        ending.wait(20)
        return swallow(environ, start)

    caller = HTTPConnection("127.0.0.1", port, timeout=20)
    with serving(pages({}, slowly), port):
        caller.request("POST", "/slack/events", b"x" * 100_000)
        assert begun.wait(20)
        threading.Timer(0.2, ending.set).start()

    assert caller.getresponse().read() == b"100000"
    caller.close()
