"""What one person's home shows: what waits for them, what is open, how the sources do, what was done lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.services.cases import Case, CaseState, Happening
from bot.services.decisions import Decision
from bot.services.former_names import name_now
from bot.services.freshness import SourceHealth, look_at_sources
from bot.services.ids import CaseId, Clock, PersonId, WorkspaceId, client_key
from bot.services.people import Person, may_second
from bot.services.ports import Books, Ledger
from bot.services.promising import HOMES
from bot.services.runs import Run
from bot.services.silence import SILENT, is_silent, stands_in
from recon import GapKind

LATELY = 5  # runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What somebody wants to see of the open gaps; nothing set is everything."""

    client: str = ""  # by its key
    kind: GapKind | None = None
    owner: PersonId | None = None
    quiet: bool = False  # also those below the thresholds
    page: int = 0
    mine: int = 0  # the page of their own queue


@dataclass(frozen=True, slots=True)
class Lately:
    """A run, and what it did to the gaps."""

    run: Run
    happened: Mapping[Happening, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One person's home."""

    person: Person
    queue: tuple[Case, ...]  # what waits for them, most money first
    open: tuple[Case, ...]  # as they filtered it, most money first
    unfiltered: int  # how many there are otherwise
    filters: Filters
    sources: tuple[SourceHealth, ...]
    lately: tuple[Lately, ...]  # the newest first
    proposals: Mapping[CaseId, Decision]  # what somebody wants done that a second person must sign
    is_silent: bool = False  # they want no alerts


@dataclass(frozen=True, slots=True)
class Homes:
    """Look at homes, and remember who has one before their eyes."""

    ledger: Ledger
    clock: Clock

    def of(self, workspace: WorkspaceId, person: PersonId, filters: Filters) -> Home:
        """Put one person's home together."""
        now = self.clock()
        with self.ledger.look(workspace) as books:
            known, filters = books.people.get(person), _as_called_now(books, filters)
            owners = Hearers.of(books)
            cases = [case for case in books.cases.unclosed() if case.state in (CaseState.OPEN, CaseState.SUPPRESSED)]
            waiting = [case for case in cases if waits_for(case, known, owners)]
            proposals = {case.id: books.decisions.get(case.proposal) for case in cases if case.proposal}
            signed = {case for case, wanted in proposals.items() if wanted.by == person}
            return Home(
                person=known,
                queue=tuple(case for case in waiting if case.id not in signed),
                open=tuple(case for case in cases if passes(case, filters, owners)),
                unfiltered=sum(passes(case, Filters(quiet=filters.quiet), owners) for case in cases),
                filters=filters,
                sources=look_at_sources(books, now),
                lately=tuple(lately(books)),
                proposals=proposals,
                is_silent=is_silent(books, person),
            )

    def opened(self, workspace: WorkspaceId, person: PersonId, shown: str) -> None:
        """Remember that somebody has a home, and what they look at there."""
        with self.ledger.open(workspace) as books:
            books.messages.put(HOMES, person, shown)

    def all(self, workspace: WorkspaceId) -> Mapping[str, str]:
        """Say who has a home, and what they look at there."""
        with self.ledger.look(workspace) as books:
            return dict(books.messages.of(HOMES))


def _as_called_now(books: Books, filters: Filters) -> Filters:
    return replace(filters, client=client_key(name_now(books, filters.client))) if filters.client else filters


@dataclass(frozen=True, slots=True)
class Hearers:
    """Knows who answers for which client, all at once: a month may have thousands of gaps."""

    owned: Mapping[str, tuple[PersonId, ...]]
    usual: tuple[PersonId, ...]  # who hears where nobody else does
    silent: frozenset[str] = frozenset()  # what they would hear of, whoever stands in does

    @classmethod
    def of(cls, books: Books) -> Hearers:
        """Look it up."""
        there = {person.id for person in books.people.all() if person.is_colleague}
        owned = {client_key(one.client): tuple(p for p in one.people if p in there) for one in books.owners.all()}
        usual = tuple(dict.fromkeys(filter(None, (books.workspace.billing_owner, stands_in(books)))))
        return cls(owned, usual, frozenset(books.settings.scopes(SILENT)))

    def hear(self, case: Case) -> tuple[PersonId, ...]:
        """Say who answers for a gap: whom it was handed to, else its client's people.

        If none of them wants to hear, or there is none, so does the billing owner.
        """
        if case.assigned:
            return (case.assigned,)
        owners = self.owned.get(client_key(case.gap.client), ())
        return owners if owners and not self.silent.issuperset(owners) else (*owners, *self.usual)


def waits_for(case: Case, person: Person, owners: Hearers) -> bool:
    """Tell whether a gap waits for somebody: theirs to decide, or to be signed beside somebody else."""
    if case.state is not CaseState.OPEN:
        return False
    return person.id in owners.hear(case) or (case.proposal is not None and may_second(person, case.gap.monthly))


def passes(case: Case, filters: Filters, owners: Hearers) -> bool:
    """Tell whether a gap is one of those somebody wants to see."""
    if case.state is CaseState.SUPPRESSED and not filters.quiet:
        return False
    if filters.client and client_key(case.gap.client) != filters.client:
        return False
    if filters.kind and case.gap.kind is not filters.kind:
        return False
    return filters.owner is None or filters.owner in owners.hear(case)


def lately(books: Books) -> Iterable[Lately]:
    """Say what the newest runs did."""
    for run in books.runs.latest(LATELY):
        yield Lately(run, Counter(event.happening for event in books.cases.told_by(run.id)))
