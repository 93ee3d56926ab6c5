"""Money counts as recovered only where a later month's billing shows it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from office import ACME, ADA, NOVEMBER, PREMIUM, VISIO, Office, Row, billed_csv, bought_csv

from bot.services.cases import Case, CaseState
from bot.services.decisions import CorrectionState, Names, Reason
from bot.services.statement import Statements
from recon import Direction, Kind

HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]
NOBODY_YET = "Umbrella Holdings"


@pytest.fixture
def approved(office: Office) -> Case:
    """Let two seats that Acme is not billed for be approved in October, and November begin."""
    office.receives(HAVE, PAY)
    office.decide.approve(office.gap("Acme").id, office.by(ADA))
    office.clock.now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return office.gap("Acme")


def correction(office: Office) -> CorrectionState:
    with office.ledger.look(ACME) as books:
        (asked,) = books.decisions.corrections()
        return asked.state


def moved(office: Office) -> dict[str, str]:
    """Read where money went that was not billed."""
    statement = Statements(office.ledger, office.clock).of_month(ACME)
    assert all(flow.ties for flow in (*statement.flows, *statement.ever))
    (flow,) = (flow for flow in statement.ever if flow.direction is Direction.UNDER)
    return {name: str(getattr(flow, name)) for name in ("fixed", "unreal", "lost") if getattr(flow, name).amount}


@pytest.mark.parametrize("left", [10, 5])
def test_seats_the_vendor_takes_back_recover_nothing(office: Office, approved: Case, left: int) -> None:
    office.receives([("Acme", PREMIUM, left)], PAY, "2026-11")

    closed = office.case(approved)
    assert (closed.state, closed.is_verified, closed.recovered) == (CaseState.CLOSED, False, None)
    assert correction(office) is CorrectionState.WITHDRAWN
    assert moved(office) == {"lost": "$44.00"}


def test_what_is_put_right_in_part_recovers_that_part(office: Office, approved: Case) -> None:
    office.receives([("Acme", PREMIUM, 11)], [("Acme", PREMIUM, 11)], "2026-11")

    closed = office.case(approved)
    assert (closed.is_verified, str(closed.recovered)) == (True, "$22.00")
    assert moved(office) == {"fixed": "$22.00", "lost": "$22.00"}


def test_more_bought_and_all_of_it_billed_recovers_the_whole_gap(office: Office, approved: Case) -> None:
    office.receives([("Acme", PREMIUM, 15)], [("Acme", PREMIUM, 15)], "2026-11")

    assert str(office.case(approved).recovered) == "$44.00"


def test_a_gap_that_shrinks_because_less_is_bought_is_not_fixed_in_part(office: Office, approved: Case) -> None:
    office.receives([("Acme", PREMIUM, 11)], PAY, "2026-11")

    assert office.case(approved).state is CaseState.OPEN
    assert moved(office) == {"lost": "$22.00"}


def test_a_gap_that_shrinks_because_more_is_billed_is_fixed_in_part(office: Office, approved: Case) -> None:
    office.receives(HAVE, [("Acme", PREMIUM, 11)], "2026-11")

    assert office.case(approved).state is CaseState.OPEN
    assert moved(office) == {"fixed": "$22.00"}


def test_a_client_that_the_psa_calls_otherwise_has_avoided_nothing(office: Office) -> None:
    office.receives([("Acme", PREMIUM, 10)], [("Acme", PREMIUM, 14)])
    gap = office.gap("Acme")
    office.decide.approve(gap.id, office.by(ADA))

    office.receives([("Acme", PREMIUM, 10)], [("Acme Inc", PREMIUM, 14)], "2026-11")

    approved = office.case(gap)
    assert (approved.state, approved.is_verified, approved.recovered) == (CaseState.DECIDED, False, None)
    assert office.gap("Acme Inc").id == gap.id


def test_a_client_that_vendor_and_psa_both_call_otherwise_has_avoided_nothing(office: Office) -> None:
    office.receives([("Acme", PREMIUM, 10)], [("Acme", PREMIUM, 14)])
    gap = office.gap("Acme")
    office.decide.approve(gap.id, office.by(ADA))

    office.receives([("Ajax", PREMIUM, 10)], [("Ajax", PREMIUM, 14)], "2026-11")

    closed = office.case(gap)
    assert (closed.state, closed.is_verified, closed.recovered) == (CaseState.CLOSED, False, None)
    assert office.gap("Ajax").state is CaseState.OPEN


def test_a_client_that_had_nothing_but_what_it_was_billed_for_may_be_gone_by_that(office: Office) -> None:
    others = [("Bolt", PREMIUM, 10)]
    office.receives(others, [("Acme", PREMIUM, 14), *others])
    gap = office.gap("Acme")
    office.decide.approve(gap.id, office.by(ADA))

    office.receives(others, others, "2026-11")

    assert str(office.case(gap).recovered) == "$308.00"


def test_over_billing_is_avoided_by_billing_less_and_not_by_buying_more(office: Office) -> None:
    office.receives([("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 10)], [("Acme", PREMIUM, 14), ("Bolt", PREMIUM, 14)])
    acme, bolt = office.gap("Acme"), office.gap("Bolt")
    for gap in (acme, bolt):
        office.decide.approve(gap.id, office.by(ADA))

    office.receives(
        [("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 14)], [("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 14)], "2026-11"
    )

    assert (str(office.case(acme).recovered), office.case(bolt).recovered) == ("$88.00", None)


def test_what_is_agreed_on_recovers_nothing(office: Office, approved: Case) -> None:
    rule = {"kind": "exclusion", "client": "Acme", "product": PREMIUM}
    office.agreements.add(rule, office.by(ADA))
    office.runs()

    closed = office.case(approved)
    assert (closed.state, closed.recovered) == (CaseState.CLOSED, None)
    assert moved(office) == {"unreal": "$44.00"}


def test_a_bundle_billed_more_often_puts_a_gap_right(office: Office) -> None:
    rule = {"kind": "bundle", "unit": "Managed Desktop", "contains": [PREMIUM]}
    office.agreements.add(rule, office.by(ADA))
    office.receives(HAVE, [*PAY, ("Acme", "Managed Desktop", 1)])
    gap = office.gap("Acme", PREMIUM)
    office.decide.approve(gap.id, office.by(ADA))

    office.receives(HAVE, [*PAY, ("Acme", "Managed Desktop", 2)], "2026-11")

    assert str(office.case(gap).recovered) == "$22.00"


RENAMED = {
    "bought": ([(NOBODY_YET, PREMIUM, 12)], PAY),
    "billed": (HAVE, [("Raccoon City Labs", PREMIUM, 10)]),
}


@pytest.mark.parametrize("side", RENAMED)
def test_a_gap_whose_client_waits_for_an_answer_is_neither_closed_nor_asked_again(
    office: Office, approved: Case, side: str
) -> None:
    bought, billed = RENAMED[side]
    report = office.receives(bought, billed, "2026-11")

    assert office.looking.questions(ACME)
    assert [move for move in report.moves if move.happenings] == []
    assert (office.case(approved).state, correction(office)) == (CaseState.DECIDED, CorrectionState.TO_DO)
    assert moved(office) == {}


def test_a_dismissal_stands_while_a_name_waits_and_after_it_was_answered(office: Office) -> None:
    office.receives(HAVE, PAY)
    gap = office.gap("Acme")
    office.decide.dismiss(gap.id, office.by(ADA), Reason.BUNDLED)
    office.receives([(NOBODY_YET, PREMIUM, 12)], PAY, "2026-11")
    assert office.case(gap).state is CaseState.DECIDED

    office.speak.same(Names(Kind.CLIENT, NOBODY_YET, "Acme"), office.by(ADA))
    (report,) = office.runs()

    assert [move.happenings for move in report.moves if move.happenings] == []
    assert office.case(gap).state is CaseState.DECIDED


@pytest.mark.parametrize("is_approved", [True, False])
def test_a_gap_that_an_answer_showed_is_none_after_all_once_it_is_taken_back(
    office: Office, *, is_approved: bool
) -> None:
    office.receives([(NOBODY_YET, PREMIUM, 12)], [("Raccoon Labs", PREMIUM, 10)])
    answer = office.speak.same(Names(Kind.CLIENT, NOBODY_YET, "Raccoon Labs"), office.by(ADA))
    office.runs()
    gap = office.gap("Raccoon Labs")
    if is_approved:
        office.decide.approve(gap.id, office.by(ADA))

    office.undo.take_back(answer.id, office.by(ADA))
    office.runs()

    assert office.case(gap).state is CaseState.CLOSED
    assert office.looking.gaps(ACME) == ()
    assert list(moved(office)) == ["unreal"]
    assert office.fixes.to_do(ACME) == ()

    office.speak.same(Names(Kind.CLIENT, NOBODY_YET, "Raccoon Labs"), office.by(ADA, "again"))
    office.runs()
    assert office.case(gap).state is CaseState.OPEN


def test_a_gap_that_was_there_before_an_answer_waits_again_once_it_is_taken_back(
    office: Office, approved: Case
) -> None:
    office.receives([(NOBODY_YET, PREMIUM, 12)], PAY, "2026-11")
    names = Names(Kind.CLIENT, NOBODY_YET, "Acme")
    for once in ("first", "again"):
        answer = office.speak.same(names, office.by(ADA, once))
        office.runs()
        assert not office.looking.questions(ACME)
        office.clock.pass_by(days=1)

        office.undo.take_back(answer.id, office.by(ADA))
        office.runs()

        assert (office.case(approved).state, correction(office)) == (CaseState.DECIDED, CorrectionState.TO_DO)
    assert moved(office) == {}


def test_a_dismissal_stands_though_the_answer_about_its_name_is_taken_back_and_given_again(office: Office) -> None:
    office.receives([(NOBODY_YET, PREMIUM, 12)], [("Raccoon Labs", PREMIUM, 10)])
    names = Names(Kind.CLIENT, NOBODY_YET, "Raccoon Labs")
    answer = office.speak.same(names, office.by(ADA))
    office.runs()
    gap = office.gap("Raccoon Labs")
    office.decide.dismiss(gap.id, office.by(ADA), Reason.BUNDLED)

    office.undo.take_back(answer.id, office.by(ADA))
    office.runs()
    office.speak.same(names, office.by(ADA, "again"))
    office.runs()

    assert office.case(gap).state is CaseState.DECIDED


def test_what_is_fixed_closes_though_another_product_of_the_client_waits(office: Office) -> None:
    office.receives([*HAVE, ("Acme", VISIO, 1)], [*PAY, ("Acme", VISIO, 1)])
    gap = office.gap("Acme", PREMIUM)
    office.decide.approve(gap.id, office.by(ADA))
    wondered: list[Row] = [("Acme", "VSO-P2-NFP", 1)]

    office.receives([*HAVE, *wondered], [("Acme", PREMIUM, 12), ("Acme", VISIO, 1)], "2026-11")

    assert office.looking.questions(ACME)
    assert str(office.case(gap).recovered) == "$44.00"


def test_the_same_month_sent_again_with_the_billing_put_right_recovers_it(office: Office, approved: Case) -> None:
    office.drops(billed_csv([("Acme", PREMIUM, 12)]), "additions-2026-10.csv", month=approved.month)
    office.runs()

    closed = office.case(approved)
    assert (closed.month < NOVEMBER, str(closed.recovered)) == (True, "$44.00")


OTHERS = [("Bolt", VISIO, 1)]
AS_TWO = ([("Acme", "Zorblax Shield", 12), *OTHERS], [("Acme", "Quimby Wall", 12), *OTHERS])


@pytest.mark.parametrize("is_about_it", [True, False])
def test_a_name_answered_while_the_next_month_waits_to_be_compared_recovers_nothing(
    office: Office, *, is_about_it: bool
) -> None:
    """The seats were billed all along, under a name nobody knew: that they are counted now is no work of billing's."""
    office.receives(*AS_TWO)
    gap = office.gap("Acme", "Zorblax Shield")
    office.decide.approve(gap.id, office.by(ADA))
    office.clock.now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    bought, billed = AS_TWO if is_about_it else (AS_TWO[0], [("Acme", "Zorblax Shield", 12), *OTHERS])
    office.drops(bought_csv(bought, "2026-11"), "pax8-2026-11.csv")
    office.drops(billed_csv(billed), "additions-2026-11.csv", month=NOVEMBER)

    name = "Zorblax Shield" if is_about_it else "Something Else"
    office.speak.same(Names(Kind.PRODUCT, name, "Quimby Wall"), office.by(ADA))
    office.reconcile.run(ACME, NOVEMBER)

    closed = office.case(gap)
    assert (closed.state, closed.is_verified) == (CaseState.CLOSED, not is_about_it)
    assert list(moved(office)) == (["unreal"] if is_about_it else ["fixed"])


def test_a_name_that_shows_part_of_it_was_billed_all_along_recovers_nothing(office: Office) -> None:
    office.receives([("Acme", "Zorblax Shield", 12), *OTHERS], [("Acme", "Quimby Wall", 5), *OTHERS])
    gap = office.gap("Acme", "Zorblax Shield")
    office.decide.approve(gap.id, office.by(ADA))

    office.speak.same(Names(Kind.PRODUCT, "Zorblax Shield", "Quimby Wall"), office.by(ADA))
    office.runs()

    assert (office.case(gap).state, int(office.case(gap).gap.seats)) == (CaseState.OPEN, 7)
    assert list(moved(office)) == ["unreal"]
