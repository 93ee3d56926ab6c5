"""How long Slack waits for its answer at 300 signed clicks a second, alone and during a run of 100,000 lines.

`python benchmarks/acknowledge.py`; the floor is a server that only commits a row for each request.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import logging
import random
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from waitress.server import create_server

from benchmarks.at_work import Running, both_running, free_port
from benchmarks.months import write_month

MOST = 50.0  # milliseconds that 99 of 100 clicks may take
SENDERS = 48
FORM = "application/x-www-form-urlencoded"
HEADER = "                      |  clicks |   p50 ms |   p90 ms |   p99 ms |   max ms | not 200"
SHARING = 0.0005
Clicks = Callable[[int], list[tuple[bytes, dict[str, str]]]]
"""Writes so many signed requests."""


def main() -> int:
    """Measure the floor, then the bot alone, then the bot at work."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rate", type=int, default=300, help="clicks a second")
    asked.add_argument("--seconds", type=int, default=10, help="for how long, each time")
    asked.add_argument("--lines", type=int, default=50_000, help="lines a side of the run that goes on meanwhile")
    given = asked.parse_args()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait a moment is what is measured
    print(HEADER)
    with TemporaryDirectory() as passing:
        folder = Path(passing)
        with both_running(folder, by_http=True) as running:
            clicks, pace = clicking(running), (given.rate, given.seconds)
            floor(folder, clicks, *pace)
            alone = report("alone", measure(clicks, running.port, *pace))
            begin_run(running, folder, given.lines)
            floor(folder, clicks, *pace)
            busy = report("during a large run", measure(clicks, running.port, *pace))
            print(f"The run was {'still going' if is_running(running) else 'over'} when the clicks ended.")
    return 0 if max(alone, busy) < MOST else 1


def measure(clicks: Clicks, port: int, rate: int, seconds: int) -> list[tuple[float, int]]:
    """Send clicks as they come in life, each at its own time whether the last is answered or not; give waits in ms."""
    chance, due, times = random.Random(2026), 0.0, []
    while due < seconds:
        due += chance.expovariate(rate)
        times.append(due)
    written, send = clicks(len(times)), poster(port)
    start = time.perf_counter() + 0.2

    def one(number: int) -> tuple[float, int]:
        time.sleep(max(0.0, start + times[number] - time.perf_counter()))
        status = send(*written[number])
        return (time.perf_counter() - start - times[number]) * 1000, status

    sys.setswitchinterval(SHARING)
    with ThreadPoolExecutor(SENDERS) as senders:
        return list(senders.map(one, range(len(times))))


def report(name: str, waits: Iterable[tuple[float, int]]) -> float:
    """Print a row, and give what 99 of 100 took at most."""
    found = list(waits)
    times = sorted(wait for wait, _ in found)
    shares = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.9, 0.99)]
    cells = " | ".join(f"{value:8.1f}" for value in (*shares, times[-1]))
    print(f"{name:21} | {len(times):7,} | {cells} | {sum(status != 200 for _, status in found):7}", flush=True)  # noqa: PLR2004
    return shares[-1]


def floor(folder: Path, clicks: Clicks, rate: int, seconds: int) -> None:
    """Serve what nobody can be faster than: a row for each request, committed before it is answered."""
    book = sqlite3.connect(folder / "floor.db", check_same_thread=False, isolation_level=None)
    book.execute("PRAGMA journal_mode=WAL")
    book.execute("PRAGMA synchronous=FULL")
    book.execute("CREATE TABLE IF NOT EXISTS floor (body TEXT)")
    alone, port = threading.Lock(), free_port()

    def answer(environ: Any, start: Any) -> list[bytes]:  # noqa: ANN401 - WSGI's own shapes
        body = environ["wsgi.input"].read()
        with alone:
            book.execute("INSERT INTO floor VALUES (?)", (body,))
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    server = create_server(answer, host="127.0.0.1", port=port, threads=8)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    report("floor: only a commit", measure(clicks, port, rate, seconds))
    server.close()
    book.close()


def poster(port: int) -> Callable[[bytes, dict[str, str]], int]:
    """Post over connections that stay open, one a sender."""
    mine = threading.local()

    def send(body: bytes, headers: dict[str, str]) -> int:
        if not hasattr(mine, "line"):
            mine.line = HTTPConnection("127.0.0.1", port, timeout=30)
        mine.line.request("POST", "/slack/events", body, headers)
        answer = mine.line.getresponse()
        answer.read()
        return int(answer.status)

    return send


def clicking(running: Running) -> Clicks:
    """Click on gaps as people do, signed as Slack signs."""
    known = running.slack.app()
    secret, team = known["app"]["signing_secret"], known["installation"]["team"]
    people = running.slack.desk.do("people")["people"]

    def write(number: int, begun: float) -> tuple[bytes, dict[str, str]]:
        click = {"user": people[number % len(people)]["id"], "team": team, "once": f"{begun + number:.6f}"}
        body = urlencode({"payload": json.dumps(a_click(**click))}).encode()
        stamp = str(int(begun))
        sealed = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={sealed}"}
        return body, {"Content-Type": "application/x-www-form-urlencoded", **signed}

    return lambda count: [write(number, time.time()) for number in range(count)]


def a_click(*, user: str, team: str, once: str) -> dict[str, Any]:
    """Write a click on “Approve” as Slack sends it."""
    place = {"message_ts": once, "channel_id": "C0BILLING01", "thread_ts": once, "type": "message"}
    button = {"action_id": "gap.approve", "block_id": "b", "type": "button", "value": "nothing", "action_ts": once}
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": team, "username": "someone"},
        "api_app_id": "A0",
        "team": {"id": team, "domain": "msp"},
        "channel": {"id": "C0BILLING01", "name": "billing"},
        "container": place,
        "message": {"ts": once, "text": "x" * 2_000, "type": "message"},
        "trigger_id": once,
        "actions": [button],
    }


def begin_run(running: Running, folder: Path, lines: int) -> None:
    """Hand a large month in, and wait until it is being compared."""
    place = folder / "month"
    place.mkdir()
    month = write_month(place, lines)
    dana = running.slack.person("dana")
    dana.drops("pax8.csv", month.bought.read_bytes(), "billing")
    dana.drops("additions-2026-10.csv", month.billed.read_bytes(), "billing")
    deadline = time.monotonic() + 120
    while not is_running(running):
        if time.monotonic() > deadline:
            raise SystemExit("The run did not begin.")
        time.sleep(0.05)


def is_running(running: Running) -> bool:
    """Say whether a promise is in hand, by the bot's own figures."""
    with closing(HTTPConnection("127.0.0.1", running.port, timeout=30)) as line:
        line.request("GET", "/metrics")
        return 'gapwatch_promises{state="sending"} 0.0' not in line.getresponse().read().decode()


if __name__ == "__main__":
    raise SystemExit(main())
