"""What is in which currency, and what can be compared though it is bought in another than it is billed in."""

from __future__ import annotations

import polars as pl

from recon.frames import engine_for, put_beside
from recon.lines import Side
from recon.reading.currencies import DOLLAR, DOLLARS

ONE_PRODUCT = ["client_key", "product_key"]
NOTHING: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(ONE_PRODUCT, pl.UInt32),
    **dict.fromkeys(("bought_in", "billed_in"), pl.String),
}


def settle_currencies(lines: pl.DataFrame, default: str) -> pl.DataFrame:
    """Give a line that names no currency the only one its product, client or files name; else the default.

    One that says $ gets a dollar in the same way, and no other currency.
    """
    bare = pl.col("currency") == DOLLAR
    if lines.select(bare.any()).item():
        stated = _stated(lines).filter(pl.col("currency").is_in(list(DOLLARS)))
        lines = _give_currency(lines, bare, stated, _likely_dollar(_by_count(stated, default), default))
    stated = _stated(lines)
    if stated.height == lines.height:
        return lines
    return _give_currency(lines, pl.col("currency").is_null(), stated, next(iter(_by_count(stated, default)), default))


def _stated(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.select(*ONE_PRODUCT, "currency").drop_nulls("currency")


def _by_count(stated: pl.DataFrame, default: str) -> list[str]:
    """List the currencies that lines state, the commonest first; of two that are as common, the default."""
    counted = stated.group_by("currency").len().with_columns(usual=pl.col("currency") == default)
    return counted.sort("len", "usual", "currency", descending=[True, True, False])["currency"].to_list()


def _likely_dollar(stated: list[str], default: str) -> str:
    """Take the one dollar that is stated, else the default where it is a dollar, else the commonest dollar."""
    if len(stated) != 1 and default in DOLLARS:
        return default
    return stated[0] if stated else "USD"


def _give_currency(lines: pl.DataFrame, where: pl.Expr, stated: pl.DataFrame, otherwise: str) -> pl.DataFrame:
    """Give these lines the only currency stated of their product or client; else the other one."""
    for name, keys in (("of_product", ONE_PRODUCT), ("of_client", ["client_key"])):
        named = stated.drop_nulls(keys).group_by(keys).agg(pl.col("currency").unique().alias(name))
        only = named.filter(pl.col(name).list.len() == 1).with_columns(pl.col(name).list.first())
        lines = put_beside(lines, only, keys)
    found = pl.coalesce("of_product", "of_client", pl.lit(otherwise))
    return lines.with_columns(currency=pl.when(where).then(found).otherwise("currency")).drop("of_product", "of_client")


def bought_in_another(lines: pl.DataFrame) -> pl.DataFrame:
    """List what a client has in one currency and pays in another: `client_key, product_key, bought_in, billed_in`."""
    if lines["currency"].n_unique() < len(Side):
        return pl.DataFrame(schema=NOTHING)
    counted = lines.lazy().filter(pl.col("seats") != 0)
    in_one = counted.group_by(*ONE_PRODUCT, "side").agg(
        pl.col("currency").first(), several=pl.col("currency").n_unique() > 1
    )
    have, pay = (
        in_one.filter(~pl.col("several") & (pl.col("side") == side.value)).drop("side", "several") for side in Side
    )
    both = have.rename({"currency": "bought_in"}).join(pay.rename({"currency": "billed_in"}), on=ONE_PRODUCT)
    return both.filter(pl.col("bought_in") != pl.col("billed_in")).collect(engine=engine_for(lines.height))


def count_as_billed(lines: pl.DataFrame, foreign: pl.DataFrame) -> pl.DataFrame:
    """Compare seats that are bought in another currency with those that are billed; what they cost is not compared."""
    if foreign.is_empty():
        return lines
    moved = (pl.col("side") == Side.BOUGHT.value) & pl.col("billed_in").is_not_null()
    beside = put_beside(lines, foreign, ONE_PRODUCT)
    return beside.with_columns(
        pl.when(~moved).then(pl.col("unit_price", "unit_cost")),
        currency=pl.when(moved).then("billed_in").otherwise("currency"),
    ).drop("bought_in", "billed_in")


def name_currencies(cells: pl.DataFrame, foreign: pl.DataFrame) -> pl.DataFrame:
    """Say of each cell the `currencies` of a product that has several there, and what it is `bought_in` if another."""
    if foreign.is_empty() and cells["currency"].n_unique() <= 1:
        unsaid = {"currencies": pl.lit(None, pl.List(pl.String)), "bought_in": pl.lit(None, pl.String)}
        return cells.with_columns(**unsaid)
    stated = cells.select(*ONE_PRODUCT, "currency").unique()
    several = stated.filter(stated.select(ONE_PRODUCT).is_duplicated())
    listed = several.group_by(ONE_PRODUCT).agg(currencies=pl.col("currency").sort())
    cells = put_beside(cells, listed, ONE_PRODUCT)
    return put_beside(cells, foreign.drop("billed_in"), ONE_PRODUCT)
