"""The one shape of a bought or billed line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import polars as pl

EXACT = pl.Decimal(38, 10)
"""Every number a file states: ten decimals hold the finest usage price seen, 28 digits the largest total."""


class Side(StrEnum):
    """Whose word a line is."""

    BOUGHT = "bought"  # what the vendor says
    BILLED = "billed"  # what the PSA charges


class Charge(StrEnum):
    """What a line charges for, in our words."""

    SEATS = "seats"  # a full cycle of a subscription: its quantity is how many there are
    PRORATED = "prorated"  # part of a cycle: money for a change, never a count
    CREDIT = "credit"  # money back: credit, rebate, refund, discount
    ONE_TIME = "one-time"  # set-up, hardware, labour
    USAGE = "usage"  # metered: Azure, minutes, storage
    FEE = "fee"  # service charge, adjustment
    TAX = "tax"  # never enters a comparison


class Status(StrEnum):
    """Whether what a line speaks of runs."""

    ACTIVE = "active"
    PENDING = "pending"  # ordered, not yet active
    TRIAL = "trial"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


LINE_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "source": pl.String,  # the file or pull it came from
    "row": pl.UInt32,  # as a spreadsheet numbers it, the first row of the file being 1
    "client": pl.String,
    "client_id": pl.String,
    "domain": pl.String,
    "product": pl.String,
    "part_number": pl.String,
    "sku": pl.String,  # commerce or catalogue ids, as the file writes them
    "quantity": EXACT,
    "unit_price": EXACT,  # what the client pays, per unit and `price_months`
    "unit_cost": EXACT,  # what the MSP pays, per unit and `price_months`
    "amount": EXACT,  # the line's total before tax, as the file says
    "currency": pl.String,  # its three letters; a bare $ where the file says no more
    "term_months": pl.Int16,  # how long the client is committed: 1, 12, 36
    "cycle_months": pl.Int16,  # the billing plan, how often it is charged: 1, 12
    "price_months": pl.Int16,  # how many months the unit price and cost pay for
    "charge": pl.String,  # a Charge
    "charge_type": pl.String,  # the file's own word for it
    "period_start": pl.Date,
    "period_end": pl.Date,
    "term_start": pl.Date,
    "term_end": pl.Date,
    "cancelled_on": pl.Date,  # from this day on it bills no more
    "status": pl.String,  # a Status
    "billable": pl.Boolean,  # false: the PSA lists it but charges nothing (DoNotBill, NoCharge)
    "agreement": pl.String,
    "line_id": pl.String,  # subscription id, or the PSA's own id of the line
}
"""What is not said is null, for text, numbers and dates alike. `client`, `product` and `quantity` are never null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a frame of `LINE_SCHEMA`, where a person wants to look at it."""

    source: str
    row: int
    client: str
    client_id: str | None
    domain: str | None
    product: str
    part_number: str | None
    sku: str | None
    quantity: Decimal
    unit_price: Decimal | None
    unit_cost: Decimal | None
    amount: Decimal | None
    currency: str | None
    term_months: int | None
    cycle_months: int | None
    price_months: int | None
    charge: str
    charge_type: str | None
    period_start: date | None
    period_end: date | None
    term_start: date | None
    term_end: date | None
    cancelled_on: date | None
    status: str
    billable: bool
    agreement: str | None
    line_id: str | None


def typed_lines(frame: pl.DataFrame) -> list[Line]:
    """Turn the few rows a person looks at into values."""
    return [Line(**row) for row in frame.select(list(LINE_SCHEMA)).iter_rows(named=True)]


def empty_lines() -> pl.DataFrame:
    """No lines, in the declared schema."""
    return pl.DataFrame(schema=LINE_SCHEMA)
