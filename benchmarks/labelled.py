"""The labelled sets the matcher is trained and judged on, read from beside the checkout."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import polars as pl

from recon import LINE_SCHEMA, Judgement, Judgements, Kind, Said

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


def month_lines(month: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give a whole month's bought and billed lines."""
    return seats_of(table(month, "vendor_lines"), "vendor"), seats_of(table(month, "psa_lines"), "psa")


def seats_of(told: pl.DataFrame, source: str) -> pl.DataFrame:
    """Shape a month's table as lines, each a number of seats."""
    named = told.rename({"client_name": "client", "qty": "quantity"}).with_row_index("row", 2)
    said = {column: pl.col(column) for column in named.columns if column in LINE_SCHEMA}
    known = said | {"source": pl.lit(source), "charge": pl.lit("seats"), "billable": pl.lit(value=True)}
    return named.select(known.get(column, pl.lit(None)).cast(of).alias(column) for column, of in LINE_SCHEMA.items())


def month_judgements(month: str) -> Judgements:
    """Give what people decided in the months before."""
    verdicts = {"approved": Said.SAME, "rejected": Said.DIFFERENT}
    rows = table(month, "decisions").select("left_id", "right_id", "decision").iter_rows()
    return Judgements(tuple(Judgement(Kind.CLIENT, left, right, verdicts[said]) for left, right, said in rows))


def in_half(ids: pl.Series, salt: str, half: int) -> pl.Series:
    """Tell which ids fall into a half; the split is by the billed name, and the same in every run."""
    return pl.Series([zlib.crc32(f"{salt}{name}".encode()) & 1 == half for name in ids.to_list()], dtype=pl.Boolean)
