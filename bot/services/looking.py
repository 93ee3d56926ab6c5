"""What people ask to see: why, history, status, gaps, questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.services.cases import Case, CaseEvent, CaseState, Happening
from bot.services.decisions import Correction, Decision, Verb
from bot.services.exports import KeptFile
from bot.services.former_names import name_now
from bot.services.freshness import SourceHealth, look_at_sources
from bot.services.ids import PersonId, RunId, WorkspaceId, client_key
from bot.services.meaning import who_is_meant
from bot.services.other_names import NameCandidate, at_hand, client_names, known_clients, others_of, rank_candidates
from bot.services.owners import who_answers
from bot.services.ports import Books, Ledger
from bot.services.readiness import Readiness, look_at_month
from bot.services.runs import Run
from bot.services.wondering import said_of_names
from recon import Gap, Kind, Money, Month, Side, add_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Everything known about one gap."""

    case: Case
    evidence: Mapping[str, Any]  # as the core's document states it, with `why`
    story: tuple[CaseEvent, ...]
    decisions: tuple[Decision, ...]
    correction: Correction | None = None  # that the decision in force asks for
    is_answered: bool = False  # closed by what somebody said of its names


@dataclass(frozen=True, slots=True)
class Point:
    """How many a client had or paid for in a month."""

    month: Month
    side: Side
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a workspace stands."""

    newest: Run | None  # of those that moved gaps, if there is one
    months: tuple[Readiness, ...]  # the newest three
    asking: tuple[KeptFile, ...]
    sources: tuple[SourceHealth, ...]  # the worst first
    counts: Mapping[CaseState, int]
    open: tuple[Gap, ...]  # that wait for a decision
    recovered: tuple[Money, ...]  # a month; verified by later runs only


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientStanding:
    """Where the gaps stand that a client's people were told of, most money first."""

    open: tuple[Case, ...]
    approved: tuple[Case, ...]  # not seen fixed yet
    left: tuple[Case, ...]  # dismissed or put off; or below the limits by now
    closed: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class AtClients:
    """The clients somebody means and their gaps; if nobody is called that, the names that are nearly it."""

    clients: tuple[str, ...] = ()
    gaps: tuple[Case, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looking:
    """Look things up; nothing changes."""

    ledger: Ledger

    def why(self, workspace: WorkspaceId, gap: str) -> Why:
        """Tell all about a gap, by its id or the beginning of it."""
        with self.ledger.look(workspace) as books:
            case = books.cases.find(gap)
            story = tuple(books.cases.story(case.id))
            return Why(
                case=case,
                evidence=case.evidence,
                story=story,
                decisions=tuple(books.decisions.of_case(case.id)),
                correction=books.decisions.correction_of(case.decision) if case.decision else None,
                is_answered=_is_answered(books, case, story),
            )

    def changes(self, workspace: WorkspaceId, run: RunId) -> tuple[tuple[Case, CaseEvent], ...]:
        """Tell what a run did to the gaps, most money first."""
        with self.ledger.look(workspace) as books:
            events = books.cases.told_by(books.runs.get(run).id)
            cases = {case.id: case for case in books.cases.all()} if events else {}
            told = [(cases[event.case], event) for event in events]
            return tuple(sorted(told, key=lambda one: (-one[0].gap.monthly.amount, one[0].id)))

    def history(self, workspace: WorkspaceId, gap: str) -> tuple[Point, ...]:
        """Give the quantities of both sides of a gap, month by month."""
        with self.ledger.look(workspace) as books:
            case = books.cases.find(gap)
            return tuple(Point(*point) for point in books.runs.history(case.gap.client, case.gap.product))

    def status(self, workspace: WorkspaceId, now: datetime) -> Status:
        """Say where the workspace stands."""
        with self.ledger.look(workspace) as books:
            cases = books.cases.all()
            return Status(
                newest=books.runs.newest_applied() or books.runs.newest(),
                months=tuple(look_at_month(books, month) for month in list(books.exports.months())[-3:]),
                asking=tuple(books.exports.asking()),
                sources=look_at_sources(books, now),
                counts=Counter(case.state for case in cases),
                open=tuple(case.gap for case in cases if case.state is CaseState.OPEN),
                recovered=add_up(case.recovered for case in cases if case.recovered),
            )

    def gaps(
        self, workspace: WorkspaceId, *, client: str | None = None, person: PersonId | None = None
    ) -> tuple[Case, ...]:
        """List the gaps that are not closed, most money first: all, one client's, or those one person answers for."""
        with self.ledger.look(workspace) as books:
            cases = books.cases.unclosed()
            if client is not None:
                cases = [case for case in cases if client_key(case.gap.client) == client_key(client)]
            if person is not None:
                cases = [case for case in cases if person in _answerable(books, case)]
            return tuple(cases)

    def gaps_at(self, workspace: WorkspaceId, typed: str) -> AtClients:
        """List the gaps that are not closed of the clients somebody means, by the name either side has for them."""
        with self.ledger.look(workspace) as books:
            cases = {case.id: case for case in books.cases.unclosed()}
            named = {case.id: client_names(case) for case in cases.values()}
            meant = who_is_meant(
                name_now(books, typed), {*known_clients(books), *(name for names in named.values() for name in names)}
            )
        gaps = tuple(case for case in cases.values() if named[case.id] & set(meant.names))
        told = (CaseState.OPEN, CaseState.SUPPRESSED)
        shown = dict.fromkeys(case.gap.client for case in gaps if case.state in told)
        return AtClients(tuple(shown) or meant.names, gaps, meant.near)

    def decided(self, workspace: WorkspaceId, run: RunId) -> tuple[tuple[Case, Decision], ...]:
        """List the gaps above the limits that a run saw last and that are decided, with what was."""
        with self.ledger.look(workspace) as books:
            seen = [case for case in books.cases.unclosed() if case.run == run and not case.gap.is_suppressed]
            return tuple((case, books.decisions.get(case.decision)) for case in seen if case.decision)

    def client(self, workspace: WorkspaceId, client: str) -> ClientStanding:
        """Say where the gaps stand that a client's people were told of."""
        with self.ledger.look(workspace) as books:
            told = [case for case in books.cases.of_client(client) if case.has_spoken]
            signed = {case.id for case in told if _is_approved(books, case)}
        at_rest = (CaseState.OPEN, CaseState.CLOSED)
        return ClientStanding(
            open=tuple(case for case in told if case.state is CaseState.OPEN),
            approved=tuple(case for case in told if case.id in signed),
            left=tuple(case for case in told if case.state not in at_rest and case.id not in signed),
            closed=tuple(case for case in told if case.state is CaseState.CLOSED),
        )

    def questions(self, workspace: WorkspaceId) -> tuple[Mapping[str, Any], ...]:
        """List what the newest run could not settle about names, as the core's document states it."""
        with self.ledger.look(workspace) as books:
            return tuple(at_hand(books)["questions"])

    def results_before(self, workspace: WorkspaceId, run: RunId) -> tuple[RunId, ...]:
        """List the runs of the same month that were done before, the newest first."""
        with self.ledger.look(workspace) as books:
            return tuple(books.runs.before(books.runs.get(run).id))

    def is_first(self, workspace: WorkspaceId, run: RunId) -> bool:
        """Say whether a run moved the gaps before any other did."""
        with self.ledger.look(workspace) as books:
            this, first = books.runs.get(run), books.runs.first_applied()
        return this == first

    def other_names(self, workspace: WorkspaceId, *, side: Side, kind: Kind) -> tuple[str, ...]:
        """List every name of a client or product that the other side has."""
        with self.ledger.look(workspace) as books:
            return tuple(others_of(at_hand(books)["names"], side, kind))

    def run(self, workspace: WorkspaceId, run: RunId) -> Run:
        """Give a run."""
        with self.ledger.look(workspace) as books:
            return books.runs.get(run)

    def document(self, workspace: WorkspaceId, run: RunId) -> bytes:
        """Give a run's whole result, as the core wrote it."""
        with self.ledger.look(workspace) as books:
            return books.files.get(books.runs.get(run).document)

    def candidates(
        self, workspace: WorkspaceId, name: str, *, side: Side, kind: Kind = Kind.CLIENT, typed: str = ""
    ) -> tuple[NameCandidate, ...]:
        """List the names of the other side that `name` may be one with, best first; `typed` narrows them down."""
        with self.ledger.look(workspace) as books:
            names, judgements = at_hand(books)["names"], books.answers.judgements()
        wanted = typed.strip().casefold()
        found = [other for other in others_of(names, side, kind) if wanted in other.casefold()]
        return rank_candidates(name, found, judgements, side=side, kind=kind)


def _is_answered(books: Books, case: Case, story: Sequence[CaseEvent]) -> bool:
    """Tell whether a gap is gone by an answer about names, or by one that was taken back."""
    gone = next((event for event in reversed(story) if event.happening is Happening.CLOSED), None)
    if case.state is not CaseState.CLOSED or gone is None or gone.run is None:
        return False
    return bool(said_of_names(books, books.runs.get(gone.run).because or ""))


def _is_approved(books: Books, case: Case) -> bool:
    if case.state is not CaseState.DECIDED or case.decision is None:
        return False
    return books.decisions.get(case.decision).verb is Verb.APPROVE


def _answerable(books: Books, case: Case) -> tuple[PersonId | None, ...]:
    if case.assigned:
        return (case.assigned,)
    return who_answers(books, case.gap.client).people
