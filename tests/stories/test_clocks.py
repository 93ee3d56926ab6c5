"""Several clocks, some of them killed: each time is kept once, and what was missed is caught up with once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from office import ADA, PREMIUM, Office
from slack_sdk import WebClient
from sqlalchemy import text
from stories.house import settings_for
from stories.test_processes import environment, free_port

from bot.sandbox import Sandbox
from bot.services.cases import Happening
from bot.services.ids import PersonId, WorkspaceId
from bot.services.people import Workspace
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger
from bot.wiring import migrate_all

SOON = 240  # seconds, on a machine that has much else to do
STRUCK = ("nudge", "summary", "run:2026-10:tick")


@pytest.fixture
def missed(slack: Sandbox, database_url: str) -> Iterator[Office]:
    """Have a gap that nobody decided for eight days, in which no clock ran; Olivia answers for it."""
    engine = open_engine(database_url)
    migrate_all(engine, settings_for(slack, database_url))
    client = WebClient(token=slack.bot_token, base_url=slack.base_url)
    team = WorkspaceId(client.auth_test()["team_id"])
    office = Office(StoreLedger(engine), workspace=team)
    office.clock.now = datetime.now(UTC) - timedelta(days=8)
    office.begins()
    owned = Workspace(id=team, name="MSP", billing_owner=PersonId(slack.person("olivia").id))
    office.joining.change(owned, office.by(ADA))
    office.receives([("Acme", PREMIUM, 20)], [("Acme", PREMIUM, 10)])
    office.keeps_its_promises()
    office.planning.begin(team)
    yield office
    engine.dispose()


@contextmanager
def workers(slack: Sandbox, url: str, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Let some workers run, each with a clock; at the end they are killed."""
    running = []
    for _ in range(count):
        env = environment(slack, url, PORT=str(free_port()))
        command = [sys.executable, "-m", "bot", "worker"]
        running.append(subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL))
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()


def waits_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


def is_caught_up(office: Office) -> bool:
    return not office.planning.plan(office.workspace).missed(datetime.now(UTC))


def promised(office: Office) -> list[str]:
    """Read what was ever promised."""
    with office.ledger.engine.connect() as connection:
        return list(connection.execute(text("SELECT key FROM outbox")).scalars())


def test_what_was_missed_is_kept_once_by_clocks_of_which_some_are_killed(
    slack: Sandbox, missed: Office, database_url: str
) -> None:
    with workers(slack, database_url, 3) as running:
        waits_until(lambda: any(key.startswith(STRUCK) for key in promised(missed)))
        running[0].kill()
        running[0].wait()
        with workers(slack, database_url, 1):  # takes its place, and what it had in hand
            waits_until(lambda: is_caught_up(missed))

    keys = Counter(key.partition(":")[0] for key in promised(missed))
    with missed.ledger.look(missed.workspace) as books:
        happened = Counter(event.happening for event in books.cases.stories())
    assert happened[Happening.NUDGED] == 1
    assert (keys["nudge"], keys["summary"], keys["escalation"]) == (1, 1, 0)
    assert sum(key.startswith("run:2026-10:tick:") for key in promised(missed)) == 1
