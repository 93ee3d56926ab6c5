"""What is said before any gap where two files make an unlikely pair."""

from __future__ import annotations

from months_of import VISIO, billed, bought, only_gap, result_of

from recon import Month, Reading, Reconciliation, Side, read_lines

LINES = (
    b"Customer,Product,Quantity,Unit Price,Period Start,Period End\nAcme,Visio Plan 2,3,9.00,2026-10-01,2026-10-31\n"
)
OCTOBER = {"Period Start": "2026-10-01", "Period End": "2026-10-31"}
CANCELLED = {"product": VISIO, "seats": 2, "Cancelled": "2026-10-20"}


def cautions(result: Reconciliation) -> list[str]:
    return [problem.sentence for problem in result.cautions]


def undated(reading_of: Side, content: bytes) -> Reading:
    return read_lines(content, "export.csv", side=reading_of)


def test_one_file_for_both_sides_is_said_first() -> None:
    sides = [read_lines(LINES, "pax8.csv", side=side) for side in Side]

    (said,) = cautions(result_of(*sides))

    assert said.startswith("Both sides are the same file: every row of pax8.csv stands in pax8.csv too.")


def test_one_known_file_for_both_sides_is_not_called_swapped_as_well() -> None:
    pax8 = b"invoice_date,company_name,type,sku,description,start_period,end_period,quantity,cost,cost_total,"
    pax8 += b"partner_subtotal,term,price,subtotal,company_id\n"
    pax8 += b"2026-10-31,Acme,subscription,V2,Visio Plan 2,2026-10-01,2026-10-31,3,9.00,27.00,27.00,Monthly,12,36,c1\n"
    sides = [read_lines(pax8, "pax8.csv", side=side) for side in Side]

    (said,) = cautions(result_of(*sides))

    assert said.startswith("Both sides are the same file")


def test_files_that_are_swapped_are_told_of_before_any_gap() -> None:
    vendor = read_lines(b"Partner,Customer,Subscription,Seats\nMe,Acme,Visio,3\n", "invoice.csv", side=Side.BILLED)
    psa = read_lines(
        b"Customer,Agreement,Addition,Billable,Qty\nAcme,Gold,Visio,Yes,3\n", "lines.csv", side=Side.BOUGHT
    )

    said = cautions(result_of(psa, vendor))

    assert said == [
        "Are the two files swapped? lines.csv looks like a billed file and invoice.csv looks like a bought file."
    ]
    assert result_of(psa, vendor).is_doubtful


def test_a_file_that_says_most_lines_again_is_told_of() -> None:
    some = [
        {"client": name, "product": VISIO, "seats": seats} for name, seats in (("Acme", 2), ("Bolt", 3), ("Hooli", 4))
    ]

    (said,) = cautions(result_of(bought(*some), billed(*some, *some), month=Month(2026, 10)))

    assert said.startswith("Most lines of billed-2026-10.csv stand in it more than once, as if it held several months")
    assert cautions(result_of(bought(*some), billed(*some, some[0]), month=Month(2026, 10))) == []


def test_a_row_for_each_user_is_no_repetition() -> None:
    users = [{"client": name, "product": VISIO, "seats": 1} for name in ("Acme", "Bolt", "Hooli")] * 3

    assert cautions(result_of(bought(*users), billed(*users), month=Month(2026, 10))) == []


def test_a_file_without_a_single_line_is_told_of() -> None:
    nameless = read_lines(b"Customer,Product,Quantity\n,Visio,3\n,Duo,many\n", "psa.csv", side=Side.BILLED)

    said = cautions(result_of(bought(OCTOBER), nameless))

    assert said == ["No row of psa.csv could be read as a line, so nothing is compared. Is it the right file?"]


def test_files_of_the_same_month_make_no_remark() -> None:
    assert cautions(result_of(bought(OCTOBER), billed(OCTOBER))) == []
    assert cautions(result_of(bought(OCTOBER), billed({}), month=Month(2026, 10))) == []


def test_a_month_that_is_in_neither_file_is_told_of() -> None:
    said = cautions(result_of(bought(OCTOBER), billed(OCTOBER), month=Month(2026, 7)))

    assert said == [
        f"No line of {side}-2026-10.csv is in July 2026; most are of October 2026: nothing in it counts. "
        "Is the month right?"
        for side in Side
    ]


def test_a_file_of_another_month_than_the_first_is_told_of() -> None:
    september = {"Period Start": "2026-09-01", "Period End": "2026-09-30"}

    (said,) = cautions(result_of(bought(OCTOBER), billed(september)))

    assert "No line of billed-2026-10.csv is in October 2026; most are of September 2026" in said


def test_a_file_named_for_another_month_is_told_of_where_its_lines_have_none() -> None:
    said = cautions(result_of(bought({}), billed({}), month=Month(2026, 7)))

    assert said[0] == "bought-2026-10.csv is named for October 2026, and I take it for July 2026. Is the month right?"


def test_without_a_month_what_has_a_date_of_cancelling_is_cancelled_and_that_is_said() -> None:
    have = undated(Side.BOUGHT, b"Customer,Product,Quantity,Unit Cost\nAcme,Visio Plan 2,8,9.00\n")
    pay = undated(
        Side.BILLED,
        b"Company,Product,Qty,Rate,Cancelled\nAcme,Visio Plan 2,6,12.00,\nAcme,Visio Plan 2,2,12.00,2026-03-20\n",
    )

    result = result_of(have, pay)

    assert (result.month, result.is_doubtful) == (None, False)
    assert [(gap.kind, int(gap.seats)) for gap in result.gaps] == [("underbilled", 2)]
    (said,) = cautions(result)
    assert said.startswith(
        "I don't know which month this is, so I take 1 line with a date of cancelling for cancelled."
    )


def test_what_is_cancelled_after_the_month_is_still_billed() -> None:
    have, pay = bought({"client": "Acme", "product": VISIO, "seats": 2}), billed(CANCELLED)

    assert result_of(have, pay, month=Month(2026, 9)).gaps == ()
    assert only_gap(have, pay, month=Month(2026, 10)).kind == "unbilled"
