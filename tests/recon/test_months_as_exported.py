"""Small months as MSPs export them, with what a person would find in them."""

from __future__ import annotations

import polars as pl
import pytest

from recon import (
    Month,
    Options,
    Reconciliation,
    Side,
    explain_gap,
    join_readings,
    read_lines,
    read_month,
    reconcile,
)

PAX8 = "company_name,invoice_date,type,description,term,start_period,end_period,quantity,price,cost\n"
CHARGED = "Customer,Product,Subscription ID,Charge Type,Qty,Unit Cost,Start,End\n"
BOUGHT, BILLED = "Customer,Product,Qty,Unit Cost\n", "Company,Product,Qty,Unit Price\n"
E3, VISIO = "Microsoft 365 E3", "Visio Plan 2"


def compare(bought: str, billed: str, month: str = "") -> Reconciliation:
    files = (("vendor.csv", bought, Side.BOUGHT), ("psa.csv", billed, Side.BILLED))
    have, pay = (read_lines(text.encode(), name, side=side) for name, text, side in files)
    return reconcile(have, pay, Options(month=read_month(month) if month else None))


def sentences(result: Reconciliation) -> list[str]:
    """Read the gaps, and mark those that wait."""
    return sorted(gap.sentence if gap.is_leak else f"({gap.kind}) {gap.sentence}" for gap in result.gaps)


def test_parts_of_last_month_do_not_say_which_month_it_is() -> None:
    bought = PAX8 + (
        "Acme,2026-10-01,subscription,Visio Plan 2,Monthly,2026-10-01,2026-10-31,12,22,18.7\n"
        "Acme,2026-10-01,prorate,Visio Plan 2,Monthly,2026-09-05,2026-09-30,1,19.07,16.21\n"
        "Acme,2026-10-01,prorate,Visio Plan 2,Monthly,2026-09-16,2026-09-30,1,11,9.35\n"
        "Bolt,2026-10-01,subscription,Visio Plan 2,Monthly,2026-10-01,2026-10-31,8,22,18.7\n"
        "Bolt,2026-10-01,prorate,Visio Plan 2,Monthly,2026-09-21,2026-09-30,2,7.33,6.23\n"
    )
    result = compare(bought, BILLED + "Acme,Visio Plan 2,11,22\nBolt,Visio Plan 2,8,22\n")

    assert result.month == Month(2026, 10)
    assert sentences(result) == ["Acme has 12 Visio Plan 2 and is billed for 11: 1 is not billed."]
    assert result.cautions == ()


@pytest.mark.parametrize("word", ["Refund", "Credit"])
def test_a_charge_taken_back_for_the_same_days_is_no_seat_whatever_it_is_called(word: str) -> None:
    bought = CHARGED + (
        "Acme,Visio Plan 2,S1,New,5,12,2026-10-01,2026-10-31\n"
        f"Acme,Visio Plan 2,S1,{word},-5,12,2026-10-01,2026-10-31\n"
        "Acme,Visio Plan 2,S1,New,4,12,2026-10-01,2026-10-31\n"
        "Bolt,Visio Plan 2,S2,New,3,12,2026-10-01,2026-10-31\n"
        "Cedar,Visio Plan 2,S3,New,6,12,2026-10-01,2026-10-31\n"
        f"Cedar,Visio Plan 2,S3,{word},-6,12,2026-10-01,2026-10-31\n"
    )
    result = compare(bought, BILLED + "Acme,Visio Plan 2,4,15\nBolt,Visio Plan 2,3,15\nCedar,Microsoft 365 E3,1,36\n")

    assert sentences(result) == ["Cedar is billed for 1 Microsoft 365 E3 and has none."]


def test_a_credit_for_other_days_takes_no_seat_of_this_month() -> None:
    bought = CHARGED + (
        "Acme,Visio Plan 2,S1,Renew,5,12,2026-10-01,2026-10-31\n"
        "Acme,Visio Plan 2,S1,Credit,-5,12,2026-09-01,2026-09-30\n"
    )
    result = compare(bought, BILLED + "Acme,Visio Plan 2,5,15\n", "2026-10")

    assert sentences(result) == []
    assert result.lines.filter(side="bought")["class"].to_list() == ["matched", "money only"]


def test_what_was_charged_for_part_of_last_month_excuses_nothing_now() -> None:
    bought = PAX8 + (
        "Acme,2026-10-01,subscription,Visio Plan 2,Monthly,2026-10-01,2026-10-31,12,22,18.7\n"
        "Acme,2026-10-01,prorate,Visio Plan 2,Monthly,2026-09-16,2026-09-30,4,11,9.35\n"
    )
    result = compare(bought, BILLED + "Acme,Visio Plan 2,16,22\n")

    assert sentences(result) == ["Acme has 12 Visio Plan 2 and is billed for 16: 4 too many."]


@pytest.mark.parametrize(
    ("billed", "found"),
    [
        (8, []),
        (
            9,
            ["(waiting) Acme's Visio Plan 2 changed by 1 only lately; the next bill should show it."],
        ),
        (10, []),
        (11, ["Acme has 8 Visio Plan 2 and is billed for 11: 3 too many."]),
    ],
)
def test_seats_charged_in_part_since_they_were_added_may_be_billed_or_not_yet(billed: int, found: list[str]) -> None:
    bought = (
        "Customer,Product,Subscription ID,Qty,Unit Cost,Start,End\n"
        "Acme,Visio Plan 2,S2,8,18.70,2026-10-01,2026-10-31\n"
        "Acme,Visio Plan 2,S2,2,18.70,2026-10-20,2026-10-31\n"
    )

    assert sentences(compare(bought, BILLED + f"Acme,Visio Plan 2,{billed},22\n")) == found


@pytest.mark.parametrize(("cancelled", "gaps"), [("2026-10-31", 0), ("2026-10-30", 1), ("2026-10-01", 1)])
def test_what_is_cancelled_on_a_months_last_day_was_billed_for_it(cancelled: str, gaps: int) -> None:
    bought = "Customer,Product,Qty,Unit Cost,Start,End\nAcme,Microsoft 365 E3,10,30,2026-10-01,2026-10-31\n"
    billed = f"Company,Product,Qty,Unit Price,Effective,Cancelled\nAcme,Microsoft 365 E3,10,36,2025-01-01,{cancelled}\n"

    assert len(compare(bought, billed + "Bolt,Microsoft 365 E3,1,36,2025-01-01,\n").gaps) == gaps + 1


@pytest.mark.parametrize("word", ["prorate", "credit"])
@pytest.mark.parametrize(
    ("billed", "found"),
    [
        (10, []),
        (7, ["(waiting) Acme's Visio Plan 2 changed by 3 only lately; the next bill should show it."]),
        (6, ["Acme has 10 Visio Plan 2 and is billed for 6: 4 are not billed."]),
        (11, ["Acme has 10 Visio Plan 2 and is billed for 11: 1 too many."]),
    ],
)
def test_seats_given_back_in_mid_month_may_be_billed_still_or_no_more(word: str, billed: int, found: list[str]) -> None:
    bought = PAX8 + (
        "Acme,2026-10-31,subscription,Visio Plan 2,Monthly,2026-10-01,2026-10-31,10,22,18.7\n"
        f"Acme,2026-10-31,{word},Visio Plan 2,Monthly,2026-10-16,2026-10-31,-3,11,9.35\n"
    )

    assert sentences(compare(bought, BILLED + f"Acme,Visio Plan 2,{billed},22\n", "2026-10")) == found


def test_of_a_change_that_refunds_the_old_number_and_charges_the_new_one_the_new_one_counts() -> None:
    bought = CHARGED + (
        "Acme,Visio Plan 2,S1,addQuantity,-10,12,2026-10-16,2027-01-14\n"
        "Acme,Visio Plan 2,S1,addQuantity,13,12,2026-10-16,2027-01-14\n"
    )

    assert sentences(compare(bought, BILLED + "Acme,Visio Plan 2,10,15\n", "2026-10")) == [
        "Acme has 13 Visio Plan 2 and is billed for 10: 3 are not billed."
    ]


ADDITIONS = "Company,Addition ID,Product,Qty,Unit Price,Effective\n"


@pytest.mark.parametrize(
    ("fewer", "billed"),
    [
        ("Acme,A2,Microsoft 365 E3,-2,36,2026-06-01", 8),
        ("Acme,A2,Microsoft 365 E3,-2,35,2026-06-01", 10),  # another price: money off, not seats
        ("Acme,A2,Microsoft 365 E3,1,-72,2026-06-01", 10),
        ("Acme,A2,Microsoft 365 E3,-12,36,2026-06-01", 10),  # more than there are
        ("Acme,A2,Microsoft 365 E3,-2,36,2026-11-01", 10),
        ("Acme,A2,Microsoft 365 E3 discount,-2,36,2026-06-01", 10),
        ("Acme,A2,Microsoft 365 E3,-10,36,2026-06-01", 0),
    ],
)
def test_a_reduction_that_the_psa_has_as_a_line_of_its_own_is_so_many_seats_fewer(fewer: str, billed: int) -> None:
    bought = BOUGHT + "Acme,Microsoft 365 E3,12,30\nBolt,Microsoft 365 E3,1,30\n"
    pay = ADDITIONS + f"Acme,A1,Microsoft 365 E3,10,36,2025-01-01\n{fewer}\nBolt,B1,Microsoft 365 E3,1,36,2025-01-01\n"
    (gap,) = compare(bought, pay, "2026-10").gaps

    assert [int(seats) for seats in (gap.bought, gap.billed, gap.seats)] == [12, billed, 12 - billed]


ARREARS = PAX8 + (
    "Acme,2026-10-01,subscription,Microsoft 365 E3,Monthly,2026-10-01,2026-10-31,10,36,30\n"
    "Bolt,2026-10-01,subscription,Microsoft 365 E3,Monthly,2026-10-01,2026-10-31,5,36,30\n"
    "Acme,2026-10-01,subscription,Dropsuite Email Backup,Monthly,2026-09-01,2026-09-30,40,4,2\n"
)
BILLED_E3 = BILLED + "Acme,Microsoft 365 E3,10,36\nBolt,Microsoft 365 E3,5,36\n"


def test_what_is_charged_in_arrears_is_compared_like_the_rest() -> None:
    result = compare(ARREARS, BILLED_E3 + "Acme,Dropsuite Email Backup,25,4\n", "2026-10")

    assert sentences(result) == ["Acme has 40 Dropsuite Email Backup and is billed for 25: 15 are not billed."]


def test_last_month_in_a_file_of_two_months_is_not_charged_in_arrears() -> None:
    september = "Bolt,2026-09-01,subscription,Microsoft 365 E3,Monthly,2026-09-01,2026-09-30,5,36,30\n"
    result = compare(ARREARS + september, BILLED_E3, "2026-10")

    assert sentences(result) == []


def test_a_number_that_cannot_be_read_accuses_nobody() -> None:
    bought = BOUGHT + (
        "Acme,Microsoft 365 E3,10,$30.00\nBolt,Microsoft 365 E3,4,$30.00\n"
        "Cedar,Microsoft 365 E3,ten,$30.00\nDune,Microsoft 365 E3,,$30.00\nElm,Microsoft 365 E3,#REF!,$30.00\n"
    )
    billed = BILLED + (
        "Acme,Microsoft 365 E3,tbd,36\nBolt,Microsoft 365 E3,3,36\nCedar,Microsoft 365 E3,10,36\n"
        "Dune,Microsoft 365 E3,3,36\nElm,Microsoft 365 E3,8,36\n"
    )
    result = compare(bought, billed)

    assert sentences(result) == ["Bolt has 4 Microsoft 365 E3 and is billed for 3: 1 is not billed."]
    assert result.questions == ()
    assert result.causes == ()
    assert [problem.row for problem in result.unread] == [4, 5, 6, 2]
    waiting = result.lines.filter(pl.col("class") == "question").sort("side", "row")
    assert waiting.select("side", "row").rows() == [("billed", 4), ("billed", 5), ("billed", 6), ("bought", 2)]
    assert waiting["note"].unique().to_list() == ["another row of it has a quantity that can't be read"]


def test_a_remark_without_a_number_or_a_price_is_no_row_of_a_product() -> None:
    billed = BILLED + "Acme,Microsoft 365 E3,8,36\nAcme,Microsoft 365 E3,,\n"

    assert len(compare(BOUGHT + "Acme,Microsoft 365 E3,10,30\n", billed).gaps) == 1


def test_what_costs_nothing_and_is_billed_at_nothing_is_worth_nothing_for_certain() -> None:
    (gap,) = compare(BOUGHT + "Acme,Visio Plan 2,8,0\n", BILLED + "Acme,Visio Plan 2,5,0\n").gaps

    assert (gap.exact, str(gap.monthly), gap.arithmetic[-1]) == (True, "$0.00", "3 × $0.00 = $0.00")


@pytest.mark.parametrize("said", ["Total {}", "{} Total", "Subtotal for {}", "{} - Subtotal", "TOTAL: {}"])
def test_a_total_among_the_products_counts_nothing_though_it_names_its_client(said: str) -> None:
    bought = BOUGHT + (
        f"Acme Ltd,Microsoft 365 E3,10,30\n,Visio Plan 2,3,12\n,{said.format('Acme Ltd')},13,336\n"
        f"Bolt,Microsoft 365 E3,4,30\n,Total Defense Endpoint,1,12\n,{said.format('Bolt')},5,132\n"
    )
    billed = BILLED + (
        "Acme Ltd,Microsoft 365 E3,10,36\nAcme Ltd,Visio Plan 2,3,15\n"
        "Bolt,Microsoft 365 E3,4,36\nBolt,Total Defense Endpoint,1,15\n"
    )
    result = compare(bought, billed)

    assert sentences(result) == []
    assert result.lines.filter(pl.col("class") == "total row")["row"].to_list() == [4, 7]


def test_what_a_discount_of_its_own_takes_off_a_cost_accuses_no_price() -> None:
    bought = (
        "Customer,Product,Charge Type,Qty,Unit Cost\n"
        "Acme,Visio Plan 2,Recurring,5,12\nAcme,Visio Plan 2,Discount,5,-1.20\nBolt,Visio Plan 2,Recurring,5,12\n"
    )
    result = compare(bought, BILLED + "Acme,Visio Plan 2,5,11\nBolt,Visio Plan 2,5,11\n")

    assert sentences(result) == ["Bolt pays $11.00 for each of 5 Visio Plan 2 that costs $12.00."]


BILL = "Company,Product,Qty,Unit Price,Bill\n"


@pytest.mark.parametrize("word", ["NoCharge", "Do Not Bill"])
def test_why_seats_are_not_billed_names_those_the_psa_lists_and_charges_nothing_for(word: str) -> None:
    billed = BILL + f"Acme,Visio Plan 2,8,15,Billable\nAcme,Visio Plan 2,2,15,{word}\nBolt,Visio Plan 2,1,15,Billable\n"
    result = compare(BOUGHT + "Acme,Visio Plan 2,10,12\nBolt,Visio Plan 2,1,12\n", billed)
    (gap,) = result.gaps

    assert gap.sentence == "Acme has 10 Visio Plan 2 and is billed for 8: 2 are not billed."
    assert gap.reasons == ("the PSA lists 2 that it charges nothing for",)
    counted = [(line.row, line.counted_as) for line in explain_gap(result, gap.id).evidence if line.side is Side.BILLED]
    assert counted == [(2, "underbilled"), (3, "the PSA charges nothing for it")]


def test_what_stands_in_two_files_of_one_side_counts_once_and_nobody_was_charged_twice() -> None:
    october = PAX8.replace("cost\n", "cost,subscription_id\n") + (
        "Acme,2026-10-01,subscription,Visio Plan 2,Monthly,2026-10-01,2026-10-31,10,22,18.7,s1\n"
        "Bolt,2026-10-01,subscription,Visio Plan 2,Monthly,2026-10-01,2026-10-31,4,22,18.7,s2\n"
    )
    again = october + "Cedar,2026-10-01,subscription,Visio Plan 2,Monthly,2026-10-01,2026-10-31,1,22,18.7,s3\n"
    files = [read_lines(text.encode(), name, side=Side.BOUGHT) for name, text in (("a.csv", october), ("b.csv", again))]
    psa = BILLED + "Acme,Visio Plan 2,9,22\nBolt,Visio Plan 2,4,22\nCedar,Visio Plan 2,1,22\n"
    result = reconcile(join_readings(files), read_lines(psa.encode(), "psa.csv", side=Side.BILLED))

    assert sentences(result) == ["Acme has 10 Visio Plan 2 and is billed for 9: 1 is not billed."]
    assert [problem.sentence for problem in result.cautions] == [
        "2 lines of b.csv stand in another of the files too, with the same subscription and days: I count them once."
    ]


ACTIVE = "Customer,Product,Subscription ID,Status,Qty,Unit Cost\nAcme,Microsoft 365 E3,S2,Active,10,30\n"


@pytest.mark.parametrize("status", ["Cancelled", "Suspended", "Trial"])
def test_what_a_vendor_no_longer_charges_for_and_a_client_still_pays_is_overbilled(status: str) -> None:
    bought = ACTIVE + f"Acme,Dropsuite Email Backup,S1,{status},40,2\n"
    result = compare(bought, BILLED + "Acme,Dropsuite Email Backup,40,4\nAcme,Microsoft 365 E3,10,36\n")

    assert sentences(result) == ["Acme is billed for 40 Dropsuite Email Backup and has none."]
    assert [str(gap.monthly) for gap in result.gaps] == ["$160.00"]


def test_work_that_no_vendor_charges_for_is_the_msps_own() -> None:
    bought = ACTIVE + "Acme,Dropsuite Email Backup,S1,Cancelled,40,2\n"
    result = compare(bought, BILLED + "Acme,Onboarding day,1,400\nAcme,Microsoft 365 E3,10,36\n")

    assert sentences(result) == []
