"""Which gaps are worth a word, by the limits people set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from recon.gaps import Gap


def apply_thresholds(gaps: Iterable[Gap], *, min_money: Decimal, min_seats: Decimal) -> list[Gap]:
    """Mark what stays quiet: gaps of too few seats, and clients whose gaps come to no more than the limit.

    Exactly the limit is still quiet; a limit of 0 keeps nothing quiet. Currencies are not added up.
    """
    gaps = list(gaps)
    worth: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for gap in gaps:
        if gap.seats >= min_seats:
            worth[gap.client, gap.currency] += gap.monthly.amount
    return [
        replace(
            gap,
            is_suppressed=gap.seats < min_seats or (min_money > 0 and worth[gap.client, gap.currency] <= min_money),
        )
        for gap in gaps
    ]
