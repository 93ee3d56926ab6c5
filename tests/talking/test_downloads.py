"""What Slack tells of a file is judged before it is fetched, and the token goes to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from threading import Thread
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.services.failures import AskForAccess, Refused, TryLater
from bot.slack.downloads import BIGGEST, Downloads, must_be_readable

SEEN = {"id": "F1", "name": "pax8.csv", "mode": "hosted", "file_access": "visible", "size": 12}


@dataclass
class Elsewhere:
    """A Slack that says one thing of every file, and hands out another."""

    told: dict[str, Any]
    status: int = 200
    kind: str = "text/csv"
    body: bytes = b"a,b\n"
    goes_to: str = ""

    @contextmanager
    def serves(self) -> Iterator[Downloads]:
        house = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                there = f"http://127.0.0.1:{server.server_port}/file"
                self.give(200, "application/json", dumps({"ok": True, "file": {"url_private": there} | house.told}))

            def do_GET(self) -> None:
                self.give(house.status, house.kind, house.body.decode())

            def give(self, status: int, kind: str, body: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Location", house.goes_to)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        serving.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}/api/"
            yield Downloads(WebClient(token="xoxb-1", base_url=address, retry_handlers=[]))  # noqa: S106 - nobody's
        finally:
            server.shutdown()
            server.server_close()
            serving.join()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"mode": "tombstone"}, "was deleted"),
        ({"mode": "hidden_by_limit"}, "hidden by the limit"),
        ({"file_access": "check_file_info"}, "not what is in it"),
        ({"file_access": "access_denied"}, "not what is in it"),
        ({"mode": "quip"}, "written in Slack"),
        ({"filetype": "canvas"}, "written in Slack"),
        ({"mode": "external", "is_external": True}, "outside Slack"),
        ({"size": BIGGEST + 1}, "larger than the 200 MB"),
        ({"size": 0}, "is empty"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(told: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        must_be_readable(SEEN | told)


def test_a_snippet_is_a_file_like_any_other() -> None:
    assert must_be_readable(SEEN | {"mode": "snippet", "filetype": "csv"}) == "pax8.csv"


def test_a_file_is_fetched_under_its_own_name() -> None:
    with Elsewhere(SEEN).serves() as downloads:
        fetched = downloads.get("F1")

    assert (fetched.name, fetched.content) == ("pax8.csv", b"a,b\n")


def test_slacks_sign_in_page_is_no_export() -> None:
    page = Elsewhere(SEEN, kind="text/html", body=b"\n<!DOCTYPE html><html>Sign in</html>")

    with page.serves() as downloads, pytest.raises(AskForAccess, match="files:read"):
        downloads.get("F1")


@pytest.mark.parametrize("status", [302, 401, 403])
def test_being_sent_away_is_a_missing_scope_and_nobody_is_followed(status: int) -> None:
    away = Elsewhere(SEEN, status=status, goes_to="https://evil.example/")

    with away.serves() as downloads, pytest.raises(AskForAccess, match="files:read"):
        downloads.get("F1")


def test_a_file_that_is_gone_is_not_waited_for() -> None:
    with Elsewhere(SEEN, status=404).serves() as downloads, pytest.raises(Refused, match=r"pax8\.csv was deleted"):
        downloads.get("F1")


def test_a_bad_day_of_slacks_is_waited_for() -> None:
    with Elsewhere(SEEN, status=500).serves() as downloads, pytest.raises(TryLater):
        downloads.get("F1")


@pytest.mark.parametrize(
    "url",
    ["https://drive.example/x.csv", "https://evilslack.com/x.csv", "http://files.slack.com/x.csv", "file:///x"],
)
def test_a_file_kept_elsewhere_never_sees_the_token(url: str) -> None:
    with Elsewhere(SEEN | {"url_private": url}).serves() as downloads, pytest.raises(Refused, match="outside Slack"):
        downloads.get("F1")
