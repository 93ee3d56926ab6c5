"""What is lost on seats that are billed below their cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from recon.cells import Cell
from recon.gaps import count
from recon.money import Money
from recon.worth import show_by_month

MOST_PRICES = 3  # that are listed one by one
FINEST = Decimal("1E-10")


@dataclass(frozen=True, slots=True)
class Loss:
    """How many seats of a cell are billed at which price below their cost."""

    cell: Cell
    cost: Decimal
    at: tuple[tuple[Decimal, Decimal], ...]  # a price and how many seats, the lowest price first
    is_average: bool  # where costs differ: the mean price beside the mean cost

    @property
    def seats(self) -> Decimal:
        """All of these seats."""
        return sum((seats for _, seats in self.at), Decimal(0))

    @property
    def each(self) -> Decimal:
        """What is lost on one of them."""
        if len(self.at) == 1:
            return self.cost - self.at[0][0]
        lost = sum(((self.cost - price) * seats for price, seats in self.at), Decimal(0))
        return (lost / self.seats).quantize(FINEST)

    def say(self) -> str:
        """Say what the client pays for how many, and what that costs."""
        of_all = f" of its {count(self.cell.seats_billed)}" if self.seats < self.cell.seats_billed else ""
        product, costs = self.cell.product, self._money(self.cost).precise()
        return f"{self.cell.client} pays {self._say_prices()}{of_all} {product} that costs {costs}."

    def _say_prices(self) -> str:
        prices = [(self._money(price).precise(), count(seats)) for price, seats in self.at]
        if len(prices) > MOST_PRICES:
            return f"between {prices[0][0]} and {prices[-1][0]} for each of {count(self.seats)}"
        said = [f"{price} for {seats if seats == '1' else f'each of {seats}'}" for price, seats in prices]
        return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))

    def show(self) -> tuple[str, ...]:
        """Show how the loss comes about, up to what one of these seats loses."""
        one_cost, one_price = self.cell.costs_bought == 1, self.cell.prices_billed == 1
        stated_cost = self.cell.months_bought if one_cost else None
        stated_price = self.cell.months_billed if one_cost or one_price else None
        listed = self.at[:MOST_PRICES]
        return (
            *show_by_month(self.cost, stated_cost, self.cell.currency),
            *(step for price, _ in listed for step in show_by_month(price, stated_price, self.cell.currency)),
            *(self._subtract() if len(self.at) <= MOST_PRICES else ()),
        )

    def _subtract(self) -> list[str]:
        costs = self._money(self.cost).precise()
        less = [
            (f"{costs} it costs − {self._money(price).precise()} it is billed at", self.cost - price, seats)
            for price, seats in self.at
        ]
        if len(less) == 1:
            return [f"{step} = {self._money(margin).precise()}" for step, margin, _ in less]
        sums = [self._money(margin * seats).precise() for _, margin, seats in less]
        each = [f"{count(seats)} × ({step}) = {lost}" for (step, _, seats), lost in zip(less, sums, strict=True)]
        total = self._money(sum((margin * seats for _, margin, seats in less), Decimal(0))).precise()
        return [*each, f"{' + '.join(sums)} = {total}"]

    def _money(self, amount: Decimal) -> Money:
        return Money(amount, self.cell.currency)


def find_loss(cell: Cell) -> Loss:
    """Find the seats billed below their cost, price by price where they all cost the same."""
    cost = cell.cost_bought or Decimal(0)
    if cell.costs_bought == 1:
        return Loss(cell, cost, tuple((one["price"], one["seats"]) for one in cell.below or ()), is_average=False)
    is_average = max(cell.prices_billed, cell.costs_bought) > 1
    return Loss(cell, cost, ((cell.price_billed or Decimal(0), cell.seats_billed),), is_average=is_average)
