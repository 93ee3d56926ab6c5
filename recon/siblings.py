"""One product bought and its sibling billed instead: two half gaps that are one wrong product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product as all_pairs

from recon.gaps import Direction, Gap, GapKind, count
from recon.money import Money

TOO_MANY = (GapKind.UNBOUGHT, GapKind.OVERBILLED)

SiblingReason = Callable[[str, str], str | None]
"""Why two product names are of one family but not the same; nothing where they are not."""


def join_siblings(gaps: Iterable[Gap], reason_of: SiblingReason) -> list[Gap]:
    """Replace each unbilled product and its sibling at one client by one gap of the wrong product.

    The sibling is one that is not bought, or as many too many of one that is: 4 of 10 were upgraded.
    """
    gaps = list(gaps)
    joined: list[Gap] = []
    gone: set[str] = set()
    for unbilled, unbought, reason in _best_pairs(gaps, reason_of):
        if not gone & {unbilled.id, unbought.id}:
            gone |= {unbilled.id, unbought.id}
            joined.append(_join(unbilled, unbought, reason))
    return [gap for gap in gaps if gap.id not in gone] + joined


def _best_pairs(gaps: list[Gap], reason_of: SiblingReason) -> Iterator[tuple[Gap, Gap, str]]:
    """Pair within each client, equal numbers of seats first."""
    halves: dict[tuple[str, str], tuple[list[Gap], list[Gap]]] = defaultdict(lambda: ([], []))
    for gap in gaps:
        if gap.kind in {GapKind.UNBILLED, *TOO_MANY}:
            halves[gap.client, gap.currency][gap.kind in TOO_MANY].append(gap)
    for unbilled, too_many in halves.values():
        pairs = [pair for pair in all_pairs(unbilled, too_many) if _may_be_one(*pair)]
        for one, other in sorted(pairs, key=lambda pair: (abs(pair[0].seats - pair[1].seats), pair[0].id, pair[1].id)):
            reason = reason_of(one.product, other.product)
            if reason:
                yield one, other, reason


def _may_be_one(unbilled: Gap, other: Gap) -> bool:
    return other.kind is GapKind.UNBOUGHT or other.seats == unbilled.seats


def _join(unbilled: Gap, unbought: Gap, reason: str) -> Gap:
    due, charged = unbilled.monthly, unbought.monthly
    difference = due - charged
    leaks = difference.amount > 0
    subtraction = f"{due} − {charged} = {difference}"
    because = unbilled.estimated_because or unbought.estimated_because
    if unbilled.basis is not unbought.basis and not leaks:
        # What one costs, less what another is billed for, tells a loss where it is one, and else nothing.
        leaks, difference = True, difference * 0
        subtraction = f"{due} is a {unbilled.basis} and {charged} a {unbought.basis}: the difference is not known"
        because = f"{because}, so what should be billed is not known"
    return replace(
        unbilled,
        kind=GapKind.WRONG_PRODUCT,
        direction=Direction.UNDER if leaks else Direction.OVER,
        billed_product=unbought.product,
        billed=unbought.billed if unbought.kind is GapKind.UNBOUGHT else unbought.seats,
        monthly=Money(abs(difference.amount), difference.currency),
        exact=unbilled.exact and unbought.exact,
        estimated_because=because,
        arithmetic=(
            *(f"{half.product}: {step}" for half in (unbilled, unbought) for step in half.arithmetic[1:]),
            subtraction,
        ),
        sentence=_say(unbilled, unbought),
        reasons=(*unbilled.reasons, *unbought.reasons, reason),
        billed_rows=unbought.billed_rows,
        cells=(*unbilled.cells, *unbought.cells),
    )


def _say(unbilled: Gap, other: Gap) -> str:
    client, seats, billed = unbilled.client, count(unbilled.bought), count(other.billed)
    if other.kind is GapKind.UNBOUGHT:
        return f"{client} has {seats} {unbilled.product} and is billed for {billed} {other.product} instead."
    are = "is" if unbilled.bought == 1 else "are"
    return (
        f"{client} has {seats} {unbilled.product} that {are} billed as {other.product}: "
        f"it has {count(other.bought)} of those and is billed for {billed}."
    )
