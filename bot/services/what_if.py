"""What other thresholds would have done: the stored runs are followed again, as if these had held all along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from bot.services.agreed import agreed_from_json, must_make_sense, what_is_agreed
from bot.services.cases import Case, CaseState
from bot.services.computing import state_gaps
from bot.services.failures import NotFound
from bot.services.following import Found, Identity, follow
from bot.services.ids import CaseId, Clock, WorkspaceId, client_key
from bot.services.known_again import called, names_now
from bot.services.ports import Books, Ledger
from bot.services.postings import Account, Place, places_of
from bot.services.runs import Run
from recon import Direction, Gap, GapId, Limits, apply_thresholds

WINDOW = timedelta(days=90)
REAL = (Account.APPROVED, Account.FIXED, Account.WAIVED)
Stated = Sequence[tuple[Gap, str]]
"""A run's gaps, each with its own document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What some thresholds come to in a time."""

    limits: Limits
    since: datetime
    alerts: int  # gaps that would have spoken
    real: int  # of these, approved or waived: somebody took them for true
    noise: int  # of these, no gap after all
    missed: tuple[Gap, ...]  # that would never have spoken, and are not known to be noise
    runs: int = 0  # that were followed in that time
    forgotten: int = 0  # of those that were worth following: their results are past their time

    @property
    def unsettled(self) -> int:
        """Count the alerts of which nobody has said yet what they are."""
        return self.alerts - self.real - self.noise


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Try thresholds on what was."""

    ledger: Ledger
    clock: Clock

    def limits(self, workspace: WorkspaceId) -> Limits:
        """Say what holds now."""
        with self.ledger.look(workspace) as books:
            return what_is_agreed(books).usual

    def of(self, workspace: WorkspaceId, limits: Limits) -> Outcome:
        """Say what the last ninety days would have been; limits of single clients stay what they were."""
        must_make_sense(limits.min_money)
        must_make_sense(limits.min_seats)
        since = self.clock() - WINDOW
        with self.ledger.look(workspace) as books:
            names = names_now(books.clients.gone())
            found = [(run, restated(books, run, limits, names)) for run in worth_following(books.runs.all(), since)]
            known = places_now(books)
        followed = [(run, gaps) for run, gaps in found if gaps is not None]
        outcome = sum_up_outcome(follow_all(followed), known, limits, since)
        runs = sum(run.at >= since for run, _ in followed)
        return replace(outcome, runs=runs, forgotten=len(found) - len(followed))


def worth_following(runs: Iterable[Run], since: datetime) -> list[Run]:
    """Choose the runs since a moment, and of each month before it the last: what had spoken by then is no news."""
    applied = sorted((run for run in runs if run.is_applied), key=lambda run: run.at)
    before = {run.month: run for run in applied if run.at < since}
    return [run for run in applied if run.at >= since or run is before[run.month]]


def restated(books: Books, run: Run, limits: Limits, names: Mapping[str, str]) -> Stated | None:
    """Give a run's gaps as other limits would have marked them, at clients as the PSA calls them now.

    There are none if its result is past its time.
    """
    try:
        document = books.files.get(run.document).decode()
        agreed = agreed_from_json(books.files.get(run.hashes["settings"]).decode())
    except NotFound:
        return None
    stated = state_gaps(document)
    marked = apply_thresholds([gap for gap, _ in stated], limits, agreed.of_client)
    return [(_called_now(gap, names), text) for gap, (_, text) in zip(marked, stated, strict=True)]


def _called_now(gap: Gap, names: Mapping[str, str]) -> Gap:
    client = names.get(client_key(gap.client))
    return called(gap, client) if client else gap


@dataclass(frozen=True, slots=True)
class Followed:
    """A gap after all runs, and when it would have spoken, if ever."""

    case: Case
    seen: datetime
    spoke: datetime | None


def follow_all(runs: Iterable[tuple[Run, Stated]]) -> list[Followed]:
    """Follow gaps from run to run as nobody had decided anything."""
    numbers, told = count(), dict[CaseId, Followed]()
    for run, gaps in runs:
        cases = [one.case for one in told.values()]
        found = Found(
            run=run,
            gaps=gaps,
            unclosed=[case for case in cases if case.state is not CaseState.CLOSED],
            last_closed=closed_among(cases),
            decisions={},
            corrections={},
            new_id=lambda: f"what-if {next(numbers)}",
        )
        for move in follow(found):
            known = told.get(move.case.id)
            spoke = known.spoke if known else None
            told[move.case.id] = Followed(move.case, run.at, spoke or (run.at if move.case.has_spoken else None))
    return list(told.values())


def closed_among(cases: Iterable[Case]) -> Callable[[GapId, Direction], Case | None]:
    """Find the gap of an identity that closed last."""
    closed = sorted((case for case in cases if case.closed_at), key=lambda case: (case.closed_at, case.id))
    newest = {identity_of(case): case for case in closed}
    return lambda identity, direction: newest.get((identity, direction))


def identity_of(case: Case) -> Identity:
    """Say by what a gap is known again."""
    return case.gap.id, case.gap.direction


def places_now(books: Books) -> Mapping[Identity, Place]:
    """Say what became of each gap, as the statement has it."""
    decisions = {decision.id: decision for decision in books.decisions.all()}
    places = places_of(books.cases.stories(), decisions)
    return {identity_of(case): places.get(case.id) for case in books.cases.all()}


def sum_up_outcome(
    told: Sequence[Followed], known: Mapping[Identity, Place], limits: Limits, since: datetime
) -> Outcome:
    """Count what would have spoken, and what would have been missed."""
    spoken = [known.get(identity_of(one.case)) for one in told if one.spoke and one.spoke >= since]
    silent = [one.case for one in told if not one.spoke and one.seen >= since and one.case.gap.is_leak]
    missed = (case.gap for case in silent if known.get(identity_of(case)) is not Account.UNREAL)
    return Outcome(
        limits=limits,
        since=since,
        alerts=len(spoken),
        real=sum(place in REAL for place in spoken),
        noise=sum(place is Account.UNREAL for place in spoken),
        missed=tuple(missed),
    )
