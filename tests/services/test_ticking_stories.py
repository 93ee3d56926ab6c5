"""What the clock asks for is done once, and what nobody decides is spoken of once more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from office import ACME, ADA, JO, MAX, PREMIUM, SAM, VISIO, Office, bought_csv, payloads

from bot.services.cases import Case, CaseState, Happening
from bot.services.failures import NotAllowed, NotFound, Refused
from bot.services.people import Owner, Workspace
from bot.services.plans import Due, ScheduleKind
from bot.services.promises import Promise, PromiseKind
from bot.services.reminding import Patience
from bot.services.ticking import WAYS
from bot.services.workplace import Workplace, Workplaces
from bot.store.ledger import StoreLedger
from recon import Money

HAVE, PAY = [("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], [("Acme", PREMIUM, 10), ("Acme", VISIO, 1)]
NINE = datetime(2026, 10, 20, 9, tzinfo=UTC)


@pytest.fixture
def asked(office: Office) -> Office:
    """Let Sam be asked about two gaps of Acme's, and Jo be the billing owner."""
    for person in (SAM, JO, MAX):
        office.hires(person)
    office.joining.change(Workspace(id=ACME, name="MSP", billing_owner=JO), office.by(ADA))
    office.owners.set_owner(Owner(client="Acme", manager=SAM), office.by(ADA))
    office.planning.begin(ACME)
    office.receives(HAVE, PAY)
    office.keeps_its_promises()
    return office


def tick(office: Office, kind: ScheduleKind, *, days: int = 0, at: datetime | None = None) -> bool:
    """Let time pass, and the clock strike."""
    office.clock.now = at or office.clock.now + timedelta(days=days)
    return office.rhythm.ticking.keep(ACME, Due(office.clock.now, kind))


def reminders(office: Office) -> list[tuple[str, set[str]]]:
    """Keep what is due, and say what reminded of which products."""
    kept = [one for one in office.keeps_its_promises() if one.kind in (PromiseKind.NUDGE, PromiseKind.ESCALATION)]
    return [(one.kind.value, products(office, one)) for one in kept]


def products(office: Office, promise: Promise) -> set[str]:
    return {office.looking.why(ACME, case).case.gap.product for case in promise.payload["cases"].split(",")}


def happened(office: Office, case: Case) -> list[Happening]:
    return [event.happening for event in office.looking.why(ACME, case.id).story]


def test_a_time_is_kept_once_however_many_clocks_strike_and_a_late_one_not_at_all(ledger: StoreLedger) -> None:
    office = Office(ledger).begins()
    early, late = Due(NINE + timedelta(hours=1), ScheduleKind.ROUND), Due(NINE + timedelta(hours=2), ScheduleKind.ROUND)
    assert not office.rhythm.ticking.keep(ACME, early)
    office.planning.begin(ACME)

    assert office.rhythm.ticking.keep(ACME, late)

    assert not office.rhythm.ticking.keep(ACME, late)
    assert not office.rhythm.ticking.keep(ACME, early)
    assert office.planning.plan(ACME).of(ScheduleKind.ROUND).fired_at == late.at


def test_a_round_forgets_the_evidence_past_its_time_and_the_next_one_finds_nothing_more(asked: Office) -> None:
    with asked.ledger.look(ACME) as books:
        old = books.runs.newest()
    assert old
    asked.clock.pass_by(days=401)
    new = asked.receives(HAVE, PAY, "2027-11").run
    assert asked.reconcile.replay(ACME, old.id).is_same

    tick(asked, ScheduleKind.REMIND)
    assert asked.reconcile.replay(ACME, old.id).is_same
    for _ in range(3):
        tick(asked, ScheduleKind.ROUND, days=1)

    with pytest.raises(NotFound, match="past its time"):
        asked.reconcile.replay(ACME, old.id)
    assert asked.reconcile.replay(ACME, new.id).is_same
    with asked.ledger.look(ACME) as books:
        assert [entry.action for entry in books.audit.entries()].count("forgot") == 1


def test_a_round_keeps_evidence_as_long_as_was_set_in_slack(asked: Office) -> None:
    with asked.ledger.look(ACME) as books:
        old = books.runs.newest()
    assert old
    Workplaces(asked.ledger, asked.clock, asked.new_id).change(Workplace(keep_days=900), asked.by(ADA))
    asked.clock.pass_by(days=500)
    asked.receives(HAVE, PAY, "2028-03")

    tick(asked, ScheduleKind.ROUND)

    assert asked.reconcile.replay(ACME, old.id).is_same


def test_a_scheduled_run_compares_the_newest_whole_month_and_says_nothing_if_nothing_is_new(asked: Office) -> None:
    asked.drops(bought_csv(HAVE, "2026-11"), "pax8-2026-11.csv")
    asked.runs()

    assert tick(asked, ScheduleKind.RUN, days=1)

    (promise,) = asked.promised(PromiseKind.RUN)
    assert promise.payload == {"month": "2026-10", "because": "tick:run:2026-10-21T09:00:00+00:00"}
    assert not asked.runs()[0].is_new
    assert asked.promised() == []


def test_before_the_first_month_a_scheduled_run_does_nothing(office: Office) -> None:
    office.planning.begin(ACME)

    assert tick(office, ScheduleKind.RUN, days=1)

    assert office.promised() == []


def test_what_nobody_decides_is_nudged_about_once_and_then_passed_on_once(asked: Office) -> None:
    days = [reminders(asked) for _ in range(30) if tick(asked, ScheduleKind.REMIND, days=1)]

    both = {PREMIUM, VISIO}
    assert {day: told for day, told in enumerate(days, start=1) if told} == {
        5: [("nudge", both)],
        10: [("escalation", both)],
    }
    assert happened(asked, asked.gap("Acme", VISIO))[-2:] == [Happening.NUDGED, Happening.ESCALATED]


def test_who_has_signed_is_not_asked_again_but_who_may_sign_beside_them(asked: Office) -> None:
    asked.hires(JO, approver=True)
    asked.thresholds.set_second_person(Money(Decimal(1), "USD"), asked.by(ADA))
    assert asked.decide.approve(asked.gap("Acme", VISIO).id, asked.by(SAM)).is_proposed
    asked.keeps_its_promises()

    days = [reminders(asked) for _ in range(30) if tick(asked, ScheduleKind.REMIND, days=1)]

    assert {day: told for day, told in enumerate(days, start=1) if told} == {
        5: [("nudge", {PREMIUM}), ("escalation", {VISIO})],
        10: [("escalation", {PREMIUM})],
    }


def test_a_second_signature_is_asked_for_also_where_the_billing_owner_never_hears(asked: Office) -> None:
    asked.hires(JO, approver=True)
    asked.thresholds.set_second_person(Money(Decimal(1), "USD"), asked.by(ADA))
    asked.rhythm.reminding.set(Patience(nudge_after=2, escalate_after=0), asked.by(ADA))
    asked.decide.approve(asked.gap("Acme", VISIO).id, asked.by(SAM))
    asked.keeps_its_promises()

    days = [reminders(asked) for _ in range(20) if tick(asked, ScheduleKind.REMIND, days=1)]

    assert {day: told for day, told in enumerate(days, start=1) if told} == {
        2: [("nudge", {PREMIUM}), ("escalation", {VISIO})],
    }


def test_a_second_signature_is_never_asked_of_who_gave_the_first(asked: Office) -> None:
    asked.hires(JO, approver=True)
    asked.thresholds.set_second_person(Money(Decimal(1), "USD"), asked.by(ADA))
    asked.decide.approve(asked.gap("Acme", VISIO).id, asked.by(JO))
    asked.keeps_its_promises()

    tick(asked, ScheduleKind.REMIND, days=5)

    assert [told["person"] for told in payloads(asked.promised(), PromiseKind.ESCALATION)] == [ADA]


def test_a_reminder_moves_no_money(asked: Office) -> None:
    before = asked.reports.weekly.week(ACME, date(2026, 10, 19))

    for _ in range(12):
        tick(asked, ScheduleKind.REMIND, days=1)

    assert happened(asked, asked.gap("Acme", VISIO))[-1] is Happening.ESCALATED
    after = asked.reports.weekly.week(ACME, date(2026, 10, 19))
    assert [one.shares for one in after.sums] == [one.shares for one in before.sums]


def test_who_is_told_in_the_end_is_the_billing_owner_or_an_admin_if_they_have_left(asked: Office) -> None:
    asked.joining.left(ACME, JO)
    for days in (5, 5):
        tick(asked, ScheduleKind.REMIND, days=days)

    assert payloads(asked.promised(), PromiseKind.ESCALATION)[0]["person"] == ADA


def test_an_admin_stands_in_for_a_billing_owner_who_has_left(asked: Office) -> None:
    owner = asked.rhythm.manners.stands_in(ACME)
    assert owner

    asked.joining.left(ACME, owner)

    assert asked.rhythm.manners.stands_in(ACME) == ADA


def test_nobody_is_told_of_what_they_were_asked_themselves(asked: Office) -> None:
    asked.owners.set_owner(Owner(client="Acme", manager=JO), asked.by(ADA))

    told = [reminders(asked) for _ in range(20) if tick(asked, ScheduleKind.REMIND, days=1)]

    assert [kind for day in told for kind, _ in day] == ["nudge"]


def test_only_what_is_undecided_is_reminded_of(asked: Office) -> None:
    asked.decide.approve(asked.gap("Acme", PREMIUM).id, asked.by(ADA))

    told = [reminders(asked) for _ in range(12) if tick(asked, ScheduleKind.REMIND, days=1)]

    assert [gaps for day in told for _, gaps in day] == [{VISIO}, {VISIO}]


def test_a_snoozed_gap_wakes_on_time_and_has_its_time_again(asked: Office) -> None:
    gap = asked.gap("Acme", VISIO)
    wakes = asked.clock() + timedelta(days=3)
    asked.decide.snooze(gap.id, asked.by(ADA), wakes)
    asked.keeps_its_promises()

    tick(asked, ScheduleKind.ROUND, at=wakes - timedelta(hours=1))
    assert asked.case(gap).state is CaseState.DECIDED
    tick(asked, ScheduleKind.ROUND, at=wakes)

    assert asked.case(gap).state is CaseState.OPEN
    assert payloads(asked.promised(), PromiseKind.REPLY)[0]["happening"] == "woke"
    asked.keeps_its_promises()
    told = [reminders(asked) for _ in range(10) if tick(asked, ScheduleKind.REMIND, days=1)]
    assert [(day, gaps) for day, told in enumerate(told, start=1) for kind, gaps in told if kind == "nudge"] == [
        (2, {PREMIUM}),
        (5, {VISIO}),
    ]


def test_whoever_a_gap_is_handed_to_has_time_of_their_own(asked: Office) -> None:
    tick(asked, ScheduleKind.REMIND, days=4)
    asked.decide.assign(asked.gap("Acme", VISIO).id, asked.by(ADA), MAX)
    asked.keeps_its_promises()

    told = [reminders(asked) for _ in range(6) if tick(asked, ScheduleKind.REMIND, days=1)]

    nudges = [(day, gaps) for day, told in enumerate(told, start=5) for kind, gaps in told if kind == "nudge"]
    assert nudges == [(5, {PREMIUM}), (9, {VISIO})]


def die_half_way(office: Office, due: Due) -> None:
    with office.ledger.open(ACME) as books:
        WAYS[due.kind](books, due, office.clock())
        raise ZeroDivisionError


def test_a_reminder_that_fails_half_way_is_as_if_it_had_not_begun(asked: Office) -> None:
    asked.clock.pass_by(days=5)
    due = Due(asked.clock(), ScheduleKind.REMIND)

    with pytest.raises(ZeroDivisionError):
        die_half_way(asked, due)

    assert asked.promised() == []
    assert asked.rhythm.ticking.keep(ACME, due)
    assert reminders(asked) == [("nudge", {PREMIUM, VISIO})]


def test_patience_is_set_by_admins_and_may_be_endless(asked: Office) -> None:
    with pytest.raises(NotAllowed, match="Only an admin may set the reminders"):
        asked.rhythm.reminding.set(Patience(), asked.by(SAM))
    with pytest.raises(Refused, match="0 to 90 days"):
        asked.rhythm.reminding.set(Patience(nudge_after=91), asked.by(ADA))

    assert asked.rhythm.reminding.set(Patience(nudge_after=2, escalate_after=0), asked.by(ADA)) == Patience()

    assert asked.rhythm.reminding.patience(ACME) == Patience(nudge_after=2, escalate_after=0)
    told = [reminders(asked) for _ in range(20) if tick(asked, ScheduleKind.REMIND, days=1)]
    assert {day: gaps for day, gaps in enumerate(told, start=1) if gaps} == {2: [("nudge", {PREMIUM, VISIO})]}
    with asked.ledger.look(ACME) as books:
        entry = next(one for one in books.audit.entries() if one.action == "reminders set")
    assert (entry.by, entry.detail) == (ADA, '{"new":[2,0],"old":[5,5]}')
