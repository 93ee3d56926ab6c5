"""An HTTP server in this process, for as long as a block lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from bot.services.failures import Refused

Environ = Mapping[str, Any]
Start = Callable[..., Any]
Wsgi = Callable[[Any, Any], Iterable[bytes]]
Page = Callable[[], tuple[bool, str, str]]
"""Gives whether all is well, a text, and what kind of text it is."""
THREADS = 24  # most of them wait for one commit, which is the same for all that come meanwhile
MOST_SENT = 4 * 2**20  # bytes; far more than Slack sends: all is read before its signature can be looked at
EVERYWHERE = "0.0.0.0"  # noqa: S104 - a platform's router, or a container's host, must reach it
PLAIN = "text/plain; charset=utf-8"


def pages(found: Mapping[str, Page], slack: Wsgi | None = None) -> Wsgi:
    """Answer the pages there are, and hand what Slack sends to `/slack/events` on."""

    def answer(environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if slack is not None and path == "/slack/events":
            return slack(environ, start)
        page = found.get(path)
        is_well, text, kind = page() if page else (False, "There is nothing here.\n", PLAIN)
        status = "200 OK" if is_well else "503 Service Unavailable" if page else "404 Not Found"
        body = text.encode()
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    return answer


@contextmanager
def serving(answer: Wsgi, port: int) -> Iterator[None]:
    """Serve on a port; what is being answered when the block ends is answered."""
    sockets: dict[int, Any] = {}
    try:
        server: Any = create_server(  # one address, so one server: the stubs allow for several
            answer,
            map=sockets,
            host=EVERYWHERE,
            port=port,
            threads=THREADS,
            ident="gapwatch",
            max_request_body_size=MOST_SENT,
        )
    except OSError as flaw:
        raise Refused(f"I can't listen on port {port}: {flaw.strerror}. Set GAPWATCH_PORT to another one.") from flaw
    is_over = threading.Event()
    thread = threading.Thread(target=_look_after, args=(sockets, is_over), name="http", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.trigger.pull_trigger(partial(wasyncore.dispatcher.close, server))  # nobody new is let in
        server.task_dispatcher.shutdown(cancel_pending=False)
        is_over.set()
        server.pull_trigger()
        thread.join()
        wasyncore.close_all(sockets)


def _look_after(sockets: dict[int, Any], is_over: threading.Event) -> None:
    """Take in and send what comes and goes. No other thread may close a socket this one waits for."""
    while not is_over.is_set():
        wasyncore.loop(timeout=1, use_poll=True, map=sockets, count=1)
