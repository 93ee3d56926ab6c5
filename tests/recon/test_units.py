"""Numbers with a unit after them: 12 seats, 4.50 per user."""

from __future__ import annotations

from decimal import Decimal

import pytest
from exports import as_csv

from recon import Reading, Side, read_lines


def read(*rows: tuple[str, str], heading: str = "Qty") -> Reading:
    headers = ["Customer", "Product", heading, "Unit Price"]
    return read_lines(as_csv(headers, [["Acme", "Duo", *row] for row in rows]), "x.csv", side=Side.BILLED)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (("12 seats", "1 seat", "7 seats"), (12, 1, 7)),
        (("12 users", "3 Devices", "1,250 mailboxes"), (12, 3, 1250)),
        (("12x", "3 x", "7×"), (12, 3, 7)),
        (("12 Lizenzen", "1 Stück", "3 Stk."), (12, 1, 3)),
        (("12", "8 seats", "3"), (12, 8, 3)),
        (("-2 seats", "(3 seats)", "4 seats"), (-2, -3, 4)),
    ],
)
@pytest.mark.parametrize("heading", ["Qty", "Seats", "Quantity", "Menge"])
def test_a_quantity_may_have_a_unit(written: tuple[str, ...], meant: tuple[int, ...], heading: str) -> None:
    reading = read(*((quantity, "4.50") for quantity in written), heading=heading)

    assert (reading.questions, reading.problems) == ((), ())
    assert tuple(map(int, reading.lines["quantity"])) == meant


def test_a_price_may_say_what_it_is_for() -> None:
    reading = read(("12", "$4.50/user"), ("3", "4.25 USD per seat"), ("1", "1,250.00 each"))

    assert reading.problems == ()
    assert reading.lines["unit_price"].to_list() == [Decimal("4.5"), Decimal("4.25"), Decimal(1250)]


def test_one_such_cell_among_many_numbers_is_a_slip_and_told_of() -> None:
    reading = read(*((str(quantity), "4.50") for quantity in range(1, 30)), ("12 or so", "4.50"))

    assert [problem.row for problem in reading.problems] == [31]


def test_products_that_begin_with_a_number_are_no_quantities() -> None:
    rows = [["Acme", f"{number} Business", "4.50"] for number in (365, 366, 367)]

    reading = read_lines(as_csv(["Customer", "Product", "Amount"], rows), "x.csv", side=Side.BILLED)

    assert "quantity" not in reading.layout.columns
