"""Which products keep company: wordings that the same clients have in the same quantities may be one product."""

from __future__ import annotations

import math

import polars as pl

from recon.matching.baskets import USUAL, beside, quantity_weight, share_of

BESIDE, ALIKE = 0.5, 0.2
"""How often two different products are bought together, and in equal number, where everyone gets everything."""

ENOUGH = 2_000
"""How many clients billed for a wording tell all that can be told of it."""

MOST = 20.0
"""Log-odds that company can say at most."""


def weigh_company(known: pl.DataFrame, bought: pl.DataFrame, billed: pl.DataFrame) -> pl.DataFrame:
    """Weigh pairs of a bought and a billed product by the clients already matched (`left_id`, `right_id`).

    Gives `left_id`, `right_id` (products), `evidence` in log-odds and `told`.
    """
    pairs = known.lazy().with_row_index("pair")
    mine = bought.lazy().join(pairs, left_on="client", right_on="left_id")
    mine = mine.select("pair", left_id="product", bought="quantity")
    theirs = billed.lazy().join(pairs, left_on="client", right_on="right_id").select("pair", "product", "quantity")
    place = pl.int_range(pl.len()).over("product", order_by="pair")
    theirs = theirs.filter(place < ENOUGH)
    chances = theirs.group_by("product", "quantity").agg(many=pl.len())
    chances = chances.with_columns(chance=share_of(pl.col("many"), pl.col("many").sum().over("product")).clip(ALIKE))
    theirs = theirs.join(chances, on=["product", "quantity"]).rename({"product": "right_id", "quantity": "billed"})
    both = beside(mine.join(theirs, on="pair")).with_columns(weight=quantity_weight(USUAL))
    met = both.group_by("left_id", "right_id").agg(
        pl.len().alias("both"), pl.col("weight").sum(), equal=pl.col("is_equal").sum()
    )
    met = met.join(theirs.group_by("right_id").agg(all=pl.len()), on="right_id")
    has, lacks = math.log(USUAL.bought / BESIDE), math.log((1 - USUAL.bought) / (1 - BESIDE))
    summed = pl.col("weight") + pl.col("both") * has + (pl.col("all") - pl.col("both")) * lacks
    evidence = pl.when(pl.col("equal") > 0).then(summed).otherwise(summed.clip(upper_bound=0.0))
    told = pl.format("{} of {} clients billed for it bought this, {} in the same quantity", "both", "all", "equal")
    weighed = met.with_columns(evidence=evidence.clip(-MOST, MOST), told=told)
    named = weighed.select("left_id", "right_id", "evidence", "told").sort("left_id", "right_id")
    return named.collect(engine="in-memory")
