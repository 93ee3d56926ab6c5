"""Which pairs may be proposed at all: none that people refused, and no two products that cannot be one."""

from __future__ import annotations

import polars as pl

from recon.matching.catalogue import known_product, possible_products
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
    """Tell which pairs of products the tier guard lets through, and the catalogue does not know to be two.

    A wording that the catalogue calls unclear may be each of the products that are called so.
    """
    (mine, known_left), (theirs, known_right) = (read_products(side) for side in (sides.bought, sides.billed))
    free = [
        difference(mine[left], theirs[right]) is None
        and (known_left[left] is None or known_right[right] is None or known_left[left] == known_right[right])
        for left, right in pairs.select("l", "r").iter_rows()
    ]
    called_so = pairs.select("l", "r", at=pl.int_range(pl.len())).join(unclear_pairs(sides), on=["l", "r"])["at"]
    return pl.Series("free", free, dtype=pl.Boolean).scatter(called_so, values=True)


def unclear_pairs(sides: Sides) -> pl.DataFrame:
    """List the pairs of an unclear wording and a product that is called so: `l`, `r`."""
    (known_left, may_left), (known_right, may_right) = (
        known_and_possible(side) for side in (sides.bought, sides.billed)
    )
    if may_left.is_empty() and may_right.is_empty():
        return pl.DataFrame(schema={"l": pl.UInt32, "r": pl.UInt32})
    found = [
        known_left.join(may_right, on="means").select(l="i", r="i_right"),
        may_left.join(known_right, on="means").select(l="i", r="i_right"),
    ]
    return pl.concat(found).unique().sort("l", "r")


def known_and_possible(side: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Say what each product surely is, and what else an unclear wording may be: `i`, `means`."""
    known: list[tuple[int, str]] = []
    possible: list[tuple[int, str]] = []
    for i, *names in side.select("i", "name", "part_number", "sku").iter_rows():
        product = known_product(*names)
        known += [(i, product.name)] if product else []
        possible += [(i, name) for name in possible_products(*names)]
    schema = {"i": pl.UInt32, "means": pl.String}
    return pl.DataFrame(known, schema, orient="row"), pl.DataFrame(possible, schema, orient="row")


def read_products(side: pl.DataFrame) -> tuple[list[Wording], list[str | None]]:
    """Read each product's wording, and its catalogue name if it has one."""
    known = [known_product(*row) for row in side.select("name", "part_number", "sku").iter_rows()]
    return [wording(name) for name in side["name"].to_list()], [product.name if product else None for product in known]
