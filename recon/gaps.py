"""What is worth someone's attention: a client has one number of seats and is billed for another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from recon.money import Money

GapId = NewType("GapId", str)
NO_LETTERS = re.compile(r"[\W_]+")


class GapKind(StrEnum):
    """How bought and billed disagree."""

    UNBILLED = "unbilled"  # bought, and no billed line
    UNDERBILLED = "underbilled"  # bought more than billed
    OVERBILLED = "overbilled"  # billed more than bought
    UNBOUGHT = "unbought"  # billed, and nothing bought
    WRONG_PRODUCT = "wrong product"  # bought one product, billed its sibling
    DUPLICATE = "duplicate"  # the same seats billed, or counted, twice
    BELOW_COST = "below cost"  # billed under what it costs
    WAITING = "waiting"  # a change too young to be a gap


class Direction(StrEnum):
    """Whose money it is; the two are never netted."""

    UNDER = "under"  # the MSP pays or delivers, and does not get it back
    OVER = "over"  # the client pays for what it does not have


class Basis(StrEnum):
    """What a gap's money is counted in."""

    PRICE = "price"  # what the client pays
    COST = "cost"  # what the MSP pays
    MARGIN = "margin"  # the difference between the two


class About(StrEnum):
    """What a gap is about; two of one client's product may be open side by side if they are about different things."""

    SEATS = "seats"
    PRICE = "price"
    TWICE_BOUGHT = "bought twice"
    TWICE_BILLED = "billed twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One disagreement, with the money it is worth a month and why."""

    id: GapId
    kind: GapKind
    about: About
    direction: Direction
    client: str
    product: str
    billed_product: str | None = None  # the sibling that is billed instead, of a wrong product
    plan: str
    currency: str
    bought: Decimal
    billed: Decimal  # by themselves
    bundled: Decimal = Decimal(0)  # billed as part of bundles
    seats: Decimal  # how many are missing, too many, or priced wrongly
    monthly: Money
    exact: bool
    estimated_because: str | None = None
    basis: Basis
    arithmetic: tuple[str, ...]
    sentence: str
    reasons: tuple[str, ...]
    bought_rows: tuple[int, ...]
    billed_rows: tuple[int, ...]
    is_suppressed: bool = False  # below the threshold someone set
    cells: tuple[int, ...] = ()  # where in the comparison it was found

    @property
    def billed_in_all(self) -> str:
        """Say how many are billed, by themselves and in bundles: `10`, `8 in bundles`, `2 + 8 in bundles`."""
        if not self.bundled:
            return count(self.billed)
        return f"{f'{count(self.billed)} + ' if self.billed else ''}{count(self.bundled)} in bundles"

    @property
    def is_leak(self) -> bool:
        """Say whether its money counts; a change that is expected to settle does not yet."""
        return self.kind is not GapKind.WAITING

    @property
    def is_priced(self) -> bool:
        """Say whether it is known what it comes to, exactly or about."""
        return self.exact or bool(self.monthly.amount)


def ways_estimated(gaps: Iterable[Gap]) -> tuple[Direction, ...]:
    """Name the directions of which what some gaps come to is an estimate."""
    found = {gap.direction for gap in gaps if not gap.exact}
    return tuple(way for way in Direction if way in found)


def identify_gap(client: str, product: str, plan: str, currency: str, about: About) -> GapId:
    """Name a gap by what it is about, never by a row number or a vendor's id, so that it is known again next month."""
    parts = [_plain(client), _plain(product), plan, currency, about]
    return GapId(hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12])


def _plain(name: str) -> str:
    return NO_LETTERS.sub("", name.casefold()) or name


def count(quantity: Decimal) -> str:
    """Write a number of seats without needless zeros: `12`, `1,250`, `0.5`."""
    return f"{quantity.normalize():,f}"


def count_of(quantity: Decimal, one: str) -> str:
    """Write how many there are of what: `1 seat`, `12 seats`."""
    return f"{count(quantity)} {one}{'' if quantity == 1 else 's'}"
