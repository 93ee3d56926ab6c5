"""A quarter of an MSP with sixty clients: all that leaks is spoken of in time, once, and nobody is driven mad."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from databases import Lite
from sandbox.kit import over_socket
from stories.quarter import BURST, FIRST, HOME, LAST, ZONES, Drift, Json, Quarter
from talking.salon import open_salon

from bot.services.cases import Case, Happening
from bot.services.quiet import Quiet, is_open, next_open
from bot.services.shares import Heading
from bot.services.spans import WEEK, week_of
from bot.slack.showing import subject_of
from recon import Direction, Month

PRICE = 22
GATHERED = timedelta(minutes=20)  # from the first of a morning's messages to its digest
MONTHS = [Month(2027, 1), Month(2027, 2), Month(2027, 3), Month(2027, 4)]


@pytest.fixture(scope="module")
def quarter(lite: Lite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarter]:
    with open_salon(lite.copy_to(tmp_path_factory.mktemp("quarter")), over_socket) as salon:
        quarter = Quarter(salon)
        quarter.plays()
        yield quarter


@pytest.fixture(scope="module")
def told(quarter: Quarter) -> list[tuple[str, Json]]:
    return list(quarter.told())


def cases(quarter: Quarter) -> dict[tuple[str, str], Case]:
    with quarter.salon.office.ledger.look(quarter.salon.office.workspace) as books:
        return {(case.gap.client, case.gap.product): case for case in books.cases.all()}


def stories(quarter: Quarter) -> Counter[tuple[str, Happening]]:
    with quarter.salon.office.ledger.look(quarter.salon.office.workspace) as books:
        return Counter((event.case, event.happening) for event in books.cases.stories())


def manager(quarter: Quarter, drift: Drift) -> str:
    number = quarter.msp.clients.index(drift.client)
    return list(ZONES)[number % len(ZONES)]


def said_at(message: Json) -> datetime:
    return datetime.fromtimestamp(float(message["ts"]), UTC)


def test_every_seeded_gap_is_spoken_of_on_the_first_morning_after_the_files_show_it(quarter: Quarter) -> None:
    known, office = cases(quarter), quarter.salon.office
    late = []
    for drift in quarter.msp.drifts:
        name = manager(quarter, drift)
        shown = next(drop for drop in quarter.drops if drop.astimezone(ZoneInfo(HOME)).date() >= drift.day)
        deadline = next_open(Quiet(), ZoneInfo(ZONES[name]), shown) + GATHERED
        posts = office.outbox.posts(office.workspace, subject_of(known[drift.place].id))
        told = {quarter.whose(channel): said_at({"ts": ts}) for channel, ts in posts.items()}
        if not shown <= told[name] <= deadline:
            late.append((drift, told))

    assert late == []


def test_only_what_was_seeded_is_spoken_of_and_small_things_are_not(quarter: Quarter) -> None:
    known = cases(quarter)

    assert {place for place, case in known.items() if case.has_spoken} == {one.place for one in quarter.msp.drifts}
    assert {place for place, case in known.items() if not case.has_spoken} == {one.place for one in quarter.msp.quiet}


def test_no_message_is_said_twice(told: list[tuple[str, Json]]) -> None:
    keys = Counter(key_of(one) for _, one in told if key_of(one))

    assert len(keys) > 300
    assert [key for key, times in keys.items() if times > 1] == []


def test_nobody_is_called_more_often_than_they_can_bear(told: list[tuple[str, Json]]) -> None:
    threads: dict[tuple[str, date], set[str]] = defaultdict(set)
    digests: Counter[tuple[str, date]] = Counter()
    for name, one in told:
        if name in ZONES:
            on = (name, said_at(one).astimezone(ZoneInfo(ZONES[name])).date())
            digests[on] += key_of(one).startswith("digest:")
            threads[on].update([str(one.get("thread_ts", one["ts"]))] if calls(key_of(one)) else [])
    rest = {one.get("thread_ts") for _, one in told} & {
        one["ts"] for _, one in told if key_of(one).startswith("digest:")
    }

    assert max(len(roots - rest) for roots in threads.values()) == Quiet().most
    assert max(digests.values()) == 1
    friday = ("ann", BURST + timedelta(days=2))
    assert (len(threads[friday] - rest), digests[friday]) == (Quiet().most, 1)


def key_of(message: Json) -> str:
    return str((message.get("metadata") or {}).get("event_payload", {}).get("key", ""))


def calls(key: str) -> bool:
    """Tell whether a message asks someone to act; that a gap closed only tells them."""
    return key.startswith(("client:", "case:", "nudge:", "reply:")) and ":closed" not in key and ":verified" not in key


def test_nobody_is_disturbed_out_of_hours(told: list[tuple[str, Json]]) -> None:
    out = [(name, one) for name, one in told if name in ZONES and not at_work(name, one)]

    assert out == []


def at_work(name: str, message: Json) -> bool:
    return is_open(Quiet(), ZoneInfo(ZONES[name]), said_at(message))


def test_what_nobody_decides_is_nudged_about_once_and_passed_on_once(quarter: Quarter) -> None:
    known, happened = cases(quarter), stories(quarter)
    ignored = [one for one in quarter.msp.drifts if one.fate == "ignore" and one.day < LAST - timedelta(days=20)]

    assert len(ignored) > 3
    for drift in ignored:
        case = known[drift.place].id
        assert (happened[case, Happening.NUDGED], happened[case, Happening.ESCALATED]) == (1, 1)
    for drift in quarter.msp.drifts:
        case = known[drift.place].id
        asked = 1 + happened[case, Happening.WOKE] + happened[case, Happening.REOPENED]
        assert happened[case, Happening.NUDGED] <= asked
        assert happened[case, Happening.ESCALATED] <= asked


def test_what_did_not_stick_is_said_once(quarter: Quarter) -> None:
    known, happened = cases(quarter), stories(quarter)
    back = [happened[known[drift.place].id, Happening.REOPENED] for drift in quarter.msp.slips]

    assert back == [1] * len(back)
    assert len(back) > 3


def test_every_week_is_summed_up_once(told: list[tuple[str, Json]]) -> None:
    weeks = sorted(key_of(one) for name, one in told if not name and key_of(one).startswith("summary:"))

    mondays = takewhile(lambda day: day + WEEK <= LAST, (week_of(FIRST) + WEEK * number for number in range(20)))
    assert [week.partition("@")[0] for week in weeks] == [f"summary:{monday}" for monday in mondays]


@pytest.mark.parametrize("direction", [Direction.UNDER, Direction.OVER])
def test_the_statements_tie_to_what_was_seeded_and_to_the_weeks(quarter: Quarter, direction: Direction) -> None:
    office, reports = quarter.salon.office, quarter.salon.office.reports
    statements = [reports.statements.of_month(office.workspace, month) for month in MONTHS]
    flows = [flow for one in statements for flow in one.flows if flow.direction is direction]
    drifts = [one for one in [*quarter.msp.drifts, *quarter.msp.quiet] if (one.seats > 0) is (direction == "under")]

    assert all(flow.ties for flow in flows)
    assert sum(flow.detected.amount for flow in flows) == sum(PRICE * abs(drift.seats) for drift in drifts)
    kept = [case for case in cases(quarter).values() if case.gap.direction is direction and case.recovered]
    fixed = sum((case.recovered.amount for case in kept if case.recovered), Decimal(0))
    assert sum(flow.fixed.amount for flow in flows) == fixed > 0
    weeks = (week_of(FIRST) + WEEK * number for number in range(14))
    sums = [one for monday in weeks for one in reports.weekly.week(office.workspace, monday).sums]
    shares = [share for one in sums if one.heading is Heading.FIXED for share in one.shares]
    assert sum(share.money.amount for share in shares if share.case.gap.direction is direction) == fixed
