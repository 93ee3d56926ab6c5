"""What the PSA no longer bills: when it counts as cancelled, and when a rule lets it stay bought."""

from __future__ import annotations

import pytest
from months_of import STANDARD, VISIO, billed, bought, only_gap, result_of

from recon import Month, Reading, Rule, RuleKind

OCTOBER = Month(2026, 10)
MONTH_OF_GRACE = (Rule(kind=RuleKind.GRACE, days=30),)
ACME = {"client": "Acme Dental"}


def bought_e3() -> Reading:
    return bought(ACME | {"product": "Microsoft 365 E3"}, ACME | {"product": VISIO, "seats": 1})


def billed_e3(cancelled: str, **said: object) -> Reading:
    ended = ACME | {"product": "Microsoft 365 E3", "Cancelled": cancelled} | said
    return billed(ended, ACME | {"product": VISIO, "seats": 1})


def test_a_product_cancelled_lately_may_stay_bought_even_if_nobody_else_is_billed_for_it() -> None:
    result = result_of(bought_e3(), billed_e3("2026-10-29"), month=OCTOBER, rules=MONTH_OF_GRACE)

    assert (result.gaps, result.questions, result.problems) == ((), (), ())
    assert "cancelled seats may stay for 30 days" in " ".join(result.lines["note"].drop_nulls())


def test_a_product_cancelled_long_ago_is_unbilled_whatever_the_grace() -> None:
    gap = only_gap(bought_e3(), billed_e3("2026-09-29"), month=OCTOBER, rules=MONTH_OF_GRACE)

    assert gap.sentence == "Acme Dental has 10 Microsoft 365 E3 and is billed for none."


def test_only_as_many_seats_stay_as_were_cancelled() -> None:
    gap = only_gap(bought_e3(), billed_e3("2026-10-29", seats=4), month=OCTOBER, rules=MONTH_OF_GRACE)

    assert (int(gap.bought), int(gap.billed), int(gap.seats)) == (10, 0, 6)


def test_a_grace_that_names_its_product_finds_it_on_a_cancelled_line() -> None:
    rules = (Rule(kind=RuleKind.GRACE, days=30, client="Acme Dental", product="Microsoft 365 E3"),)

    result = result_of(bought_e3(), billed_e3("2026-10-29"), month=OCTOBER, rules=rules)

    assert (result.gaps, result.problems) == ((), ())


def test_a_wording_that_is_only_cancelled_is_no_answer_to_offer() -> None:
    have = bought(ACME | {"product": "Shieldwall Gold Endpoint Suite"}, ACME | {"product": VISIO, "seats": 1})
    pay = billed_e3("2026-09-29", product="Shieldwall Gold Endpoints")

    result = result_of(have, pay, month=OCTOBER, rules=MONTH_OF_GRACE)

    assert result.questions == ()
    assert [gap.product for gap in result.gaps] == ["Shieldwall Gold Endpoint Suite"]


@pytest.mark.parametrize("other", [STANDARD, "Microsoft 365 E5"])
def test_grace_of_one_product_says_nothing_of_another(other: str) -> None:
    gaps = result_of(bought_e3(), billed_e3("2026-10-29", product=other), month=OCTOBER, rules=MONTH_OF_GRACE).gaps

    assert [gap.product for gap in gaps] == ["Microsoft 365 E3"]
