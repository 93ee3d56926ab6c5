"""The gaps behind a sum: each with its part of it, so that the parts come to the sum to the last cent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.services.cases import Case
from bot.services.flows import signature
from bot.services.ids import CaseId
from bot.services.postings import NOTHING, Account, Posting
from bot.services.spans import Span
from recon import Direction, Money, add_up, ways_estimated


class Heading(StrEnum):
    """What is summed up of a span."""

    FOUND = "found"
    SIGNED = "approved"
    FIXED = "fixed"
    WAIVED = "waived"
    UNREAL = "not a gap"
    LOST = "lost"
    OPEN = "open"  # when it ended: to decide
    PENDING = "pending"  # when it ended: approved, and no later run shows it yet
    QUIET = "quiet"  # when it ended: below the thresholds


AT_THE_END = {
    Heading.OPEN: (Account.OPEN,),
    Heading.PENDING: (Account.APPROVED,),
    Heading.QUIET: (Account.QUIET,),
}

ACCOUNTS = {
    Heading.FIXED: Account.FIXED,
    Heading.WAIVED: Account.WAIVED,
    Heading.UNREAL: Account.UNREAL,
    Heading.LOST: Account.LOST,
}


@dataclass(frozen=True, slots=True)
class Share:
    """One gap's part of a sum."""

    case: Case
    money: Money


@dataclass(frozen=True, slots=True)
class Sum:
    """What a heading comes to, and the gaps behind it, most money first."""

    heading: Heading
    shares: tuple[Share, ...]

    def total(self, direction: Direction) -> tuple[Money, ...]:
        """Add one direction up; the two are never netted."""
        return add_up(share.money for share in self.shares if share.case.gap.direction is direction)

    @property
    def estimated(self) -> tuple[Direction, ...]:
        """Name the directions of which the sum is an estimate."""
        return ways_estimated(share.case.gap for share in self.shares)


def sum_up(postings: Iterable[Posting], cases: Mapping[CaseId, Case], span: Span, heading: Heading) -> Sum:
    """Sum one heading up, gap by gap; what was taken back in the same span is none of it."""
    sums: dict[CaseId, Decimal] = {}
    touched: set[CaseId] = set()
    for one in postings:
        for amount in _amounts(one, span, heading):
            sums[one.case] = sums.get(one.case, NOTHING) + amount
            touched.update([one.case] if amount else [])
    shares = [
        Share(cases[case], Money(amount, cases[case].gap.currency))
        for case, amount in sums.items()
        if amount or case not in touched  # a gap whose price nobody knows is worth nothing, and is a gap
    ]
    return Sum(
        heading, tuple(sorted(shares, key=lambda share: (-share.money.amount, share.case.gap.client, share.case.id)))
    )


def _amounts(posting: Posting, span: Span, heading: Heading) -> Iterator[Decimal]:
    """Give what a posting adds to a heading, if it concerns it at all."""
    amount = posting.money.amount
    if heading in AT_THE_END:
        if posting.at < span.until:
            yield from _through(posting, AT_THE_END[heading])
    elif not span.holds(posting.at):
        return
    elif heading is Heading.FOUND:
        yield from (sign * amount for place, sign in _ends(posting, -1) if place is None)
    elif heading is Heading.SIGNED:
        signed = signature(posting)
        yield from [signed] if signed or posting.target is Account.APPROVED else []
    else:
        yield from _through(posting, (ACCOUNTS[heading],))


def _through(posting: Posting, accounts: tuple[Account, ...]) -> Iterator[Decimal]:
    yield from (sign * posting.money.amount for place, sign in _ends(posting, 1) if place in accounts)


def _ends(posting: Posting, sign: int) -> list[tuple[Account | None, int]]:
    return [(posting.source, -sign), (posting.target, sign)]
