"""Short ways to write the names and lines that matching is tested on."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from recon import LINE_SCHEMA, Matching


def names(*told: str | tuple[str, str], prefix: str = "") -> pl.DataFrame:
    """Name parties: `names("Acme", ("Globex", "globex.com"))`; the id is the name's place."""
    rows = [(f"{prefix}{n}", *(one if isinstance(one, tuple) else (one, None))) for n, one in enumerate(told)]
    return pl.DataFrame(rows, schema={"id": pl.String, "name": pl.String, "domain": pl.String}, orient="row")


def answers(matching: Matching) -> dict[str, str | None]:
    """Give each left id the right id that certainly answers it."""
    return dict(matching.matches.select("left_id", "right_id").iter_rows())


def verdicts(matching: Matching) -> dict[str, str]:
    """Give each left id its verdict."""
    return dict(matching.matches.select("left_id", "verdict").iter_rows())


def lines(*told: dict[str, object]) -> pl.DataFrame:
    """Make lines of the declared schema; what is not told is null, or one seat where it may not be."""
    usual = {"source": "file", "client": "Acme", "product": "Widget", "quantity": Decimal(1), "billable": True}
    rows = [usual | {"row": number} | row for number, row in enumerate(told, 2)]
    return pl.DataFrame(rows, schema=LINE_SCHEMA)
