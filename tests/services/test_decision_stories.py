"""A person decides about a gap, once."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from office import ACME, ADA, JO, MAX, NOVEMBER, PREMIUM, SAM, VISIO, Office, payloads
from openpyxl import load_workbook

from bot.services.cases import CaseState
from bot.services.decisions import CorrectionState, Reason, Verb
from bot.services.failures import AlreadyDecided, MovedOn, NotAllowed, Refused
from bot.services.homes import Filters
from bot.services.ids import BOT, PersonId
from bot.services.meeting import Meeting, Met
from bot.services.people import Owner, Person
from bot.services.planning import Change
from bot.services.promises import PromiseKind
from bot.services.register import Register
from recon import Limits, Money

HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]
CHRISTMAS = datetime(2026, 12, 24, tzinfo=UTC)


@pytest.fixture
def leak(office: Office) -> Office:
    """Let Acme be billed for two seats too few; Sam and Jo may approve everything, Max answers for nobody."""
    for person in (SAM, JO):
        office.hires(person, approver=True)
    office.hires(MAX)
    office.receives(HAVE, PAY)
    return office


def test_an_approved_gap_is_corrected_once_however_often_it_is_clicked(leak: Office) -> None:
    gap = leak.gap("Acme")

    first = leak.decide.approve(gap.id, leak.by(JO, "click-1"))
    again = leak.decide.approve(gap.id, leak.by(JO, "click-1"))
    with pytest.raises(AlreadyDecided, match=r"U-jo approved this on 20 Oct 2026") as lost:
        leak.decide.approve(gap.id, leak.by(SAM, "click-2"))

    assert again == first == lost.value.winner
    (fix,) = leak.fixes.to_do(ACME)
    assert (fix.client, int(fix.was), int(fix.now), fix.money) == ("Acme", 10, 12, Money(Decimal(44), "USD"))
    assert (fix.effective, fix.lines) == (date(2026, 11, 1), "additions-2026-10.csv row 2")
    assert leak.case(gap).state is CaseState.DECIDED


def test_a_fix_holds_from_the_next_invoice_of_the_billing_month_that_was_agreed(leak: Office) -> None:
    leak.planning.change(Change(cadences={}, time_zone="UTC", month_begins=15), leak.by(ADA))

    leak.decide.approve(leak.gap("Acme").id, leak.by(JO))

    (fix,) = leak.fixes.to_do(ACME)
    assert fix.effective == date(2026, 11, 15)


def test_a_fix_is_only_recovered_when_a_later_run_shows_it(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.decide.approve(gap.id, leak.by(JO))
    assert leak.looking.status(ACME, leak.clock()).recovered == ()

    leak.receives(HAVE, [("Acme", PREMIUM, 12)], "2026-11")

    closed = leak.case(gap)
    assert (closed.state, closed.is_verified, str(closed.recovered)) == (CaseState.CLOSED, True, "$44.00")
    assert [str(money) for money in leak.looking.status(ACME, leak.clock()).recovered] == ["$44.00"]
    assert leak.fixes.to_do(ACME) == ()
    assert b"verified" in leak.fixes.as_csv(ACME)


def test_lists_of_fixes_and_decisions_say_which_money_is_estimated(office: Office) -> None:
    office.receives([*HAVE, ("Acme", VISIO, 3)], PAY)
    for product in (PREMIUM, VISIO):
        office.decide.approve(office.gap("Acme", product).id, office.by(ADA))

    for source in (office.fixes, Register(office.ledger)):
        listed = csv.DictReader(StringIO(source.as_csv(ACME).decode("utf-8-sig")))
        assert {row["Product"]: row["Figure"] for row in listed} == {PREMIUM: "exact", VISIO: "estimated"}
        page = load_workbook(BytesIO(source.as_workbook(ACME))).worksheets[0]
        heads = [cell.value for cell in page[1]]
        what, monthly = (heads.index(head) + 1 for head in ("Product", "Monthly"))
        formats = {page.cell(row, what).value: page.cell(row, monthly).number_format for row in (2, 3)}
        assert formats == {PREMIUM: "#,##0.00", VISIO: '"about "#,##0.00'}


def test_what_was_approved_and_is_not_fixed_by_the_next_invoice_is_told_once_a_month(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.decide.approve(gap.id, leak.by(JO))

    leak.receives(HAVE, PAY, "2026-11")
    leak.reconcile.run(ACME, NOVEMBER)

    told = [promise.payload["happening"] for promise in leak.promised(PromiseKind.REPLY)]
    assert told == ["approved but not fixed"]
    assert leak.case(gap).state is CaseState.DECIDED
    with pytest.raises(AlreadyDecided):
        leak.decide.dismiss(gap.id, leak.by(SAM), Reason.NOISE)


def test_a_fix_that_does_not_stick_comes_back(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.decide.approve(gap.id, leak.by(JO))
    leak.receives(HAVE, [("Acme", PREMIUM, 12)], "2026-11")

    leak.receives(HAVE, PAY, "2026-12")

    again = leak.case(gap)
    assert (again.state, again.times_reopened, again.recovered) == (CaseState.OPEN, 1, None)
    assert [event.happening for event in leak.looking.why(ACME, gap.id).story] == [
        "opened",
        "decided",
        "verified",
        "reopened",
    ]


def test_a_dismissal_stays_silent_until_its_day(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.decide.dismiss(gap.id, leak.by(JO), Reason.BUNDLED, until=CHRISTMAS)
    leak.keeps_its_promises()
    leak.receives(HAVE, PAY, "2026-11")
    assert [promise.kind for promise in leak.keeps_its_promises()] == ["result"]

    leak.clock.now = CHRISTMAS
    woken = leak.wakes()

    assert [case.id for case in woken] == [gap.id]
    assert leak.wakes() == ()
    assert leak.case(gap).state is CaseState.OPEN
    assert [promise.payload["happening"] for promise in leak.promised(PromiseKind.REPLY)] == ["woke"]


def test_a_dismissal_wakes_when_its_evidence_changes_and_a_snooze_does_not(leak: Office) -> None:
    leak.receives([*HAVE, ("Hooli", VISIO, 9)], [*PAY, ("Hooli", VISIO, 4)])
    acme, hooli = leak.gap("Acme"), leak.gap("Hooli")
    leak.decide.dismiss(acme.id, leak.by(JO), Reason.INTENDED)
    leak.decide.snooze(hooli.id, leak.by(JO), CHRISTMAS)

    leak.receives([("Acme", PREMIUM, 13), ("Hooli", VISIO, 10)], [*PAY, ("Hooli", VISIO, 4)])

    assert leak.case(acme).state is CaseState.OPEN
    assert leak.case(hooli).state is CaseState.DECIDED
    assert [decision.verb for decision in leak.undo.standing(ACME)] == [Verb.SNOOZE]


def test_a_snoozed_gap_may_still_be_decided(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.decide.snooze(gap.id, leak.by(JO), CHRISTMAS)

    leak.decide.approve(gap.id, leak.by(SAM))

    assert [decision.verb for decision in leak.undo.standing(ACME)] == [Verb.APPROVE]


def test_undo_takes_the_last_decision_back_once_and_names_who_did(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.decide.assign(gap.id, leak.by(JO), MAX)
    leak.decide.approve(gap.id, leak.by(JO))

    undone = leak.undo.last(gap.id, leak.by(SAM, "undo-1"))
    leak.undo.last(gap.id, leak.by(SAM, "undo-1"))

    assert (undone.verb, undone.ended_by) == (Verb.APPROVE, SAM)
    assert (leak.case(gap).state, leak.case(gap).assigned) == (CaseState.OPEN, MAX)
    assert leak.fixes.to_do(ACME) == ()
    leak.undo.last(gap.id, leak.by(SAM, "undo-2"))
    assert leak.case(gap).assigned is None
    with pytest.raises(Refused, match="There is no decision"):
        leak.undo.last(gap.id, leak.by(SAM, "undo-3"))


def test_a_gap_is_handed_to_colleagues_only(leak: Office) -> None:
    gap, eve, bot = leak.gap("Acme"), PersonId("U-eve"), PersonId("U-bot")
    with leak.ledger.open(ACME) as books:
        books.people.put(Person(id=eve, name="Eve", is_guest=True))

    with pytest.raises(Refused, match="Eve is a guest, and guests decide nothing"):
        leak.decide.assign(gap.id, leak.by(JO), eve)
    with pytest.raises(Refused, match="I know no such colleague, and a bot can't decide"):
        leak.decide.assign(gap.id, leak.by(JO), bot)
    leak.joining.left(ACME, MAX)
    with pytest.raises(Refused, match="has left"):
        leak.decide.assign(gap.id, leak.by(JO), MAX)

    assert leak.case(gap).assigned is None
    assert "assigned" not in [told["about"] for told in payloads(leak.promised(), PromiseKind.NOTICE)]


@pytest.mark.parametrize(
    "gone", [Person(id=MAX, name="Max", is_active=False), Person(id=MAX, name="Max", is_guest=True)]
)
def test_what_was_handed_to_somebody_who_leaves_goes_back_to_the_clients_people(leak: Office, gone: Person) -> None:
    gap = leak.gap("Acme")
    leak.owners.set_owner(Owner(client="Acme", manager=SAM), leak.by(ADA))
    handed = leak.decide.assign(gap.id, leak.by(JO), MAX)
    leak.keeps_its_promises()
    met = [Met(Person(id=ADA, name="Ada"), is_admin=True), Met(gone)]

    for _ in range(2):
        Meeting(leak.ledger, leak.clock).everyone(leak.joining.workspace(ACME), met)

    assert leak.case(gap).assigned is None
    assert [case.id for case in leak.reports.homes.of(ACME, SAM, Filters()).queue] == [gap.id]
    assert handed.id not in [one.id for one in leak.undo.standing(ACME)]
    assert [promise.kind for promise in leak.promised()] == [PromiseKind.REDRAW]
    with leak.ledger.look(ACME) as books:
        (back,) = (entry for entry in books.audit.entries() if entry.action == "handed back")
    assert (back.by, back.subject, back.detail) == (BOT, gap.id, '{"was":"U-max"}')


def test_what_others_were_handed_stays_theirs_when_somebody_leaves(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.decide.assign(gap.id, leak.by(JO), MAX)
    leak.decide.assign(gap.id, leak.by(JO), SAM)

    leak.joining.left(ACME, MAX)

    assert leak.case(gap).assigned == SAM


def test_only_those_who_answer_for_a_client_decide_about_it(leak: Office) -> None:
    gap = leak.gap("Acme")
    with pytest.raises(NotAllowed, match=r"You can't decide about Acme. Ask Ada"):
        leak.decide.approve(gap.id, leak.by(MAX))

    leak.owners.set_owner(Owner(client="ACME", manager=MAX), leak.by(ADA))

    assert leak.decide.approve(gap.id, leak.by(MAX)).by == MAX


def test_above_the_limit_a_second_person_signs_and_nobody_signs_twice(leak: Office) -> None:
    leak.hires(JO, approver=True, limit="44.00")
    leak.hires(SAM, approver=True, limit="43.99")
    leak.hires(MAX, approver=True, limit="10")
    gap = leak.gap("Acme")

    proposed = leak.decide.approve(gap.id, leak.by(SAM))
    assert proposed.is_proposed
    assert leak.fixes.to_do(ACME) == ()
    assert leak.case(gap).state is CaseState.OPEN
    with pytest.raises(NotAllowed, match="someone else has to sign"):
        leak.decide.approve(gap.id, leak.by(SAM))
    with pytest.raises(NotAllowed, match=r"above what you may sign for\. Ask Ada, U-jo\."):
        leak.decide.approve(gap.id, leak.by(MAX))

    signed = leak.decide.approve(gap.id, leak.by(JO))

    assert (signed.by, signed.seconded_by) == (SAM, JO)
    assert b"U-sam and U-jo" in leak.fixes.as_csv(ACME)


def test_above_the_workspaces_own_limit_even_an_admin_needs_a_second_person(leak: Office) -> None:
    leak.thresholds.set_second_person(Money(Decimal(40), "USD"), leak.by(ADA))
    gap = leak.gap("Acme")

    assert leak.decide.approve(gap.id, leak.by(ADA)).is_proposed
    assert not leak.decide.approve(gap.id, leak.by(JO)).is_proposed


def test_a_proposal_lapses_when_its_numbers_change(leak: Office) -> None:
    leak.hires(SAM, approver=True, limit="1")
    gap = leak.gap("Acme")
    leak.decide.approve(gap.id, leak.by(SAM))

    leak.receives([("Acme", PREMIUM, 20)], PAY)

    assert leak.case(gap).proposal is None
    assert leak.decide.approve(gap.id, leak.by(SAM)).is_proposed


@pytest.mark.parametrize("bought", [20, 10])
def test_what_was_proposed_of_a_snoozed_gap_lapses_with_its_numbers_and_when_it_closes(
    leak: Office, bought: int
) -> None:
    leak.hires(SAM, approver=True, limit="1")
    gap = leak.gap("Acme")
    leak.decide.snooze(gap.id, leak.by(JO), CHRISTMAS)
    proposed = leak.decide.approve(gap.id, leak.by(SAM))

    leak.receives([("Acme", PREMIUM, bought)], PAY)

    assert leak.case(gap).proposal is None
    assert not leak.undo.one(ACME, proposed.id).stands
    assert leak.case(gap).state is (CaseState.DECIDED if bought == 20 else CaseState.CLOSED)


def test_a_click_on_what_has_changed_since_is_told_how_it_is_now(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.receives([("Acme", PREMIUM, 20)], PAY)

    with pytest.raises(MovedOn, match="Acme has 20"):
        leak.decide.approve(gap.id, leak.by(JO), seen=gap.version)


def test_a_closed_gap_is_not_decided(leak: Office) -> None:
    gap = leak.gap("Acme")
    leak.receives(HAVE, [("Acme", PREMIUM, 12)])

    with pytest.raises(Refused, match="closed on 20 Oct 2026"):
        leak.decide.approve(gap.id, leak.by(JO))


def test_a_day_that_has_passed_is_refused(leak: Office) -> None:
    with pytest.raises(Refused, match="01 Jan 2020 has passed"):
        leak.decide.snooze(leak.gap("Acme").id, leak.by(JO), datetime(2020, 1, 1, tzinfo=UTC))


def test_every_decision_can_be_listed_and_taken_back(leak: Office) -> None:
    gap = leak.gap("Acme")
    decision = leak.decide.approve(gap.id, leak.by(JO))
    assert leak.undo.standing(ACME) == (decision,)

    leak.undo.take_back(decision.id, leak.by(ADA))

    assert leak.undo.standing(ACME) == ()
    with leak.ledger.look(ACME) as books:
        assert [one.state for one in books.decisions.corrections()] == [CorrectionState.WITHDRAWN]
    with pytest.raises(Refused, match="no longer stands"):
        leak.undo.take_back(decision.id, leak.by(ADA))


def test_a_quiet_gap_that_rose_while_it_was_dismissed_speaks_when_that_is_taken_back(leak: Office) -> None:
    leak.thresholds.set_limits(Limits(Decimal(500)), leak.by(ADA), client="Hooli")
    leak.receives([*HAVE, ("Hooli", VISIO, 10)], [*PAY, ("Hooli", VISIO, 4)])
    gap = leak.gap("Hooli")
    leak.decide.dismiss(gap.id, leak.by(JO), Reason.INTENDED)
    leak.thresholds.set_limits(None, leak.by(ADA), client="Hooli")
    leak.runs()
    leak.keeps_its_promises()
    assert (leak.case(gap).state, leak.case(gap).has_spoken) == (CaseState.DECIDED, False)

    leak.undo.last(gap.id, leak.by(SAM))

    assert (leak.case(gap).state, leak.case(gap).has_spoken) == (CaseState.OPEN, True)
    assert [told["case"] for told in payloads(leak.promised(), PromiseKind.ALERT)] == [gap.id]
