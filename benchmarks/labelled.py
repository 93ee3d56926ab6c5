"""The labelled sets the matcher is trained and judged on, read from beside the checkout."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import polars as pl

DATA = Path(__file__).resolve().parents[2] / "shared" / "evaluation" / "matching" / "data"
MONTHS = ("msp", "msp_hard", "msp_small1", "msp_small2", "msp_small3")
CLIENTS = (*MONTHS, "ror", "listed", "childcare", "dba", "afj_hospital", "afj_governmentagency")
PRODUCTS = ("mslicense", "abt_buy", "amazon_google")


def need_data() -> None:
    """Stop with a sentence where the sets are absent."""
    if not DATA.is_dir():
        sys.exit(f"The labelled sets are not at {DATA}; there is nothing to do.")


def table(name: str, part: str) -> pl.DataFrame:
    """Read one table of a set, every column as text."""
    return pl.read_csv(DATA / name / "dev" / f"{part}.csv", infer_schema=False)


def name_lists(name: str, *, domains: bool = True) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Give a set's left, right and truth."""
    wanted = ["id", "name", "domain"] if domains else ["id", "name"]
    sides = [table(name, part) for part in ("left", "right")]
    left, right = (side.select(column for column in wanted if column in side.columns) for side in sides)
    return left, right, table(name, "truth").select("left_id", "right_id")


def product_lists(month: str) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Give a month's product wordings on either side; the truth names bought products without their suffix."""
    bought = table(month, "vendor_lines")["product"].unique().sort()
    billed = table(month, "psa_lines")["product"].unique().sort()
    plain = bought.str.replace(r" \[New Commerce Experience\]$| - Annual$", "")
    named = table(month, "truth_products").unique().rename({"psa_product": "right_id"})
    truth = named.join(pl.DataFrame({"vendor_product": plain, "left_id": bought}), on="vendor_product")
    left, right = (pl.DataFrame({"id": side, "name": side}) for side in (bought, billed))
    return left, right, truth.select("left_id", "right_id")


def in_half(ids: pl.Series, salt: str, half: int) -> pl.Series:
    """Tell which ids fall into a half; the split is by the billed name, and the same in every run."""
    return pl.Series([zlib.crc32(f"{salt}{name}".encode()) & 1 == half for name in ids.to_list()], dtype=pl.Boolean)
