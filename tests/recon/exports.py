"""Exports as vendors and PSAs write them, made up cell by cell."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HEADERS_FILE = Path(__file__).parents[3] / "shared" / "reference" / "csv-headers.json"
CLIENTS = ("Wayne Enterprises", "Stark Industries Ltd", "Acme Dental Group", "Hooli GmbH", "Umbrella Physio")
PRODUCTS = ("Microsoft 365 Business Premium", "Exchange Online (Plan 1)", "SentinelOne Control", "Duo MFA")
ROWS = 25


def header_lists() -> list[dict[str, Any]]:
    """Every header list that describes a file of lines; empty where the reference data is absent."""
    if not HEADERS_FILE.exists():
        return []
    entries: list[dict[str, Any]] = json.loads(HEADERS_FILE.read_text(encoding="utf-8"))
    return [entry for entry in entries if entry["meaning"]["product"] or entry["meaning"]["sku"]][:-1]


def guid(kind: int, at: int) -> str:
    """Make an id that is always the same."""
    return f"{kind:08x}-4c3d-4e5f-8a6b-{at:012x}"


def flat(entry: dict[str, Any]) -> dict[str, str]:
    """Turn the meanings round: header to meaning."""
    found: dict[str, str] = {}
    for meaning, headers in entry["meaning"].items():
        for header in headers if isinstance(headers, list) else [headers]:
            if header:
                found.setdefault(header, meaning)
    return found


VALUES: dict[str, Callable[[int], str]] = {
    "client": lambda at: CLIENTS[at % 5],
    "client_id": lambda at: guid(1, at % 5),
    "client_domain": lambda at: f"{CLIENTS[at % 5].split()[0].lower()}.com",
    "product": lambda at: PRODUCTS[at % 4],
    "product_family": lambda at: PRODUCTS[at % 4].rsplit(" ", 1)[0],
    "sku": lambda at: f"MST-{100 + at % 4}-X",
    "description": lambda at: f"{PRODUCTS[at % 4]} licence",
    "subscription_id": lambda at: guid(2, at),
    "vendor_subscription_id": lambda at: guid(3, at),
    "quantity": lambda at: str(3 + at % 17),
    "quantity_fallback": lambda at: str(3 + at % 17),
    "unit_price": lambda at: f"{22 + at % 4}.50",
    "unit_cost": lambda at: f"{18 + at % 4}.25",
    "list_cost": lambda at: f"{19 + at % 4}.00",
    "line_total": lambda at: f"{(18 + at % 4) * (3 + at % 17)}.75",
    "price_total": lambda at: f"{(22 + at % 4) * (3 + at % 17)}.50",
    "tax": lambda at: f"{at % 3}.20",
    "period_start": lambda _: "2026-10-01",
    "period_end": lambda _: "2026-10-31",
    "term_start": lambda _: "2026-03-01",
    "term_end": lambda _: "2027-02-28",
    "charge_type": lambda at: ("subscription", "prorate")[at % 7 == 0],
    "billing_cycle": lambda _: "Monthly",
    "term_and_cycle": lambda _: "One-Year commitment for monthly billing",
    "term": lambda _: "Monthly",
    "status": lambda _: "Active",
    "currency": lambda _: "EUR",
    "pricing_currency": lambda _: "USD",
    "fx": lambda _: "0.92",
    "agreement": lambda at: f"Managed Services {at % 5}",
    "qualifiers": lambda _: "[]",
}
SPECIAL: dict[str, Callable[[int], str]] = {
    "charges.tags": lambda at: json.dumps(
        [{"name": "Region", "value": "EU"}, {"name": "CustomerName", "value": CLIENTS[at % 5]}]
    ),
    "STOCK CODE": lambda at: f"P1Y:CFQ7TTC0LCH{at % 4}:0002:1:",
    "mfgPartNumber": lambda at: f"CFQ7TTC0LCH{at % 4}:0002:P1Y:M",
    "ProductId": lambda at: f"CFQ7TTC0LCH{at % 4}",
    "productId": lambda at: f"CFQ7TTC0LCH{at % 4}",
    "SkuId": lambda _: "0002",
    "skuId": lambda _: "0002",
    "Bill": lambda at: ("Yes", "No")[at % 11 == 0],
    "billCustomer": lambda at: ("Billable", "DoNotBill")[at % 11 == 0],
    "Cancelled": lambda at: "2026-12-31" if at % 9 == 0 else "",
    "cancelledDate": lambda at: "2026-12-31" if at % 9 == 0 else "",
    "billingCycleType": lambda _: "Monthly",
    "Sequence": lambda at: f"{at + 1}.00",
    "isinactive": lambda _: "False",
    "client_id": lambda at: str(11 + at % 5),
    "extPrice": lambda at: f"{(22 + at % 4) * (3 + at % 17)}.50",
    "customFields": lambda at: json.dumps([{"id": at, "caption": "365 Tenant", "value": guid(1, at % 5)}]),
    "invoiceType": lambda _: "Invoice",
}


def cell(header: str, meaning: str | None, at: int) -> str:
    """Make up what stands under a header in one row."""
    if header in SPECIAL:
        return SPECIAL[header](at)
    if meaning in VALUES:
        return VALUES[meaning](at)
    low = header.lower()
    if low.endswith("date"):
        return "2026-10-05"
    if low.endswith(("id", "number")):
        return guid(9, at)
    if any(word in low for word in ("price", "total", "cost", "margin", "amount", "fee", "rate")):
        return f"{at % 6}.10"
    return "" if low.startswith(("_", "quantity_")) else f"note {at % 3}"


def export_of(entry: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Make headers and rows of one export."""
    meanings = flat(entry)
    headers = list(entry["headers"])
    return headers, [[cell(header, meanings.get(header), at) for header in headers] for at in range(ROWS)]


def as_csv(headers: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """Write a table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode()
