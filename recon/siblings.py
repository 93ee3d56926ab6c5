"""One product bought and its sibling billed instead: two half gaps that are one wrong product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product as all_pairs

from recon.gaps import Direction, Gap, GapKind, count
from recon.money import Money

SiblingReason = Callable[[str, str], str | None]
"""Why two product names are of one family but not the same; nothing where they are not."""


def join_siblings(gaps: Iterable[Gap], reason_of: SiblingReason) -> list[Gap]:
    """Replace each unbilled product and its unbought sibling at one client by one gap of the wrong product."""
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
        if gap.kind in {GapKind.UNBILLED, GapKind.UNBOUGHT}:
            halves[gap.client, gap.currency][gap.kind is GapKind.UNBOUGHT].append(gap)
    for unbilled, unbought in halves.values():
        pairs = all_pairs(unbilled, unbought)
        for one, other in sorted(pairs, key=lambda pair: (abs(pair[0].seats - pair[1].seats), pair[0].id, pair[1].id)):
            reason = reason_of(one.product, other.product)
            if reason:
                yield one, other, reason


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
        billed=unbought.billed,
        monthly=Money(abs(difference.amount), difference.currency),
        exact=unbilled.exact and unbought.exact,
        estimated_because=because,
        arithmetic=(
            *(f"{half.product}: {step}" for half in (unbilled, unbought) for step in half.arithmetic[1:]),
            subtraction,
        ),
        sentence=(
            f"{unbilled.client} has {count(unbilled.bought)} {unbilled.product} "
            f"and is billed for {count(unbought.billed)} {unbought.product} instead."
        ),
        reasons=(*unbilled.reasons, *unbought.reasons, reason),
        billed_rows=unbought.billed_rows,
        cells=(*unbilled.cells, *unbought.cells),
    )
