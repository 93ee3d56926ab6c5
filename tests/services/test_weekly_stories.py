"""A week is summed up: its figures tie to the gaps behind them, and it is told once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from office import ACME, ADA, JO, PREMIUM, SAM, VISIO, Office, payloads

from bot.services.decisions import Reason
from bot.services.freshness import Light
from bot.services.ids import PersonId
from bot.services.people import Owner, Workspace
from bot.services.promises import PromiseKind
from bot.services.scorecards import Rate
from bot.services.shares import Heading
from bot.services.weekly import Week
from recon import Direction, Limits, add_up

CLIENTS = ("Acme", "Bolt", "Cog", "Dune")
HAVE = [(client, PREMIUM, 12) for client in CLIENTS]
PAY = [(client, PREMIUM, 10) for client in CLIENTS]
FIRST, SECOND = date(2026, 10, 19), date(2026, 10, 26)


@pytest.fixture
def busy(office: Office) -> Office:
    """Let four clients be billed for too little in one week, and people act on it in the next."""
    office.clock.now = datetime(2026, 10, 20, 9, tzinfo=UTC)
    office.receives(HAVE, PAY)
    office.clock.pass_by(days=7)
    office.decide.approve(office.gap("Acme").id, office.by(ADA))
    office.decide.dismiss(office.gap("Bolt").id, office.by(ADA), Reason.BUNDLED)
    office.decide.dismiss(office.gap("Cog").id, office.by(ADA), Reason.NOISE)
    office.clock.pass_by(days=1)
    office.receives([*HAVE, ("Elm", VISIO, 1)], [("Acme", PREMIUM, 12), *PAY[1:], ("Elm", VISIO, 3)], "2026-11")
    return office


def figures(week: Week, heading: Heading, direction: Direction = Direction.UNDER) -> list[str]:
    found = next(one for one in week.sums if one.heading is heading)
    assert add_up(share.money for share in found.shares if share.case.gap.direction is direction) == found.total(
        direction
    )
    return [str(money) for money in found.total(direction)]


def test_a_week_says_what_was_found_decided_and_won_beside_the_week_before(busy: Office) -> None:
    week = busy.reports.weekly.week(ACME)

    assert (week.monday, week.is_over, week.decided, week.decided_before) == (SECOND, False, 3, 0)
    assert figures(week, Heading.FOUND) == []
    assert figures(week, Heading.FOUND, Direction.OVER) == ["$44.00"]
    assert figures(week, Heading.FIXED) == ["$44.00"]
    assert figures(week, Heading.WAIVED) == ["$44.00"]
    assert figures(week, Heading.UNREAL) == ["$44.00"]
    assert figures(week, Heading.OPEN) == ["$44.00"]
    assert [len(one.shares) for one in week.before if one.heading in (Heading.FOUND, Heading.OPEN)] == [4, 4]
    assert (week.precision.real, week.precision.settled) == (2, 3)
    assert week.latency.to_acted == timedelta(days=7)
    assert [one.days for one in week.ages] == [8, 0]


def test_a_week_that_is_over_stays_what_it_was(busy: Office) -> None:
    before = busy.reports.weekly.week(ACME, FIRST)
    busy.clock.pass_by(days=30)
    busy.receives(HAVE, HAVE, "2026-12")

    after = busy.reports.weekly.week(ACME, FIRST)

    assert after.is_over
    assert [(one.heading, figures(after, one.heading)) for one in after.sums] == [
        (one.heading, figures(before, one.heading)) for one in before.sums
    ]
    assert [one.days for one in after.ages] == [6, 6, 6, 6]


def test_a_slip_that_is_taken_back_says_nothing_of_how_often_alerts_were_right(office: Office) -> None:
    office.receives(HAVE, PAY)
    for client in ("Acme", "Bolt"):
        office.decide.dismiss(office.gap(client).id, office.by(ADA), Reason.NOISE)
        office.clock.pass_by(minutes=1)
        office.undo.last(office.gap(client).id, office.by(ADA))
    office.clock.pass_by(minutes=1)
    office.decide.approve(office.gap("Acme").id, office.by(ADA))
    week = office.reports.weekly.week(ACME)

    assert (week.precision.real, week.precision.settled) == (1, 1)

    office.clock.pass_by(days=7)
    office.undo.last(office.gap("Acme").id, office.by(ADA))
    assert office.reports.weekly.week(ACME, FIRST).precision == week.precision


def test_the_trend_is_drawn_from_the_same_figures(busy: Office) -> None:
    trend = busy.reports.weekly.week(ACME).trend

    assert [(one.monday, int(one.fixed), int(one.under), int(one.over)) for one in trend] == [
        (FIRST, 0, 176, 0),
        (SECOND, 44, 44, 44),
    ]


def test_what_is_signed_and_taken_back_in_a_week_was_not_approved_in_it(busy: Office) -> None:
    busy.decide.approve(busy.gap("Dune").id, busy.by(ADA))
    assert [share.case.gap.client for share in busy.reports.weekly.behind(ACME, SECOND, Heading.SIGNED)] == [
        "Acme",
        "Dune",
    ]

    busy.undo.last(busy.gap("Dune").id, busy.by(ADA))

    assert [share.case.gap.client for share in busy.reports.weekly.behind(ACME, SECOND, Heading.SIGNED)] == ["Acme"]


def test_quiet_gaps_are_counted_apart_and_speak_of_no_age(office: Office) -> None:
    office.thresholds.set_limits(Limits(Decimal(75), Decimal(2)), office.by(ADA))
    office.receives(HAVE, PAY)

    week = office.reports.weekly.week(ACME)

    assert (figures(week, Heading.QUIET), figures(week, Heading.OPEN), week.ages) == (["$176.00"], [], ())


def test_the_sources_say_how_fresh_they_are_in_words(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.clock.pass_by(days=9)
    assert {one.light for one in office.reports.weekly.week(ACME).sources} == {Light.YELLOW}

    office.receives(HAVE, PAY, "2026-11")

    lights = {(one.name, one.light) for one in office.reports.weekly.week(ACME).sources}
    assert {light for _, light in lights} == {Light.GREEN}


def test_the_costliest_trouble_of_many_clients_is_named(office: Office) -> None:
    office.receives([(client, VISIO, 4) for client in CLIENTS], [(client, PREMIUM, 1) for client in CLIENTS])

    cause = office.reports.weekly.week(ACME).cause

    assert cause
    assert "clients" in cause


def test_before_anything_is_compared_a_week_is_empty(office: Office) -> None:
    week = office.reports.weekly.week(ACME)

    assert (week.trend, week.ages, week.cause, week.sources) == ((), (), None, ())
    assert all(not one.shares for one in week.sums)


def test_the_last_week_is_promised_once_to_the_team_and_to_each_manager(busy: Office) -> None:
    for person in (JO, SAM):
        busy.hires(person)
    busy.owners.set_owner(Owner(client="Acme", manager=JO), busy.by(ADA))

    for _ in range(2):
        assert busy.reports.promise(ACME) == FIRST

    promised = busy.promised()
    assert payloads(promised, PromiseKind.SUMMARY) == [{"week": "2026-10-19"}]
    assert payloads(promised, PromiseKind.SCORECARD) == [{"week": "2026-10-19", "person": JO}]


def score(office: Office, person: PersonId, monday: date) -> Rate:
    return office.reports.scorecards.of(ACME, person, monday).mine.in_time


def test_a_score_is_made_of_rates_of_ones_own_gaps(busy: Office) -> None:
    for person, clients in ((JO, ("Acme", "Bolt")), (SAM, ("Cog", "Dune"))):
        busy.hires(person, approver=True)
        for client in clients:
            busy.owners.set_owner(Owner(client=client, manager=person), busy.by(ADA))
    busy.clock.pass_by(days=14)
    assert score(busy, JO, date(2026, 11, 9)) == Rate(0, 2)

    busy.clock.now = datetime(2026, 11, 10, 9, tzinfo=UTC)
    busy.receives([*HAVE, ("Bolt", VISIO, 5)], [("Acme", PREMIUM, 12), *PAY[1:], ("Bolt", VISIO, 1)], "2026-12")
    busy.clock.pass_by(days=2)
    busy.decide.approve(busy.gap("Bolt", VISIO).id, busy.by(JO))

    card = busy.reports.scorecards.of(ACME, JO, date(2026, 11, 9))
    assert (card.mine.in_time, card.mine.stuck, card.clients) == (Rate(1, 3), Rate(1, 1), 2)
    assert [case.gap.client for case in busy.reports.scorecards.of(ACME, SAM, date(2026, 11, 9)).waiting] == ["Dune"]


def test_a_gap_that_is_handed_on_counts_for_whom_it_was_handed_to(busy: Office) -> None:
    for person in (JO, SAM):
        busy.hires(person)
    busy.owners.set_owner(Owner(client="Dune", manager=JO), busy.by(ADA))
    busy.decide.assign(busy.gap("Dune").id, busy.by(ADA), SAM)

    assert busy.reports.scorecards.of(ACME, JO, SECOND).waiting == ()
    assert [case.gap.client for case in busy.reports.scorecards.of(ACME, SAM, SECOND).waiting] == ["Dune"]


def test_who_was_told_of_a_gap_that_went_away_by_itself_is_not_to_blame(office: Office) -> None:
    office.hires(JO)
    office.owners.set_owner(Owner(client="Acme", manager=JO), office.by(ADA))
    office.receives(HAVE, PAY)
    office.clock.pass_by(days=1)
    office.receives([("Acme", PREMIUM, 10), *HAVE[1:]], PAY, "2026-11")

    assert score(office, JO, FIRST) == Rate(0, 0)


@pytest.mark.parametrize(("decided", "in_time"), [(28, 1), (30, 0)])
def test_what_is_found_on_a_weekend_is_not_held_against_whoever_hears_of_it_on_monday(
    office: Office, decided: int, in_time: int
) -> None:
    office.hires(JO, approver=True)
    office.keeps_hours(None, office.by(ADA))
    office.owners.set_owner(Owner(client="Acme", manager=JO), office.by(ADA))
    office.clock.now = datetime(2026, 10, 24, 6, tzinfo=UTC)
    office.receives(HAVE[:1], PAY[:1])

    office.clock.now = datetime(2026, 10, decided, 7, tzinfo=UTC)
    office.decide.approve(office.gap("Acme").id, office.by(JO))

    assert score(office, JO, SECOND) == Rate(in_time, 1)


def test_a_gap_of_last_evening_is_a_day_old_in_the_morning_where_the_workspace_is(office: Office) -> None:
    office.joining.change(Workspace(id=ACME, name="MSP", time_zone="America/New_York"), office.by(ADA))
    office.clock.now = datetime(2026, 10, 21, 2, tzinfo=UTC)  # Tuesday evening in New York
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    office.clock.pass_by(hours=11)

    assert [one.days for one in office.reports.weekly.week(ACME).ages] == [1]


def test_what_a_statement_says_is_still_open_is_what_the_week_says(busy: Office) -> None:
    busy.clock.now = datetime(2026, 10, 31, 9, tzinfo=UTC)
    week, statement = busy.reports.weekly.week(ACME), busy.reports.statements.of_month(ACME)

    for flow in statement.flows:
        for heading, money in (
            (Heading.OPEN, flow.still),
            (Heading.PENDING, flow.pending),
            (Heading.QUIET, flow.quiet),
        ):
            assert figures(week, heading, flow.direction) == ([str(money)] if money.amount else [])


def test_a_trend_knows_what_of_it_is_estimated(office: Office) -> None:
    fine = ("Acme", VISIO, 4)  # what is billed to nobody has no price
    office.receives([("Acme", PREMIUM, 12), fine], [fine])

    (point,) = office.reports.weekly.week(ACME).trend

    assert point.estimated == {"under"}
