"""Every export we know of loads without a question, however its headers are written and ordered."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from exports import CLIENTS, PRODUCTS, ROWS, as_csv, export_of, header_lists

from recon import Charge, Reading, Side, UnreadableFile, read_lines

OURS = {
    "client_domain": "domain",
    "subscription_id": "line_id",
    "billing_cycle": "cycle",
    "line_total": "amount",
    "term_and_cycle": "term",
    "qualifiers": "trial",
}
NOT_OURS = {
    "product_family", "quantity_fallback", "list_cost", "credit_reason", "adjustment", "link_id", "pricing_currency",
    "fx", "rate_type", "vendor_subscription_id", "description", "posted", "price_total",
}  # fmt: skip
LISTS = header_lists()
needs_lists = pytest.mark.skipif(not LISTS, reason="the reference header lists are not beside this checkout")
each_list = pytest.mark.parametrize("entry", LISTS, ids=lambda entry: entry["source"])


def read(headers: list[str], rows: list[list[str]], name: str = "Acme Ltd additions.csv") -> Reading:
    return read_lines(as_csv(headers, rows), name)


@needs_lists
@each_list
def test_a_known_export_loads_with_the_meanings_its_vendor_gives_it(entry: dict[str, Any]) -> None:
    reading = read(*export_of(entry))

    assert not reading.questions
    assert reading.lines.height == ROWS
    assert reading.layout.side is (Side.BOUGHT if entry["kind"] == "vendor" else Side.BILLED)
    assert not reading.layout.not_understood
    for meaning, said in entry["meaning"].items():
        headers = said if isinstance(said, list) else [said]
        billed_flag = meaning == "charge_type" and {"Bill", "billCustomer"} & set(headers)
        ours = "billable" if billed_flag else OURS.get(meaning, meaning)
        if said and meaning not in NOT_OURS:
            assert set(headers) <= set(reading.layout.columns[ours]), meaning


@needs_lists
@each_list
@pytest.mark.parametrize("order", [1, 2])
def test_the_order_of_columns_changes_nothing(entry: dict[str, Any], order: int) -> None:
    headers, rows = export_of(entry)
    places = list(range(len(headers)))
    random.Random(order).shuffle(places)  # noqa: S311 - an order, not a secret

    straight = read(headers, rows)
    shuffled = read([headers[at] for at in places], [[row[at] for at in places] for row in rows])

    assert shuffled.lines.equals(straight.lines)
    assert shuffled.layout.fingerprint == straight.layout.fingerprint


def words_of(header: str) -> list[str]:
    return re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+", header)


RENDERINGS: dict[str, Callable[[str], str]] = {
    "CamelCase": lambda header: "".join(word.capitalize() for word in words_of(header)),
    "snake_case": lambda header: "_".join(word.lower() for word in words_of(header)),
    "UPPER": lambda header: "".join(words_of(header)).upper(),
    "Spaced Words": lambda header: " ".join(word.capitalize() for word in words_of(header)),
}


@needs_lists
@each_list
@pytest.mark.parametrize("rendering", list(RENDERINGS))
def test_the_rendering_of_headers_changes_nothing(entry: dict[str, Any], rendering: str) -> None:
    headers, rows = export_of(entry)

    straight = read(headers, rows)
    renamed = read([RENDERINGS[rendering](header) for header in headers], rows)

    assert not renamed.questions
    assert renamed.lines.equals(straight.lines)


SYNONYMS = {
    "client": ["Customer", "Company Name", "Account", "Client", "Organisation"],
    "quantity": ["Qty", "Units", "Seats", "Licenses", "# of Licences"],
    "product": ["Item", "Service", "Product", "Product Description", "Item Name"],
    "unit_cost": ["Unit Cost", "Partner Cost", "Buy Price", "Cost", "Net Price"],
    "unit_price": ["Rate", "Unit Price", "Price", "Sell Price", "Price Each"],
}


@needs_lists
@each_list
@pytest.mark.parametrize("which", range(5))
def test_plausible_renamings_of_the_columns_that_matter_ask_nothing(entry: dict[str, Any], which: int) -> None:
    headers, rows = export_of(entry)
    straight = read(headers, rows)
    renamed = list(headers)
    for meaning, names in SYNONYMS.items():
        header = entry["meaning"].get(meaning)
        if header in renamed and not (meaning == "unit_price" and entry["kind"] == "vendor"):
            renamed[renamed.index(header)] = names[which]
    if len(set(renamed)) < len(renamed):
        pytest.skip("this file already has a column of that name")

    reading = read_lines(as_csv(renamed, rows), "Acme Ltd additions.csv", side=straight.layout.side)

    assert not reading.questions
    for column in ("client", "product", "quantity", "unit_cost"):
        assert reading.lines[column].equals(straight.lines[column]), column


SCORED = (
    "Customer,Item,Qty,Rate,Amount",
    "Company Name,Service,Units,Unit Price,Total",
    "CLIENT,PRODUCT,SEATS,PRICE,EXT PRICE",
    "Account,Description,Licenses,Price Each,Line Total",
    "accountName,itemDescription,licenseCount,unitPrice,lineTotal",
    "Organisation,Plan,# of Users,Monthly Rate,Subtotal",
    "Bill To,Product/Service,Quantity,Each,Net Amount",
    "TENANTNAME,PRODUCTNAME,TOTALSEATS,UNITPRICE,EXTENDEDPRICE",
    "Kunde,Artikel,Menge,Einzelpreis,Betrag",
    "End Customer,SKU Description,Seat Count,Sell Price,Total Price",
)


@pytest.mark.parametrize("header", SCORED)
def test_an_export_nobody_has_seen_is_understood_by_words_and_looks(header: str) -> None:
    rows = [
        [CLIENTS[at % 5], PRODUCTS[at % 4], str(2 + at % 9), "12.50", f"{12.5 * (2 + at % 9):.2f}"] for at in range(30)
    ]

    reading = read_lines(as_csv(header.split(","), rows), "export.csv", side=Side.BILLED)

    assert not reading.questions
    first = reading.lines.row(0, named=True)
    assert (first["client"], first["product"], first["quantity"]) == (CLIENTS[0], PRODUCTS[0], 2)
    assert (first["unit_price"], first["amount"]) == (Decimal("12.5"), Decimal(25))
    assert first["unit_cost"] is None


def test_a_vendors_only_price_is_our_cost() -> None:
    content = as_csv(["Customer", "Product", "Qty", "Unit Price"], [["Acme", "Duo", "2", "3.00"]] * 3)

    bought = read_lines(content, "x.csv", side=Side.BOUGHT).lines
    billed = read_lines(content, "x.csv", side=Side.BILLED).lines

    assert (bought["unit_cost"][0], bought["unit_price"][0]) == (3, None)
    assert (billed["unit_cost"][0], billed["unit_price"][0]) == (None, 3)


def test_a_file_of_one_client_takes_its_name_from_the_file_and_says_so() -> None:
    headers = ["Product ID", "Description", "Quantity", "Price", "Ext Price", "Bill", "Effective", "Cancelled"]
    rows = [["M365-BP", "Microsoft 365 Business Premium", "3", "22.00", "66.00", "Yes", "2026-01-01", ""]]

    reading = read(headers, rows, "Acme Ltd - agreement additions 2026-10.csv")

    assert reading.lines["client"].to_list() == ["Acme Ltd"]
    assert [(problem.row, problem.cell) for problem in reading.problems] == [(None, "Acme Ltd")]


@pytest.mark.parametrize(
    ("ids", "named_by"), [(("M365-BP", "VISIO2"), 1), (("Microsoft 365 Business Premium", "Visio Plan 2"), 0)]
)
def test_additions_go_by_their_description_where_their_product_id_is_a_code(
    ids: tuple[str, str], named_by: int
) -> None:
    headers = [
        "Company",
        "Product ID",
        "Description",
        "Quantity",
        "Price",
        "Ext Price",
        "Bill",
        "Effective",
        "Cancelled",
    ]
    described = ("Microsoft 365 Business Premium", "Visio Plan 2 for the office")
    rows = [
        ["Acme", *said, "3", "22.00", "66.00", "Yes", "2026-01-01", ""] for said in zip(ids, described, strict=True)
    ]

    lines = read(headers, rows).lines

    assert lines["product"].to_list() == list((ids, described)[named_by])
    assert lines["sku"].to_list() == list(ids)


def test_a_file_of_money_without_quantities_is_fees_and_says_so() -> None:
    headers = [
        "ReferenceId",
        "SkuId",
        "ResourceName",
        "BillingCycle",
        "ValidFrom",
        "ValidTo",
        "PurchaseDate",
        "PartnerTotal",
    ]
    rows = [["r1", "0002", "Microsoft 365 E3", "Monthly", "2026-10-01", "2026-10-31", "2026-09-30", "120.00"]]

    lines = read(headers, rows, "Acme.csv").lines

    assert (lines["quantity"][0], lines["charge"][0], lines["amount"][0]) == (1, Charge.FEE, 120)


def test_a_sheet_of_line_ids_is_refused_with_what_it_lacks() -> None:
    content = as_csv(
        ["invoice_id", "invoice_line_id", "new_pro_rata_value"], [["-94", "1203", "14"], ["-95", "1204", "3"]]
    )

    with pytest.raises(UnreadableFile, match=r"can't find a product.* Export it with those columns"):
        read_lines(content, "invoice_updates.csv")


def test_a_file_with_a_column_a_product_is_told_how_to_be_exported() -> None:
    wide = b"Customer,E3,E5,Business Premium\nAcme,3,0,12\nBolt,,5,4\nHooli,10,2,\n"

    with pytest.raises(UnreadableFile) as refused:
        read_lines(wide, "seats.csv", side=Side.BOUGHT)

    assert str(refused.value) == (
        "I can't find a product in seats.csv. I see Customer, E3, E5, Business Premium. If “E3”, “E5” and “Business "
        "Premium” are products, export one line per client and product, with a column that names the product and one "
        "that says how many."
    )


def test_of_very_many_columns_the_first_are_named() -> None:
    wide = f"Customer,{','.join(f'Plan {n}' for n in range(1, 9))}\nAcme{',3' * 8}\n"

    with pytest.raises(UnreadableFile, match="“Plan 5” and 3 more are products"):
        read_lines(wide.encode(), "seats.csv", side=Side.BOUGHT)
