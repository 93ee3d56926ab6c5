"""Why a gap is a gap, and that its numbers can be computed again."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from months_of import PREMIUM, STANDARD, billed, bought, only_gap, result_of

from recon import (
    GapKind,
    Judgement,
    Judgements,
    Kind,
    Month,
    Reconciliation,
    Rule,
    RuleKind,
    Said,
    Side,
    Stopped,
    UnknownGap,
    UnreadableAnswers,
    explain_gap,
    explain_gaps,
    read_document,
    still_listed,
    write_document,
)

HAVE = bought({"seats": 7, "Note": "first"}, {"seats": 5, "Note": "second"}, {"client": "Wayne Ent", "seats": 3})
PAY = billed({"seats": 10}, {"client": "Batcave LLC", "seats": 2})


def explained() -> Reconciliation:
    said = Judgements((Judgement(Kind.CLIENT, "Wayne Ent", "Batcave LLC", Said.SAME, by="Jo"),))
    return result_of(HAVE, PAY, judgements=said)


def test_both_raw_rows_are_shown_as_the_files_have_them() -> None:
    why = explain_gap(explained(), next(gap.id for gap in explained().gaps if gap.client == "Acme"))

    assert [(line.side, line.row) for line in why.evidence] == [(Side.BOUGHT, 2), (Side.BOUGHT, 3), (Side.BILLED, 2)]
    assert dict(why.evidence[1].cells)["Note"] == "second"


def test_the_judgement_that_made_two_names_one_is_named() -> None:
    why = explain_gap(explained(), next(gap.id for gap in explained().gaps if gap.client == "Batcave LLC"))

    assert (why.client.bought, why.client.billed, why.client.by) == ("Wayne Ent", "Batcave LLC", "judgement")
    assert any("Jo" in reason for reason in why.client.reasons)


def test_computing_again_from_the_evidence_gives_the_same_numbers() -> None:
    result = explained()

    for why in explain_gaps(result, result.gaps):
        have = sum((line.seats for line in why.evidence if line.side is Side.BOUGHT), Decimal(0))
        pay = sum((line.seats for line in why.evidence if line.side is Side.BILLED), Decimal(0))
        price = next(line.price for line in why.evidence if line.side is Side.BILLED)
        assert (have, pay, abs(have - pay)) == (why.gap.bought, why.gap.billed, why.gap.seats)
        assert price is not None
        assert price * why.gap.seats == why.gap.monthly.amount


def test_doing_what_would_settle_a_gap_settles_it() -> None:
    why = explain_gap(result_of(bought({"seats": 12}), billed({})), "")

    assert why.settled_by == "Billing 12 instead of 10 would settle it; so would buying 2 fewer."
    assert result_of(bought({"seats": 12}), billed({"seats": 12})).gaps == ()


def test_what_nobody_buys_this_month_may_be_paid_for_in_advance() -> None:
    why = explain_gap(result_of(bought({}), billed({}, {"product": STANDARD, "seats": 3, "price": "14.00"})), "")

    assert why.settled_by == (
        "Billing 0 instead of 3 would settle it; so would buying 3 more. "
        "What was paid for in advance stands only in the file of the month in which it was paid."
    )


BASIC = {"product": STANDARD, "seats": 3, "Subscription Id": "s-1"}
CHARGED = BASIC | {"cost": "10.00", "Charge Type": "cycleFee"}
TAKEN_BACK = BASIC | {"seats": -3, "cost": "10.00", "Charge Type": "cancelImmediate"}


def test_what_the_vendor_charged_and_took_back_is_shown_where_nobody_buys_it_any_more() -> None:
    have = bought({"Charge Type": "cycleFee"}, CHARGED, TAKEN_BACK)

    why = explain_gap(result_of(have, billed({}, {"product": STANDARD, "seats": 3, "price": "14.00"})), "")

    assert [(line.side, line.row, int(line.seats)) for line in why.evidence] == [
        (Side.BOUGHT, 3, 0),
        (Side.BOUGHT, 4, 0),
        (Side.BILLED, 3, 3),
    ]
    assert why.settled_by == (
        "Billing 0 instead of 3 would settle it; so would buying 3 more. "
        "The vendor still lists it: a charge and its refund cancel out."
    )


def test_a_client_that_left_is_found_in_the_vendors_file_by_its_name() -> None:
    left, other = {"client": "Cobalt Films Corporation"}, {"client": "Cobalt Foods"}
    have = bought({"Charge Type": "cycleFee"}, CHARGED | left, TAKEN_BACK | left, TAKEN_BACK | other)
    pay = billed({}, {"client": "Cobalt Films", "product": "M365 Business Standard", "seats": 3, "price": "14.00"})

    why = explain_gap(result_of(have, pay), "")

    assert [line.row for line in why.evidence if line.side is Side.BOUGHT] == [3, 4]
    assert [(path.bought, path.by) for path in (why.client, *why.products)] == [
        ("Cobalt Films Corporation", "exact"),
        (STANDARD, "catalogue"),
    ]


def test_what_the_psa_cancelled_is_shown_where_it_is_still_bought() -> None:
    have = bought({}, {"product": STANDARD, "seats": 7})
    ended = {"product": "M365 Business Standard", "seats": 7, "price": "14.00", "Cancelled": "2026-09-10"}

    why = explain_gap(result_of(have, billed({}, ended), month=Month(2026, 10)), "")

    assert [(line.side, line.row, int(line.seats)) for line in why.evidence] == [
        (Side.BOUGHT, 3, 7),
        (Side.BILLED, 3, 0),
    ]
    assert why.settled_by == (
        "Billing 7 instead of 0 would settle it; so would buying 7 fewer. "
        "The PSA still lists it: cancelled, 2026-09-10."
    )


def test_an_unknown_gap_is_a_sentence() -> None:
    with pytest.raises(UnknownGap, match="nosuchgap"):
        explain_gap(explained(), "nosuchgap")


def test_the_json_says_what_the_schema_promises() -> None:
    document = json.loads(write_document(explained()))

    gap = document["gaps"][0]
    assert document["schema"] == "gapwatch.reconciliation/1"
    assert {"kind", "plan", "currency", "exact", "reasons", "why"} <= set(gap)
    assert (gap["client"], gap["product"], gap["bought"], gap["billed"]) == ("Acme", PREMIUM, 12, 10)
    assert (gap["monthly"], gap["bought_rows"], gap["billed_rows"]) == (44, [2, 3], [2])
    assert [line["class"] for line in document["lines"]] == ["gap"] * 5
    assert document["totals"]["under"] == [{"amount": 66, "currency": "USD"}]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": "other/9"}', "null", "[" * 100_000])
def test_a_json_that_is_no_result_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableAnswers) as refused:
        read_document(text)

    assert isinstance(refused.value, Stopped)
    assert str(refused.value).startswith("This is not")


def test_the_arithmetic_of_a_yearly_price_begins_with_the_year() -> None:
    yearly = {"seats": 12, "cost": "216.00", "Term": "P1Y", "Billing Cycle": "Annual"}

    gap = only_gap(bought(yearly), billed({"price": "264.00", "Billing Cycle": "Annual"}))

    assert gap.arithmetic == (
        "12 bought − 10 billed = 2 missing",
        "$264.00 for 12 months ÷ 12 = $22.00 a month",
        "2 × $22.00 = $44.00",
    )


def test_a_yearly_cost_above_a_monthly_price_shows_both() -> None:
    yearly = {"cost": "288.00", "Term": "P1Y", "Billing Cycle": "Annual"}

    gap = only_gap(bought(yearly), billed({"price": "22.00", "Billing Cycle": "Monthly"}))

    assert gap.arithmetic == (
        "$288.00 for 12 months ÷ 12 = $24.00 a month",
        "$24.00 it costs − $22.00 it is billed at = $2.00",
        "10 × $2.00 = $20.00",
    )


def test_a_wrong_product_shows_the_year_of_either_half() -> None:
    yearly = {"Term": "P1Y", "Billing Cycle": "Annual"}
    have = bought({"product": "Microsoft 365 E5", "cost": "552.00", "Unit Price": "684.00"} | yearly)

    gap = only_gap(have, billed({"product": "Microsoft 365 E3", "price": "36.00", "Billing Cycle": "Monthly"}))

    assert gap.arithmetic[0] == "Microsoft 365 E5: $684.00 for 12 months ÷ 12 = $57.00 a month"
    assert gap.arithmetic[-1] == "$570.00 − $360.00 = $210.00"


def test_prices_of_a_year_and_of_a_month_have_no_common_one_to_begin_with() -> None:
    yearly, monthly = {"Billing Cycle": "Annual", "price": "264.00"}, {"Billing Cycle": "Monthly", "price": "25.00"}

    gap = only_gap(bought({"seats": 30}), billed(yearly, monthly))

    assert [step for step in gap.arithmetic if "months" in step] == []


def test_what_only_a_bundle_bills_can_be_explained_though_it_has_no_line() -> None:
    edr = "Huntress Managed EDR"
    have = bought({}, {"client": "Bolt", "product": edr, "seats": 3})
    pay = billed({"product": "Managed Workstation"}, {"client": "Bolt", "product": edr, "seats": 3})
    bundle = Rule(kind=RuleKind.BUNDLE, unit="Managed Workstation", contains=(PREMIUM, edr))

    result = result_of(have, pay, rules=(bundle,))

    (gap,) = result.gaps
    assert gap.sentence == f"Acme is billed for 10 {edr} in bundles and has none."
    told = explain_gap(result, gap.id)
    assert (told.client.by, told.products[0].billed, told.evidence) == ("rule", edr, ())
    assert json.loads(write_document(result))["gaps"][0]["why"]["settled_by"].startswith("Buying 10 more")


@pytest.mark.parametrize(
    ("cost", "price", "seats", "higher"),
    [("124.00", "10.00", 3, "0.34"), ("120.00", "9.9966", 10, "0.0034"), ("0.882", "0.0701", 9, "0.0034")],
)
def test_the_price_that_settles_a_loss_really_does(cost: str, price: str, seats: int, higher: str) -> None:
    have = bought({"cost": cost, "seats": seats, "Term": "1 Year", "Billing Cycle": "Annual"})
    result = result_of(have, billed({"price": price, "seats": seats}))

    assert explain_gap(result, "").settled_by == f"A price ${higher} higher per seat would settle it."
    settled = billed({"price": str(Decimal(price) + Decimal(higher)), "seats": seats})
    assert result_of(have, settled).gaps == ()


def test_a_price_for_a_year_is_raised_for_a_year() -> None:
    year = {"Term": "1 Year", "Billing Cycle": "Annual"}
    have = bought({"cost": "306.00", "seats": 5} | year)
    result = result_of(have, billed({"price": "280.00", "seats": 5} | year))

    assert explain_gap(result, "").settled_by == "A price $26.00 higher per seat for 12 months would settle it."
    assert result_of(have, billed({"price": "306.00", "seats": 5} | year)).gaps == ()


@pytest.mark.parametrize(("seats", "is_named"), [(6, True), (5, False)])
def test_what_nobody_bills_may_be_billed_as_a_service_of_the_same_number(seats: int, *, is_named: bool) -> None:
    have = bought({}, {"product": "Exchange Online (Plan 1)", "seats": 6})
    result = result_of(have, billed({}, {"product": "Hosted Email Standard", "seats": seats}))

    said = explain_gap(result, "").settled_by

    assert said.startswith("Billing 6 instead of 0 would settle it; so would buying 6 fewer.")
    assert ("billed as “Hosted Email Standard”, or as part of that" in said) is is_named


AGREED = {
    "nothing": {},
    "minimum": {"kind": RuleKind.MINIMUM, "seats": Decimal(6)},
    "included": {"kind": RuleKind.INCLUDED, "seats": Decimal(3)},
    "temporary": {"kind": RuleKind.TEMPORARY, "seats": Decimal(2)},
    "bundle": {"kind": RuleKind.BUNDLE, "unit": "Workstation", "contains": (PREMIUM,)},
}


@pytest.mark.parametrize("agreed", AGREED)
@pytest.mark.parametrize(("have", "pay"), [(9, 4), (4, 9), (2, 1), (5, 0), (0, 5), (1, 6), (8, 5)])
def test_each_change_that_is_said_to_settle_a_gap_does(agreed: str, have: int, pay: int) -> None:
    rules = (Rule(client="Acme", **AGREED[agreed]),) if AGREED[agreed] else ()  # type: ignore[arg-type]

    def compared(seats: int, charged: int, units: int = 3) -> Reconciliation:
        bolt = {"client": "Bolt", "product": "Visio Plan 2"}
        unit = {"product": "Workstation", "seats": units, "price": "99.00"}
        charges = [{"seats": charged}] * bool(charged) + [unit] * (agreed == "bundle" and units > 0)
        rows = [{"seats": seats}] * bool(seats)
        return result_of(
            bought(*rows, {"client": "Bolt"}, bolt), billed(*charges, {"client": "Bolt"}, bolt), rules=rules
        )

    result = compared(have, pay)
    for gap in (gap for gap in result.gaps if gap.client == "Acme"):
        said = explain_gap(result, gap.id).settled_by
        ways = re.findall(
            r"(?i)billing (\d+) instead|buying (\d+) (more|fewer)|billing (\d+) fewer bundles?(, and 0)?", said
        )
        assert ways
        for due, number, which, bundles, alone in ways:
            step = int(number or 0) * (1 if which == "more" else -1)
            after = compared(have + step, 0 if alone else int(due or pay), 3 - int(bundles or 0))
            assert [one.sentence for one in after.gaps if one.client == "Acme"] == [], said


def test_what_a_side_still_lists_is_a_sentence() -> None:
    rows = [(Side.BOUGHT.value, 5, "seats"), (Side.BILLED.value, 0, "the PSA charges nothing for it")]

    assert still_listed(GapKind.UNBILLED, rows) == "The PSA still lists it, and charges nothing for it."
    assert still_listed(GapKind.UNBOUGHT, rows) == still_listed(GapKind.OVERBILLED, rows) == ""
