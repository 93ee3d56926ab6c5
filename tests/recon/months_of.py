"""Whole months for tests, written as the CSV files people would drop."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from recon import Gap, Options, Reading, Reconciliation, Side, read_lines, reconcile

PREMIUM, STANDARD, VISIO = "Microsoft 365 Business Premium", "Microsoft 365 Business Standard", "Visio Plan 2"
ORDINARY = {
    Side.BOUGHT: {"Customer": "Acme Ltd", "Product": PREMIUM, "Quantity": 10, "Unit Cost": "18.00", "Currency": "USD"},
    Side.BILLED: {"Company": "Acme", "Description": PREMIUM, "Quantity": 10, "Unit Price": "22.00", "Currency": "USD"},
}
WORDS = {
    Side.BOUGHT: {"client": "Customer", "product": "Product", "seats": "Quantity", "cost": "Unit Cost"},
    Side.BILLED: {"client": "Company", "product": "Description", "seats": "Quantity", "price": "Unit Price"},
}


def file_of(side: Side, rows: Iterable[Mapping[str, Any]]) -> Reading:
    """Write rows as a CSV, what is not said being ordinary, and read it back."""
    written = [ORDINARY[side] | {WORDS[side].get(name, name): said for name, said in row.items()} for row in rows]
    headers = list(dict.fromkeys([*ORDINARY[side], *(name for row in written for name in row)]))
    text = StringIO()
    table = csv.DictWriter(text, headers)
    table.writeheader()
    table.writerows(written)
    return read_lines(text.getvalue().encode(), f"{side}-2026-10.csv", side=side)


def bought(*rows: Mapping[str, Any]) -> Reading:
    """Read a vendor's file."""
    return file_of(Side.BOUGHT, rows)


def billed(*rows: Mapping[str, Any]) -> Reading:
    """Read a PSA's file."""
    return file_of(Side.BILLED, rows)


def result_of(have: Reading, pay: Reading, **options: Any) -> Reconciliation:  # noqa: ANN401 - as Options takes them
    """Reconcile with some options."""
    return reconcile(have, pay, Options(**options))


def only_gap(have: Reading, pay: Reading, **options: Any) -> Gap:  # noqa: ANN401 - as Options takes them
    """Reconcile a month that has one gap, and hand it over."""
    (gap,) = result_of(have, pay, **options).gaps
    return gap
