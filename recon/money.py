"""Exact amounts in one currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from recon.errors import MixedCurrencies

CENT = Decimal("0.01")
MOST_DECIMALS = 4  # that a person writes of a unit price; of a tiny one, as many figures
WHOLE_UNITS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "HUF"})  # shown without decimals
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "AUD": "A$", "NZD": "NZ$", "CAD": "C$", "CHF": "CHF "}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; `Money(Decimal("12.50"), "USD")`."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        """Add an amount of the same currency; any other raises."""
        return Money(self.amount + self.same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Take away an amount of the same currency; any other raises."""
        return Money(self.amount - self.same(other).amount, self.currency)

    def __mul__(self, times: Decimal | int) -> Money:
        """Take this amount so many times, exactly."""
        return Money(self.amount * times, self.currency)

    def same(self, other: Money) -> Money:
        """Hand the other amount back if it may be added to this one."""
        if other.currency != self.currency:
            raise MixedCurrencies(f"I will not add {self} and {other}: they are in different currencies.")
        return other

    def rounded(self) -> Money:
        """To the cent, halves up, as an invoice does."""
        return Money(self.amount.quantize(CENT, ROUND_HALF_UP), self.currency)

    def __str__(self) -> str:
        """Write it as a person would: `$1,234.50`, `-€3.00`, `SEK 12.00`."""
        return self._written(0 if self.currency in WHOLE_UNITS else 2)

    def precise(self) -> str:
        """Write the decimals a unit price has, as far as a person would: `$3.1925`, `$36.3333`, `$0.0001235`."""
        most = MOST_DECIMALS + max(0, -1 - self.amount.adjusted()) if self.amount else 0
        shown = self.amount.normalize()
        if -int(shown.as_tuple().exponent) > most:
            shown = shown.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP).normalize()
        return self._written(max(-int(shown.as_tuple().exponent), 0 if self.currency in WHOLE_UNITS else 2))

    def _written(self, decimals: int) -> str:
        amount = self.amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        sign = SIGNS.get(self.currency, f"{self.currency} ")
        return f"{'-' if amount < 0 else ''}{sign}{abs(amount):,.{decimals}f}"


def add_up(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """Add amounts up, one sum a currency."""
    sums: dict[str, Decimal] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
