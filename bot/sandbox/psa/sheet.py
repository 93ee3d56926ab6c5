"""The PSA's report of agreement additions as CSV: read once to begin with, written whenever it is exported."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.sandbox.state.records import Addition

COLUMNS = {
    "Company Name": "company",
    "Company ID": "company_id",
    "Agreement": "agreement",
    "Agreement Status": "status",
    "Addition ID": "id",
    "Product ID": "product",
    "Description": "description",
    "Quantity": "quantity",
    "Unit Price": "unit_price",
    "Unit Cost": "unit_cost",
    "Ext Price": "",
    "Currency": "currency",
    "Billing Cycle": "cycle",
    "Effective": "effective",
    "Cancelled": "cancelled",
    "Bill Customer": "bills",
}


class NotThatReport(ValueError):  # noqa: N818 - named for what happened
    """A file is no report of agreement additions."""


def read_additions(text: str) -> list[Addition]:
    """Read the additions of a report; what stands above its header and its total is not among them."""
    rows = list(csv.reader(io.StringIO(text)))
    at = next((place for place, row in enumerate(rows) if set(COLUMNS) <= set(row)), None)
    if at is None:
        raise NotThatReport(f"I see no row with the columns {', '.join(COLUMNS)}.")
    named = (dict(zip(rows[at], row, strict=False)) for row in rows[at + 1 :])
    return [addition_of(row) for row in named if row.get("Addition ID")]


def addition_of(row: dict[str, str]) -> Addition:
    """Make an addition of a row; amounts lose the signs they are written with."""
    fields: dict[str, Any] = {field: row[column] for column, field in COLUMNS.items() if field}
    for name in ("quantity", "unit_price", "unit_cost"):
        fields[name] = bare(fields[name])
    return Addition(**fields)


def bare(amount: str) -> str:
    """Write an amount as a number alone."""
    return amount.strip().replace("$", "").replace(",", "")


def number(text: str) -> Decimal | None:
    """Read an amount; somebody may have written words there."""
    try:
        read = Decimal(text)
    except InvalidOperation:
        return None
    return read if read.is_finite() else None


def money(amount: Decimal | None) -> str:
    """Write an amount as the report does; one that is none is left out."""
    return "" if amount is None else f"${amount:,.2f}"


def worth(addition: Addition) -> Decimal | None:
    """Multiply, if there is something to multiply."""
    quantity, price = number(addition.quantity), number(addition.unit_price)
    return None if quantity is None or price is None else quantity * price


def written(addition: Addition) -> list[str]:
    """Write an addition as a row."""
    shown = {column: getattr(addition, field) if field else "" for column, field in COLUMNS.items()}
    amounts = {"Unit Price": addition.unit_price, "Unit Cost": addition.unit_cost}
    shown |= {column: money(number(text)) for column, text in amounts.items()}
    return list((shown | {"Ext Price": money(worth(addition))}).values())


def by_company(additions: Iterable[Addition]) -> list[Addition]:
    """Put what is new at a company below what was there, in the order in which the companies came."""
    rows = list(additions)
    place = {company: at for at, company in enumerate(dict.fromkeys(one.company for one in rows))}
    return sorted(rows, key=lambda one: place[one.company])


def write_additions(additions: Iterable[Addition], at: datetime, printed_for: str) -> str:
    """Write the report as it is printed at a moment, with the total of its main currency at its end."""
    rows = by_company(additions)
    currency = Counter(one.currency for one in rows).most_common(1)[0][0] if rows else ""
    total = sum((worth(one) or Decimal(0) for one in rows if one.currency == currency), Decimal(0))
    moment = f"{at.month}/{at.day}/{at.year} {at:%I:%M %p}".replace(" 0", " ")
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(["Agreement Additions by Company"])
    out.writerow([f"Printed {moment} for {printed_for}"])
    out.writerow([])
    out.writerow(COLUMNS)
    out.writerows(written(one) for one in rows)
    out.writerow(["Total", *[""] * 9, money(total), currency, *[""] * 4])
    return text.getvalue()
