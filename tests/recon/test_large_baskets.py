"""Baskets of a large month: pairs are few, and no client is laid beside all others for having the same product."""

from __future__ import annotations

import re

import polars as pl

from recon.matching.baskets import AS_WRITTEN, in_both

CLIENTS, PRODUCTS = 6_000, 8


def test_pairs_are_joined_before_products() -> None:
    clients = [f"client {number}" for number in range(CLIENTS)]
    held = pl.DataFrame({"client": clients}).join(
        pl.DataFrame({"product": [f"product {number}" for number in range(PRODUCTS)]}), how="cross"
    )
    held = held.with_columns(quantity=(pl.int_range(pl.len()) % 60 + 1).cast(pl.Float64))
    pairs = pl.DataFrame({"left_id": clients, "right_id": clients})

    plan = in_both(pairs.lazy(), held.lazy(), held.lazy()).explain(optimizations=AS_WRITTEN)

    joins = re.findall(r"LEFT PLAN ON: \[(.*?)\]\n", plan)
    assert 'col("left_id")' in joins[1], plan
    assert in_both(pairs.lazy(), held.lazy(), held.lazy()).collect(optimizations=AS_WRITTEN).height == held.height
