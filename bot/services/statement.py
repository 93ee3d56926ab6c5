"""What the bot has earned, month by month: a ledger in which every cent names the gap it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services.cases import Case
from bot.services.decisions import Decision
from bot.services.failures import Refused
from bot.services.flows import Flow, flow_through
from bot.services.ids import CaseId, Clock, DecisionId, WorkspaceId
from bot.services.planning import month_begins_of
from bot.services.ports import Books, Ledger
from bot.services.postings import Posting, post_all
from bot.services.proofs import proofs_of
from bot.services.spans import Span, month_of, span_of_month
from bot.services.statement_book import StatementBook, write_statement
from recon import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that was ever posted, and what it is about."""

    postings: tuple[Posting, ...]
    cases: Mapping[CaseId, Case]
    decisions: Mapping[DecisionId, Decision]
    zone: ZoneInfo
    begins: int  # the day on which a billing month begins

    def during(self, span: Span) -> tuple[Posting, ...]:
        """List what was posted in a span."""
        return tuple(one for one in self.postings if span.holds(one.at))

    def before(self, span: Span) -> tuple[Posting, ...]:
        """List what was posted before a span."""
        return tuple(one for one in self.postings if one.at < span.since)

    def flows(self, span: Span) -> tuple[Flow, ...]:
        """Add a span up."""
        return flow_through(self.before(span), self.during(span))

    def ever(self, span: Span) -> tuple[Flow, ...]:
        """Add all up until a span ends."""
        return flow_through((), [*self.before(span), *self.during(span)])

    def estimated(self) -> Kept:
        """Keep what is about gaps whose money is estimated."""
        return replace(self, postings=tuple(one for one in self.postings if not self.cases[one.case].gap.exact))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One billing month: its sums, and what they are made of."""

    month: Month
    span: Span
    is_over: bool
    flows: tuple[Flow, ...]
    ever: tuple[Flow, ...]  # from the first day until the end of this month
    estimated: tuple[Flow, ...]  # what of these sums is estimated
    ever_estimated: tuple[Flow, ...]
    postings: tuple[Posting, ...]  # of this month
    kept: Kept

    @property
    def months(self) -> tuple[Month, ...]:
        """List the billing months in which anything was posted."""
        return months_of(self.kept)

    @property
    def found_in(self) -> Month | None:
        """Name the billing month in which what this month's own files show was found first, if that was a later one."""
        found = [one.at for one in self.kept.postings if one.is_of(self.month)]
        first = month_of(min(found).astimezone(self.kept.zone).date(), self.kept.begins) if found else self.month
        return first if first > self.month else None

    @property
    def clients(self) -> tuple[str, ...]:
        """List the clients its lines are about."""
        return tuple(sorted({self.kept.cases[one.case].gap.client for one in self.postings}))


@dataclass(frozen=True, slots=True)
class Statements:
    """Tell what became of the money."""

    ledger: Ledger
    clock: Clock

    def of_month(self, workspace: WorkspaceId, month: Month | None = None) -> Statement:
        """State one billing month; without one, the month that runs."""
        now = self.clock()
        with self.ledger.look(workspace) as books:
            wanted = month_to_state(books, month, now)
            kept = read_postings(books)
        span, estimated = span_of_month(wanted, kept.begins, kept.zone), kept.estimated()
        return Statement(
            month=wanted,
            span=span,
            is_over=span.until <= now,
            flows=kept.flows(span),
            ever=kept.ever(span),
            estimated=estimated.flows(span),
            ever_estimated=estimated.ever(span),
            postings=kept.during(span),
            kept=kept,
        )

    def workbook(self, workspace: WorkspaceId, month: Month, threads: Mapping[str, str]) -> bytes:
        """Write a month's statement; `threads` say where each client's gaps are talked about, by its key."""
        statement = self.of_month(workspace, month)
        with self.ledger.look(workspace) as books:
            names = {person.id: person.name for person in books.people.all()}
            proofs = proofs_of(books, statement.postings, statement.kept.cases)
        kept = statement.kept
        return write_statement(
            StatementBook(
                flows=statement.flows,
                estimated=statement.estimated,
                postings=statement.postings,
                proofs=proofs,
                cases=kept.cases,
                decisions=kept.decisions,
                names=names,
                threads=threads,
            )
        )


def read_postings(books: Books) -> Kept:
    """Post every gap's story."""
    cases = {case.id: case for case in books.cases.all()}
    decisions = {decision.id: decision for decision in books.decisions.all()}
    return Kept(
        postings=post_all(cases, books.cases.stories(), decisions),
        cases=cases,
        decisions=decisions,
        zone=zone_of_workspace(books),
        begins=month_begins_of(books),
    )


def month_to_state(books: Books, wanted: Month | None, now: datetime) -> Month:
    """Name the billing month that somebody means: the one that runs, unless they name one that has begun."""
    running = month_of(now.astimezone(zone_of_workspace(books)).date(), month_begins_of(books))
    if wanted and wanted > running:
        raise Refused(f"{wanted.name} has not begun yet, so there is nothing to state.")
    return wanted or running


def zone_of_workspace(books: Books) -> ZoneInfo:
    """Say in which time zone a workspace counts its days."""
    return ZoneInfo(books.workspace.time_zone)


def months_of(kept: Kept) -> tuple[Month, ...]:
    """List the billing months in which anything was posted."""
    days = {one.at.astimezone(kept.zone).date() for one in kept.postings}
    return tuple(sorted({month_of(day, kept.begins) for day in days}))
