"""How an account manager does, for their own eyes: rates and not totals, so that a large book is no burden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.services.cases import Case, CaseEvent, CaseState, Happening
from bot.services.hours import EVERYBODY, quiet_of, zone_of
from bot.services.ids import BOT, CaseId, Clock, PersonId, WorkspaceId, client_key
from bot.services.latency import ACTED, SEEN, middle, reactions
from bot.services.ports import Books, Ledger
from bot.services.quiet import next_open
from bot.services.spans import Span, midnight, span_of_week
from bot.services.statement import zone_of_workspace

IN_TIME = timedelta(days=3)
WEEKS = 4
Hearing = Callable[[datetime], datetime]
ENOUGH = 3  # below this a rate says nothing, and is not told


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def says_something(self) -> bool:
        """Tell whether it is made of enough to mean anything."""
        return self.whole >= ENOUGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How gaps fared in some weeks."""

    in_time: Rate  # of the gaps told, those on which someone acted within three days
    stuck: Rate  # of what was signed and looked at again, what held
    reaction: timedelta | None  # the median


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One account manager's weeks, beside their own weeks before and everybody's."""

    person: PersonId
    since: date
    until: date
    clients: int
    mine: Pace
    before: Pace
    all: Pace
    waiting: tuple[Case, ...]  # what waits for them now, most money first


@dataclass(frozen=True, slots=True)
class Scorecards:
    """Keep the score, each person's for themselves."""

    ledger: Ledger
    clock: Clock

    def of(self, workspace: WorkspaceId, person: PersonId, monday: date) -> Scorecard:
        """Give one person's score for the four weeks up to the end of a week."""
        with self.ledger.look(workspace) as books:
            zone = zone_of_workspace(books)
            stories, cases = list(books.cases.stories()), {case.id: case for case in books.cases.all()}
            clients = clients_of(books, person)
            mine_opens, opens = hearing(books, person), hearing(books, EVERYBODY)
        ends = span_of_week(monday, zone).until
        since, before = (monday - timedelta(weeks=back) for back in (WEEKS - 1, 2 * WEEKS - 1))
        span, past = Span(midnight(since, zone), ends), Span(midnight(before, zone), midnight(since, zone))
        mine = [event for event in stories if is_of(cases[event.case], person, clients)]
        waiting = waiting_for(cases.values(), person, clients)
        return Scorecard(
            person=person,
            since=since,
            until=monday + timedelta(days=6),
            clients=len(clients),
            mine=pace_of(mine, span, mine_opens),
            before=pace_of(mine, past, mine_opens),
            all=pace_of(stories, span, opens),
            waiting=waiting,
        )


def managers(books: Books) -> tuple[PersonId, ...]:
    """List the account managers who are there, each with a client of their own at least."""
    there = {person.id for person in books.people.all() if person.is_colleague}
    named = (owner.manager for owner in books.owners.all())
    return tuple(sorted({manager for manager in named if manager and manager in there}))


def clients_of(books: Books, person: PersonId) -> frozenset[str]:
    """Name the clients a person manages, by their keys."""
    return frozenset(client_key(owner.client) for owner in books.owners.all() if owner.manager == person)


def is_of(case: Case, person: PersonId, clients: frozenset[str]) -> bool:
    """Tell whose a gap is: whoever it was handed to, else whoever manages the client."""
    return case.assigned == person if case.assigned else client_key(case.gap.client) in clients


def waiting_for(cases: Iterable[Case], person: PersonId, clients: frozenset[str]) -> tuple[Case, ...]:
    """List what waits for a person, most money first."""
    mine = [case for case in cases if case.state is CaseState.OPEN and is_of(case, person, clients)]
    return tuple(sorted(mine, key=lambda case: (-case.gap.monthly.amount, case.id)))


def hearing(books: Books, to: str) -> Hearing:
    """Say when somebody hears of what is found: what is found out of hours, when they are over."""
    quiet, zone = quiet_of(books, to), zone_of(books, to)
    return lambda at: next_open(quiet, zone, at)


def pace_of(stories: Sequence[CaseEvent], span: Span, hears: Hearing) -> Pace:
    """Measure how gaps fared that were told in a span and had their three days."""
    seen = {event.case: event.at for event in reversed(stories) if is_told(event, span, hears)}
    due = {case: hears(at) + IN_TIME for case, at in seen.items()}
    acted, gone = first_acts(stories, seen), gone_by_themselves(stories)
    told = {
        case: at for case, at in seen.items() if case in acted or not at <= gone.get(case, at - IN_TIME) < due[case]
    }
    held = sum(event.happening is Happening.VERIFIED and span.holds(event.at) for event in stories)
    missed = sum(event.happening is Happening.NOT_FIXED and span.holds(event.at) for event in stories)
    took = [took for took, at in reactions(stories) if span.holds(at)]
    in_time = sum(case in acted and acted[case] <= due[case] for case in told)
    return Pace(in_time=Rate(in_time, len(told)), stuck=Rate(held, held + missed), reaction=middle(took))


def is_told(event: CaseEvent, span: Span, hears: Hearing) -> bool:
    """Tell whether a gap was told of in a span, long enough before its end for three days to pass."""
    return event.happening in SEEN and span.holds(event.at) and hears(event.at) + IN_TIME <= span.until


def gone_by_themselves(stories: Iterable[CaseEvent]) -> dict[CaseId, datetime]:
    """Say when gaps closed that nobody had signed for: who was told too late is not to blame."""
    return {event.case: event.at for event in stories if event.happening is Happening.CLOSED}


def first_acts(stories: Iterable[CaseEvent], told: Mapping[CaseId, datetime]) -> dict[CaseId, datetime]:
    """Say when a person first did something about each gap since it was told."""
    acted: dict[CaseId, datetime] = {}
    for event in stories:
        since = told.get(event.case)
        if since and event.happening in ACTED and event.by != BOT and event.at >= since:
            acted.setdefault(event.case, event.at)
    return acted
