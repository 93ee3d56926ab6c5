"""What one seat is worth a month, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from recon.cells import Cell
from recon.frames import engine_for
from recon.gaps import Basis
from recon.lines import EXACT
from recon.money import Money

PAID = ["product_key", "currency", "price_billed"]
VAGUE = "the file does not say if that is for a month or for the whole term; I take it for a month"


@dataclass(frozen=True, slots=True)
class Worth:
    """The money of one seat and month; exact unless it says why not."""

    each: Decimal
    basis: Basis
    estimated_because: str | None = None
    months: int = 1  # that the price pays for as it is stated


def usual_prices(cells: pl.DataFrame, waiting: pl.DataFrame) -> pl.DataFrame:
    """Say what most clients pay for a product; of two equally usual prices, the lower.

    `waiting` are billed lines of clients that wait for an answer: they pay for what they are billed, whoever they are.
    """
    paid = cells.lazy().filter((pl.col("seats_billed") > 0) & (pl.col("price_billed") > 0)).select(PAID)
    if waiting.height:
        price = pl.col("unit_price") / pl.col("price_months").fill_null(1).cast(EXACT)
        others = waiting.lazy().filter((pl.col("seats") > 0) & (pl.col("unit_price") > 0))
        paid = pl.concat([paid, others.select("product_key", "currency", price_billed=price)], how="vertical_relaxed")
    counted = paid.group_by("product_key", "currency", "price_billed").agg(clients=pl.len())
    return (
        counted.sort("clients", "price_billed", descending=[True, False])
        .unique(["product_key", "currency"], keep="first", maintain_order=True)
        .select("product_key", "currency", usual_price="price_billed")
        .collect(engine=engine_for(cells.height))
    )


def value_seat(cell: Cell) -> Worth:
    """Price a seat: by what the client pays, else the vendor's suggestion, else what others pay, else its cost."""
    if cell.price_billed and cell.prices_billed > 1:
        average = "the client pays several prices for it; this is their average"
        return _worth(cell.price_billed, Basis.PRICE, average, vague=cell.vague_billed)
    if cell.price_billed:
        return _worth(cell.price_billed, Basis.PRICE, vague=cell.vague_billed, months=cell.months_billed)
    if cell.price_bought:
        suggested = "the client has no price for it; this is the vendor's suggestion"
        return _worth(cell.price_bought, Basis.PRICE, suggested, vague=cell.vague_bought, months=cell.months_bought)
    if cell.usual_price:
        return Worth(cell.usual_price, Basis.PRICE, "the client has no price for it; this is what most clients pay")
    if cell.price_billed is not None and not cell.cost_bought:
        return Worth(cell.price_billed, Basis.PRICE)  # it is given away
    return value_at_cost(cell, "no price for it is known")


def value_at_cost(cell: Cell, estimated_because: str | None = None) -> Worth:
    """Price a seat by what the MSP pays for it."""
    if cell.cost_bought is not None:
        months = cell.months_bought if cell.costs_bought == 1 else None
        return _worth(cell.cost_bought, Basis.COST, estimated_because, vague=cell.vague_bought, months=months)
    return Worth(Decimal(0), Basis.COST, "neither a price nor a cost for it is known")


def _worth(each: Decimal, basis: Basis, because: str | None = None, *, vague: bool, months: int | None = None) -> Worth:
    """Put a seat's worth together; where the file leaves open how long a price pays for, it is an estimate."""
    reasons = [because, VAGUE if vague else None]
    return Worth(each, basis, "; ".join(filter(None, reasons)) or None, months or 1)


def value_margin(each: Decimal, *, averaged: bool, vague: bool) -> Worth:
    """Price a seat by what is lost on it."""
    because = "prices or costs differ from line to line; these are averages" if averaged else None
    return _worth(each, Basis.MARGIN, because, vague=vague)


def show_by_month(each: Decimal, months: int | None, currency: str) -> tuple[str, ...]:
    """Show how a price for a year or longer, as the file states it, comes to one for a month."""
    if not months or months == 1:
        return ()
    stated, monthly = Money(each * months, currency), Money(each, currency).precise()
    return (f"{stated} for {months} months ÷ {months} = {monthly} a month",)
