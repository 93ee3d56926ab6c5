"""Apps that listen, and parts of messages."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from typing import Any, cast

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.app.app import SlackAppDevelopmentServer

from bot.sandbox import Sandbox

Json = dict[str, Any]
Listening = Callable[[App], None]


@contextmanager
def over_http(app: App, slack: Sandbox) -> Iterator[None]:
    """Serve an app at an address of its own."""
    development = SlackAppDevelopmentServer(0, "/slack/events", app)
    server = cast("ThreadingHTTPServer", development._server)  # noqa: SLF001 - Bolt offers no way to stop it
    server.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[attr-defined] # else every request is printed
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    serving.start()
    address = f"http://127.0.0.1:{server.server_port}/slack/events"
    try:
        slack.listens_at(address)
        yield
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


@contextmanager
def over_socket(app: App, slack: Sandbox) -> Iterator[None]:
    """Connect an app to a socket."""
    socket = SocketModeHandler(app, slack.app_token).client
    socket.connect()
    try:
        yield
    finally:
        # The client waits up to three seconds for the socket and one for its queue; neither has anything to wait for.
        socket.auto_reconnect_enabled = False
        slack.hangs_up()
        waited(lambda: not socket.is_connected())
        socket.message_processor.event.set()
        socket.enqueue_message("")
        socket.close()


def waited(look: Callable[[], bool]) -> bool:
    """Wait a moment for something in another thread."""
    pause = threading.Event()
    return any(look() or pause.wait(0.01) for _ in range(500))


def text(words: str, kind: str = "mrkdwn") -> Json:
    """Write a text object."""
    return {"type": kind, "text": words}


def section(words: str, **more: object) -> Json:
    """Write a section."""
    return {"type": "section", "text": text(words), **more}


def button(words: str, action_id: str, value: str = "", **more: object) -> Json:
    """Write a button."""
    return {
        "type": "button",
        "text": text(words, "plain_text"),
        "action_id": action_id,
        **({"value": value} if value else {}),
        **more,
    }


def actions(*elements: Json) -> Json:
    """Write a row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def modal(*blocks: Json, **more: object) -> Json:
    """Write a modal."""
    view: Json = {"type": "modal", "callback_id": "form", "title": text("A form", "plain_text"), "blocks": list(blocks)}
    return {**view, "submit": text("Send", "plain_text"), **more}


def field(label: str, element: Json, **more: object) -> Json:
    """Write an input."""
    return {"type": "input", "label": text(label, "plain_text"), "element": element, **more}
