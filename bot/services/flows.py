"""A span of time in one currency: what was open, what was detected, what became of it, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bot.services.postings import NOTHING, STANDING, Account, Place, Posting
from recon import Direction, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One direction in one currency; the two directions are never netted.

    `opened + detected == fixed + waived + unreal + lost + closed`, to the last decimal,
    and `closed == still + pending + quiet`.
    """

    direction: Direction
    currency: str
    opened: Money  # open when the span began
    detected: Money
    approved: Money  # signed in the span, less what was taken back
    fixed: Money  # verified by a later run: recovered if it was not billed, avoided if it was billed too much
    waived: Money
    unreal: Money
    lost: Money
    closed: Money  # open when the span ended
    still: Money  # of that: to decide
    pending: Money  # approved, and no later run shows it yet
    quiet: Money  # below the thresholds

    @property
    def ties(self) -> bool:
        """Say whether nothing was lost on the way and nothing counted twice."""
        gone = (self.fixed, self.waived, self.unreal, self.lost, self.closed)
        parts = (self.still, self.pending, self.quiet)
        is_whole = self.closed.amount == sum(one.amount for one in parts)
        return is_whole and self.opened.amount + self.detected.amount == sum(one.amount for one in gone)


@dataclass(slots=True)
class _Sums:
    """Adds up what goes in and out of each account."""

    before: dict[Place, Decimal] = field(default_factory=dict)
    moved: dict[Place, Decimal] = field(default_factory=dict)
    signed: Decimal = NOTHING

    def add(self, posting: Posting, *, is_before: bool) -> None:
        """Take a posting in."""
        sums = self.before if is_before else self.moved
        for place, amount in ((posting.source, -posting.money.amount), (posting.target, posting.money.amount)):
            sums[place] = sums.get(place, NOTHING) + amount
        if not is_before:
            self.signed += signature(posting)


def signature(posting: Posting) -> Decimal:
    """Say how much a posting signs for; what is taken back, or overtaken by a run, is signed no more."""
    if posting.target is Account.APPROVED:
        return posting.money.amount
    is_fixed = posting.target is Account.FIXED
    return -posting.money.amount if posting.source is Account.APPROVED and not is_fixed else NOTHING


def flow_through(before: Iterable[Posting], during: Iterable[Posting]) -> tuple[Flow, ...]:
    """Add a span up, given all that was posted before it and in it."""
    sums: dict[tuple[Direction, str], _Sums] = {}
    for postings, is_before in ((before, True), (during, False)):
        for one in postings:
            sums.setdefault((one.direction, one.money.currency), _Sums()).add(one, is_before=is_before)
    return tuple(
        _flow(*key, sums[key]) for key in sorted(sums, key=lambda key: (key[1], list(Direction).index(key[0])))
    )


def _flow(direction: Direction, currency: str, sums: _Sums) -> Flow:
    def money(amount: Decimal) -> Money:
        return Money(amount, currency)

    def net(account: Account) -> Money:
        return money(sums.moved.get(account, NOTHING))

    def left(*accounts: Account) -> Money:
        return money(_total(sums.before, accounts) + _total(sums.moved, accounts))

    return Flow(
        direction=direction,
        currency=currency,
        opened=money(_total(sums.before, STANDING)),
        detected=money(-sums.moved.get(None, NOTHING)),
        approved=money(sums.signed),
        fixed=net(Account.FIXED),
        waived=net(Account.WAIVED),
        unreal=net(Account.UNREAL),
        lost=net(Account.LOST),
        closed=left(*STANDING),
        still=left(Account.OPEN),
        pending=left(Account.APPROVED),
        quiet=left(Account.QUIET),
    )


def _total(sums: dict[Place, Decimal], accounts: Sequence[Account]) -> Decimal:
    return sum((sums.get(account, NOTHING) for account in accounts), NOTHING)
