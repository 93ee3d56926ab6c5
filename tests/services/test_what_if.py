"""What other thresholds would have done is what a real replay of the stored runs does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from databases import Lite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import ACME, ADA, PREMIUM, VISIO, Office, Row

from bot.services.agreed import agreed_from_json
from bot.services.computing import compute, state_gaps
from bot.services.decisions import Reason
from bot.services.failures import Refused
from bot.services.gathering import recall
from bot.services.promises import PromiseKind
from bot.services.what_if import WINDOW, Outcome, follow_all, places_now, sum_up_outcome, worth_following
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger
from recon import Limits, Month, write_document

CLIENTS = ("Acme", "Bolt", "Cog")
MONTHS = [Month(2026, number) for number in (8, 9, 10)]


def limits(money: str, seats: str) -> Limits:
    return Limits(Decimal(money), Decimal(seats))


def hand_in(office: Office, months: list[list[int]]) -> None:
    """Hand months in, each two weeks after the one before; a number is how many seats a client lacks."""
    for month, lacking in zip(MONTHS, months, strict=False):
        office.clock.pass_by(days=14)
        bought: list[Row] = [(client, PREMIUM, 10 + lack) for client, lack in zip(CLIENTS, lacking, strict=True)]
        office.receives(
            [*bought, ("Zorg", VISIO, 5)], [*((c, PREMIUM, 10) for c in CLIENTS), ("Zorg", VISIO, 5)], str(month)
        )


def really_replayed(office: Office, wanted: Limits, since_days: int = 90) -> Outcome:
    """Run every stored run again from its evidence, with other limits in its settings, and follow the results."""
    found = []
    with office.ledger.look(ACME) as books:
        for run in sorted(books.runs.all(), key=lambda run: run.at):
            inputs = recall(books, run)
            agreed = replace(agreed_from_json(inputs.settings), usual=wanted)
            again = compute(replace(inputs, settings=agreed.to_json()), books.files.get)
            found.append((run, state_gaps(write_document(again))))
        known = places_now(books)
    since = office.reports.what_if.of(ACME, wanted).since
    assert (office.clock() - since).days == since_days
    return replace(sum_up_outcome(follow_all(found), known, wanted, since), runs=len(found))


SEATS = st.lists(st.integers(0, 6), min_size=3, max_size=3)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    months=st.lists(SEATS, min_size=1, max_size=3),
    held=st.sampled_from([limits("0", "0"), limits("60", "2")]),
    wanted=st.builds(limits, st.sampled_from(["0", "22", "44", "75", "500"]), st.sampled_from(["0", "2", "3"])),
)
def test_what_if_says_what_a_replay_and_what_a_life_under_these_limits_say(
    months: list[list[int]], held: Limits, wanted: Limits, lite: Lite
) -> None:
    with TemporaryDirectory() as folder:
        offices = []
        for number, limit in enumerate((held, wanted)):
            home = Path(folder) / str(number)
            home.mkdir()
            engine = open_engine(lite.copy_to(home), synchronous="OFF")
            office = Office(StoreLedger(engine)).begins()
            office.thresholds.set_limits(limit, office.by(ADA))
            hand_in(office, months)
            offices.append((office, engine))
        (lived, _), (other, _) = offices

        outcome = lived.reports.what_if.of(ACME, wanted)

        assert outcome == really_replayed(lived, wanted)
        assert outcome.alerts == len(other.promised(PromiseKind.ALERT))
        assert lived.reports.what_if.of(ACME, held).alerts == len(lived.promised(PromiseKind.ALERT))
        for _, engine in offices:
            engine.dispose()


@pytest.fixture
def settled(office: Office) -> Office:
    """Let Acme lack one seat, Bolt three and Cog five; Bolt's gap is approved, and Cog's is noise."""
    hand_in(office, [[1, 3, 5]])
    office.decide.approve(office.gap("Bolt").id, office.by(ADA))
    office.decide.dismiss(office.gap("Cog").id, office.by(ADA), Reason.NOISE)
    return office


def test_what_was_real_what_was_noise_and_what_would_have_been_missed(settled: Office) -> None:
    outcome = settled.reports.what_if.of(ACME, limits("75", "2"))
    assert (outcome.alerts, outcome.real, outcome.noise, outcome.unsettled) == (1, 0, 1, 0)
    assert [str(gap.monthly) for gap in outcome.missed] == ["$66.00", "$22.00"]

    all_of_it = settled.reports.what_if.of(ACME, limits("0", "0"))
    assert (all_of_it.alerts, all_of_it.real, all_of_it.noise, all_of_it.unsettled) == (3, 1, 1, 1)
    assert (all_of_it.missed, all_of_it.runs) == ((), 1)


def test_a_clients_own_limits_stay_its_own(settled: Office) -> None:
    settled.thresholds.set_limits(limits("1000", "0"), settled.by(ADA), client="Acme")
    settled.runs()

    assert settled.reports.what_if.of(ACME, limits("0", "0")).alerts == 3
    assert settled.reports.what_if.of(ACME, limits("0", "0")).runs == 2


def test_what_is_older_than_ninety_days_counts_no_more(settled: Office) -> None:
    settled.clock.pass_by(days=91)

    outcome = settled.reports.what_if.of(ACME, limits("0", "0"))

    assert (outcome.alerts, outcome.runs, outcome.missed) == (0, 0, ())


def test_a_run_whose_result_is_past_its_time_is_told_of(settled: Office) -> None:
    with settled.ledger.open(ACME) as books:
        books.files.forget_older_than(settled.clock().replace(year=2030), but=[])

    assert settled.reports.what_if.of(ACME, limits("0", "0")).forgotten == 1


def test_what_is_no_limit_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="is no limit"):
        office.reports.what_if.of(ACME, limits("-1", "0"))


def test_of_the_time_before_the_last_run_of_each_month_is_enough(office: Office) -> None:
    """What spoke before is no news in the window, and a year of runs need not be read for that."""
    hand_in(office, [[1, 0, 0]])
    hand_in(office, [[3, 0, 0]])
    office.clock.pass_by(days=91)
    office.receives(
        [("Acme", PREMIUM, 3), ("Bolt", PREMIUM, 2)], [("Acme", PREMIUM, 1), ("Bolt", PREMIUM, 1)], "2026-12"
    )

    with office.ledger.look(ACME) as books:
        newest, middle, _oldest = books.runs.all()
        assert worth_following(books.runs.all(), office.clock() - WINDOW) == [middle, newest]
    outcome = office.reports.what_if.of(ACME, limits("0", "0"))

    assert (outcome.alerts, outcome.runs, outcome.forgotten) == (1, 1, 0)
