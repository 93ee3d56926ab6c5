"""Kill -9 at each point of a month: nothing is lost, nothing is doubled, the record is whole.

A few points in every run of the tests; others, or all of them, with `--kill-at 1-400`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from chaos.month import Bot, Month, opened
from databases import Lite, Postgres
from office import PREMIUM, VISIO

from bot.sandbox import Sandbox
from bot.services.decisions import Verb
from bot.services.runs import Run
from bot.slack.manifest import Mode, write_manifest
from bot.store.verify import find_all_flaws

SOME = {"sqlite": (47, 96), "postgresql": (60,)}


def month_with_a_death(url: str, last: int) -> int:
    """Live a month in which the bot dies at a point, check all, and say how often it died."""
    with Sandbox(manifest=write_manifest(Mode.SOCKET)) as slack:
        bot = Bot(slack, url, last)
        month = Month(slack, bot)
        try:
            month.lived()
            check_slack(month)
            runs = check_books(url)
        finally:
            bot.stop()
        assert len(runs) == 2
        return bot.deaths


def check_slack(month: Month) -> None:
    """Check that nothing people see is missing, or there twice."""
    for name in ("pax8-2026-10.csv", "additions-2026-10.csv", "pax8-2026-11.csv", "additions-2026-11.csv"):
        assert len(month.answers_to(name)) == 1, name
    for result in ("October 2026: $", "November 2026: $"):
        (told,) = [one for one in month.dana.sees("billing") if result in one.text]
        assert [len(one.files) for one in month.dana.sees("billing", told)[1:]] == [1]
    (alert,) = [one for one in month.told() if "Acme" in one.text and month.below(one)]
    said = Counter(one.text for one in month.below(alert) if one.user == month.slack.bot_user)
    assert [text for text, times in said.items() if times > 1] == []
    about = [one.text for one in month.below(alert) if one.blocks and "Why?" in one.buttons]
    assert [sum(product in text for text in about) for product in (PREMIUM, VISIO)] == [1, 1]


def check_books(url: str) -> list[Run]:
    """Check that what was decided stands once, and that no entry was changed."""
    with opened(url) as (ledger, workspace, _), ledger.look(workspace) as books:
        assert list(find_all_flaws(books)) == []
        decisions = [decision for case in books.cases.all() for decision in books.decisions.of_case(case.id)]
        assert Counter(one.verb for one in decisions) == {Verb.APPROVE: 2, Verb.DISMISS: 1}
        handed = Counter(entry.action for entry in books.audit.entries())
        assert (handed["handed in"], handed["reconciled"]) == (4, 2)
        return list(books.runs.all())


def test_a_death_changes_nothing(request: pytest.FixtureRequest, database: Callable[[], str], kind: str) -> None:
    for last in points(request.config) or SOME[kind]:
        deaths = month_with_a_death(database(), last)
        assert deaths == 1 or last not in SOME[kind]
        if not deaths:
            return  # the month has no more points


def points(config: pytest.Config) -> range:
    """Read which points were asked for."""
    first, _, last = str(config.getoption("--kill-at") or "").partition("-")
    return range(int(first), int(last or first) + 1) if first else range(0)


@pytest.fixture(params=SOME)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Give an empty database for each death."""
    with ExitStack() as opened:
        numbers = count()

        def fresh() -> str:
            if kind == "postgresql":
                server: Postgres = request.getfixturevalue("postgres")
                return opened.enter_context(server.copy())
            folder = tmp_path / str(next(numbers))
            folder.mkdir()
            lite: Lite = request.getfixturevalue("lite")
            return lite.copy_to(folder)

        yield fresh
