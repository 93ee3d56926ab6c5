"""From two files to gaps that are followed."""

from __future__ import annotations

from datetime import UTC, datetime

from office import ACME, ADA, NOVEMBER, OCTOBER, PREMIUM, VISIO, Office, billed_csv, bought_csv, kinds

from bot.services.cases import CaseState
from bot.services.promises import PromiseKind
from recon import Side


def test_both_sides_of_a_month_start_a_run_that_finds_the_gap(office: Office) -> None:
    report = office.receives([("Acme", PREMIUM, 12), ("Hooli", VISIO, 3)], [("Acme", PREMIUM, 10), ("Hooli", VISIO, 3)])

    case = office.gap("Acme")
    assert (case.state, int(case.gap.bought), int(case.gap.billed)) == (CaseState.OPEN, 12, 10)
    assert str(case.gap.monthly) == "$44.00"
    assert report.run.figures.gaps == 1
    assert kinds(office.promised()) == ["alert", "notice", "result"]


def test_the_same_run_twice_says_nothing(office: Office) -> None:
    first = office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    office.keeps_its_promises()

    again = office.reconcile.run(ACME, OCTOBER)

    assert (again.is_new, again.run.id) == (False, first.run.id)
    assert office.promised() == []


def test_a_run_is_replayed_to_the_same_bytes_though_the_world_has_moved_on(office: Office) -> None:
    report = office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    office.receives([("Acme", PREMIUM, 15)], [("Acme", PREMIUM, 15)])

    replay = office.reconcile.replay(ACME, report.run.id)

    assert replay.is_same
    assert replay.document == office.looking.document(ACME, report.run.id)
    assert b"2 are not billed" in replay.document
    assert office.reconcile.workbook(ACME, report.run.id).startswith(b"PK")


def test_growth_is_told_in_the_thread_and_shrinking_only_redraws(office: Office) -> None:
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    case = office.gap("Acme")
    office.keeps_its_promises()

    office.receives([("Acme", PREMIUM, 14)], [("Acme", PREMIUM, 10)])
    assert kinds(office.keeps_its_promises()) == ["redraw", "reply", "result"]

    office.receives([("Acme", PREMIUM, 11)], [("Acme", PREMIUM, 10)])
    assert kinds(office.keeps_its_promises()) == ["redraw", "result"]
    assert office.gap("Acme").id == case.id


def test_a_gap_that_closes_and_comes_back_goes_on_where_it_was(office: Office) -> None:
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    case = office.gap("Acme")
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 12)])
    closed = office.case(case)

    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 9)])

    assert (closed.state, closed.is_verified, closed.recovered) == (CaseState.CLOSED, False, None)
    again = office.gap("Acme")
    assert (again.id, again.state, again.times_reopened) == (case.id, CaseState.OPEN, 1)
    assert [(seen.id, event.happening) for seen, event in office.looking.changes(ACME, again.run)] == [
        (case.id, "reopened")
    ]
    told = [promise.payload["happening"] for promise in office.promised(PromiseKind.REPLY)]
    assert told == ["closed", "reopened"]
    assert len(office.promised(PromiseKind.ALERT)) == 1


def test_a_running_month_is_looked_at_again_on_another_day_only_where_that_may_change_it(office: Office) -> None:
    have = b"Customer,Product,Quantity,Unit Cost,Currency,Start\nAcme,Visio Plan 2,10,9.00,USD,2026-01-01\n"
    office.drops(have + b"Acme,Visio Plan 2,2,9.00,USD,2026-10-18\n", "vendor.csv", month=OCTOBER, side=Side.BOUGHT)
    office.drops(billed_csv([("Acme", VISIO, 10)]), "additions.csv", month=OCTOBER)
    (first,) = office.runs()
    (case,) = office.looking.gaps(ACME)
    assert case.state is CaseState.WAITING

    office.clock.pass_by(days=7)
    again = office.reconcile.run(ACME, OCTOBER)
    assert (again.is_new, office.case(case).state) == (True, CaseState.OPEN)
    assert office.reconcile.replay(ACME, first.run.id).is_same

    office.clock.pass_by(days=2)
    assert not office.reconcile.run(ACME, OCTOBER).is_new
    office.agreements.add(
        {"kind": "temporary", "client": "Acme", "product": VISIO, "seats": 2, "end": "2026-10-30"}, office.by(ADA)
    )
    office.reconcile.run(ACME, OCTOBER)
    assert office.case(case).state is CaseState.CLOSED

    office.clock.pass_by(days=2)
    assert office.reconcile.run(ACME, OCTOBER).is_new
    assert office.gap("Acme").gap.seats == 2


def test_a_change_too_young_to_be_a_gap_waits_and_takes_nothing_back(office: Office) -> None:
    have = b"Customer,Product,Quantity,Unit Cost,Currency,Start\nAcme,Visio Plan 2,10,9.00,USD,2026-01-01\n"
    young = b"Acme,Visio Plan 2,2,9.00,USD,2026-10-29\n"
    office.drops(have + young, "vendor.csv", month=OCTOBER, side=Side.BOUGHT)
    office.drops(billed_csv([("Acme", VISIO, 10)]), "additions.csv", month=OCTOBER)
    (report,) = office.runs()

    assert report.run.figures.gaps == 0
    (case,) = office.looking.gaps(ACME)
    assert case.state is CaseState.WAITING
    assert office.promised(PromiseKind.ALERT) == []

    office.clock.now = datetime(2026, 11, 6, 9, tzinfo=UTC)
    office.drops(have + young, "vendor.csv", month=NOVEMBER, side=Side.BOUGHT)
    office.drops(billed_csv([("Acme", VISIO, 10)]), "additions.csv", month=NOVEMBER)
    office.runs()
    assert (office.case(case).state, len(office.promised(PromiseKind.ALERT))) == (CaseState.OPEN, 1)


def test_what_makes_the_files_an_unlikely_pair_is_told_with_the_result_and_is_no_unreadable_row(office: Office) -> None:
    month = [("Acme", PREMIUM, 12), ("Bolt", PREMIUM, 5), ("Hooli", VISIO, 3)]

    figures = office.receives(month, [*month, *month]).run.figures

    (said,) = figures.cautions
    assert said.startswith("Most lines of additions-2026-10.csv stand in it more than once")
    assert figures.problems == 0
    assert office.reconcile.run(ACME, OCTOBER).run.figures == figures


def test_the_lines_of_a_result_are_those_its_files_have(office: Office) -> None:
    bought = (
        bought_csv([("Acme", PREMIUM, 12)]) + b"Bolt,Visio Plan 2,many,9.50,USD,2026-10-01,2026-10-31\nTotal,,12,,,,\n"
    )
    read = (
        office.drops(bought, "pax8-2026-10.csv"),
        office.drops(billed_csv([("Acme", PREMIUM, 10)]), "psa-2026-10.csv"),
    )

    figures = office.reconcile.run(ACME, OCTOBER).run.figures

    assert figures.lines == sum(one.file.lines for one in read) == 2
    assert (figures.problems, figures.totals) == (1, 1)
    assert office.looking.run(ACME, office.reconcile.run(ACME, OCTOBER).run.id).figures.totals == 1
