"""How a moment, a month, an amount and a quantity are written in a table."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

from bot.services.failures import TooLargeToKeep
from recon import Money

SCALE = 4  # decimals of an amount
LARGEST = 2**63 - 1


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; one without a time zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite keeps no time zone: everything is written in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give it back aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A quantity to its last digit, as text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as asked for
        """Write it plainly."""
        return None if value is None else f"{value.normalize():f}"

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ANN401, ARG002
        """Read it back."""
        return None if value is None else Decimal(value)


Amount = BigInteger
"""Ten-thousandths of a currency's unit: an integer can be summed and loses nothing."""


def to_units(money: Money | None) -> int | None:
    """Write an amount as the integer that is kept; more than four decimals are refused, not rounded."""
    if money is None:
        return None
    if abs(money.amount) > LARGEST // 10**SCALE:
        raise TooLargeToKeep(f"{money} is too large to be true; is the file's decimal mark right?")
    units = money.amount.scaleb(SCALE)
    if units != units.to_integral_value():
        raise ValueError(f"{money.amount} has more than {SCALE} decimals.")
    return int(units)


def to_money(units: int | None, currency: str | None) -> Money | None:
    """Read an amount back."""
    return None if units is None or currency is None else Money(Decimal(units).scaleb(-SCALE), currency)
