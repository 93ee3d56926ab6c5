"""What a vendor's file still has of something nobody buys any more: cancelled, suspended, charged and taken back."""

from __future__ import annotations

from itertools import product

import polars as pl

from recon.lines import Side
from recon.matching.catalogue import known_product
from recon.matching.keys import name_keys
from recon.result import Reconciliation
from recon.understood import GONE, PRODUCT

CLIENTS, PRODUCTS = ("client_key", "client_called"), ("product_key", "product_called")


def lines_gone(result: Reconciliation, billed: pl.DataFrame) -> pl.DataFrame:
    """Find the bought lines that count no more of what these lines bill, and give each the cell of those."""
    is_gone = (pl.col("side") == Side.BOUGHT.value) & pl.col("class").is_in([of.value for of in GONE])
    gone = result.lines.filter(is_gone) if billed.height else result.lines.clear()
    if gone.is_empty():
        return gone
    # Where nothing of a name counts, nobody asked what it means, and only its equal is known for it.
    named = _called(gone).with_columns(
        pl.when(pl.col(key).is_null()).then(called).alias(called) for key, called in (CLIENTS, PRODUCTS)
    )
    wanted = _called(billed)
    found = [
        named.drop("cell").join(wanted.select("cell", *pair).unique(), on=pair, how="inner")
        for pair in map(list, product(CLIENTS, PRODUCTS))
    ]
    return pl.concat([some.select(gone.columns) for some in found]).unique(["cell", "line"]).sort("line")


def _called(lines: pl.DataFrame) -> pl.DataFrame:
    """Write each client and product so that equal names are equal."""
    products = lines.select(PRODUCT).unique()
    known = [known_product(*names) for names in products.iter_rows()]
    called = products.with_columns(known=pl.Series([one.name if one else None for one in known], dtype=pl.String))
    called = called.with_columns(product_called=pl.coalesce("known", name_keys(called["product"]))).drop("known")
    lines = lines.join(called, on=PRODUCT, how="left", nulls_equal=True)
    return lines.with_columns(client_called=name_keys(lines["client"]))
