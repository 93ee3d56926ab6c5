"""Every kind of gap one month can show, as an account manager would meet it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from months_of import PREMIUM, STANDARD, VISIO, billed, bought, only_gap, result_of

from recon import (
    Basis,
    Direction,
    GapKind,
    Limits,
    Month,
    Reconciliation,
    Rule,
    RuleKind,
    Side,
    explain_gap,
    explain_gaps,
)


def test_what_agrees_is_no_gap() -> None:
    assert result_of(bought({}), billed({})).gaps == ()


def test_what_one_cause_comes_to_is_an_estimate_where_a_gap_behind_it_is() -> None:
    fine = [{"client": client} for client in ("Acme", "Bolt", "Cog")]
    without = [one | {"product": VISIO, "seats": 3, "cost": "9.50"} for one in fine]
    result = result_of(bought(*fine, *without), billed(*fine))

    assert result.causes[0].sentence.endswith("none of them is billed for it: about $85.50 a month.")


def test_seats_bought_beyond_those_billed_are_underbilled_at_the_clients_own_price() -> None:
    gap = only_gap(bought({"seats": 12}), billed({"seats": 10}))

    assert (gap.kind, gap.direction, int(gap.bought), int(gap.billed), int(gap.seats)) == (
        GapKind.UNDERBILLED,
        Direction.UNDER,
        12,
        10,
        2,
    )
    assert (str(gap.monthly), gap.exact, gap.basis) == ("$44.00", True, Basis.PRICE)
    assert gap.sentence == f"Acme has 12 {PREMIUM} and is billed for 10: 2 are not billed."
    assert gap.arithmetic == ("12 bought − 10 billed = 2 missing", "2 × $22.00 = $44.00")
    assert (gap.bought_rows, gap.billed_rows) == ((2,), (2,))


def test_seats_billed_beyond_those_bought_are_overbilled() -> None:
    gap = only_gap(bought({"seats": 7}), billed({"seats": 10}))

    assert (gap.kind, gap.direction, int(gap.seats), str(gap.monthly)) == (
        GapKind.OVERBILLED,
        Direction.OVER,
        3,
        "$66.00",
    )


def test_a_product_nobody_bills_is_unbilled_and_its_money_is_an_estimate() -> None:
    gap = only_gap(bought({}, {"product": "Huntress Managed EDR", "seats": 4, "cost": "3.10"}), billed({}))

    assert (gap.kind, int(gap.seats), str(gap.monthly), gap.exact) == (GapKind.UNBILLED, 4, "$12.40", False)
    assert (gap.basis, gap.estimated_because) == (Basis.COST, "no price for it is known")


def test_an_unbilled_product_is_worth_what_most_other_clients_pay() -> None:
    have = bought(
        {},
        {"client": "Bolt"},
        {"client": "Cove"},
        {"product": "Huntress", "client": "Acme Ltd"},
        *[{"product": "Huntress", "client": name} for name in ("Bolt", "Cove")],
    )
    pay = billed(
        {},
        {"client": "Bolt"},
        {"client": "Cove"},
        *[{"product": "Huntress", "client": name, "price": "25.00"} for name in ("Bolt", "Cove")],
    )

    gap = only_gap(have, pay)

    assert (gap.kind, gap.client, str(gap.monthly), gap.exact) == (GapKind.UNBILLED, "Acme", "$250.00", False)


def test_an_unbilled_product_is_worth_what_a_client_pays_who_waits_for_an_answer() -> None:
    sites = [{"client": f"Orchard Homes ({site})", "product": VISIO, "seats": 7} for site in ("North", "South")]
    have = bought({}, {"product": VISIO, "seats": 3}, *sites)
    pay = billed({}, {"client": "Orchard Homes", "product": VISIO, "seats": 14, "price": "15.50"})

    gap = only_gap(have, pay)

    assert (gap.client, str(gap.monthly), gap.basis) == ("Acme", "$46.50", Basis.PRICE)


def test_a_product_that_the_psa_lists_and_charges_nobody_for_says_so() -> None:
    have = bought(
        {}, {"product": "Microsoft 365 Business Standard [New Commerce Experience]", "seats": 7, "client": "Bolt"}
    )
    listed = {"product": "M365 Business Standard", "seats": 7, "client": "Bolt", "Bill Customer": "Do Not Bill"}
    result = result_of(have, billed({"Bill Customer": "Billable"}, listed))

    (why,) = explain_gaps(result, result.gaps)

    assert (why.gap.kind, why.gap.reasons) == (GapKind.UNBILLED, ("the PSA lists 7 that it charges nothing for",))
    assert [(line.side, line.row) for line in why.evidence] == [(Side.BOUGHT, 3), (Side.BILLED, 3)]
    assert [path.by for path in (why.client, *why.products)] == ["exact", "catalogue"]


def test_a_licence_billed_and_not_bought_is_unbought() -> None:
    gap = only_gap(bought({}), billed({}, {"product": STANDARD, "seats": 3, "price": "14.00"}))

    assert (gap.kind, gap.direction, int(gap.bought), int(gap.billed)) == (GapKind.UNBOUGHT, Direction.OVER, 0, 3)
    assert str(gap.monthly) == "$42.00"


def test_what_several_clients_are_billed_for_and_no_vendor_lists_may_be_paid_in_advance() -> None:
    clients = ("Acme", "Bolt", "Cedar Church")
    extra = [{"client": one, "product": STANDARD, "seats": 3, "price": "14.00"} for one in clients]
    result = result_of(
        bought(*({"client": one} for one in clients)), billed(*({"client": one} for one in clients), *extra)
    )

    (cause,) = result.causes
    assert cause.sentence == (
        f"3 clients are billed for {STANDARD} that no vendor lists this month (paid in advance?): $126.00 a month."
    )


def test_one_tier_bought_and_its_sibling_billed_is_one_wrong_product() -> None:
    have = bought({"product": "Microsoft 365 E5", "cost": "46.00", "Unit Price": "57.00"})
    gap = only_gap(have, billed({"product": "Microsoft 365 E3", "price": "36.00"}))

    assert (gap.kind, gap.product, gap.billed_product) == (
        GapKind.WRONG_PRODUCT,
        "Microsoft 365 E5",
        "Microsoft 365 E3",
    )
    assert (str(gap.monthly), gap.direction) == ("$210.00", Direction.UNDER)
    assert gap.arithmetic[-1] == "$570.00 − $360.00 = $210.00"


def test_both_lines_of_a_wrong_product_say_so() -> None:
    result = result_of(bought({"product": STANDARD}, {}), billed({"product": PREMIUM, "seats": 20}))

    assert [gap.kind for gap in result.gaps] == [GapKind.WRONG_PRODUCT]
    assert set(result.lines["note"]) == {"wrong product"}


def test_what_a_wrong_product_is_worth_is_not_told_from_a_cost_below_the_price_of_its_sibling() -> None:
    gap = only_gap(
        bought({"product": "Microsoft 365 E5", "cost": "46.00"}),
        billed({"product": "Microsoft 365 E3", "price": "66.00"}),
    )

    assert (gap.kind, str(gap.monthly), gap.direction, gap.exact) == (
        GapKind.WRONG_PRODUCT,
        "$0.00",
        Direction.UNDER,
        False,
    )
    assert gap.estimated_because is not None
    assert "what should be billed is not known" in gap.estimated_because
    assert gap.arithmetic[-1] == "$460.00 is a cost and $660.00 a price: the difference is not known"


def test_a_gap_of_which_no_price_is_known_is_not_below_a_limit_of_money() -> None:
    have = bought({"cost": ""}, {"product": VISIO, "seats": 12, "cost": ""})
    gap = only_gap(have, billed({"price": ""}), min_money=Decimal(75), min_seats=Decimal(2))

    assert (gap.is_priced, gap.is_suppressed) == (False, False)
    assert only_gap(have, billed({"price": ""}), min_seats=Decimal(13)).is_suppressed


def test_one_seat_is_not_billed_and_two_are_not_billed() -> None:
    sentences = [only_gap(bought({"seats": seats}), billed({"seats": 10})).sentence for seats in (11, 12)]

    assert [sentence.rpartition(": ")[2] for sentence in sentences] == ["1 is not billed.", "2 are not billed."]


def test_a_price_that_may_be_for_a_month_or_for_a_year_makes_no_exact_figure() -> None:
    gap = only_gap(bought({"seats": 12}), billed({"Term": "Annual"}))

    assert not gap.exact
    assert (
        gap.estimated_because
        == "the file does not say if that is for a month or for the whole term; I take it for a month"
    )


def test_a_billing_term_says_how_many_months_a_price_pays_for() -> None:
    have = bought({}, {"product": VISIO, "seats": 3, "cost": "135.00", "Billing Term": "Annual"})
    gap = only_gap(have, billed({}))

    assert (gap.product, str(gap.monthly)) == (VISIO, "$33.75")


@pytest.mark.parametrize("idle", [{"Cancelled": "2026-09-30"}, {"Bill Customer": "DoNotBill"}])
def test_a_client_whose_every_line_is_cancelled_or_free_is_billed_for_none(idle: dict[str, str]) -> None:
    have = bought({"client": "Acme Dental"}, {"client": "Bolt LLC"})
    pay = billed({"client": "Acme Dental"} | idle, {"client": "Bolt LLC"})

    result = result_of(have, pay, month=Month(2026, 10))

    assert [gap.sentence for gap in result.gaps] == [f"Acme Dental has 10 {PREMIUM} and is billed for none."]
    assert result.questions == ()


def test_a_cancelled_namesake_takes_no_client_from_the_one_that_is_billed() -> None:
    pay = billed({"client": "Acme Dental", "Cancelled": "2026-09-30"}, {"client": "Acme Dental LLC", "Cancelled": ""})

    assert result_of(bought({"client": "Acme Dental"}), pay, month=Month(2026, 10)).gaps == ()


def test_what_is_bought_in_one_currency_and_billed_in_another_is_compared_by_seats() -> None:
    have = bought({"Currency": "CAD", "seats": 12}, {"Currency": "CAD", "client": "Bolt", "cost": "60.00"})
    gap = only_gap(have, billed({"Currency": "USD"}, {"Currency": "USD", "client": "Bolt"}))

    assert gap.sentence == f"Acme has 12 {PREMIUM} and is billed for 10: 2 are not billed."
    assert (str(gap.monthly), gap.exact, gap.currency) == ("$44.00", True, "USD")
    assert gap.reasons == ("bought in CAD, billed in USD: seats are compared, prices are not",)


def test_a_bundle_billed_in_one_currency_contains_what_is_bought_in_another() -> None:
    have = bought({"Currency": "CAD"}, {"client": "Bolt"})
    pay = billed({"product": "Workstation", "Currency": "EUR"}, {"client": "Bolt"})
    rules = (Rule(kind=RuleKind.BUNDLE, unit="Workstation", contains=(PREMIUM,)),)

    assert result_of(have, pay, rules=rules).gaps == ()


def test_what_is_in_two_currencies_on_one_side_is_compared_in_each() -> None:
    have = bought({"Currency": "CAD"}, {"Currency": "USD", "seats": 4})
    gaps = result_of(have, billed({"Currency": "USD", "seats": 5})).gaps

    assert sorted((gap.kind, gap.reasons[0]) for gap in gaps) == [
        (GapKind.OVERBILLED, "this is what is in USD; what is in CAD is compared by itself"),
        (GapKind.UNBILLED, "this is what is in CAD; what is in USD is compared by itself"),
    ]


@pytest.mark.parametrize(("too_many", "kinds"), [(4, ["wrong product"]), (3, ["overbilled", "unbilled"])])
def test_as_many_of_a_sibling_too_many_are_the_wrong_product(too_many: int, kinds: list[str]) -> None:
    have = bought(
        {"product": "Microsoft 365 E3", "seats": 6}, {"product": "Microsoft 365 E5", "seats": 4, "cost": "50"}
    )
    result = result_of(have, billed({"product": "Microsoft 365 E3", "seats": 6 + too_many, "price": "36"}))

    assert sorted(gap.kind for gap in result.gaps) == kinds
    if too_many == 4:
        assert result.gaps[0].sentence == (
            "Acme has 4 Microsoft 365 E5 that are billed as Microsoft 365 E3: it has 6 of those and is billed for 10."
        )
        assert (str(result.gaps[0].monthly), result.gaps[0].billed_rows) == ("$56.00", (2,))
        settled = "Billing 4 Microsoft 365 E5 instead of Microsoft 365 E3 would settle it."
        assert explain_gap(result, "").settled_by == settled


def test_equal_billed_lines_of_which_one_is_bought_are_a_duplicate() -> None:
    gap = only_gap(bought({"seats": 8}), billed({"seats": 8}, {"seats": 8}))

    assert (gap.kind, int(gap.seats), gap.billed_rows, str(gap.monthly)) == (GapKind.DUPLICATE, 8, (2, 3), "$176.00")


def test_one_subscription_charged_twice_is_a_duplicate_at_cost_and_counts_once() -> None:
    row = {"seats": 8, "Subscription ID": "S-1"}
    gap = only_gap(bought(row, row), billed({"seats": 8}))

    assert (gap.kind, gap.direction, int(gap.bought), gap.basis) == (GapKind.DUPLICATE, Direction.UNDER, 8, Basis.COST)
    assert str(gap.monthly) == "$144.00"


def test_a_price_below_the_cost_is_a_gap_of_its_own() -> None:
    gap = only_gap(bought({"cost": "23.50"}), billed({"price": "22.00"}))

    assert (gap.kind, gap.basis, str(gap.monthly), gap.exact) == (GapKind.BELOW_COST, Basis.MARGIN, "$15.00", True)
    assert gap.sentence == f"Acme pays $22.00 for each of 10 {PREMIUM} that costs $23.50."


def test_lines_billed_below_their_cost_say_so() -> None:
    result = result_of(bought({"cost": "23.50"}), billed({"price": "22.00"}))

    assert result.lines["note"].to_list() == ["below cost", "below cost"]


def at_prices(*lines: tuple[int, str], cost: str = "30.00", have: int = 0) -> Reconciliation:
    """Bill Acme for so many seats at each of some prices."""
    have = have or sum(seats for seats, _ in lines)
    return result_of(
        bought({"seats": have, "cost": cost}), billed(*({"seats": seats, "price": price} for seats, price in lines))
    )


def test_one_price_below_the_cost_does_not_hide_behind_the_others() -> None:
    result = at_prices((8, "36.00"), (2, "10.00"))

    (gap,) = result.gaps
    assert (gap.kind, int(gap.seats), str(gap.monthly), gap.exact) == (GapKind.BELOW_COST, 2, "$40.00", True)
    assert gap.sentence == f"Acme pays $10.00 for each of 2 of its 10 {PREMIUM} that costs $30.00."
    assert gap.arithmetic == ("$30.00 it costs − $10.00 it is billed at = $20.00", "2 × $20.00 = $40.00")
    settled = explain_gap(result, gap.id).settled_by
    assert settled == "Billing each of these 2 at no less than it costs would settle it."


def test_a_seat_given_away_among_others_that_are_paid_is_below_cost() -> None:
    result = at_prices((6, "36.00"), (1, "0.00"))

    (gap,) = result.gaps
    assert gap.sentence == f"Acme pays $0.00 for 1 of its 7 {PREMIUM} that costs $30.00."
    assert str(gap.monthly) == "$30.00"
    assert explain_gap(result, gap.id).settled_by == "Billing this one at no less than it costs would settle it."


def test_several_prices_below_the_cost_are_said_one_by_one() -> None:
    (gap,) = at_prices((3, "15.00"), (1, "0.00"), cost="20.00").gaps

    assert gap.sentence == f"Acme pays $0.00 for 1 and $15.00 for each of 3 {PREMIUM} that costs $20.00."
    assert gap.arithmetic == (
        "1 × ($20.00 it costs − $0.00 it is billed at) = $20.00",
        "3 × ($20.00 it costs − $15.00 it is billed at) = $15.00",
        "$20.00 + $15.00 = $35.00",
        "4 × $8.75 = $35.00",
    )
    assert gap.exact


def test_many_prices_below_the_cost_are_said_as_lowest_and_highest() -> None:
    (gap,) = at_prices(*((1, f"{price}.00") for price in (11, 12, 13, 14)), cost="20.00").gaps

    assert gap.sentence == f"Acme pays between $11.00 and $14.00 for each of 4 {PREMIUM} that costs $20.00."
    assert (gap.arithmetic, str(gap.monthly)) == (("4 × $7.50 = $30.00",), "$30.00")


def test_what_is_billed_and_taken_back_is_not_lost() -> None:
    result = at_prices((2, "10.00"), (8, "36.00"), (-2, "10.00"), (2, "36.00"))

    assert [gap for gap in result.gaps if gap.kind is GapKind.BELOW_COST] == []


def test_a_cost_many_times_all_prices_pays_for_longer_than_the_file_says() -> None:
    assert at_prices((8, "36.00"), (2, "10.00"), cost="360.00").gaps == ()
    assert at_prices((8, "36.00"), (2, "3.00")).gaps != ()


def test_where_costs_differ_their_mean_is_compared_with_the_mean_price() -> None:
    have = bought({"seats": 5, "cost": "30.00"}, {"seats": 5, "cost": "20.00"})

    assert result_of(have, billed({"seats": 8, "price": "36.00"}, {"seats": 2, "price": "10.00"})).gaps == ()
    gap = only_gap(have, billed({"price": "22.00"}))
    assert (int(gap.seats), str(gap.monthly), gap.exact) == (10, "$30.00", False)


def test_too_few_seats_below_cost_are_two_gaps_with_two_names() -> None:
    gaps = result_of(bought({"seats": 12, "cost": "23.50"}), billed({"price": "22.00"})).gaps

    assert {gap.kind for gap in gaps} == {GapKind.BELOW_COST, GapKind.UNDERBILLED}
    assert len({gap.id for gap in gaps}) == 2


def test_seats_that_began_within_the_grace_period_wait() -> None:
    young = {"seats": 2, "Subscription ID": "S-2", "Subscription Start": "2026-10-28", "Subscription End": "2027-10-27"}
    old = {"Subscription ID": "S-1", "Subscription Start": "2026-01-01", "Subscription End": "2026-12-31"}
    month = Month(2026, 10)

    assert only_gap(bought(old, young), billed({}), month=month).kind is GapKind.WAITING
    assert only_gap(bought(old, young), billed({}), month=month, grace_days=2).kind is GapKind.UNDERBILLED
    assert result_of(bought(old, young), billed({}), month=month).total(Direction.UNDER) == ()


def test_what_waits_is_told_of_a_client_by_its_name() -> None:
    young = {"client": "Bellamy Motors", "Subscription Start": "2026-10-28", "Subscription End": "2027-10-27"}
    pay = billed({"client": "Bellamy Motors", "seats": 8})

    gap = only_gap(bought(young), pay, month=Month(2026, 10))

    assert gap.sentence.startswith(f"Bellamy Motors' {PREMIUM} changed by 2 only lately")


def test_a_running_month_is_looked_at_on_the_day_it_is() -> None:
    young = {"seats": 2, "Subscription ID": "S-2", "Subscription Start": "2026-10-02", "Subscription End": "2027-10-01"}
    old = {"Subscription ID": "S-1", "Subscription Start": "2026-01-01", "Subscription End": "2026-12-31"}
    month, spare = Month(2026, 10), Rule(kind=RuleKind.TEMPORARY, seats=Decimal(2), end=date(2026, 10, 15))

    def kind(day: int, *rules: Rule) -> list[GapKind]:
        found = result_of(bought(old, young), billed({}), month=month, day=date(2026, 10, day), rules=rules)
        return [gap.kind for gap in found.gaps]

    assert [kind(4), kind(9), kind(31)] == [[GapKind.WAITING], [GapKind.UNDERBILLED], [GapKind.UNDERBILLED]]
    assert [kind(15, spare), kind(16, spare)] == [[], [GapKind.UNDERBILLED]]


def test_what_waits_makes_nothing_else_speak() -> None:
    young = {"product": VISIO, "seats": 9, "Subscription Start": "2026-10-28", "Subscription End": "2027-10-27"}
    old = {"seats": 12, "Subscription Start": "2026-01-01", "Subscription End": "2026-12-31"}
    result = result_of(bought(old, young), billed({}), month=Month(2026, 10), min_money=Decimal(75))

    assert {gap.kind: gap.is_suppressed for gap in result.gaps} == {GapKind.WAITING: False, GapKind.UNDERBILLED: True}


def test_under_and_over_are_two_totals_and_never_netted() -> None:
    have = bought({"seats": 12}, {"client": "Bolt", "seats": 5})
    result = result_of(have, billed({}, {"client": "Bolt", "seats": 7}))

    assert [str(money) for money in result.total(Direction.UNDER)] == ["$44.00"]
    assert [str(money) for money in result.total(Direction.OVER)] == ["$44.00"]


def test_two_currencies_are_never_compared_with_each_other() -> None:
    euros = {"Currency": "EUR", "seats": 4}
    gap = only_gap(bought({}, euros), billed({}, {"Currency": "EUR", "seats": 3}))

    assert (gap.currency, str(gap.monthly)) == ("EUR", "€22.00")


def currencies_of_two(first: dict[str, object], *others: dict[str, object], default: str = "USD") -> list[str]:
    """Tell the currencies of the gaps of Acme, and of another client for each of the other lines."""
    clients = [{}, *({"client": name} for name in ("Bolt", "Cove", "Dune")[: len(others)])]
    said = [{"Currency": "", **line} | client for line, client in zip((first, *others), clients, strict=True)]
    result = result_of(bought(*(line | {"seats": 12} for line in said)), billed(*said), currency=default)
    return [gap.currency for gap in sorted(result.gaps, key=lambda gap: gap.client)]


def in_sign(sign: str) -> dict[str, object]:
    return {"cost": f"{sign}18.00", "price": f"{sign}22.00"}


def test_dollars_beside_euros_are_dollars() -> None:
    assert currencies_of_two(in_sign("$"), in_sign("€")) == ["USD", "EUR"]
    assert currencies_of_two(in_sign("$"), in_sign("€"), default="AUD") == ["AUD", "EUR"]
    assert currencies_of_two(in_sign("$"), in_sign("€"), default="EUR") == ["USD", "EUR"]


def test_dollars_are_those_that_the_files_name() -> None:
    assert currencies_of_two(in_sign("$"), in_sign("C$"), in_sign("€")) == ["CAD", "CAD", "EUR"]
    assert currencies_of_two(in_sign("$"), in_sign("C$"), in_sign("A$"), default="AUD") == ["AUD", "CAD", "AUD"]
    canadian = {"Currency": "CAD", "product": VISIO}
    result = result_of(
        bought(in_sign("$") | {"Currency": ""}, canadian, {"client": "Bolt"}),
        billed(in_sign("$") | {"Currency": "", "seats": 9}, canadian, {"client": "Bolt"}),
    )
    assert [gap.currency for gap in result.gaps] == ["CAD"]


def test_of_two_currencies_as_common_the_usual_one_is_meant() -> None:
    assert currencies_of_two({}, in_sign("C$"), in_sign("US$"), default="USD") == ["USD", "CAD", "USD"]
    assert currencies_of_two({}, in_sign("C$"), in_sign("US$"), default="CAD") == ["CAD", "CAD", "USD"]


def test_a_yearly_price_is_counted_by_the_month() -> None:
    yearly = {"seats": 12, "cost": "216.00", "Term": "P1Y", "Billing Cycle": "Annual"}
    gap = only_gap(bought(yearly), billed({"price": "264.00", "Billing Cycle": "Annual"}))

    assert (gap.kind, str(gap.monthly)) == (GapKind.UNDERBILLED, "$44.00")


YEARLY, MONTHLY = {"Term": "1 Year", "seats": 10}, {"Term": "1 Month", "seats": 3}
EACH_MONTH, EACH_YEAR = {"Billing Frequency": "Monthly"}, {"Billing Frequency": "Annual"}


def test_a_side_that_names_only_the_term_is_compared_by_the_term() -> None:
    have = bought(YEARLY | EACH_MONTH, MONTHLY | EACH_MONTH)

    assert result_of(have, billed(YEARLY, MONTHLY)).gaps == ()


def test_a_side_that_names_only_how_often_it_bills_is_compared_by_that() -> None:
    have = bought(YEARLY | EACH_YEAR | {"cost": "216.00"}, MONTHLY | EACH_MONTH)
    pay = billed({"seats": 10, "price": "264.00"} | EACH_YEAR, {"seats": 3} | EACH_MONTH)

    assert result_of(have, pay).gaps == ()


def test_plans_that_only_the_silent_half_tells_apart_are_added_up() -> None:
    have = bought(YEARLY | EACH_MONTH, YEARLY | EACH_YEAR | {"seats": 3, "cost": "216.00"})

    assert result_of(have, billed(YEARLY | {"seats": 12}, {"Term": "1 Year", "seats": 1})).gaps == ()


def test_a_gap_on_one_of_the_terms_that_both_sides_name_is_found_there() -> None:
    have = bought(YEARLY | EACH_MONTH, MONTHLY | EACH_MONTH)

    gap = only_gap(have, billed(YEARLY, MONTHLY | {"seats": 2}))

    assert (gap.plan, int(gap.bought), int(gap.billed)) == ("monthly", 3, 2)


def test_a_plan_told_in_less_detail_is_no_other_plan() -> None:
    have = bought(YEARLY | EACH_MONTH, MONTHLY | EACH_MONTH)

    gap = only_gap(have, billed(YEARLY | {"seats": 9}, MONTHLY))

    assert (gap.plan, gap.reasons) == ("annual", ())


@pytest.mark.parametrize(
    ("billed_plans", "found"),
    [
        (((YEARLY | EACH_YEAR, 10), (MONTHLY | EACH_MONTH, 3)), []),
        (((YEARLY | EACH_YEAR, 9), (MONTHLY | EACH_MONTH, 3)), [("annual", 10, 9)]),
        (((YEARLY | EACH_YEAR, 10), ({"Term": "3 Years"} | EACH_YEAR, 3)), []),
        (((YEARLY | EACH_YEAR, 10), ({"Term": "3 Years"} | EACH_YEAR, 2)), [("several plans", 13, 12)]),
    ],
)
def test_a_plan_that_each_side_names_in_its_own_way_accuses_nobody_twice(
    billed_plans: tuple[tuple[dict[str, object], int], ...], found: list[tuple[str, int, int]]
) -> None:
    have = bought(YEARLY | EACH_MONTH, MONTHLY | EACH_MONTH)
    pay = billed(*(plan | {"seats": seats, "price": "264.00"} for plan, seats in billed_plans))

    gaps = [gap for gap in result_of(have, pay).gaps if gap.kind is not GapKind.BELOW_COST]

    assert [(gap.plan, int(gap.bought), int(gap.billed)) for gap in gaps] == found


def test_a_tax_on_either_side_is_never_compared() -> None:
    tax = {"product": "Sales Tax", "seats": 1, "cost": "24.00", "price": "18.00"}

    result = result_of(bought({}, tax), billed({}, tax, {"client": "Bolt"} | tax))

    assert result.gaps == ()
    assert result.questions == ()
    assert set(result.lines["class"]) == {"matched", "money only"}


def test_a_file_that_states_only_totals_has_prices_all_the_same() -> None:
    have = bought({"seats": 30, "cost": "", "Total": "360.00"}, {"client": "Bolt", "cost": "", "Total": "120.00"})
    pay = billed({"seats": 20, "price": "", "Extended Amount": "300.00"}, {"client": "Bolt", "price": "30.00"})

    gap = only_gap(have, pay)

    assert (str(gap.monthly), gap.exact) == ("$150.00", True)
    assert gap.arithmetic == ("30 bought − 20 billed = 10 missing", "10 × $15.00 = $150.00")


def test_a_total_prices_the_seats_of_a_client_that_has_no_price_of_its_own() -> None:
    have = bought({"seats": 30, "cost": "", "Total": "360.00"})

    gap = only_gap(have, billed({"seats": 20, "price": ""}))

    assert (str(gap.monthly), gap.basis) == ("$120.00", Basis.COST)


def test_several_subscriptions_of_one_product_are_added_up() -> None:
    have = bought({"seats": 6, "Subscription ID": "A"}, {"seats": 4, "Subscription ID": "B"})

    assert result_of(have, billed({"seats": 10})).gaps == ()


def test_exactly_the_limit_is_quiet_and_a_cent_more_speaks() -> None:
    have, pay = bought({"seats": 12}), billed({"price": "50.00"})

    assert only_gap(have, pay, min_money=Decimal("100.00")).is_suppressed
    assert not only_gap(have, pay, min_money=Decimal("99.99")).is_suppressed
    assert only_gap(have, pay, min_seats=Decimal(3)).is_suppressed
    assert not only_gap(have, pay, min_seats=Decimal(2)).is_suppressed


def rule(kind: RuleKind, **said: object) -> tuple[Rule, ...]:
    return (Rule(kind=kind, **said),)  # type: ignore[arg-type] # as each test says it


def test_a_minimum_explains_seats_nobody_bought() -> None:
    have, pay = bought({"seats": 3}), billed({"seats": 5})
    result = result_of(have, pay, rules=rule(RuleKind.MINIMUM, client="Acme", seats=Decimal(5)))

    assert result.gaps == ()
    assert result.lines["class"].to_list() == ["explained", "explained"]


def test_included_seats_need_not_be_billed() -> None:
    have, pay = bought({"seats": 12}), billed({"seats": 10})

    assert result_of(have, pay, rules=rule(RuleKind.INCLUDED, product=PREMIUM, seats=Decimal(2))).gaps == ()


@pytest.mark.parametrize(
    ("kind", "seats", "still_missing"),
    [(RuleKind.TEMPORARY, 3, 3), (RuleKind.INCLUDED, 3, 3), (RuleKind.MINIMUM, 17, 6), (RuleKind.MINIMUM, 20, 9)],
)
def test_a_rule_speaks_once_of_a_clients_product_however_many_plans_it_is_on(
    kind: RuleKind, seats: int, still_missing: int
) -> None:
    plans = [{"Term": "Monthly", "Billing Cycle": "Monthly"}, {"Term": "Annual", "Billing Cycle": "Monthly"}]
    have = bought(*({"seats": bought_seats} | plan for bought_seats, plan in zip((8, 9), plans, strict=True)))
    pay = billed(*({"seats": billed_seats} | plan for billed_seats, plan in zip((5, 6), plans, strict=True)))

    gaps = result_of(have, pay, rules=rule(kind, seats=Decimal(seats))).gaps

    assert sum(gap.seats for gap in gaps if gap.direction is Direction.UNDER) == still_missing
    assert all(gap.direction is Direction.UNDER for gap in gaps)


def test_a_temporary_licence_explains_only_between_its_dates() -> None:
    have, pay = bought({"seats": 12}), billed({"seats": 10})
    until = {"seats": Decimal(2), "start": date(2026, 9, 1), "end": date(2026, 10, 31)}

    assert result_of(have, pay, month=Month(2026, 10), rules=rule(RuleKind.TEMPORARY, **until)).gaps == ()
    assert result_of(have, pay, month=Month(2026, 11), rules=rule(RuleKind.TEMPORARY, **until)).gaps != ()


def test_a_bundle_bills_what_it_contains_and_only_the_part_that_differs_is_a_gap() -> None:
    huntress = "Huntress Managed EDR"
    have = bought({"seats": 10}, {"product": huntress, "seats": 12})
    pay = billed({"product": "Managed Workstation", "seats": 10, "price": "90.00"})
    bundle = rule(RuleKind.BUNDLE, unit="Managed Workstation", contains=(PREMIUM, huntress))

    gap = only_gap(have, pay, rules=bundle)

    assert (gap.product, gap.kind, int(gap.seats)) == (huntress, GapKind.UNDERBILLED, 2)
    assert "each Managed Workstation contains it" in gap.reasons[0]
    assert gap.sentence == f"Acme has 12 {huntress} and is billed for 10 in bundles: 2 are not billed."


def test_what_a_bundle_bills_beyond_what_is_bought_is_settled_by_buying_it_or_by_fewer_bundles() -> None:
    have = bought({"seats": 8})
    pay = billed({"product": "Managed Workstation", "seats": 10, "price": "90.00"})
    result = result_of(have, pay, rules=rule(RuleKind.BUNDLE, unit="Managed Workstation", contains=(PREMIUM,)))

    (gap,) = result.gaps
    assert gap.sentence == f"Acme has 8 {PREMIUM} and is billed for 10 in bundles: 2 too many."
    assert (int(gap.billed), int(gap.bundled), gap.billed_in_all) == (0, 10, "10 in bundles")
    settled = explain_gap(result, gap.id).settled_by
    assert settled == "Buying 2 more would settle it; so would billing 2 fewer bundles."


def test_what_bundles_bill_is_added_before_it_is_taken_away() -> None:
    have, pay = bought({"seats": 3}), billed({"product": "Managed Workstation", "seats": 2, "price": "90.00"})
    bundle = rule(RuleKind.BUNDLE, unit="Managed Workstation", contains=(PREMIUM,))

    gap = only_gap(have, pay, rules=bundle)

    assert gap.arithmetic[0] == "3 bought − (0 billed + 2 in bundles) = 1 missing"
    over = only_gap(bought({"seats": 1}), pay, rules=bundle)
    assert over.arithmetic[0] == "0 billed + 2 in bundles − 1 bought = 1 too many"
    both = replace(over, billed=Decimal(3))
    assert (both.billed_in_all, replace(both, bundled=Decimal(0)).billed_in_all) == ("3 + 2 in bundles", "3")


@pytest.mark.parametrize(("seats_billed", "instead"), [(3, "3"), (8, "8")])
def test_buying_another_number_does_not_settle_what_a_minimum_asks_for(seats_billed: int, instead: str) -> None:
    minimum = rule(RuleKind.MINIMUM, seats=Decimal(5))
    result = result_of(bought({"seats": 3}), billed({"seats": seats_billed}), rules=minimum)

    (gap,) = result.gaps
    assert explain_gap(result, gap.id).settled_by == f"Billing 5 instead of {instead} would settle it."


def test_one_of_a_thing_is_said_as_one() -> None:
    row = {"seats": 1, "Subscription ID": "S-1"}
    twice = result_of(bought(row, row), billed({"seats": 1}))
    assert explain_gap(twice, "").settled_by == "A credit from the vendor for 1 seat would settle it."

    bundle = rule(RuleKind.BUNDLE, unit="Managed Workstation", contains=(PREMIUM,))
    unit = billed({"product": "Managed Workstation", "seats": 3, "price": "90.00"})
    over = result_of(bought({"seats": 2}), unit, rules=bundle)
    assert explain_gap(over, "").settled_by == "Buying 1 more would settle it; so would billing 1 fewer bundle."

    strange = result_of(bought({}, {"client": "Zorblax Partners", "seats": 1}), billed({}))
    assert strange.questions[0].sentence.startswith("“Zorblax Partners” has 1 seat bought ($18.00 a month).")


def test_a_minimum_that_is_not_billed_says_what_is_to_bill() -> None:
    gap = only_gap(bought({"seats": 3}), billed({"seats": 3}), rules=rule(RuleKind.MINIMUM, seats=Decimal(5)))

    assert gap.sentence == f"Acme has 3 {PREMIUM} (5 to bill) and is billed for 3: 2 are not billed."


@pytest.mark.parametrize("name", ["M365 BP", "SPB", "microsoft 365 business premium", "MS 365 Bus Prem"])
def test_a_rule_may_call_a_product_as_people_do(name: str) -> None:
    rules = rule(RuleKind.INCLUDED, client="acme", product=name, seats=Decimal(2))

    result = result_of(bought({"seats": 12}), billed({}), rules=rules)

    assert (result.gaps, result.problems) == ((), ())


def test_a_bundle_whose_part_nobody_has_says_so_and_still_explains_the_rest() -> None:
    bundle = rule(RuleKind.BUNDLE, unit="Managed Workstation", contains=(PREMIUM, "Huntress Managed EDR"))
    result = result_of(bought({}), billed({"product": "Managed Workstation"}), rules=bundle)

    assert result.gaps == ()
    assert [problem.sentence for problem in result.problems] == [
        "Nobody has “Huntress Managed EDR”, which each Managed Workstation contains."
    ]


def test_what_is_not_for_resale_or_excluded_is_seen_and_not_compared() -> None:
    have, pay = bought({}, {"client": "Our Own Firm"}), billed({})
    result = result_of(have, pay, rules=rule(RuleKind.NOT_FOR_RESALE, client="Our Own Firm"))

    assert (result.gaps, result.questions) == ((), ())
    assert "excluded" in result.lines["class"].to_list()


def test_seats_cancelled_lately_may_stay_bought_for_a_while() -> None:
    have = bought({"seats": 10})
    pay = billed({"seats": 8}, {"seats": 2, "Cancelled": "2026-10-20"})
    month = Month(2026, 10)

    assert only_gap(have, pay, month=month).seats == 2
    assert result_of(have, pay, month=month, rules=rule(RuleKind.GRACE, days=14)).gaps == ()
    assert result_of(have, pay, month=month, rules=rule(RuleKind.GRACE, days=7)).gaps != ()


def test_a_client_with_limits_of_its_own_is_judged_by_them() -> None:
    have, pay = bought({"seats": 12}), billed({"seats": 10})

    assert only_gap(have, pay, client_limits={"ACME": Limits(Decimal(44))}).is_suppressed
    assert not only_gap(
        have, pay, min_money=Decimal(500), client_limits={"acme": Limits(Decimal("43.99"))}
    ).is_suppressed
    assert only_gap(have, pay, client_limits={"acme": Limits(min_seats=Decimal(3))}).is_suppressed


def test_a_clients_own_limits_hold_however_its_name_is_written_this_month() -> None:
    have, pay = bought({"client": "Acme, Ltd.", "seats": 12}), billed({"client": "Acme Ltd", "seats": 10})

    for written in ("acme, ltd.", "ACME LTD"):
        assert only_gap(have, pay, client_limits={written: Limits(Decimal(44))}).is_suppressed
    assert not only_gap(have, pay, client_limits={"acme ltda": Limits(Decimal(44))}).is_suppressed


def test_what_is_billed_at_nothing_is_below_cost() -> None:
    gap = only_gap(bought({"cost": "18.00"}), billed({"price": "0.00"}))

    assert (gap.kind, str(gap.monthly)) == (GapKind.BELOW_COST, "$180.00")


def test_a_rule_about_nobody_is_told_of() -> None:
    result = result_of(bought({}), billed({}), rules=rule(RuleKind.MINIMUM, client="Acme Dentl", seats=Decimal(5)))

    assert [problem.cell for problem in result.problems] == ["Acme Dentl"]
    told = "No line is about “Acme Dentl”, so a rule explains nothing: at least 5 are billed."
    assert result.problems[0].sentence == told


def test_a_rule_that_excludes_everything_says_so() -> None:
    result = result_of(bought({}), billed({"seats": 7}), rules=rule(RuleKind.EXCLUSION))

    assert result.gaps == ()
    assert [problem.sentence for problem in result.problems] == [
        "A rule excludes every client's every product, so nothing is compared: name a client or a product."
    ]
