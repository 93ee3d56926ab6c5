"""Which gaps are worth a word, by the limits people set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from recon.gaps import Gap


@dataclass(frozen=True, slots=True)
class Limits:
    """How much it takes for a client's gaps to speak; 0 keeps nothing quiet."""

    min_money: Decimal = Decimal(0)  # they speak above this a month
    min_seats: Decimal = Decimal(0)  # a gap speaks from this many seats on


def apply_thresholds(gaps: Iterable[Gap], usual: Limits, of_client: Mapping[str, Limits]) -> list[Gap]:
    """Mark what stays quiet: gaps of too few seats, and clients whose gaps come to no more than the limit.

    Exactly the limit is still quiet; a limit of 0 keeps nothing quiet. Currencies are not added up, and what still
    waits adds to nothing but itself. Nobody knows that an unknown amount is below the limit, so its seats alone decide.
    A client may have limits of its own, under its name however it is written.
    """
    gaps = list(gaps)
    own = {_letters(name): limits for name, limits in of_client.items()}
    limits = [own.get(_letters(gap.client), usual) for gap in gaps]
    worth: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for gap, limit in zip(gaps, limits, strict=True):
        if gap.is_leak and gap.seats >= limit.min_seats:
            worth[gap.client, gap.currency] += gap.monthly.amount
    return [_mark(gap, worth[gap.client, gap.currency], limit) for gap, limit in zip(gaps, limits, strict=True)]


def _letters(name: str) -> str:
    """Write a client's name so that “Acme, Ltd.” and “ACME LTD” are one, as they are for those who answer for it."""
    return "".join(sign for sign in name.casefold() if sign.isalnum()) or name


def _mark(gap: Gap, worth: Decimal, limits: Limits) -> Gap:
    if not gap.is_leak:
        worth += gap.monthly.amount
    is_little = gap.is_priced and 0 < limits.min_money >= worth
    is_quiet = gap.seats < limits.min_seats or is_little
    return gap if gap.is_suppressed is is_quiet else replace(gap, is_suppressed=is_quiet)
