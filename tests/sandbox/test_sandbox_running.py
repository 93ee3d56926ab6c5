"""Starting, stopping, starting again; and callers without manners."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sandbox.kit import section
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox, Workspace

BILLING = "C0BILLING01"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/auth.test", 200), ("/_/say", 400), ("/_/fly", 404), ("/actions/T/x", 404), ("/upload/v1/F0", 404)],
)
def test_nonsense_is_answered_and_not_fatal(slack: Sandbox, path: str, status: int) -> None:
    for body in (b"\xff{", b"[1]", b""):
        connection = HTTPConnection(slack.address.removeprefix("http://"))
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        assert connection.getresponse().status == status
        connection.close()


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    with Sandbox(data=tmp_path) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.base_url)
        slack.advance(7 * 24 * 3600)
        first = client.chat_postMessage(channel=BILLING, text="gap", blocks=[section("x")])["ts"]
        client.chat_postMessage(channel=BILLING, text="reply", thread_ts=first)
        client.chat_scheduleMessage(channel=BILLING, text="later", post_at=int(slack.now()) + 60)
        [file] = slack.person("dana").drops("a.csv", b"a,b", "billing").files
        client.views_publish(user_id="U0JO0000001", view={"type": "home", "blocks": [section("queue")]})
        before = slack.person("dana").sees("billing")
        token, now = slack.bot_token, slack.now()

        slack.restarts()

        dana = slack.person("dana")
        assert (slack.bot_token, dana.sees("billing")) == (token, before)
        assert dana.reads_file(file["id"]) == b"a,b"
        assert slack.person("jo").waits_for_home("queue").title
        assert slack.now() >= now
        assert client.chat_postMessage(channel=BILLING, text="after")["ts"] > before[-1].ts
        slack.advance(61)
        assert dana.sees("billing")[-1].text == "later"


@contextmanager
def begun(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start a sandbox of its own."""
    command = [sys.executable, "-W", "error", "-m", "bot.sandbox", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def address_of(process: subprocess.Popen[str]) -> str:
    """Read where a sandbox says it is."""
    assert process.stdout
    return process.stdout.readline().split()[-1].removesuffix("/api/")


def test_it_starts_on_its_own_survives_a_kill_and_stops_quietly(tmp_path: Path) -> None:
    with begun("--data", str(tmp_path)) as first:
        address = address_of(first)
        Workspace(address).person("dana").says("before", "billing")
    port = address.rpartition(":")[2]

    with begun("--data", str(tmp_path), "--port", port) as second:
        assert Workspace(address_of(second)).person("dana").sees("billing")[-1].text == "before"
        with begun("--port", port) as third:
            assert third.communicate()[1] == f"This Slack cannot start at 127.0.0.1:{port}: the port is taken.\n"
        second.send_signal(signal.SIGINT)
        assert second.communicate()[1] == ""
    assert (second.returncode, third.returncode) == (0, 1)


def test_many_may_use_it_at_once(slack: Sandbox) -> None:
    client = WebClient(token=slack.bot_token, base_url=slack.base_url)
    people = [slack.person(name) for name in ("dana", "jo", "sam", "finn")]

    def talk(number: int) -> str:
        said = people[number % 4].says(f"{number}", "billing").ts
        client.chat_postMessage(channel=BILLING, text="answer", thread_ts=said)
        return said

    with ThreadPoolExecutor(8) as pool:
        stamps = set(pool.map(talk, range(80)))

    seen = people[0].sees("billing")
    assert {one.ts for one in seen} == stamps
    assert [one.body["reply_count"] for one in seen] == [1] * 80


def test_a_client_that_goes_away_harms_nobody(slack: Sandbox, dana: Person) -> None:
    connection = HTTPConnection(slack.address.removeprefix("http://"))
    connection.request("GET", "/_/wait?since=99999&seconds=5")
    connection.close()
    with socket.create_connection(("127.0.0.1", int(slack.address.rpartition(":")[2]))) as rude:
        rude.send(b"POST /api/chat.postMessage HTTP/1.1\r\nContent-Length: 100\r\n\r\n")

    started = time.monotonic()
    assert dana.says("fine", "billing").text == "fine"
    assert time.monotonic() - started < 5  # the rude one is waited for in vain for longer
