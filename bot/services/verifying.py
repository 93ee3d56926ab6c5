"""Whether a gap that a run no longer shows was put right, went away by itself, or only can't be seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from bot.services.cases import Case
from bot.services.ids import client_key, short_key
from bot.services.runs import Counted, canonical
from recon import About, Direction, Gap, GapKind, Money, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The run that showed a gap last, held against the one that no longer does."""

    bought: Decimal
    billed: Decimal
    has_other_files: bool
    has_same_rules: bool
    settled: frozenset[str] = frozenset()  # names that people have said something of since, by their keys


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run saw beside its gaps."""

    seats: Mapping[Counted, Decimal] = field(default_factory=dict)
    in_question: frozenset[Counted] = frozenset()

    def hides(self, case: Case) -> bool:
        """Tell whether names that wait for an answer keep a gap from being seen: it is neither there nor gone."""
        names = {client_key(name) for name in names_of(case)}
        if not any(client in names for _, client, _ in self.in_question):
            return False
        places, counts = places_of(case.gap), {Side.BOUGHT: case.gap.bought, Side.BILLED: case.gap.billed}
        is_asked = any((side, name, product) in self.in_question for side, _, product in places for name in names)
        return is_asked or any(counts[place[0]] and not self.seats.get(place) for place in places)

    def knows(self, client: str) -> bool:
        """Tell whether a client is on any line that counts."""
        return any(key == client_key(client) for _, key, _ in self.seats)

    def put_right(self, gap: Gap, before: Before) -> Money | None:
        """Give what of a gap the billing has put right: where the vendor takes seats back, nobody is billed more.

        A client that had seats and is on no line any more has left, or is called otherwise by now.
        """
        if gap.bought and not self.knows(gap.client):
            return None
        if gap.about is not About.SEATS or gap.kind is GapKind.WRONG_PRODUCT:
            return gap.monthly
        sign = 1 if gap.direction is Direction.UNDER else -1
        bought, billed = (self.seats.get(place, Decimal(0)) for place in places_of(gap))
        by_billing, by_vendor = sign * (billed - before.billed), sign * (before.bought - bought)
        # A bundle that is billed more often puts a gap right as well, and bills none of the product itself.
        rest = gap.seats - max(by_vendor, Decimal(0)) if before.has_same_rules else Decimal(0)
        fixed = min(max(by_billing, rest), gap.seats)
        if fixed <= 0:
            return None
        return gap.monthly if fixed == gap.seats else (gap.monthly * (fixed / gap.seats)).rounded()


def names_settled(before: str, after: str) -> frozenset[str]:
    """Name by their keys what people have said something of between two runs, given what each knew of names.

    What had been said before, and holds for a client under its new name as well, is nothing new.
    """
    known, said = (json.loads(text) for text in (before, after))
    old = {_as_said(one) for one in known}
    new = [one for one in said if _as_said(one) not in old]
    return frozenset(client_key(one[side]) for one in new for side in ("bought", "billed"))


def _as_said(judgement: Mapping[str, str]) -> str:
    """Write what was said, by whom and when, but for the name on the billed side."""
    return canonical({**judgement, "billed": ""})


def is_settled_by_a_name(case: Case, settled: frozenset[str]) -> bool:
    """Tell whether something was said of a gap's client or product: other lines may be counted with it since."""
    names = (*names_of(case), case.gap.product, case.gap.billed_product, *chain(*case.evidence["product_names"]))
    return not settled.isdisjoint(client_key(name) for name in names if name)


def rested_on_a_name(case: Case, before: Before) -> bool:
    """Tell whether a gap that can't be seen was there by an answer about its names only: the files are the same."""
    return not before.has_other_files and is_settled_by_a_name(case, before.settled)


def places_of(gap: Gap) -> tuple[Counted, Counted]:
    """Name where both sides count a gap's seats."""
    client = client_key(gap.client)
    return (
        (Side.BOUGHT, client, short_key(gap.product)),
        (Side.BILLED, client, short_key(gap.billed_product or gap.product)),
    )


def names_of(case: Case) -> set[str]:
    """List what a gap's client is called, on either side."""
    return {case.gap.client, *filter(None, case.evidence["client_names"])}
