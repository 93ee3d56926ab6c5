"""Invented months of any size: two exports of which we know where they disagree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.catalogue import PRODUCTS
from benchmarks.clients import invent_clients

PER_CLIENT = 8
DRIFTING_CLIENTS = 0.4  # of clients have one line that disagrees: 5 % of all lines
MOST_SEATS = 60
UNDER, OVER, UNBILLED, UNBOUGHT = "underbilled", "overbilled", "unbilled", "unbought"
DRIFTS = [UNDER, OVER, UNBILLED, UNBOUGHT]
MONTH = {"start_period": "2026-10-01", "end_period": "2026-10-31"}


@dataclass(frozen=True, slots=True)
class InventedMonth:
    """Where a month lies; `drift` names the kind and the row of each line that disagrees."""

    bought: Path
    billed: Path
    drift: Path


def write_month(folder: Path, lines: int, *, seed: int = 2026) -> InventedMonth:
    """Write a month of so many lines a side; the same size and seed give the same bytes."""
    month = InventedMonth(folder / "bought.csv", folder / "billed.csv", folder / "drift.csv")
    chance = np.random.default_rng(seed)
    agreed = _agreed_lines(chance, max(1, lines // PER_CLIENT))
    drifted = _let_drift(agreed, chance)
    bought = drifted.sort("company_id", "product_number").with_row_index("bought_row", offset=2)
    billed = bought.sort("billed_client", "product_number").with_row_index("billed_row", offset=2)
    _pax8_invoice(bought).write_csv(month.bought)
    _connectwise_additions(billed).write_csv(month.billed)
    _named_drift(billed).write_csv(month.drift)
    return month


def _agreed_lines(chance: np.random.Generator, clients: int) -> pl.DataFrame:
    """Give each client some products, bought and billed alike."""
    picked = np.argsort(chance.random((clients, PRODUCTS.height)), axis=1)[:, :PER_CLIENT]
    lines = pl.DataFrame(
        {
            "client_number": np.repeat(np.arange(clients), PER_CLIENT),
            "product_number": picked.ravel(),
            "seats": chance.integers(1, MOST_SEATS, clients * PER_CLIENT),
        }
    )
    products = PRODUCTS.with_row_index("product_number").with_columns(pl.col("product_number").cast(pl.Int64))
    return lines.join(invent_clients(clients, chance), on="client_number", how="left").join(
        products, on="product_number", how="left"
    )


def _let_drift(lines: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Let one line of some clients disagree in one of four ways."""
    clients = lines.height // PER_CLIENT
    drifting = chance.random(clients) < DRIFTING_CLIENTS
    which = np.arange(clients) * PER_CLIENT + chance.integers(0, PER_CLIENT, clients)
    kinds = pl.DataFrame(
        {
            "line": which[drifting],
            "drift": pl.Series(DRIFTS).gather(chance.integers(0, len(DRIFTS), int(drifting.sum()))),
            "extra": chance.integers(1, 6, int(drifting.sum())),
        }
    )
    numbered = lines.with_row_index("line").with_columns(pl.col("line").cast(pl.Int64))
    extra = pl.col("extra")
    return numbered.join(kinds, on="line", how="left", maintain_order="left").with_columns(
        seats_bought=pl.col("seats") + pl.when(pl.col("drift") == UNDER).then(extra).otherwise(0),
        seats_billed=pl.col("seats") + pl.when(pl.col("drift") == OVER).then(extra).otherwise(0),
    )


def _pax8_invoice(lines: pl.DataFrame) -> pl.DataFrame:
    """Write the vendor's side; what nobody bought leaves a service charge in its place."""
    absent = pl.col("drift").eq(UNBOUGHT).fill_null(value=False)
    seats = pl.when(absent).then(1).otherwise("seats_bought")
    price, cost = (pl.when(absent).then(0.0).otherwise(name) for name in ("price", "cost"))
    return lines.select(
        "company_id",
        pl.col("bought_client").alias("company_name"),
        pl.when(absent).then(pl.lit("service-charge")).otherwise(pl.lit("subscription")).alias("type"),
        pl.when(absent).then(pl.lit("PAX-SUP-100")).otherwise("sku").alias("sku"),
        pl.when(absent).then(pl.lit("Premium support")).otherwise("bought_product").alias("description"),
        pl.lit("Monthly").alias("term"),
        pl.lit(MONTH["start_period"]).alias("start_period"),
        pl.lit(MONTH["end_period"]).alias("end_period"),
        seats.alias("quantity"),
        _cents(price).alias("price"),
        _cents(price * seats).alias("subtotal"),
        _cents(cost).alias("cost"),
        pl.lit("USD").alias("currency"),
        pl.format("S{}", pl.col("bought_row") + 10_000_000).alias("subscription_id"),
    )


def _connectwise_additions(lines: pl.DataFrame) -> pl.DataFrame:
    """Write the PSA's side; what nobody bills leaves a service of the house in its place."""
    absent = pl.col("drift").eq(UNBILLED).fill_null(value=False)
    return lines.select(
        pl.col("billed_client").alias("Company Name"),
        pl.col("identifier").alias("Company ID"),
        pl.lit("Managed Services").alias("Agreement"),
        pl.lit("Active").alias("Agreement Status"),
        (pl.col("billed_row") + 10_000).alias("Addition ID"),
        pl.when(absent).then(pl.lit("SVC-MW")).otherwise("product_id").alias("Product ID"),
        pl.when(absent).then(pl.lit("Managed Workstation")).otherwise("billed_product").alias("Description"),
        pl.format("{}.00", "seats_billed").alias("Quantity"),
        pl.format("${}", _cents("billed_price")).alias("Unit Price"),
        pl.format("${}", _cents("cost")).alias("Unit Cost"),
        pl.format("${}", _cents(pl.col("billed_price") * pl.col("seats_billed"))).alias("Ext Price"),
        pl.lit("USD").alias("Currency"),
        pl.lit("Monthly").alias("Billing Cycle"),
        pl.format("{}/15/2025", pl.col("client_number") % 12 + 1).alias("Effective"),
        pl.lit("").alias("Cancelled"),
        pl.lit("Billable").alias("Bill Customer"),
    )


def _cents(amount: pl.Expr | str) -> pl.Expr:
    column = pl.col(amount) if isinstance(amount, str) else amount
    return column.round(2).cast(pl.Decimal(18, 2)).cast(pl.String)


def _named_drift(lines: pl.DataFrame) -> pl.DataFrame:
    """Say which row of which file shows each drift."""
    kind = pl.col("drift")
    return lines.drop_nulls("drift").select(
        kind=kind,
        bought_row=pl.when(kind != UNBOUGHT).then("bought_row"),
        billed_row=pl.when(kind != UNBILLED).then("billed_row"),
    )
