"""One cause behind the same trouble at many clients: asked, decided and fixed once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from recon.gaps import Gap, GapId, GapKind
from recon.money import Money

ENOUGH = 3  # clients with the same trouble before it is more than chance
MOST = 2  # one in so many of the clients that have the product
SENTENCES = {
    GapKind.UNBILLED: "{clients} clients have {product} and none of them is billed for it",
    GapKind.UNBOUGHT: "{clients} clients are billed for {product} that no vendor lists this month (paid in advance?)",
    GapKind.WRONG_PRODUCT: "{clients} clients have {product} and are billed for {billed_product} instead",
    GapKind.BELOW_COST: "{clients} clients pay less for {product} than it costs",
}
"""The kinds of gap that have one cause when they strike one product at many clients; miscounts have one each."""


@dataclass(frozen=True, slots=True)
class Child:
    """What a cause does at one client."""

    client: str
    bought: Decimal
    billed: Decimal
    monthly: Money
    gap: GapId | None = None  # nothing where a question has to be answered first


@dataclass(frozen=True, slots=True)
class RootCause:
    """The same trouble with one product at several clients."""

    id: str
    sentence: str
    monthly: Money
    children: tuple[Child, ...]
    question: str | None = None  # the one whose answer settles all of them


def find_causes(gaps: Iterable[Gap], clients_with: Mapping[str, int]) -> list[RootCause]:
    """Group gaps of one kind and product that strike most of the clients that have it."""
    families: dict[tuple[str, ...], list[Gap]] = defaultdict(list)
    for gap in gaps:
        if gap.kind in SENTENCES:
            families[gap.kind, gap.direction, gap.product, gap.billed_product or "", gap.currency].append(gap)
    return [
        _of_gaps(family)
        for family in families.values()
        if _clients(family) >= max(ENOUGH, clients_with.get(family[0].product, 0) / MOST)
    ]


def _clients(family: list[Gap]) -> int:
    return len({gap.client for gap in family})


def _of_gaps(family: list[Gap]) -> RootCause:
    first = family[0]
    said = SENTENCES[first.kind].format(
        clients=_clients(family), product=first.product, billed_product=first.billed_product
    )
    children = [Child(gap.client, gap.bought, gap.billed, gap.monthly, gap.id) for gap in family]
    unsure = "" if all(gap.exact for gap in family) else "about "
    about = f"{first.kind} {first.direction} {first.product} {first.billed_product}"
    return name_cause(said, children, about=about, unsure=unsure)


def name_cause(
    said: str, children: list[Child], *, about: str, unsure: str = "", question: str | None = None
) -> RootCause:
    """Put a cause together, the children with most money first."""
    ordered = sorted(children, key=lambda child: (-child.monthly.amount, child.client))
    monthly = sum((child.monthly for child in ordered[1:]), start=ordered[0].monthly)
    name = hashlib.sha256(f"{about} {monthly.currency}".encode()).hexdigest()[:12]
    return RootCause(name, f"{said}: {unsure}{monthly} a month.", monthly, tuple(ordered), question)


def sort_causes(causes: Iterable[RootCause]) -> tuple[RootCause, ...]:
    """Put the costliest cause first."""
    return tuple(sorted(causes, key=lambda cause: (-cause.monthly.amount, cause.id)))
