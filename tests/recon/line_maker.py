"""Lines for tests: say what matters, the rest is an ordinary month of an ordinary client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from recon import LINE_SCHEMA

ORDINARY: dict[str, Any] = {
    "source": "file.csv",
    "client": "Acme",
    "product": "Microsoft 365 Business Premium",
    "quantity": Decimal(10),
    "currency": "USD",
    "charge": "seats",
    "status": "active",
    "billable": True,
    "period_start": date(2026, 10, 1),
    "period_end": date(2026, 10, 31),
}


def lines(*stated: dict[str, Any]) -> pl.DataFrame:
    """Make a frame of lines, rows numbered from 2 as below a header."""
    rows = [dict.fromkeys(LINE_SCHEMA) | ORDINARY | {"row": row} | line for row, line in enumerate(stated, start=2)]
    return pl.DataFrame([_exact(row) for row in rows], LINE_SCHEMA, orient="row")


def _exact(row: dict[str, Any]) -> dict[str, Any]:
    numbers = ("quantity", "unit_price", "unit_cost", "amount")
    return {
        name: Decimal(str(value)) if name in numbers and value is not None else value for name, value in row.items()
    }


def column(frame: pl.DataFrame, name: str) -> Sequence[Any]:
    """Read one column in row order."""
    return frame.sort("row")[name].to_list()
