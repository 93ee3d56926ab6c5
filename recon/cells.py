"""One client's one product, bought beside billed, where a person wants to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import polars as pl

AT_ONCE = 5_000


class Cell(NamedTuple):
    """One row of the comparison; prices and costs are per seat and month."""

    cell: int
    client: str
    client_key: int
    product: str
    product_key: int
    currency: str
    currencies: list[str] | None  # where the same product is stated in several
    bought_in: str | None  # where that is another currency; its price and cost are not known in this one
    plan: str  # empty where plans are added up
    plans_bought: str | None
    plans_billed: str | None
    seats_bought: Decimal
    seats_billed: Decimal
    prorated_bought: Decimal  # charged for part of a cycle only
    unpaid_billed: Decimal  # listed in the PSA, which charges nothing for them
    bundled: Decimal
    least: Decimal  # what the rules allow to be billed
    most: Decimal
    rules: list[str]
    missing: Decimal
    surplus: Decimal
    kind: str | None
    price_bought: Decimal | None  # the vendor's suggestion
    cost_bought: Decimal | None
    costs_bought: int  # how many different ones
    months_bought: int | None  # that each of its prices as stated pays for; none where they differ
    vague_bought: bool  # not said whether its prices are for a month or for the whole term
    price_billed: Decimal | None
    prices_billed: int
    below: list[dict[str, Decimal]] | None  # at which `price` how many `seats`, where each costs the same and more
    months_billed: int | None
    vague_billed: bool
    usual_price: Decimal | None
    twice_bought: Decimal
    twice_billed: Decimal
    rows_bought: list[int]
    rows_billed: list[int]

    @property
    def is_only_in_part(self) -> bool:
        """Say whether all there is so far is a charge for part of a cycle."""
        return self.kind is not None and self.missing > 0 and not self.seats_bought

    @property
    def bought(self) -> Decimal:
        """How many seats there are, as far as they are charged."""
        return self.missing if self.is_only_in_part else self.seats_bought


def typed_cells(frame: pl.DataFrame) -> Iterator[Cell]:
    """Turn the few cells in which something is amiss into values, not all of many at once."""
    for some in frame.select(Cell._fields).iter_slices(AT_ONCE):
        yield from map(Cell._make, some.rows())
