"""A pace and a threshold are proposed from what was seen, once, and a no is a no."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from office import ACME, ADA, OCTOBER, PREMIUM, SAM, Office, Row, billed_csv, bought_csv, payloads

from bot.services.agreed import USUAL
from bot.services.failures import NotAllowed, Refused
from bot.services.people import Workspace
from bot.services.plans import Due, ScheduleKind
from bot.services.promises import PromiseKind
from recon import Limits


def month(clients: int, lacking: int, seats: int = 5) -> tuple[list[Row], list[Row]]:
    """Make a month of some clients, of which some lack seats."""
    have = [(f"Client {number:02}", PREMIUM, 10 + (seats if number < lacking else 0)) for number in range(clients)]
    return have, [(client, product, 10) for client, product, _ in have]


def watched(office: Office, clients: int, lacking: int, *, days: int = 14) -> Office:
    office.thresholds.set_limits(USUAL, office.by(ADA))
    office.planning.begin(ACME)
    office.receives(*month(clients, lacking))
    office.clock.pass_by(days=days)
    return office


def proposed(office: Office) -> int:
    """Let the clock strike for a run, and count what is proposed."""
    office.rhythm.ticking.keep(ACME, Due(office.clock(), ScheduleKind.RUN))
    return sum(promise.kind is PromiseKind.ADVICE for promise in office.keeps_its_promises())


def proposed_next_day(office: Office) -> int:
    office.clock.pass_by(days=1)
    return proposed(office)


def test_a_small_quiet_msp_is_advised_to_look_less_often_and_lower(office: Office) -> None:
    advice = watched(office, clients=8, lacking=2).rhythm.advising.advice(ACME)

    assert advice
    assert (advice.seen.clients, advice.seen.a_week, advice.seen.people) == (8, Decimal(0), 1)
    assert advice.cadence
    assert (advice.cadence.first_days, advice.cadence.last_days, advice.cadence.weekdays) == (0, 3, frozenset({4}))
    assert advice.limits == Limits(Decimal(25), Decimal(2))


def test_where_many_clients_leak_little_the_threshold_leaves_each_person_the_handful_that_matters(
    office: Office,
) -> None:
    have, pay = month(60, 30, seats=3)
    big = [
        (client, product, seats + 100 if number < 4 else seats) for number, (client, product, seats) in enumerate(have)
    ]
    watched(office, clients=60, lacking=0)

    office.receives(big, pay)

    advice = office.rhythm.advising.advice(ACME)
    assert advice
    assert advice.limits is None  # at $75 the four of $2,266 speak, and twenty-six of $66 are quiet
    office.thresholds.set_limits(Limits(Decimal(25), Decimal(2)), office.by(ADA))
    again = office.rhythm.advising.advice(ACME)
    assert again
    assert again.limits == Limits(Decimal(75), Decimal(2))
    assert (again.told(again.was), again.told(again.limits)) == (30, 4)
    assert again.share(again.limits).quantize(Decimal("0.01")) == Decimal("0.84")


def test_a_threshold_is_proposed_from_money_in_the_workspaces_currency_alone(office: Office) -> None:
    office.thresholds.set_limits(USUAL, office.by(ADA))
    have = bought_csv([("Acme", PREMIUM, 12), ("Bolt", PREMIUM, 12)])
    office.drops(have + in_yen(have), "pax8.csv")
    pay = billed_csv([("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 10)])
    office.drops(pay + in_yen(pay), "additions.csv", month=OCTOBER)
    office.runs()
    assert {case.gap.currency for case in office.looking.gaps(ACME)} == {"USD", "JPY"}
    office.clock.pass_by(days=14)

    advice = office.rhythm.advising.advice(ACME)

    assert advice
    assert advice.seen.totals == (Decimal(44), Decimal(44))


def in_yen(exported: bytes) -> bytes:
    """Say the same lines in another currency, for a hundred times as much."""
    rows = exported.partition(b"\n")[2]
    return rows.replace(b"USD", b"JPY").replace(b"22.00", b"2200").replace(b"18.00", b"1800")


def test_a_threshold_is_never_so_high_that_most_of_the_money_is_silent(office: Office) -> None:
    advice = watched(office, clients=60, lacking=30).rhythm.advising.advice(ACME)

    assert advice is None or advice.limits is None or advice.told(advice.limits) == 30


def test_where_much_changes_every_working_day_is_advised(office: Office) -> None:
    watched(office, clients=60, lacking=0, days=7)
    office.receives(*month(60, 24))
    office.clock.pass_by(days=7)

    advice = office.rhythm.advising.advice(ACME)

    assert advice
    assert advice.seen.a_week == Decimal(12)
    assert advice.cadence
    assert advice.cadence.weekdays == frozenset(range(5))


def test_nothing_is_proposed_before_enough_was_seen_or_where_what_is_set_fits(office: Office) -> None:
    assert office.rhythm.advising.advice(ACME) is None
    watched(office, clients=30, lacking=0, days=13)
    office.thresholds.set_limits(Limits(Decimal(25), Decimal(2)), office.by(ADA))
    office.runs()
    assert proposed(office) == 0

    office.clock.pass_by(days=5)

    assert office.rhythm.advising.advice(ACME) is None
    assert proposed(office) == 0


def test_it_is_proposed_once_and_taken_by_an_admin(office: Office) -> None:
    watched(office, clients=8, lacking=2)
    office.hires(SAM)
    assert [proposed_next_day(office) for _ in range(3)] == [1, 0, 0]

    with pytest.raises(NotAllowed, match="Only an admin may answer this"):
        office.rhythm.advising.accept(office.by(SAM))
    office.rhythm.advising.accept(office.by(ADA))

    assert office.thresholds.agreed(ACME).usual == Limits(Decimal(25), Decimal(2))
    assert office.planning.plan(ACME).of(ScheduleKind.RUN).cadence.last_days == 3
    assert [promise.payload["because"] for promise in office.promised(PromiseKind.RUN)] == ["limits:advice"]
    with office.ledger.look(ACME) as books:
        actions = [entry.action for entry in books.audit.entries() if entry.by == ADA]
    assert actions[-3:] == ["advice answered", "schedule changed", "limits set"]
    with pytest.raises(Refused, match="answered this already: it was accepted"):
        office.rhythm.advising.refuse(office.by(ADA))


def test_who_is_asked_is_somebody_who_may_answer(office: Office) -> None:
    office.hires(SAM)
    office.joining.change(Workspace(id=ACME, name="MSP", billing_owner=SAM), office.by(ADA))
    watched(office, clients=8, lacking=2)

    office.rhythm.ticking.keep(ACME, Due(office.clock(), ScheduleKind.RUN))

    assert payloads(office.promised(), PromiseKind.ADVICE) == [{"person": ADA}]


def test_a_no_is_never_asked_again(office: Office) -> None:
    watched(office, clients=8, lacking=2)
    assert proposed(office) == 1

    office.rhythm.advising.refuse(office.by(ADA))
    office.clock.now += timedelta(days=200)

    assert proposed(office) == 0
    assert office.rhythm.advising.advice(ACME) is None
    assert office.thresholds.agreed(ACME).usual == USUAL
