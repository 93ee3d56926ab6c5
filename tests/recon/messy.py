"""One small month, written in the ways in which people's exports come."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby

Row = tuple[str, str, int, str]
"""Client, product, seats, price."""

PREMIUM, E3, EXCHANGE = "Microsoft 365 Business Premium", "Microsoft 365 E3", "Exchange Online (Plan 1)"
HUNTRESS, DUO = "Huntress Managed EDR", "Duo Advantage"
PRICES = {PREMIUM: "26.40", E3: "42.00", EXCHANGE: "4.80", HUNTRESS: "6.00", DUO: "4.50"}
SEATS = {
    ("Acme Dental", PREMIUM): (12, 10), ("Acme Dental", HUNTRESS): (12, 12), ("Contoso Retail", PREMIUM): (8, 8),
    ("Contoso Retail", HUNTRESS): (25, 0), ("Fabrikam Inc", PREMIUM): (1200, 1200), ("Fabrikam Inc", DUO): (1200, 1200),
    ("Harbor Law Group", EXCHANGE): (6, 6), ("Harbor Law Group", HUNTRESS): (0, 3),
    ("Müller Bäckerei GmbH", PREMIUM): (30, 30), ("Müller Bäckerei GmbH", EXCHANGE): (4, 4),
    ("Northwind Traders", E3): (5, 7), ("Northwind Traders", DUO): (40, 40), ("O'Brien & Sons, LLC", E3): (25, 25),
}  # fmt: skip
BOUGHT, BILLED = (
    [(client, product, seats[side], PRICES[product]) for (client, product), seats in SEATS.items() if seats[side]]
    for side in (0, 1)
)
GAPS = {
    ("Acme Dental", PREMIUM, "underbilled", 2),
    ("Contoso Retail", HUNTRESS, "unbilled", 25),
    ("Harbor Law Group", HUNTRESS, "unbought", 3),
    ("Northwind Traders", E3, "overbilled", 2),
}


def text(rows: Iterable[Iterable[object]], mark: str = ",", encoding: str = "utf-8") -> bytes:
    """Write rows as delimited text."""
    file = io.StringIO()
    csv.writer(file, delimiter=mark).writerows(rows)
    return file.getvalue().encode(encoding)


def total(row: Row) -> Decimal:
    return row[2] * Decimal(row[3])


def comma(number: object) -> str:
    """Write `1.234,50`."""
    return f"{Decimal(str(number)):,.2f}".translate(str.maketrans(",.", ".,"))


def by_client(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    return [(client, list(group)) for client, group in groupby(rows, key=lambda row: row[0])]


def german(rows: list[Row]) -> bytes:
    lines = [
        [c, p, seats, f"{comma(price)} €", f"{comma(total((c, p, seats, price)))} €"] for c, p, seats, price in rows
    ]
    last = ["Gesamtsumme", "", "", "", f"{comma(sum(map(total, rows)))} €"]
    return text([["Kunde", "Bezeichnung", "Anz.", "Einzelpreis", "Gesamtpreis"], *lines, last], ";", "cp1252")


def french(rows: list[Row]) -> bytes:
    lines = [[c, p, seats, f"{comma(price)} €".replace(".", "\u202f"), "20 %"] for c, p, seats, price in rows]
    return text(
        [["Client", "Désignation", "Qté", "Prix unitaire HT", "TVA"], *lines, ["", "", "", "Total HT", "1"]], ";"
    )


def xero(rows: list[Row]) -> bytes:
    headers = ["*ContactName", "EmailAddress", "*InvoiceNumber", "*InvoiceDate", "*DueDate", "*Description"]
    headers += ["*Quantity", "*UnitAmount", "*AccountCode", "*TaxType"]
    dates = ["01/10/2026", "31/10/2026"]
    lines = [[c, "a@b.co", f"INV-{c[:3]}", *dates, p, seats, price, "200", "GST"] for c, p, seats, price in rows]
    return text([headers, *lines])


def quickbooks(rows: list[Row]) -> bytes:
    headers = ["Date", "Transaction Type", "Num", "Name", "Product/Service", "Memo/Description", "Qty", "Sales Price"]
    lines = [["10/15/2026", "Invoice", 1000, c, p, f"{p} monthly", seats, price] for c, p, seats, price in rows]
    return text([["Sales by Customer Detail"], ["October 2026"], [], headers, *lines, ["TOTAL"]])


def quickbooks_of_two_months(rows: list[Row]) -> bytes:
    headers = ["Date", "Transaction Type", "Name", "Product/Service", "Qty", "Sales Price"]
    dated = [
        [date, "Invoice", c, p, seats, price] for date in ("09/15/2026", "10/15/2026") for c, p, seats, price in rows
    ]
    return text([headers, *dated, ["TOTAL"]])


def grouped(rows: list[Row]) -> bytes:
    lines: list[list[object]] = [["Customer", "Item", "Qty", "Rate"]]
    for client, group in by_client(rows):
        lines += [[client], *(["", product, seats, price] for _, product, seats, price in group)]
        lines.append([f"Total for {client}", "", sum(row[2] for row in group)])
    return text(lines)


def merged(rows: list[Row]) -> bytes:
    lines: list[list[object]] = [["Client", "Service", "Users", "Price"]]
    for _, group in by_client(rows):
        lines += [[c if at == 0 else "", p, seats, price] for at, (c, p, seats, price) in enumerate(group)]
    return text(lines)


def by_product(rows: list[Row]) -> bytes:
    lines: list[list[object]] = [["Product", "Customer", "Seats", "Price"]]
    for name in PRICES:
        lines += [
            [name],
            *(["", c, seats, price] for c, p, seats, price in rows if p == name),
            [f"{name} Total", "", 9],
        ]
    return text(lines)


def two_row_header(rows: list[Row]) -> bytes:
    groups, headings = (
        ["Customer", "", "Subscription", "", "Amounts", ""],
        ["Name", "ID", "Name", "SKU", "Quantity", "Price"],
    )
    return text([groups, headings, *([c, c[:3], p, p[-6:], seats, price] for c, p, seats, price in rows)])


def header_merged_downwards(rows: list[Row]) -> bytes:
    return text([["Customer", "Product", "Amounts", ""], ["", "", "Qty", "Unit Price"], *rows])


def with_units(rows: list[Row]) -> bytes:
    lines = ([c, p, f"{seats:,} seats", f"${price}/user/month"] for c, p, seats, price in rows)
    return text([["Client", "Plan", "Licences", "Price"], *lines])


def four_decimals(rows: list[Row]) -> bytes:
    lines = ([c, p, f"{seats}.0000", f"{price}00"] for c, p, seats, price in rows)
    return text([["Client", "Item Description", "Quantity", "Unit Amount"], *lines])


def with_periods_in_names(rows: list[Row]) -> bytes:
    lines = ([c, f"{p} (10/1/2026 - 10/31/2026)", seats, price] for c, p, seats, price in rows)
    return text([["Customer", "Description", "Qty", "Unit Price"], *lines])


def with_a_prorated_charge(rows: list[Row]) -> bytes:
    lines = [[*row, "Monthly"] for row in rows]
    more = ["Acme Dental", PREMIUM, 2, "9.10", "Prorated add 10/16 - 10/31"]
    return text([["Customer", "Product", "Qty", "Unit Price", "Remark"], *lines, more])


def id_of_each_line(rows: list[Row]) -> bytes:
    return text(
        [["Customer ID", "Customer", "Product", "Qty"], *([n, *row[:3]] for n, row in enumerate(rows, start=700))]
    )


def one_code_for_all(rows: list[Row]) -> bytes:
    return text([["Account Code", "Customer", "Product", "Qty"], *(["200", *row[:3]] for row in rows)])


def purchased_and_assigned(rows: list[Row]) -> bytes:
    lines = ([c, p, seats - 1, seats] for c, p, seats, _ in rows)
    return text([["Tenant", "License", "Licenses assigned", "Licenses purchased"], *lines])


def page(rows: list[Row]) -> bytes:
    """Write the web page that a portal calls XLS, with cells merged downwards."""
    lines = ""
    for client, group in by_client(rows):
        first = f'<td rowspan="{len(group)}">{client.replace("&", "&amp;")}</td>'
        cells = [f"<td><b>{p}</b><td>{seats:,}<td>${price}&nbsp;</tr>" for _, p, seats, price in group]
        lines += "".join(f"<tr>{first if at == 0 else ''}{cell}" for at, cell in enumerate(cells))
    menu = "<table><tr><td>Home<td>Sign out</table>"
    head = "<tr><th>Company<th>Product<th>Qty<th>Price</tr>"
    return (
        f"<html><title>Additions</title>{menu}<table>{head}{lines}<tr><td colspan=2>Total<td>9</table></html>".encode()
    )


def excel_2003(rows: list[Row]) -> bytes:
    def cells(row: Iterable[object]) -> str:
        said = (str(value).replace("&", "&amp;") for value in row)
        return "".join(f'<Cell><Data ss:Type="String">{value}</Data></Cell>' for value in said)

    lines = "".join(f"<Row>{cells(row)}</Row>" for row in (("Company", "Product", "Qty", "Price"), *rows))
    book = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    return f'<?xml version="1.0"?>\n{book}<Worksheet><Table>{lines}</Table></Worksheet></Workbook>'.encode()


EXPORTS: dict[str, Callable[[list[Row]], bytes]] = {
    written.__name__.replace("_", " "): written
    for written in (
        german, french, xero, quickbooks, quickbooks_of_two_months, grouped, merged, by_product, two_row_header,
        header_merged_downwards, with_units, four_decimals, with_periods_in_names, with_a_prorated_charge,
        id_of_each_line, one_code_for_all, purchased_and_assigned, page, excel_2003,
    )
}  # fmt: skip
