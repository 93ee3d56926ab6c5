"""What the bot has earned is stated month by month, and no gap counts twice."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from office import ACME, ADA, JO, NOVEMBER, OCTOBER, PREMIUM, VISIO, Office

from bot.services.decisions import Reason
from bot.services.failures import Refused
from bot.services.flows import Flow
from bot.services.people import Workspace
from bot.services.statement import Statement, Statements
from recon import Direction, Limits, Month

HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]
PAID = [("Acme", PREMIUM, 12)]
DECEMBER = Month(2026, 12)


def stated(office: Office, month: Month | None = None) -> Statement:
    statement = Statements(office.ledger, office.clock).of_month(ACME, month)
    assert all(flow.ties for flow in (*statement.flows, *statement.ever))
    return statement


def under(flows: tuple[Flow, ...]) -> dict[str, str]:
    """Read what is not nothing of what was not billed."""
    (flow,) = (flow for flow in flows if flow.direction is Direction.UNDER)
    names = ("opened", "detected", "approved", "fixed", "waived", "unreal", "lost", "closed")
    return {name: str(getattr(flow, name)) for name in names if getattr(flow, name).amount}


def november(office: Office) -> None:
    office.clock.now = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_gap_is_detected_in_one_month_and_recovered_in_another(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.decide.approve(office.gap("Acme").id, office.by(ADA))
    november(office)
    office.receives(HAVE, PAID, "2026-11")

    october = stated(office, OCTOBER)
    assert under(october.flows) == {"detected": "$44.00", "approved": "$44.00", "closed": "$44.00"}
    assert (october.is_over, october.months) == (True, (OCTOBER, NOVEMBER))
    assert under(stated(office).flows) == {"opened": "$44.00", "fixed": "$44.00"}
    assert under(stated(office).ever) == {"detected": "$44.00", "approved": "$44.00", "fixed": "$44.00"}


def test_a_month_whose_files_were_compared_after_it_names_the_month_in_which_they_were(office: Office) -> None:
    november(office)
    office.receives(HAVE, PAY)

    assert (stated(office, OCTOBER).flows, stated(office, OCTOBER).found_in) == ((), NOVEMBER)
    assert (under(stated(office).flows)["detected"], stated(office).found_in) == ("$44.00", None)
    assert stated(office, Month(2026, 9)).found_in is None


def test_a_month_that_has_not_begun_is_not_stated(office: Office) -> None:
    office.receives(HAVE, PAY)

    with pytest.raises(Refused, match="December 2026 has not begun yet"):
        stated(office, DECEMBER)


def test_a_gap_that_comes_back_is_not_detected_or_recovered_again(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.decide.approve(office.gap("Acme").id, office.by(ADA))
    november(office)
    office.receives(HAVE, PAID, "2026-11")
    office.clock.now = datetime(2026, 12, 20, 9, tzinfo=UTC)
    office.receives([("Acme", PREMIUM, 13)], PAY, "2026-12")

    assert under(stated(office).flows) == {"detected": "$22.00", "fixed": "-$44.00", "closed": "$66.00"}
    assert under(stated(office).ever) == {"detected": "$66.00", "approved": "$44.00", "closed": "$66.00"}


def test_what_is_dismissed_is_waived_unless_it_was_noise(office: Office) -> None:
    office.receives([*HAVE, ("Acme", VISIO, 3)], [*PAY, ("Acme", VISIO, 2)])
    office.decide.dismiss(office.gap("Acme", PREMIUM).id, office.by(ADA), Reason.BUNDLED)
    office.decide.dismiss(office.gap("Acme", VISIO).id, office.by(ADA), Reason.NOISE)
    assert under(stated(office).flows) == {"detected": "$66.00", "waived": "$44.00", "unreal": "$22.00"}

    office.undo.last(office.gap("Acme", PREMIUM).id, office.by(ADA))

    assert under(stated(office).flows) == {"detected": "$66.00", "unreal": "$22.00", "closed": "$44.00"}


def test_what_goes_away_unsigned_is_lost_and_what_was_only_misread_is_not(office: Office) -> None:
    office.receives(HAVE, PAY)
    november(office)
    office.receives([("Acme", PREMIUM, 10)], PAY, "2026-11")
    assert under(stated(office).flows) == {"opened": "$44.00", "lost": "$44.00"}

    office.receives([("Bolt", PREMIUM, 9), *PAID], [("Bolt", PREMIUM, 7), *PAID], "2026-11")
    office.receives([("Bolt", PREMIUM, 7), *PAID], [("Bolt", PREMIUM, 7), *PAID], "2026-11")

    assert under(stated(office).flows)["unreal"] == "$44.00"
    assert "closed" not in under(stated(office).flows)


def test_both_directions_and_what_is_kept_quiet_are_stated_apart(office: Office) -> None:
    office.thresholds.set_limits(Limits(min_seats=Decimal(2)), office.by(ADA))
    office.receives([("Acme", PREMIUM, 11), ("Acme", VISIO, 1)], [("Acme", PREMIUM, 10), ("Acme", VISIO, 5)])
    over = office.gap("Acme", VISIO)
    office.decide.approve(over.id, office.by(ADA))
    november(office)
    office.receives([("Acme", PREMIUM, 11), ("Acme", VISIO, 1)], [("Acme", PREMIUM, 10), ("Acme", VISIO, 1)], "2026-11")

    flows = {flow.direction: flow for flow in stated(office).flows}
    assert str(flows[Direction.OVER].fixed) == "$88.00"
    assert str(flows[Direction.UNDER].closed) == "$22.00"


def test_a_billing_month_begins_when_it_was_agreed_where_the_workspace_is(office: Office) -> None:
    office.joining.change(Workspace(id=ACME, name="MSP", time_zone="Pacific/Auckland"), office.by(ADA))
    office.clock.now = datetime(2026, 10, 31, 11, 30, tzinfo=UTC)  # the 1st of November in Auckland
    office.receives(HAVE, PAY)

    assert stated(office).month == NOVEMBER
    assert under(stated(office, NOVEMBER).flows) == {"detected": "$44.00", "closed": "$44.00"}
    assert stated(office, OCTOBER).flows == ()
    assert stated(office, OCTOBER).postings == ()


def test_a_posting_names_who_decided_and_the_rows_that_were_seen_then(office: Office) -> None:
    office.hires(JO, approver=True)
    office.receives(HAVE, PAY)
    office.decide.approve(office.gap("Acme").id, office.by(JO))

    found, signed = stated(office).postings

    assert found.rows == signed.rows == "pax8-2026-10.csv row 2, additions-2026-10.csv row 2"
    assert (found.event.by, signed.event.by) == ("gapwatch", JO)
