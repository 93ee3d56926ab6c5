"""Which pairs may be proposed at all: none that people refused, and no two products that cannot be one."""

from __future__ import annotations

import polars as pl

from recon.matching.catalogue import known_product
from recon.matching.forms import Sides
from recon.matching.judgements import Kind, Said
from recon.matching.spoken import said
from recon.matching.tiers import difference
from recon.matching.wordings import Wording, wording


def proposable(sides: Sides, pairs: pl.DataFrame) -> pl.DataFrame:
    """Leave out pairs that people refused and products that cannot be one."""
    pairs = pairs.join(said(sides.spoken, Said.DIFFERENT), on=["l", "r"], how="anti", maintain_order="left")
    return pairs.filter(may_be_one(pairs, sides)) if sides.kind is Kind.PRODUCT else pairs


def may_be_one(pairs: pl.DataFrame, sides: Sides) -> pl.Series:
    """Tell which pairs of products the tier guard lets through, and the catalogue does not know to be two."""
    (mine, known_left), (theirs, known_right) = (read_products(side) for side in (sides.bought, sides.billed))
    free = [
        difference(mine[left], theirs[right]) is None
        and (known_left[left] is None or known_right[right] is None or known_left[left] == known_right[right])
        for left, right in pairs.select("l", "r").iter_rows()
    ]
    return pl.Series("free", free, dtype=pl.Boolean)


def read_products(side: pl.DataFrame) -> tuple[list[Wording], list[str | None]]:
    """Read each product's wording, and its catalogue name if it has one."""
    known = [known_product(*row) for row in side.select("name", "part_number", "sku").iter_rows()]
    return [wording(name) for name in side["name"].to_list()], [product.name if product else None for product in known]
