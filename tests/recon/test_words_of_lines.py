"""What a line charges for, how long it is committed, and whether it runs, in the words of vendors and PSAs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from exports import as_csv

from recon import Charge, Reading, Side, Status, read_lines


def read(**columns: str) -> Reading:
    fixed = {"Customer": "Acme", "Product": "Microsoft 365 E3", "Qty": "3", "Unit Cost": "20.50"}
    row = {**fixed, **{name.replace("_", " "): value for name, value in columns.items()}}
    return read_lines(as_csv(list(row), [list(row.values())]), "x.csv", side=Side.BOUGHT)


def line(**columns: str) -> dict[str, Any]:
    reading = read(**columns)
    assert not reading.questions
    return reading.lines.row(0, named=True)


@pytest.mark.parametrize(
    ("word", "charge"),
    [
        ("subscription", Charge.SEATS), ("prorate", Charge.PRORATED), ("rebate", Charge.CREDIT),
        ("payment-credit", Charge.CREDIT), ("one-time", Charge.ONE_TIME), ("service-charge", Charge.FEE),
        ("service-credit", Charge.CREDIT), ("invoice-credit", Charge.CREDIT), ("new", Charge.SEATS),
        ("renew", Charge.SEATS), ("cycleCharge", Charge.SEATS), ("cycleFee", Charge.SEATS), ("convert", Charge.SEATS),
        ("addQuantity", Charge.SEATS), ("removeQuantity", Charge.SEATS), ("cancelImmediate", Charge.SEATS),
        ("customerCredit", Charge.CREDIT), ("Cycle fee", Charge.SEATS), ("Cycle instance prorate", Charge.PRORATED),
        ("Prorate fees when cancel", Charge.PRORATED), ("Purchase fee", Charge.SEATS),
        ("Offset line item", Charge.CREDIT), ("NCE", Charge.SEATS), ("MODN", Charge.USAGE),
        ("Recurring", Charge.SEATS), ("License fee", Charge.SEATS), ("Recurring service charge", Charge.SEATS),
        ("Late fee", Charge.FEE), ("Setup", Charge.ONE_TIME), ("T&M", Charge.ONE_TIME),
        ("Time and Materials", Charge.ONE_TIME), ("Hourly rate", Charge.ONE_TIME),
        ("Usage", Charge.USAGE), ("", Charge.SEATS),
    ],
)  # fmt: skip
def test_a_vendors_word_for_a_charge_becomes_ours(word: str, charge: Charge) -> None:
    rows = [["Acme", "Duo", "3", "2.00", word], ["Acme", "Visio Plan 2", "3", "2.00", "subscription"]]
    reading = read_lines(as_csv(["Customer", "Product", "Qty", "Cost", "Charge Type"], rows), "x.csv", side=Side.BOUGHT)

    assert not reading.questions
    assert reading.lines["charge"][0] == charge


def test_an_unknown_word_counts_as_seats_and_is_told_of_once() -> None:
    rows = [["Acme", "Duo", "3", "2.00", "blorp"], ["Hooli", "Duo", "4", "2.00", "blorp"]]
    reading = read_lines(as_csv(["Customer", "Product", "Qty", "Cost", "Charge Type"], rows), "x.csv", side=Side.BOUGHT)

    assert reading.lines["charge"].to_list() == [Charge.SEATS, Charge.SEATS]
    assert reading.lines["charge_type"].to_list() == ["blorp", "blorp"]
    assert [(problem.row, problem.cell) for problem in reading.problems] == [(None, "blorp")]


@pytest.mark.parametrize(
    ("product", "charge"),
    [
        ("Azure plan", Charge.USAGE),
        ("Microsoft Azure Plan - Arrears Charge - abc - Storage", Charge.USAGE),
        ("Reserved VM Instance, D2s v3", Charge.USAGE),
        ("Azure Active Directory Premium P1", Charge.SEATS),
        ("Microsoft Entra ID P1", Charge.SEATS),
    ],
)
def test_metered_products_are_usage_whatever_their_line_is_called(product: str, charge: Charge) -> None:
    assert line(Product=product, Charge_Type="subscription")["charge"] == charge


@pytest.mark.parametrize(
    ("product", "charge"),
    [
        ("Sales Tax", Charge.TAX),
        ("VAT 20%", Charge.TAX),
        ("20% VAT", Charge.TAX),
        ("GST", Charge.TAX),
        ("GST/HST @ 13%", Charge.TAX),
        ("State Tax (TX 8.25%)", Charge.TAX),
        ("MwSt. 19 %", Charge.TAX),
        ("Goods & Services Tax", Charge.TAX),
        ("TaxJar", Charge.SEATS),
        ("Tax Software Suite", Charge.SEATS),
        ("GST filing service", Charge.SEATS),
        ("Microsoft 365 E3 (excl. VAT)", Charge.SEATS),
        ("E3 ex VAT", Charge.SEATS),
        ("Service", Charge.SEATS),
        ("Shipping & Handling", Charge.ONE_TIME),
        ("FREIGHT", Charge.ONE_TIME),
        ("UPS Ground Shipping", Charge.ONE_TIME),
        ("Shipping Manager Pro", Charge.SEATS),
        ("Handling fee", Charge.SEATS),
    ],
)
def test_a_product_whose_whole_name_is_a_tax_or_freight_is_that(product: str, charge: Charge) -> None:
    assert line(Product=product)["charge"] == charge


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Active", Status.ACTIVE), ("Activated", Status.ACTIVE), ("PendingCancel", Status.ACTIVE),
        ("PendingManual", Status.PENDING), ("PendingActivation", Status.PENDING), ("WaitingForDetails", Status.PENDING),
        ("Trial", Status.TRIAL), ("Suspended", Status.SUSPENDED), ("Warning", Status.SUSPENDED),
        ("LockedOut", Status.SUSPENDED), ("Cancelled", Status.CANCELLED), ("deleted", Status.CANCELLED),
        ("Converted", Status.CANCELLED), ("Expired", Status.CANCELLED), ("Inactive", Status.CANCELLED),
        ("", Status.ACTIVE),
    ],
)  # fmt: skip
def test_a_vendors_word_for_a_status_becomes_ours(word: str, status: Status) -> None:
    assert line(Status=word)["status"] == status


@pytest.mark.parametrize(
    "columns",
    [
        {"Product": "Microsoft 365 E3 (Trial)"},
        {"Is Trial": "true"},
        {"Term": "Trial"},
        {"Product Qualifiers": '["AddOn","Trial"]'},
        {"Term": "One-Month commitment for trial"},
    ],
)
def test_a_trial_is_a_trial_wherever_it_is_said(columns: dict[str, str]) -> None:
    assert line(**columns)["status"] == Status.TRIAL


@pytest.mark.parametrize(
    ("word", "billed"),
    [("Billable", True), ("DoNotBill", False), ("Do Not Bill", False), ("NoCharge", False), ("No Charge", False),
     ("Yes", True), ("No", False), ("False", False), ("", True)],
)  # fmt: skip
def test_what_the_psa_does_not_bill_is_not_billable(word: str, billed: bool) -> None:  # noqa: FBT001 - a table's column
    assert line(Bill_Customer=word)["billable"] is billed


@pytest.mark.parametrize(
    ("columns", "term", "cycle"),
    [
        ({"Term": "P1Y"}, 12, None),
        ({"Term": "P1M"}, 1, 1),
        ({"Term": "P3Y", "Billing Cycle": "Monthly"}, 36, 1),
        ({"Term": "Annual", "Billing Frequency": "Annual"}, 12, 12),
        ({"Term": "1 Year (Monthly)"}, 12, 1),
        ({"Term": "Annual billed monthly"}, 12, 1),
        ({"Term": "3-Year", "Billing Cycle": "annually"}, 36, 12),
        ({"Term": "Month-to-month"}, 1, 1),
        ({"Term": "Annual upfront"}, 12, 12),
        ({"Term": "36 months"}, 36, None),
        ({"Term and billing cycle": "One-Year commitment for monthly/yearly billing"}, 12, 1),
        ({"Term and billing cycle": "One-Month commitment for monthly billing"}, 1, 1),
        ({"Term and billing cycle": "1-Year commitment for yearly billing"}, 12, 12),
        ({"Billing Cycle": "Quarterly"}, None, 3),
        ({"Stock Code": "P1Y:CFQ7TTC0LCHC:0002:1:"}, 12, 1),
        ({"Stock Code": "P1Y:CFQ7TTC0LFLZ:0002:Y:"}, 12, 12),
        ({"SKU": "CFQ7TTC0LCHC:0002:P1M:M"}, 1, 1),
        ({"SKU": "DZH318Z0BPS6:0001"}, None, None),
        ({}, None, None),
    ],
)
def test_terms_and_cycles_are_months(columns: dict[str, str], term: int | None, cycle: int | None) -> None:
    said = line(**columns)

    assert (said["term_months"], said["cycle_months"], said["price_months"]) == (term, cycle, cycle)


@pytest.mark.parametrize(
    ("columns", "months"),
    [
        ({"End": "2026-10-31"}, 1),
        ({"End": "2026-11-14"}, 1),
        ({"End": "2026-10-20"}, 12),
        ({"End": "2027-09-30"}, 12),
        ({"End": ""}, 12),
        ({"End": "", "Cancelled": "2026-10-31"}, 12),
        ({"End": "2026-10-31", "Charge Type": "Proration"}, 12),
        ({"End": "2026-10-31", "Billing Cycle": "Monthly"}, 1),
        ({"End": "2026-10-31", "Billing Cycle": "Quarterly"}, 1),
    ],
)
def test_the_price_of_a_month_long_period_is_a_months(columns: dict[str, str], months: int) -> None:
    said = line(**{"Billing Cycle": "Annual", "Start": "2026-10-01"} | columns)

    assert said["price_months"] == months


def test_a_long_term_charged_by_the_month_leaves_nothing_open() -> None:
    month = {"Start": "2026-10-01", "End": "2026-10-31"}

    assert line(**{"Term": "36 months"} | month)["price_months"] == 1
    assert line(**month)["price_months"] is None


def test_a_customer_hidden_among_tags_is_found() -> None:
    tags = [
        {"name": "CustomerId", "value": "77"},
        {"name": "Region", "value": "EU"},
        {"name": "CustomerName", "value": "Acme"},
    ]

    assert line(Customer=json.dumps(tags))["client"] == "Acme"


@pytest.mark.parametrize(
    "written",
    [
        "Microsoft 365 E3 [options: annual]",
        "[Deprecated] Microsoft 365 E3",
        "en\tMicrosoft 365 E3",
        "Microsoft\n365 E3",
    ],
)
def test_wrappings_of_a_products_name_come_off(written: str) -> None:
    assert line(Product=written)["product"] == "Microsoft 365 E3"


def test_ids_keep_their_zeros_and_a_product_without_a_name_goes_by_its_number() -> None:
    said = line(Product="", SKU="'0001")

    assert (said["sku"], said["product"]) == ("0001", "0001")


def test_a_nameless_client_goes_by_its_id() -> None:
    assert line(Customer="", Customer_ID="T-17")["client"] == "T-17"


def test_a_line_ends_when_it_was_cancelled() -> None:
    said = line(Effective_Date="2026-01-15", Cancelled_Date="2026-10-10")

    assert [str(said[name]) for name in ("period_start", "period_end", "cancelled_on")] == [
        "2026-01-15",
        "2026-10-10",
        "2026-10-10",
    ]
