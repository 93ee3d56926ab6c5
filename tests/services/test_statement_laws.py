"""Whatever happens to gaps in whatever order, the statement ties, and says what the gaps themselves say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from databases import Lite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import ADA, PREMIUM, VISIO, Office, billed_csv, bought_csv

from bot.services.cases import Case, CaseState
from bot.services.decisions import Reason, Verb
from bot.services.failures import Refused
from bot.services.flows import flow_through
from bot.services.postings import SETTLED, STANDING, Account, Place, Purse
from bot.services.statement import Kept, Statements, read_postings
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger
from recon import Limits, Month

AMOUNTS = st.decimals(0, 500, places=2)
PLACES = st.sampled_from([None, *Account])
BEGINNING = Decimal(0)


@given(st.lists(st.tuples(PLACES, AMOUNTS, st.sampled_from(SETTLED)), max_size=12))
def test_a_purse_holds_what_was_put_in_and_no_more_than_its_gap_was_ever_worth(
    turns: list[tuple[Place, Decimal, Account]],
) -> None:
    purse, held = Purse(), defaultdict[Place, Decimal](Decimal)
    for target, amount, spill in turns:
        for source, to, money in purse.turn(target, amount, spill=spill):
            assert money >= 0
            held[source] -= money
            held[to] += money

    assert sum(held.values()) == 0
    assert all(amount >= 0 for place, amount in held.items() if place)
    if turns and turns[-1][0]:
        assert held[turns[-1][0]] >= turns[-1][1]
    assert -held[None] <= max((amount for place, amount, _ in turns if place), default=BEGINNING)


SEATS = st.integers(0, 4)
COUNTS = st.tuples(SEATS, SEATS, SEATS, SEATS)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["month", "again"]), COUNTS),
    st.tuples(st.just("settled"), SEATS),
    st.tuples(st.sampled_from(["approve", "dismiss", "noise", "snooze", "undo"]), st.integers(0, 3)),
    st.tuples(st.just("limits"), st.integers(0, 120)),
    st.tuples(st.just("days"), st.integers(1, 40)),
)
Step = tuple[str, Any]


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_the_statement_says_what_the_gaps_say_whatever_happened(steps: list[Step], lite: Lite) -> None:
    with TemporaryDirectory() as folder:
        engine = open_engine(lite.copy_to(Path(folder)), synchronous="OFF")
        walk = Walk(Office(StoreLedger(engine)).begins(), Month(2026, 9))
        for step in [("month", (5, 3, 0, 0)), *steps]:
            walk.goes(step)
            hold_to_account(walk.office)
        engine.dispose()


@dataclass
class Walk:
    """An office in which anything may happen next."""

    office: Office
    month: Month
    steps: int = 0

    def goes(self, step: Step) -> None:
        what, given_, self.steps = *step, self.steps + 1
        self.office.clock.pass_by(hours=7)
        with suppress(Refused):
            getattr(self, what if what != "month" else "next_month")(given_)
        self.office.runs()

    def next_month(self, counts: tuple[int, int, int, int]) -> None:
        self.month = Month(self.month.year + self.month.number // 12, self.month.number % 12 + 1)
        self.again(counts)

    def settled(self, seats: int) -> None:
        """Sign for everything, and bill it in the next month."""
        for case in self.office.looking.gaps(self.office.workspace):
            with suppress(Refused):
                self.office.decide.approve(case.id, self.office.by(ADA))
        self.next_month((seats + 1, 2, seats + 1, 2))

    def again(self, counts: tuple[int, int, int, int]) -> None:
        """Hand both sides of the month in; whatever a source no longer lists may be cut off, or may be gone."""
        bought = [("Acme", PREMIUM, counts[0]), ("Acme", VISIO, counts[1]), ("Bolt", PREMIUM, 9)]
        billed = [("Acme", PREMIUM, counts[2]), ("Acme", VISIO, counts[3]), ("Bolt", PREMIUM, 9)]
        self.office.drops(bought_csv([row for row in bought if row[2]], str(self.month)), f"pax8-{self.steps}.csv")
        self.office.drops(
            billed_csv([row for row in billed if row[2]]), f"additions-{self.steps}.csv", month=self.month
        )

    def approve(self, place: int) -> None:
        self.decides(place, lambda case: self.office.decide.approve(case.id, self.office.by(ADA)))

    def dismiss(self, place: int) -> None:
        until = self.office.clock() + timedelta(days=20) if place else None
        self.decides(
            place,
            lambda case: self.office.decide.dismiss(case.id, self.office.by(ADA), Reason.INTENDED, until=until),
        )

    def noise(self, place: int) -> None:
        self.decides(place, lambda case: self.office.decide.dismiss(case.id, self.office.by(ADA), Reason.NOISE))

    def snooze(self, place: int) -> None:
        until = self.office.clock() + timedelta(days=9)
        self.decides(place, lambda case: self.office.decide.snooze(case.id, self.office.by(ADA), until))

    def undo(self, place: int) -> None:
        self.decides(place, lambda case: self.office.undo.last(case.id, self.office.by(ADA)))

    def decides(self, place: int, act: Callable[[Case], object]) -> None:
        cases = self.office.looking.gaps(self.office.workspace)
        if cases:
            act(cases[place % len(cases)])

    def limits(self, money: int) -> None:
        self.office.thresholds.set_limits(Limits(Decimal(money)), self.office.by(ADA))

    def days(self, days: int) -> None:
        self.office.clock.pass_by(days=days)
        self.office.wakes()


def hold_to_account(office: Office) -> None:
    """Hold the statement against the gaps, and its months against each other."""
    with office.ledger.look(office.workspace) as books:
        kept = read_postings(books)
    assert standing(kept) == wanted(kept)
    whole = flow_through((), kept.postings)
    assert all(flow.ties for flow in whole)
    statements = Statements(office.ledger, office.clock)
    months = [statements.of_month(office.workspace, month) for month in statements.of_month(office.workspace).months]
    for place, month in enumerate(months):
        assert all(flow.ties for flow in month.flows)
        before = {(flow.direction, flow.currency): flow.closed for flow in months[place - 1].flows} if place else {}
        assert all(flow.opened == before.get((flow.direction, flow.currency), flow.opened) for flow in month.flows)
    if months:
        assert months[-1].ever == whole


def standing(kept: Kept) -> dict[str, dict[Account, Decimal]]:
    """Add up what each gap has in each account that is not settled."""
    held: dict[str, dict[Account, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in kept.postings:
        for place, amount in ((one.source, -one.money.amount), (one.target, one.money.amount)):
            if place in STANDING:
                held[one.case][place] += amount
    found = {case: {place: amount for place, amount in sums.items() if amount} for case, sums in held.items()}
    return {case: sums for case, sums in found.items() if sums}


def wanted(kept: Kept) -> dict[str, dict[Account, Decimal]]:
    """Say what the gaps themselves say, as anybody would read them."""
    found: dict[str, dict[Account, Decimal]] = {}
    for case in kept.cases.values():
        place = place_now(case, kept)
        if place in STANDING and case.gap.monthly.amount:
            found[case.id] = {place: case.gap.monthly.amount}
    return found


def place_now(case: Case, kept: Kept) -> Place:
    match case.state:
        case CaseState.OPEN:
            return Account.OPEN
        case CaseState.SUPPRESSED:
            return Account.QUIET
        case CaseState.DECIDED if case.decision:
            verb = kept.decisions[case.decision].verb
            return {Verb.APPROVE: Account.APPROVED, Verb.SNOOZE: Account.OPEN}.get(verb)
        case _:
            return None
