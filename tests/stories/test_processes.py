"""The bot as its installer meets it: processes that start, say what is missing, and stop."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from urllib.request import urlopen

import pytest
import typer
from office import PREMIUM, billed_csv, bought_csv

from bot.commands.beside import PASSING, rest_after, trying_again
from bot.commands.files import REFUSED
from bot.sandbox import Sandbox
from bot.services.failures import TryLater

ENDS = 30  # seconds


def environment(slack: Sandbox, url: str, **more: str) -> dict[str, str]:
    """Set everything as an installer would, and nothing that this machine happens to set."""
    kept = {name: value for name, value in os.environ.items() if not re.match("GAPWATCH|PORT$|DATABASE_URL", name)}
    tokens = {"GAPWATCH_SLACK_BOT_TOKEN": slack.bot_token, "GAPWATCH_SLACK_APP_TOKEN": slack.app_token}
    place = {"GAPWATCH_SLACK_API_URL": slack.base_url, "GAPWATCH_DATABASE_URL": url}
    return {name: value for name, value in {**kept, **tokens, **place, **more}.items() if value}


def start(words: str, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "bot", *words.split()], env=env, stderr=subprocess.PIPE, text=True)


def ends(words: str, env: dict[str, str]) -> tuple[int, str]:
    """Run a command that is to end by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words.split()],
        env=env,
        capture_output=True,
        text=True,
        timeout=ENDS,
        check=False,
    )
    return done.returncode, done.stderr


@contextmanager
def at_work(words: str, env: dict[str, str], *, ends_with: int = 0) -> Iterator[subprocess.Popen[str]]:
    """Have a process at work, and stop it as a platform does."""
    process = start(words, env)
    assert process.stderr
    try:
        assert any("Gapwatch is at work" in line for line in process.stderr)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(ENDS) == ends_with
        process.stderr.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def page(port: int, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return str(answer.read().decode())


def test_up_works_by_itself_tells_how_it_is_and_stops_when_told(slack: Sandbox, sqlite_url: str) -> None:
    port = free_port()
    env = environment(slack, sqlite_url, GAPWATCH_PORT=str(port))
    dana = slack.person("dana")

    with at_work("up", env):
        dana.drops("pax8.csv", bought_csv([("Acme", PREMIUM, 20)]), "billing")
        dana.drops("additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 10)]), "billing")
        dana.waits_for("$220.00 a month not billed", "billing", seconds=ENDS)
        code, said = ends("up", env | {"GAPWATCH_PORT": str(free_port())})

        assert page(port, "/healthz") == "ok\n"
        assert page(port, "/readyz") == "ready\n"
        assert 'gapwatch_promises{state="sent"}' in page(port, "/metrics")

    assert code == 2
    assert re.match(r"`gapwatch worker` on \S+ \(process \d+\) already works on this database\. Stop it first", said)


def worker_of(up: subprocess.Popen[str]) -> int:
    """Find the process that works beside one that listens."""
    told = [(task / "children").read_text() for task in Path(f"/proc/{up.pid}/task").iterdir()]
    (worker,) = " ".join(told).split()
    return int(worker)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="NO /proc: a process's children can't be seen here")
def test_a_worker_that_dies_is_started_again(slack: Sandbox, sqlite_url: str) -> None:
    dana = slack.person("dana")

    with at_work("up", environment(slack, sqlite_url)) as up:
        first = worker_of(up)
        os.kill(first, signal.SIGKILL)
        dana.drops("pax8.csv", bought_csv([("Acme", PREMIUM, 20)]), "billing")
        dana.drops("additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 10)]), "billing")

        dana.waits_for("$220.00 a month not billed", "billing", seconds=ENDS)
        assert worker_of(up) != first


def test_the_sooner_a_worker_dies_again_the_longer_the_next_start_waits() -> None:
    rests = list(accumulate([1.0, 1, 1, 1, 1, 1, 100, 1], lambda rest, lived: rest_after(lived, rest), initial=0.0))

    assert rests[1:] == [2, 6, 14, 30, 60, 60, 0, 2]


@pytest.mark.parametrize(("is_beside", "ends"), [(True, typer.Exit), (False, TryLater)])
def test_what_passes_ends_a_worker_beside_another_process_so_that_it_is_started_again(
    ends: type[Exception], *, is_beside: bool
) -> None:
    with pytest.raises(ends) as ended, trying_again(is_beside=is_beside):
        raise TryLater("Slack asks me to wait.")

    assert getattr(ended.value, "exit_code", PASSING) == PASSING != REFUSED


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="NO /proc: a process's children can't be seen here")
def test_a_worker_dies_with_whoever_started_it_and_the_next_start_finds_room(slack: Sandbox, sqlite_url: str) -> None:
    env = environment(slack, sqlite_url)
    with at_work("up", env, ends_with=-signal.SIGKILL) as up:
        up.kill()

    with at_work("up", env) as up:
        os.kill(worker_of(up), signal.SIGTERM)

        assert up.wait(ENDS) == 0


def test_web_and_worker_share_the_work_over_http(slack: Sandbox, sqlite_url: str) -> None:
    port = free_port()
    by_http = {"GAPWATCH_SLACK_APP_TOKEN": "", "GAPWATCH_SLACK_SIGNING_SECRET": slack.signing_secret}
    env = environment(slack, sqlite_url, **by_http)
    dana = slack.person("dana")

    assert ends("release", env)[0] == 0
    with at_work("web", env | {"PORT": str(port)}), at_work("worker", env | {"PORT": str(free_port())}):
        slack.listens_at(f"http://127.0.0.1:{port}/slack/events")
        dana.drops("pax8.csv", bought_csv([("Acme", PREMIUM, 20)]), "billing")
        dana.drops("additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 10)]), "billing")
        dana.waits_for("$220.00 a month not billed", "billing", seconds=ENDS)
        assert "gapwatch_answer_seconds_count" in page(port, "/metrics")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"GAPWATCH_SLACK_BOT_TOKEN": ""}, "GAPWATCH_SLACK_BOT_TOKEN is not set: the bot token (xoxb-...)"),
        ({"GAPWATCH_SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack does not know the bot token (GAPWATCH_SLACK_BOT_TOKEN)."),
        ({"GAPWATCH_SLACK_APP_TOKEN": "xapp-wrong"}, "Slack does not know the app-level token (GAPWATCH_SLACK_APP_TOK"),
        ({"GAPWATCH_SLACK_API_URL": "http://127.0.0.1:1/api/"}, "I can't reach Slack: "),
        ({"GAPWATCH_HOME_CHANNEL": "nowhere"}, "I am not in the channel nowhere that GAPWATCH_HOME_CHANNEL names."),
    ],
)
def test_what_is_wrong_is_a_sentence(slack: Sandbox, sqlite_url: str, wrong: dict[str, str], sentence: str) -> None:
    code, said = ends("up", environment(slack, sqlite_url) | wrong)

    assert code == 2
    assert sentence in said
    assert "Traceback" not in said
    assert "wrong" not in said
