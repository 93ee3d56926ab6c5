"""Which lines count as seats."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from line_maker import column, lines

from recon import Month, net_lines

OCTOBER = Month(2026, 10)


def classes_of(*stated: dict[str, Any]) -> list[str | None]:
    return list(column(net_lines(lines(*stated), OCTOBER), "class"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, None),
        ({"charge": "prorated"}, "money only"),
        ({"charge": "credit"}, "money only"),
        ({"charge": "one-time"}, "money only"),
        ({"charge": "fee"}, "money only"),
        ({"charge": "tax"}, "money only"),
        ({"charge": "usage"}, "usage"),
        ({"status": "cancelled"}, "cancelled"),
        ({"status": "suspended"}, "suspended"),
        ({"status": "pending"}, "pending"),
        ({"status": "trial"}, "trial"),
        ({"billable": False}, "not billable"),
        ({"cancelled_on": date(2026, 10, 20), "status": "active"}, "cancelled"),
        ({"cancelled_on": date(2026, 11, 1)}, None),
        ({"period_start": date(2026, 11, 1), "period_end": None}, "other month"),
        ({"period_start": date(2026, 9, 1), "period_end": date(2026, 9, 30)}, "other month"),
        ({"period_start": date(2026, 9, 20), "period_end": date(2026, 10, 19)}, None),
        ({"period_start": None, "period_end": None}, None),
    ],
)
def test_a_line_is_judged_by_what_it_says(said: dict[str, Any], expected: str | None) -> None:
    assert classes_of(said) == [expected]


def test_every_line_set_aside_says_why() -> None:
    netted = net_lines(lines({"charge": "prorated", "charge_type": "prorate"}, {"status": "trial"}), OCTOBER)

    assert column(netted, "note") == ["charged as prorate", "its status is trial"]


def test_a_refund_takes_back_the_charge_of_as_many_seats_and_the_new_charge_counts() -> None:
    old = {"line_id": "S1", "quantity": 10}
    refund = {"line_id": "S1", "quantity": -10, "period_start": date(2026, 10, 15)}
    new = {"line_id": "S1", "quantity": 12, "period_start": date(2026, 10, 15)}

    assert classes_of(old, refund, new) == ["offset", "offset", None]


def test_a_credit_for_the_rest_of_a_cycle_that_is_charged_anew_takes_its_charge_back() -> None:
    old = {"line_id": "S1", "quantity": 22, "charge_type": "Recurring"}
    rest = {"line_id": "S1", "period_start": date(2026, 10, 9)}
    credit = rest | {"quantity": -22, "charge": "credit", "charge_type": "Refund"}
    new = rest | {"quantity": 19, "charge_type": "Recurring"}

    assert classes_of(old, credit, new) == ["offset", "offset", None]
    assert classes_of(old, credit) == [None, "money only"]  # for days without service, or to end it: nothing says
    assert classes_of(old, credit, new | {"line_id": "S2"}) == [None, "money only", None]


def test_a_charge_refunded_and_charged_again_at_the_same_price_counts_once() -> None:
    charge, refund = {"line_id": "S1", "quantity": 10}, {"line_id": "S1", "quantity": -10}

    netted = net_lines(lines(charge, refund, charge), OCTOBER)

    assert sorted(map(str, netted["class"])) == ["None", "offset", "offset"]
    assert not netted["twice"].any()


def test_a_refund_written_as_negative_money_takes_its_charge_back_too() -> None:
    charge = {"quantity": 5, "amount": 100, "unit_cost": 20}
    refund = {"quantity": 5, "amount": -100, "unit_cost": 20}

    assert classes_of(charge, refund) == ["offset", "offset"]


def test_without_a_subscription_id_a_refund_of_another_price_is_a_credit() -> None:
    assert classes_of({"quantity": 5, "unit_cost": 20}, {"quantity": -5, "unit_cost": 3}) == [None, "money only"]


def test_one_refund_takes_back_one_charge_only() -> None:
    charge, refund = {"quantity": 5, "unit_cost": 20}, {"quantity": -5, "unit_cost": 20}

    assert sorted(map(str, classes_of(charge, charge, refund))) == ["None", "offset", "offset"]


def test_of_one_subscription_the_full_cycle_says_how_many_and_parts_of_it_are_money() -> None:
    full = {"line_id": "S1", "quantity": 275, "period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31)}
    part = {"line_id": "S1", "quantity": 6, "period_start": date(2026, 10, 13), "period_end": date(2026, 10, 30)}

    assert classes_of(full, part) == [None, "money only"]


def test_of_two_cycles_of_one_subscription_the_newer_counts() -> None:
    older = {"line_id": "S1", "quantity": 10, "period_start": date(2026, 9, 15), "period_end": date(2026, 10, 14)}
    newer = {"line_id": "S1", "quantity": 11, "period_start": date(2026, 10, 15), "period_end": date(2026, 11, 14)}

    assert classes_of(older, newer) == ["money only", None]


def test_without_ids_what_ended_before_another_line_began_is_its_earlier_cycle() -> None:
    older = {"quantity": 10, "period_start": date(2026, 9, 15), "period_end": date(2026, 10, 14)}
    newer = {"quantity": 12, "period_start": date(2026, 10, 15), "period_end": date(2026, 11, 14)}
    beside = {"quantity": 3, "period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31)}

    netted = net_lines(lines(older, newer, beside), None)

    assert column(netted, "class") == ["money only", None, None]


def test_two_subscriptions_of_one_product_both_count() -> None:
    assert classes_of({"line_id": "S1"}, {"line_id": "S2"}) == [None, None]


def test_the_same_charge_of_one_subscription_stated_twice_is_marked() -> None:
    netted = net_lines(lines({"line_id": "S1"}, {"line_id": "S1"}, {"line_id": "S2"}), OCTOBER)

    assert column(netted, "twice") == [False, True, False]


def test_without_a_month_no_line_is_of_another_month() -> None:
    old = lines({"period_start": date(2020, 1, 1), "period_end": date(2020, 1, 31)})

    assert column(net_lines(old, None), "class") == [None]


def test_without_an_id_a_later_part_of_the_same_cycle_is_a_proration() -> None:
    assert classes_of({"quantity": 10}, {"quantity": 2, "period_start": date(2026, 10, 20)}) == [None, "money only"]


def test_without_a_month_what_ended_before_most_lines_began_is_over() -> None:
    year = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    over = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}

    judged = net_lines(lines(year, year | {"line_id": "b"}, over | {"line_id": "c"}), None)

    assert list(column(judged, "class")) == [None, None, "other month"]
