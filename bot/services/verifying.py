"""Whether a gap that a run no longer shows was put right, went away by itself, or only can't be seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import chain

from bot.services.cases import Case
from bot.services.ids import client_key, short_key
from bot.services.runs import Counted, canonical
from recon import About, Direction, Gap, GapKind, Money, Said, Side

Settled = Mapping[str, datetime | None]
"""Names that people have said something of, by their keys; if they only took it back, since when it had been said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The run that showed a gap last, held against the one that no longer does."""

    bought: Decimal
    billed: Decimal
    has_other_files: bool
    has_same_rules: bool
    settled: Settled = field(default_factory=dict)


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


def names_settled(before: str, after: str) -> Settled:
    """Name what people have said something of between two runs, given what each knew of names.

    What had been said before, and holds for a client under its new name as well, is nothing new.
    """
    known, said = (json.loads(text) for text in (before, after))
    old, settled = {_as_said(one) for one in known}, dict[str, datetime | None]()
    last: dict[tuple[str, ...], datetime] = {}
    for one in said:
        keys = tuple(client_key(one[side]) for side in ("bought", "billed"))
        was_said = last.get((one["kind"], *keys)) if one["verdict"] == Said.TAKEN_BACK else None
        last[one["kind"], *keys] = datetime.fromisoformat(one["at"])
        if _as_said(one) not in old:
            settled |= {key: _earlier(was_said, settled.get(key, was_said)) for key in keys}
    return settled


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else None


def _as_said(judgement: Mapping[str, str]) -> str:
    """Write what was said, by whom and when, but for the name on the billed side."""
    return canonical({**judgement, "billed": ""})


def is_settled_by_a_name(case: Case, settled: Settled) -> bool:
    """Tell whether something was said of a gap's client or product: other lines may be counted with it since."""
    return not settled.keys().isdisjoint(_keys_of(case))


def _keys_of(case: Case) -> set[str]:
    names = (*names_of(case), case.gap.product, case.gap.billed_product, *chain(*case.evidence["product_names"]))
    return {client_key(name) for name in names if name}


def rested_on_a_name(case: Case, before: Before) -> bool:
    """Tell whether a gap that can't be seen was there by an answer about its names only: the files are the same.

    What was there before an answer that is taken back goes back to where it was before it.
    """
    said = [before.settled[key] for key in _keys_of(case) if key in before.settled]
    return not before.has_other_files and any(at is None or at <= case.opened_at for at in said)


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
