"""A week in figures: what was found, decided and recovered, what is still open, and how well it all went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.services.cases import Case
from bot.services.decisions import Decision, Reason, Verb
from bot.services.freshness import SourceHealth, look_at_sources
from bot.services.ids import BOT, CaseId, Clock, WorkspaceId
from bot.services.latency import Latency, measure_latency
from bot.services.ports import Books, Ledger
from bot.services.postings import Account
from bot.services.shares import Heading, Share, Sum, sum_up
from bot.services.spans import WEEK, Span, days_between, span_of_week, week_of
from bot.services.statement import Kept, read_postings
from bot.services.wondering import NamesLeft, names_left
from recon import Direction, read_document

WEEKS_SHOWN = 12
LEAKING = (Account.OPEN, Account.APPROVED)  # people know of it, and it still costs money
SETTLING = (Verb.APPROVE, Verb.DISMISS)


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the gaps that people settled were no noise."""

    real: int
    settled: int


@dataclass(frozen=True, slots=True)
class Aged:
    """A gap that is still open, and for how long."""

    case: Case
    days: int


@dataclass(frozen=True, slots=True)
class Point:
    """How things stood when a week ended, in one currency."""

    monday: date
    fixed: Decimal  # recovered a month, by then
    under: Decimal  # open: not billed
    over: Decimal  # open: billed too much
    estimated: frozenset[str] = frozenset()  # which of these an estimate is part of


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of a workspace."""

    monday: date
    span: Span
    is_over: bool
    sums: tuple[Sum, ...]
    before: tuple[Sum, ...]  # of the week before
    decided: int  # decisions people took
    decided_before: int
    ages: tuple[Aged, ...]  # of the gaps that wait for a decision at its end, the oldest first
    precision: Precision
    latency: Latency
    sources: tuple[SourceHealth, ...]
    names: NamesLeft  # that nobody has settled by now
    cause: str | None  # the costliest trouble that strikes several clients at once
    currency: str  # of the trend: the one with most money
    trend: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Tell what a week came to."""

    ledger: Ledger
    clock: Clock

    def week(self, workspace: WorkspaceId, monday: date | None = None) -> Week:
        """Sum a week up; without one, the week that runs."""
        now = self.clock()
        with self.ledger.look(workspace) as books:
            kept = read_postings(books)
            first = week_of(monday or now.astimezone(kept.zone).date())
            return _week(books, kept, first, now)

    def behind(self, workspace: WorkspaceId, monday: date, heading: Heading) -> tuple[Share, ...]:
        """List the gaps behind a sum."""
        with self.ledger.look(workspace) as books:
            kept = read_postings(books)
        return sum_up(kept.postings, kept.cases, span_of_week(monday, kept.zone), heading).shares


def _week(books: Books, kept: Kept, monday: date, now: datetime) -> Week:
    span, last = (span_of_week(first, kept.zone) for first in (monday, monday - WEEK))
    sums, before = (
        tuple(sum_up(kept.postings, kept.cases, one, heading) for heading in Heading) for one in (span, last)
    )
    decided, decided_before = (_decided(kept, one) for one in (span, last))
    currency = main_currency(kept)
    return Week(
        monday=monday,
        span=span,
        is_over=span.until <= now,
        sums=sums,
        before=before,
        decided=len(decided),
        decided_before=len(decided_before),
        ages=ages(behind(sums, Heading.OPEN), kept, min(now, span.until)),
        precision=precision_of(decided, span),
        latency=measure_latency(books, span),
        sources=look_at_sources(books, now),
        names=names_left(books),
        cause=costliest_cause(books),
        currency=currency,
        trend=tuple(_points(kept, monday, currency)),
    )


def _decided(kept: Kept, span: Span) -> list[Decision]:
    return [one for one in kept.decisions.values() if span.holds(one.seconded_at or one.at) and one.by != BOT]


def precision_of(decisions: Sequence[Decision], span: Span) -> Precision:
    """Say how many gaps that people settled in a span were no noise: the last word on each that was not taken back."""
    settling: dict[CaseId, Decision] = {}
    for one in sorted(decisions, key=lambda one: one.seconded_at or one.at):
        if one.case and one.verb in SETTLING and not one.is_proposed and not _is_taken_back(one, span):
            settling[one.case] = one
    noise = sum(one.reason is Reason.NOISE for one in settling.values())
    return Precision(len(settling) - noise, len(settling))


def _is_taken_back(decision: Decision, span: Span) -> bool:
    """Tell whether people took it back in the same span; what is taken back later leaves the span as it was told."""
    return decision.ended_at is not None and decision.ended_by != BOT and span.holds(decision.ended_at)


def ages(open_gaps: Sequence[Share], kept: Kept, until: datetime) -> tuple[Aged, ...]:
    """Say how long gaps are open, the oldest first; one that came back since was first seen long before."""
    first: dict[CaseId, datetime] = {}
    for posting in kept.postings:
        first.setdefault(posting.case, posting.at)
    aged = []
    for share in open_gaps:
        opened = share.case.opened_at if share.case.opened_at < until else first[share.case.id]
        aged.append(Aged(share.case, days_between(opened, until, kept.zone)))
    return tuple(sorted(aged, key=lambda one: (-one.days, -one.case.gap.monthly.amount, one.case.id)))


def costliest_cause(books: Books) -> str | None:
    """Name the one trouble that costs most at several clients, as the newest run found it."""
    newest = books.runs.newest_applied()
    if newest is None:
        return None
    causes = read_document(books.files.get(newest.document).decode())["root_causes"]
    return str(max(causes, key=lambda cause: cause["monthly"]["amount"])["sentence"]) if causes else None


def main_currency(kept: Kept) -> str:
    """Name the currency with most money in it; a chart has one."""
    sums: dict[str, Decimal] = {}
    for one in kept.postings:
        sums[one.money.currency] = sums.get(one.money.currency, Decimal(0)) + one.money.amount
    return max(sorted(sums), key=lambda currency: sums[currency], default="USD")


def _points(kept: Kept, monday: date, currency: str) -> list[Point]:
    mondays = [monday - WEEK * back for back in range(WEEKS_SHOWN - 1, -1, -1)]
    began = min((one.at for one in kept.postings), default=None)
    spans = {first: span_of_week(first, kept.zone) for first in mondays}
    estimates = kept.estimated()
    return [
        _with_estimates(*(_point(some, first, span.until, currency) for some in (kept, estimates)))
        for first, span in spans.items()
        if began and began < span.until
    ]


def _with_estimates(point: Point, part: Point) -> Point:
    """Name the amounts of which some part is estimated."""
    return replace(point, estimated=frozenset(name for name in ("fixed", "under", "over") if getattr(part, name)))


def _point(kept: Kept, monday: date, until: datetime, currency: str) -> Point:
    held: dict[tuple[Direction, Account | None], Decimal] = {}
    for one in kept.postings:
        if one.at < until and one.money.currency == currency:
            for place, amount in ((one.source, -one.money.amount), (one.target, one.money.amount)):
                held[one.direction, place] = held.get((one.direction, place), Decimal(0)) + amount
    under, over = (sum((held.get((way, place), Decimal(0)) for place in LEAKING), Decimal(0)) for way in Direction)
    return Point(monday, held.get((Direction.UNDER, Account.FIXED), Decimal(0)), under, over)


def behind(sums: Sequence[Sum], heading: Heading) -> tuple[Share, ...]:
    """Give the gaps behind one of several sums."""
    return next(one.shares for one in sums if one.heading is heading)
