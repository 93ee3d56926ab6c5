"""What a gap is worth stands in one account at a time; whatever happens to it moves that money, and never copies it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any

from bot.services.cases import SAME_BILLING, Case, CaseEvent, CaseState, Happening
from bot.services.decisions import Decision, Reason, Verb
from bot.services.ids import CaseId, DecisionId
from recon import Direction, GapKind, Money, Month


class Account(StrEnum):
    """Where a gap's money stands."""

    OPEN = "open"  # someone has to decide, or has put it off
    QUIET = "quiet"  # below someone's threshold
    APPROVED = "approved"  # signed, and no later run shows it yet
    FIXED = "fixed"  # signed, and a later run shows the billing put right: recovered, or over-billing avoided
    WAIVED = "waived"  # someone chose to leave it
    UNREAL = "not a gap"  # dismissed as noise, or a second look at the same billing no longer shows it
    LOST = "closed by itself"  # a later month no longer shows it, and no approval was seen to put it right


STANDING = (Account.OPEN, Account.QUIET, Account.APPROVED)
"""Accounts of gaps that are still there and not settled."""
SETTLED = (Account.FIXED, Account.WAIVED, Account.UNREAL, Account.LOST)

Place = Account | None
"""An account; none is the world outside, where money comes from that nobody has detected yet."""
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Money of one gap that went from one account to another."""

    case: CaseId
    direction: Direction
    source: Place
    target: Place
    money: Money  # a month
    event: CaseEvent

    @property
    def at(self) -> datetime:
        """The moment it happened."""
        return self.event.at

    def is_of(self, month: Month) -> bool:
        """Say whether the files of a month showed it."""
        return (self.event.told.get("after") or {}).get("month") == str(month)

    @property
    def rows(self) -> str:
        """The rows of the files that the gap was found in then."""
        return str((self.event.told.get("after") or {}).get("rows", ""))


@dataclass(slots=True)
class Purse:
    """One gap's money: where it stands, and what of it was settled on the way.

    A gap that comes back or grows again takes up what it had settled before anything counts as new,
    so that no more is ever detected of a gap than it was worth at its worst.
    """

    account: Place = None
    amount: Decimal = NOTHING
    settled: list[tuple[Account, Decimal]] = field(default_factory=list)

    def turn(self, target: Place, amount: Decimal, *, spill: Account) -> Iterator[tuple[Place, Place, Decimal]]:
        """Stand in another account, or with another amount; what a gap no longer is worth is spilt."""
        was, kept = self.account, min(self.amount, amount if target else NOTHING)
        moved = [(was, target, kept), *self._shrink(kept, target, spill), *self._grow(amount - kept, target)]
        self.account, self.amount = target, amount if target else NOTHING
        yield from _real(moved, is_moved=was is not target)

    def _shrink(self, kept: Decimal, target: Place, spill: Account) -> Iterator[tuple[Place, Place, Decimal]]:
        rest = self.amount - kept
        if rest and target is None:
            yield self.account, None, rest
        elif rest and self.account:
            goes = self.account if self.account in SETTLED else spill
            self.settled.append((goes, rest))
            yield self.account, goes, rest

    def _grow(self, wanted: Decimal, target: Place) -> Iterator[tuple[Place, Place, Decimal]]:
        while target and wanted and self.settled:
            place, held = self.settled.pop()
            taken = min(held, wanted)
            if held > taken:
                self.settled.append((place, held - taken))
            wanted -= taken
            yield place, target, taken
        if target and wanted:
            yield None, target, wanted


def _real(moved: list[tuple[Place, Place, Decimal]], *, is_moved: bool) -> Iterator[tuple[Place, Place, Decimal]]:
    """Leave out what goes nowhere; a gap worth nothing is told of as well, when it changes its account."""
    told = [one for one in moved if one[0] is not one[1] and one[2]]
    return iter(told or (moved[:1] if is_moved else []))


def post_all(
    cases: Mapping[CaseId, Case], stories: Iterable[CaseEvent], decisions: Mapping[DecisionId, Decision]
) -> tuple[Posting, ...]:
    """Post every gap's story, each told from its beginning; the result is in the order things happened."""
    # A reminder is part of the story too, but moves no money and tells no numbers.
    told = groupby((event for event in stories if "after" in event.told), key=lambda event: event.case)
    posted = [one for case, story in told for one in post_story(cases[case], story, decisions)]
    return tuple(sorted(posted, key=lambda one: one.at))


def post_story(case: Case, story: Iterable[CaseEvent], decisions: Mapping[DecisionId, Decision]) -> Iterator[Posting]:
    """Post one gap's story."""
    purse = Purse()
    for event in story:
        after = event.told["after"]
        target = place_after(event, after, purse.account, decisions)
        spill = _spill(event, purse.account, case)
        for source, to, amount in purse.turn(target, Decimal(after["amount"]), spill=spill):
            yield Posting(
                case=case.id,
                direction=case.gap.direction,
                source=source,
                target=to,
                money=Money(amount, case.gap.currency),
                event=event,
            )


def places_of(stories: Iterable[CaseEvent], decisions: Mapping[DecisionId, Decision]) -> dict[CaseId, Place]:
    """Say where each gap's money stands after all that happened to it."""
    places: dict[CaseId, Place] = {}
    for event in stories:
        places[event.case] = place_after(event, event.told["after"], places.get(event.case), decisions)
    return places


def place_after(
    event: CaseEvent, after: Mapping[str, Any], known: Place, decisions: Mapping[DecisionId, Decision]
) -> Place:
    """Say where a gap's money stands after something happened to it."""
    match CaseState(after["state"]):
        case CaseState.WAITING:
            return None
        case CaseState.SUPPRESSED:
            return Account.QUIET
        case CaseState.OPEN:
            return Account.OPEN
        case CaseState.DECIDED:
            decided = event.happening is Happening.DECIDED and event.decision
            return place_of(decisions[decided]) if decided else known
        case CaseState.CLOSED:
            return _closed(event, known)


def place_of(decision: Decision) -> Account:
    """Say where a decision puts a gap's money."""
    if decision.verb is Verb.APPROVE:
        return Account.APPROVED
    if decision.verb is Verb.DISMISS:
        return Account.UNREAL if decision.reason is Reason.NOISE else Account.WAIVED
    return Account.OPEN


def _closed(event: CaseEvent, known: Place) -> Place:
    if event.happening is Happening.VERIFIED:
        return Account.FIXED
    return _gone(event) if known in STANDING else known


def _spill(event: CaseEvent, known: Place, case: Case) -> Account:
    """Say where goes what a gap no longer is worth."""
    is_fixed = known is Account.APPROVED and _is_put_right(event, case.gap.direction)
    return Account.FIXED if is_fixed else _gone(event)


def _is_put_right(event: CaseEvent, direction: Direction) -> bool:
    """Tell whether a gap that is still there is worth less because the billing was changed."""
    before, after = event.told["before"], event.told["after"]
    if before is None or after["state"] == CaseState.CLOSED or SAME_BILLING in event.told:
        return False
    more = Decimal(after["billed"]) - Decimal(before["billed"])
    is_about_price = after["kind"] == GapKind.BELOW_COST
    return is_about_price or (more > 0 if direction is Direction.UNDER else more < 0)


def _gone(event: CaseEvent) -> Account:
    """Say where money goes that a run no longer shows, and that nobody recovered."""
    before, after = event.told["before"], event.told["after"]
    is_same_month = before is not None and before["month"] == after["month"]
    return Account.UNREAL if is_same_month or SAME_BILLING in event.told else Account.LOST
