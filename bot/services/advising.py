"""From what was seen of a workspace, a pace and a threshold are proposed, once; a no is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.services.agreed import LIMITS, limits_to_text, what_is_agreed
from bot.services.cadence import FRIDAY, Cadence
from bot.services.cases import CaseState, Happening
from bot.services.failures import Refused
from bot.services.ids import Clock, WorkspaceId
from bot.services.people import Actor
from bot.services.planning import Change, change_plan, plan_of
from bot.services.plans import PRESETS, WORKDAYS, ScheduleKind
from bot.services.ports import Books, Ledger
from bot.services.promising import advice_of, promise_run
from bot.services.rights import admin_to_ask, must_be_admin
from recon import Limits

ADVICE = "advice"
WATCHED = timedelta(days=14)  # before anything is proposed
FEW_CLIENTS, FEW_CHANGES, MANY_CHANGES = 20, 1, 10  # changes a week
A_HANDFUL = 5  # clients above the threshold that one person can look after
MOST_MONEY = Decimal("0.8")  # has to be spoken of, however many clients that is
STEPS = (25, 50, 75, 100, 150, 250, 500)
MOVED = (
    Happening.OPENED,
    Happening.GROWN,
    Happening.SHRUNK,
    Happening.SPOKE,
    Happening.SUPPRESSED,
    Happening.CLOSED,
    Happening.VERIFIED,
    Happening.REOPENED,
)
QUIET = Cadence(at=PRESETS[ScheduleKind.RUN].at, weekdays=frozenset({FRIDAY}), last_days=3)
BUSY = Cadence(at=PRESETS[ScheduleKind.RUN].at, weekdays=WORKDAYS, first_days=7, last_days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a workspace since its first month."""

    clients: int
    a_week: Decimal  # changes of gaps
    totals: tuple[Decimal, ...]  # what each client with gaps comes to a month in the workspace's currency, most first
    people: int  # who answer for clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What is proposed instead of what is set; what fits already stays."""

    seen: Seen
    cadence: Cadence | None
    limits: Limits | None
    was: Limits

    def told(self, limits: Limits) -> int:
        """Count the clients that would be spoken of."""
        return sum(total > limits.min_money for total in self.seen.totals)

    def share(self, limits: Limits) -> Decimal:
        """Say which part of the money they make up."""
        whole = sum(self.seen.totals, Decimal(0))
        return sum((total for total in self.seen.totals if total > limits.min_money), Decimal(0)) / (whole or 1)


@dataclass(frozen=True, slots=True)
class Advising:
    """Propose a pace, and take the answer."""

    ledger: Ledger
    clock: Clock

    def advice(self, workspace: WorkspaceId) -> Advice | None:
        """Say what is proposed, if anything is and nobody has answered yet."""
        with self.ledger.look(workspace) as books:
            return advise(books, self.clock())

    def accept(self, by: Actor) -> Advice:
        """Set what was proposed."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            advice = advise(books, now)
            _answer(books, by, "accepted", now)
            if advice is None:
                raise Refused("Meanwhile what is set fits, so there is nothing to change.")
            if advice.cadence:
                plan = plan_of(books, now)
                cadences = {ScheduleKind.RUN: advice.cadence}
                change = Change(cadences=cadences, time_zone=plan.time_zone, month_begins=plan.month_begins)
                change_plan(books, change, by, now)
            if advice.limits:
                _set_limits(books, advice.limits, by, now)
        return advice

    def refuse(self, by: Actor) -> None:
        """Leave everything as it is, and never propose again."""
        with self.ledger.open(by.workspace) as books:
            _answer(books, by, "refused", self.clock())


def _answer(books: Books, by: Actor, answer: str, now: datetime) -> None:
    must_be_admin(books, by, "answer this")
    known = books.settings.get(ADVICE)
    if known:
        raise Refused(f"Somebody answered this already: it was {known}.")
    books.settings.put(ADVICE, answer)
    books.audit.record(by.person, "advice answered", "workspace", {"old": None, "new": answer}, at=now)


def _set_limits(books: Books, limits: Limits, by: Actor, now: datetime) -> None:
    old, new = books.settings.get(LIMITS), limits_to_text(limits)
    books.settings.put(LIMITS, new)
    books.audit.record(by.person, f"{LIMITS} set", "workspace", {"client": "", "old": old, "new": new}, at=now)
    newest = books.runs.newest_applied()
    if newest:
        promise_run(books, newest.month, because=f"{LIMITS}:{ADVICE}", at=now)


def propose(books: Books, now: datetime) -> None:
    """Promise to propose what would fit better, once."""
    to = admin_to_ask(books)
    if to and books.outbox.find(advice_of(to).key) is None and advise(books, now):
        books.outbox.promise(advice_of(to), at=now)


def advise(books: Books, now: datetime) -> Advice | None:
    """Work out what would fit; nothing before enough was seen, after an answer, or if what is set fits."""
    seen = None if books.settings.get(ADVICE) else look(books, now)
    if seen is None:
        return None
    was, now_set = what_is_agreed(books).usual, plan_of(books, now).of(ScheduleKind.RUN).cadence
    fits = _cadence_for(seen)
    same = (now_set.weekdays, now_set.first_days, now_set.last_days) == (fits.weekdays, fits.first_days, fits.last_days)
    least = _limit_for(seen, was.min_money)
    limits = None if least == was.min_money else Limits(least, was.min_seats)
    return (
        None if same and limits is None else Advice(seen=seen, cadence=None if same else fits, limits=limits, was=was)
    )


def look(books: Books, now: datetime) -> Seen | None:
    """Look at what moved since the first month was compared; nothing is said before a while has passed."""
    newest, first = books.runs.newest_applied(), books.runs.first_applied()
    if newest is None or first is None or now - first.at < WATCHED:
        return None
    moved = sum(event.happening in MOVED and event.run != first.id for event in books.cases.stories())
    totals = _totals(books, what_is_agreed(books).currency)
    clients = {place[1] for place in books.runs.quantities(newest.month)}
    weeks = Decimal((now - first.at) // timedelta(days=1)) / 7
    people = {owner.manager for owner in books.owners.all() if owner.manager}
    return Seen(
        clients=len(clients),
        a_week=(moved / weeks).quantize(Decimal("0.1")),
        totals=tuple(sorted(totals.values(), reverse=True)),
        people=max(1, len(people)),
    )


def _totals(books: Books, currency: str) -> dict[str, Decimal]:
    """Add up what each client comes to in the currency that thresholds are said in; others do not add to it."""
    totals: dict[str, Decimal] = {}
    for case in books.cases.unclosed():
        is_there = case.state in (CaseState.OPEN, CaseState.SUPPRESSED, CaseState.DECIDED)
        if is_there and case.gap.currency == currency:
            totals[case.gap.client] = totals.get(case.gap.client, Decimal(0)) + case.gap.monthly.amount
    return totals


def _cadence_for(seen: Seen) -> Cadence:
    if seen.a_week > MANY_CHANGES:
        return BUSY
    is_quiet = seen.a_week < FEW_CHANGES and seen.clients <= FEW_CLIENTS
    return QUIET if is_quiet else PRESETS[ScheduleKind.RUN]


def _limit_for(seen: Seen, now: Decimal) -> Decimal:
    """Find the lowest threshold at which nobody has more than a handful of clients, and most of the money speaks.

    Where nobody leaks, nothing is known that speaks for another than the one that is set.
    """
    if not seen.totals:
        return now
    whole, enough = sum(seen.totals, Decimal(0)), A_HANDFUL * seen.people
    heard = {step: [total for total in seen.totals if total > step] for step in STEPS}
    possible = [step for step in STEPS if sum(heard[step], Decimal(0)) >= whole * MOST_MONEY] or [STEPS[0]]
    return Decimal(next((step for step in possible if len(heard[step]) <= enough), possible[-1]))
