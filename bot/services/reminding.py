"""What nobody decides is spoken of once more, and then once to the billing owner."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services.applying import numbers
from bot.services.cases import Case, CaseEvent, CaseState, Happening
from bot.services.failures import Refused
from bot.services.ids import BOT, Clock, PersonId, WorkspaceId
from bot.services.owners import who_hears
from bot.services.people import Actor, may_second
from bot.services.ports import Books, Ledger
from bot.services.promising import escalation_of, nudge_of
from bot.services.rights import must_be_admin
from bot.services.runs import canonical
from bot.services.silence import is_silent
from bot.services.spans import days_between

REMIND = "remind"
MOST_DAYS = 90
BEGINS_TO_ASK = (
    Happening.OPENED,
    Happening.REOPENED,
    Happening.SPOKE,
    Happening.WOKE,
    Happening.TAKEN_BACK,
    Happening.ASSIGNED,
)
"""From the last of these on, someone has had the time to decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """After how many days a gap is spoken of again, and after how many more the billing owner hears; 0 is never.

    What one person has signed is not spoken of again: after as many days as the first it is told to a second.
    """

    nudge_after: int = 5
    escalate_after: int = 5


@dataclass(frozen=True, slots=True)
class Reminding:
    """Set how long people have to decide."""

    ledger: Ledger
    clock: Clock

    def patience(self, workspace: WorkspaceId) -> Patience:
        """Say how long people have."""
        with self.ledger.look(workspace) as books:
            return patience_of(books)

    def set(self, patience: Patience, by: Actor) -> Patience:
        """Set how long people have; the answer is what it was."""
        days = (patience.nudge_after, patience.escalate_after)
        if not all(0 <= number <= MOST_DAYS for number in days):
            raise Refused(f"Give people 0 to {MOST_DAYS} days; 0 is never.")
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "set the reminders")
            old = patience_of(books)
            if old != patience:
                books.settings.put(REMIND, canonical(list(days)))
                told = {"old": [old.nudge_after, old.escalate_after], "new": list(days)}
                books.audit.record(by.person, "reminders set", "workspace", told, at=self.clock())
        return old


def patience_of(books: Books) -> Patience:
    """Look up how long people have."""
    text = books.settings.get(REMIND)
    if text is None:
        return Patience()
    nudge, escalate = json.loads(text)
    return Patience(nudge_after=nudge, escalate_after=escalate)


def remind(books: Books, now: datetime) -> None:
    """Promise a nudge for what has waited long enough, and an escalation for what waits on after that; each once."""
    zone = ZoneInfo(books.workspace.time_zone)
    today = now.astimezone(zone).date()
    nudges, escalations = _waiting_too_long(books, now, zone)
    clients: dict[str, list[Case]] = defaultdict(list)
    for case in nudges:
        clients[case.gap.client].append(case)
    passed_on: dict[PersonId, list[Case]] = defaultdict(list)
    for case in escalations:
        to = _passed_on_to(books, case)
        if to:
            passed_on[to].append(case)
    books.outbox.promise(
        *(nudge_of(client, cases, today) for client, cases in clients.items()),
        *(escalation_of(cases, to, today) for to, cases in passed_on.items()),
        at=now,
    )
    books.cases.tell(
        *(_spoken_of(case, Happening.NUDGED, now) for case in nudges),
        *(_spoken_of(case, Happening.ESCALATED, now) for cases in passed_on.values() for case in cases),
    )


def _spoken_of(case: Case, happening: Happening, at: datetime) -> CaseEvent:
    """Tell that a gap was spoken of again, with its numbers, which are the same."""
    told = {"before": numbers(case), "after": numbers(case)}
    return CaseEvent(case=case.id, happening=happening, at=at, by=BOT, told=told)


def _waiting_too_long(books: Books, now: datetime, zone: ZoneInfo) -> tuple[list[Case], list[Case]]:
    """Find what is to be nudged about, and what to be passed on; who has signed is not asked again."""
    patience = patience_of(books)
    asked, nudged, escalated = (
        books.cases.last_told(happenings) for happenings in (BEGINS_TO_ASK, (Happening.NUDGED,), (Happening.ESCALATED,))
    )

    def is_over(moment: datetime, days: int) -> bool:
        return bool(days) and days_between(moment, now, zone) >= days

    nudges, escalations = [], []
    for case in _undecided(books):
        if case.proposal:
            signed = books.decisions.get(case.proposal).at
            is_new = escalated.get(case.id, signed) <= signed
            escalations += [case] if is_new and is_over(signed, patience.nudge_after) else []
            continue
        since, nudge = asked.get(case.id, case.opened_at), nudged.get(case.id)
        if nudge is None or nudge < since:
            nudges += [case] if is_over(since, patience.nudge_after) else []
        elif escalated.get(case.id, since) <= since:
            escalations += [case] if is_over(nudge, patience.escalate_after) else []
    return nudges, escalations


def _undecided(books: Books) -> Sequence[Case]:
    return [case for case in books.cases.unclosed() if case.state is CaseState.OPEN and case.has_spoken]


def _passed_on_to(books: Books, case: Case) -> PersonId | None:
    """Say who is told of a gap at last: who may sign beside whoever has signed, else who was not asked before."""
    if not case.proposal:
        to = escalates_to(books)
        return to if to not in _asked(books, case) else None
    signed, owner = books.decisions.get(case.proposal).by, books.workspace.billing_owner
    others = (one for one in books.people.all() if one.id != signed and not is_silent(books, one.id))
    able = [one.id for one in others if may_second(one, case.gap.monthly)]
    return owner if owner in able else next(iter(able), None)


def _asked(books: Books, case: Case) -> tuple[PersonId, ...]:
    return (case.assigned,) if case.assigned else who_hears(books, case.gap.client).people


def escalates_to(books: Books) -> PersonId | None:
    """Say who hears of what others do not decide: the billing owner, or an admin if they have left or want nothing."""
    owner = books.workspace.billing_owner
    there = [person for person in books.people.all() if person.is_colleague and not is_silent(books, person.id)]
    admins = [person.id for person in there if person.is_admin]
    return owner if owner in {person.id for person in there} else next(iter(admins), None)
