"""A client that the PSA calls otherwise keeps its gaps, and what people decided, said and set."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from office import ACME, ADA, JO, NOVEMBER, OCTOBER, PREMIUM, SAM, VISIO, Office, Row, billed_csv, bought_csv, kinds

from bot.services.cases import CaseState
from bot.services.decisions import Decision, Names, Reason, Verb
from bot.services.former_names import as_called_now
from bot.services.homes import Filters
from bot.services.ids import WorkspaceId, client_key
from bot.services.people import Owner, Person
from bot.services.promises import PromiseKind
from bot.services.reconcile import Reconcile, RunReport
from bot.store.tables import signs
from bot.store.verify import find_all_flaws
from recon import Kind, Limits, Said, Side, read_month

OLD, NEW, OTHER = "Riverbend Dental", "Riverbend Dental Group", "Hooli"
HAVE = [(OLD, PREMIUM, 12), (OLD, VISIO, 3), (OTHER, PREMIUM, 5)]
ALERTS = (PromiseKind.ALERT, PromiseKind.NOTICE, PromiseKind.REPLY)


def billed_to(client: str) -> list[Row]:
    return [(client, PREMIUM, 10), (client, VISIO, 1), (OTHER, PREMIUM, 5)]


def bills(office: Office, client: str, month: str = "2026-11", have: Iterable[Row] = HAVE) -> RunReport:
    """Hand in a month in which the PSA calls the client so; all that was promised before is kept."""
    office.keeps_its_promises()
    return office.receives(have, billed_to(client), month)


def bills_with_ids(office: Office, have: Iterable[Row], client: str, month: str, *, seats: int = 10) -> None:
    """Hand in a month in which the PSA says its own id of each client as well."""
    rows = [(client, "R7", PREMIUM, seats), (client, "R7", VISIO, 1), (OTHER, "H1", PREMIUM, 5)]
    hands_in(office, have, rows, month)


def hands_in(office: Office, have: Iterable[Row], billed: Iterable[tuple[str, str, str, int]], month: str) -> None:
    office.keeps_its_promises()
    office.drops(bought_csv(have, month), f"pax8-{month}.csv")
    told = "".join(f"{name},{number},{product},{count},22.00,USD\n" for name, number, product, count in billed)
    export = f"Company,Company ID,Description,Quantity,Unit Price,Currency\n{told}".encode()
    office.drops(export, f"additions-{month}.csv", month=read_month(month), side=Side.BILLED)
    office.runs()


def clients(office: Office) -> set[str]:
    return {case.gap.client for case in office.looking.gaps(ACME)}


def tells_nobody_anew(office: Office) -> bool:
    return not [one for one in office.promised() if one.kind in ALERTS]


def test_its_gaps_go_on_under_the_new_name_and_nobody_is_alerted(office: Office) -> None:
    bills(office, OLD, "2026-10")
    before = {case.gap.product: case.id for case in office.looking.gaps(ACME)}

    report = bills(office, NEW)

    assert {case.gap.product: case.id for case in office.looking.gaps(ACME)} == before
    assert clients(office) == {NEW}
    assert tells_nobody_anew(office)
    assert kinds(office.promised()) == ["redraw", "redraw", "renamed", "result"]
    assert office.gap(NEW, VISIO).run == report.run.id
    (told,) = office.promised(PromiseKind.RENAMED)
    assert (told.payload["was"], told.payload["client"]) == (OLD, NEW)


def test_what_was_decided_holds_and_what_is_to_be_fixed_is_fixed_at_the_client_of_now(office: Office) -> None:
    office.hires(SAM, approver=True)
    office.hires(JO, approver=True, limit="1.00")
    bills(office, OLD, "2026-10", [*HAVE, (OLD, "Exchange Online (Plan 1)", 4)])
    approved, dismissed = office.gap(OLD, PREMIUM), office.gap(OLD, VISIO)
    proposed = office.gap(OLD, "Exchange")
    office.decide.approve(approved.id, office.by(ADA))
    office.decide.dismiss(dismissed.id, office.by(ADA), Reason.INTENDED)
    office.decide.approve(proposed.id, office.by(JO))
    waits = office.case(proposed).proposal

    bills(office, NEW, "2026-10", [*HAVE, (OLD, "Exchange Online (Plan 1)", 4)])

    assert [office.case(one).state for one in (approved, dismissed)] == [CaseState.DECIDED, CaseState.DECIDED]
    assert waits is not None
    assert office.case(proposed).proposal == waits
    assert [fix.client for fix in office.fixes.to_do(ACME)] == [NEW]
    assert tells_nobody_anew(office)

    office.decide.approve(proposed.id, office.by(SAM))
    assert office.case(proposed).state is CaseState.DECIDED


def test_an_approved_gap_that_is_put_right_under_the_new_name_is_recovered(office: Office) -> None:
    bills(office, OLD, "2026-10")
    office.decide.approve(office.gap(OLD, PREMIUM).id, office.by(ADA))
    case = office.gap(OLD, PREMIUM)

    office.receives(HAVE, [(NEW, PREMIUM, 12), (NEW, VISIO, 1), (OTHER, PREMIUM, 5)], "2026-11")

    closed = office.case(case)
    assert (closed.state, closed.is_verified, str(closed.recovered)) == (CaseState.CLOSED, True, "$44.00")


def test_whoever_answers_for_it_does_so_under_the_new_name_whether_it_has_gaps_or_not(office: Office) -> None:
    even = [(OLD, PREMIUM, 10), (OLD, VISIO, 1), (OTHER, PREMIUM, 5)]
    office.owners.set_owner(Owner(client=OLD, manager=JO, channel="C-river"), office.by(ADA))
    bills(office, OLD, "2026-10", even)

    bills(office, NEW, "2026-11", even)

    assert office.owners.all(ACME) == (Owner(client=NEW, manager=JO, channel="C-river"),)
    bills(office, OLD, "2026-12", even)
    assert office.owners.all(ACME) == (Owner(client=OLD, manager=JO, channel="C-river"),)


def test_whoever_was_named_for_the_new_name_beforehand_comes_first(office: Office) -> None:
    office.owners.set_owner(Owner(client=OLD, manager=JO, billing=ADA), office.by(ADA))
    office.owners.set_owner(Owner(client=NEW, manager=SAM), office.by(ADA))
    bills(office, OLD, "2026-10")

    bills(office, NEW)

    assert office.owners.all(ACME) == (Owner(client=NEW, manager=SAM, billing=ADA),)


def test_a_list_that_still_has_the_old_name_sets_who_answers_under_the_new_one(office: Office) -> None:
    office.directory.known = {"jo@msp.example": Person(id=JO, name="Jo", email="jo@msp.example")}
    bills(office, OLD, "2026-10")
    bills(office, NEW)

    office.owners.read(f"client,email\n{OLD},jo@msp.example\n".encode(), office.by(ADA))

    assert office.owners.all(ACME) == (Owner(client=NEW, manager=JO),)


def test_it_is_found_by_the_old_name_as_well(office: Office) -> None:
    former = "Eastlake Pediatrics"
    bills_with_ids(office, HAVE, former, "2026-10")
    bills_with_ids(office, HAVE, NEW, "2026-11")

    assert office.looking.gaps_at(ACME, former).clients == (NEW,)
    assert office.reports.homes.of(ACME, ADA, Filters(client=client_key(former))).filters.client == client_key(NEW)


def test_what_other_thresholds_would_have_done_is_said_of_one_client_and_not_of_two(office: Office) -> None:
    bills(office, OLD, "2026-10")
    office.clock.pass_by(days=30)
    bills(office, NEW)

    assert office.reports.what_if.of(ACME, Limits()).alerts == len(HAVE) - 1


def test_its_thread_goes_on_and_what_waits_to_be_told_is_told_of_the_new_name(office: Office) -> None:
    bills(office, OLD, "2026-10")
    with office.ledger.open(ACME) as books:
        books.messages.put("client:riverbenddental", "C-1", "17.1")

    office.receives(HAVE, billed_to(NEW), "2026-11")

    assert office.outbox.posts(ACME, "client:riverbenddentalgroup") == {"C-1": "17.1"}
    assert office.outbox.posts(ACME, "client:riverbenddental") == {}
    assert {one.payload["client"] for one in office.promised() if one.kind is PromiseKind.ALERT} == {NEW}


def test_its_thresholds_and_agreements_hold_in_the_very_month_of_the_new_name(office: Office) -> None:
    included = {"kind": "included", "client": OLD, "product": VISIO, "seats": 2}
    office.agreements.add(included, office.by(ADA))
    office.thresholds.set_limits(Limits(min_seats=Decimal(5)), office.by(ADA), client=OLD)
    bills(office, OLD, "2026-10")
    (case,) = office.looking.gaps(ACME)
    assert (case.state, case.gap.product) == (CaseState.SUPPRESSED, PREMIUM)

    report = bills(office, NEW)

    assert [(one.id, one.state, one.gap.client) for one in office.looking.gaps(ACME)] == [
        (case.id, CaseState.SUPPRESSED, NEW)
    ]
    assert (report.run.figures.gaps, report.run.figures.suppressed) == (1, 1)
    assert [one.rule.client for one in office.agreements.all(ACME)] == [NEW]
    assert list(office.thresholds.agreed(ACME).of_client) == [NEW.casefold()]


def test_what_is_agreed_and_set_under_its_old_name_holds_under_the_new_one(office: Office) -> None:
    bills(office, OLD, "2026-10")
    bills(office, NEW)

    office.agreements.add({"kind": "included", "client": OLD, "product": VISIO, "seats": 2}, office.by(ADA))
    office.thresholds.set_limits(Limits(min_seats=Decimal(5)), office.by(ADA), client=OLD)
    office.runs()

    assert [one.rule.client for one in office.agreements.all(ACME)] == [NEW]
    assert list(office.thresholds.agreed(ACME).of_client) == [NEW.casefold()]
    assert [(one.gap.product, one.state) for one in office.looking.gaps(ACME)] == [(PREMIUM, CaseState.SUPPRESSED)]
    office.thresholds.set_limits(None, office.by(ADA), client=OLD)
    assert list(office.thresholds.agreed(ACME).of_client) == []


HOLDINGS = "RD Holdings"


def is_said_to_be(office: Office, name: str) -> Decision:
    """Let somebody say what the PSA calls the client of a vendor whose name is like no other."""
    bills_with_ids(office, holdings(12), OLD, "2026-10")
    said = office.speak.same(Names(Kind.CLIENT, HOLDINGS, name), office.by(ADA))
    office.runs()
    return said


def holdings(seats: int) -> list[Row]:
    return [(HOLDINGS, PREMIUM, seats), (HOLDINGS, VISIO, 3), (OTHER, PREMIUM, 5)]


def test_what_was_said_of_its_name_holds_by_the_psas_id_and_can_be_taken_back(office: Office) -> None:
    said = is_said_to_be(office, OLD)
    open_one, dismissed = office.gap(OLD, PREMIUM), office.gap(OLD, VISIO)
    office.decide.dismiss(dismissed.id, office.by(ADA), Reason.INTENDED)

    bills_with_ids(office, holdings(12), NEW, "2026-11")

    assert (office.gap(NEW, PREMIUM).id, office.gap(NEW, VISIO).id) == (open_one.id, dismissed.id)
    assert office.case(dismissed).state is CaseState.DECIDED
    assert tells_nobody_anew(office)

    office.undo.take_back(said.id, office.by(ADA))
    office.runs()
    assert office.case(open_one).state is CaseState.CLOSED
    assert HOLDINGS in {question.about for question in office.wondering.open(ACME)}


@pytest.mark.parametrize("is_first_undone", [True, False])
@pytest.mark.parametrize("verb", [Verb.SAME, Verb.DIFFERENT])
def test_of_what_was_said_under_both_names_the_rest_holds_when_one_is_taken_back(
    office: Office, verb: Verb, *, is_first_undone: bool
) -> None:
    first = is_said_to_be(office, OLD)
    office.clock.pass_by(days=30)
    bills_with_ids(office, holdings(12), NEW, "2026-11")
    say = office.speak.same if verb is Verb.SAME else office.speak.different
    second = say(Names(Kind.CLIENT, HOLDINGS, NEW), office.by(ADA))
    office.runs()

    office.undo.take_back((first if is_first_undone else second).id, office.by(ADA))
    office.runs()

    are_one = verb is Verb.SAME or not is_first_undone
    assert bool(office.looking.gaps(ACME, client=NEW)) is are_one
    with office.ledger.look(ACME) as books:
        assert as_called_now(books).said[-1].verdict == (Said.SAME if are_one else Said.DIFFERENT)
        assert list(find_all_flaws(books)) == []


def test_what_was_said_before_of_a_name_takes_nothing_from_what_its_fix_has_won(office: Office) -> None:
    is_said_to_be(office, OLD)
    case = office.gap(OLD, PREMIUM)
    office.decide.approve(case.id, office.by(ADA))

    bills_with_ids(office, holdings(12), NEW, "2026-11", seats=12)

    assert (office.case(case).is_verified, str(office.case(case).recovered)) == (True, "$44.00")


def test_where_the_new_name_is_asked_about_its_gaps_go_on_once_that_is_answered(office: Office) -> None:
    have = [row for row in HAVE if row[0] == OLD]
    office.receives(have, billed_to(OLD)[:2], "2026-10")
    before = {case.id for case in office.looking.gaps(ACME)}
    office.decide.dismiss(office.gap(OLD, VISIO).id, office.by(ADA), Reason.INTENDED)
    office.receives(have, billed_to(NEW)[:2], "2026-11")
    assert clients(office) == {OLD}
    assert [question.about for question in office.wondering.open(ACME)] == [OLD]
    office.keeps_its_promises()

    office.speak.same(Names(Kind.CLIENT, OLD, NEW), office.by(ADA))
    office.runs()

    assert ({case.id for case in office.looking.gaps(ACME)}, clients(office)) == (before, {NEW})
    assert office.gap(NEW, VISIO).state is CaseState.DECIDED
    assert tells_nobody_anew(office)


@pytest.mark.parametrize("new", [NEW, "Eastlake Pediatrics"])
def test_an_answer_that_gave_it_the_name_of_another_client_is_taken_back_with_all_that_it_moved(
    office: Office, new: str
) -> None:
    office.owners.set_owner(Owner(client=OLD, manager=JO), office.by(ADA))
    office.receives(HAVE[:2], billed_to(OLD)[:2], "2026-10")
    before = {case.id for case in office.looking.gaps(ACME)}
    office.receives(HAVE[:2], billed_to(new)[:2], "2026-11")
    said = office.speak.same(Names(Kind.CLIENT, OLD, new), office.by(ADA))
    office.runs()
    assert {case.id for case in office.looking.gaps(ACME, client=new)} == before
    assert [one.client for one in office.owners.all(ACME)] == [new]

    office.undo.take_back(said.id, office.by(ADA))
    office.runs()
    assert [one.client for one in office.owners.all(ACME)] == [OLD]
    assert not {case.id for case in office.looking.gaps(ACME, client=new)} & before

    office.speak.same(Names(Kind.CLIENT, OLD, new), office.by(ADA))
    office.runs()
    assert [one.client for one in office.owners.all(ACME)] == [new]


def test_a_client_that_is_billed_for_nothing_goes_on_as_its_vendor_calls_it_and_then_as_it_is_billed(
    office: Office,
) -> None:
    office.owners.set_owner(Owner(client=OLD, manager=JO), office.by(ADA))
    office.receives(holdings(12), billed_to(OLD), "2026-10")
    office.speak.same(Names(Kind.CLIENT, HOLDINGS, OLD), office.by(ADA))
    office.runs()
    before = {case.id for case in office.looking.gaps(ACME)}
    bills(office, "Eastlake Pediatrics", "2026-11", holdings(12))
    assert {case.id for case in office.looking.gaps(ACME, client=HOLDINGS)} == before
    assert [one.client for one in office.owners.all(ACME)] == [HOLDINGS]
    office.keeps_its_promises()

    office.speak.same(Names(Kind.CLIENT, HOLDINGS, "Eastlake Pediatrics"), office.by(ADA))
    office.runs()

    assert {case.id for case in office.looking.gaps(ACME, client="Eastlake Pediatrics")} == before
    assert [one.client for one in office.owners.all(ACME)] == ["Eastlake Pediatrics"]
    assert office.promised(PromiseKind.ALERT) == []


def test_the_same_month_again_changes_nothing_and_each_run_is_replayed_to_the_same_bytes(office: Office) -> None:
    first = bills(office, OLD, "2026-10")
    second = bills(office, NEW)
    office.keeps_its_promises()

    again = office.reconcile.run(ACME, NOVEMBER)

    assert (again.is_new, office.promised()) == (False, [])
    assert all(office.reconcile.replay(ACME, one.run.id).is_same for one in (first, second))


def test_a_run_that_is_cut_off_moves_nothing_and_the_next_one_does(office: Office) -> None:
    bills(office, OLD, "2026-10")
    office.keeps_its_promises()
    office.owners.set_owner(Owner(client=OLD, manager=JO), office.by(ADA))
    office.drops(bought_csv(HAVE, "2026-11"), "pax8-2026-11.csv")
    office.drops(billed_csv(billed_to(NEW)), "additions-2026-11.csv", month=NOVEMBER)

    def cut_off() -> str:
        raise SystemExit

    with pytest.raises(SystemExit):
        Reconcile(office.ledger, office.clock, cut_off).run(ACME, NOVEMBER)
    assert (clients(office), [one.client for one in office.owners.all(ACME)]) == ({OLD}, [OLD])
    assert office.promised(PromiseKind.RENAMED) == []

    office.runs()
    assert (clients(office), [one.client for one in office.owners.all(ACME)]) == ({NEW}, [NEW])


def test_it_keeps_all_beside_another_of_its_name_and_is_said_to_be_told_apart_by_its_id(office: Office) -> None:
    shown = f"{OLD} (r7)"
    office.owners.set_owner(Owner(client=OLD, manager=JO), office.by(ADA))
    bills_with_ids(office, HAVE, OLD, "2026-10")
    office.decide.approve(office.gap(OLD, PREMIUM).id, office.by(ADA))
    before = {(case.id, case.state) for case in office.looking.gaps(ACME)}

    namesake = (OLD, "R9", "Exchange Online (Plan 1)", 4)
    rows = [(OLD, "R7", PREMIUM, 10), (OLD, "R7", VISIO, 1), (OTHER, "H1", PREMIUM, 5), namesake]
    hands_in(office, HAVE, rows, "2026-11")

    assert {(case.id, case.state) for case in office.looking.gaps(ACME, client=shown)} == before
    assert office.owners.all(ACME) == (Owner(client=shown, manager=JO),)
    (told,) = office.promised(PromiseKind.RENAMED)
    assert (told.payload["was"], told.payload["because"]) == (OLD, "namesake")
    assert not [one for one in office.promised(PromiseKind.ALERT) if one.payload["client"] == shown]
    office.clock.pass_by(days=30)

    bills_with_ids(office, HAVE, OLD, "2026-12")
    assert {(case.id, case.state) for case in office.looking.gaps(ACME, client=OLD)} == before
    assert [one.payload["because"] for one in office.promised(PromiseKind.RENAMED)] == ["alone"]


def test_it_may_have_its_old_name_back(office: Office) -> None:
    bills(office, OLD, "2026-10")
    before = {case.id for case in office.looking.gaps(ACME)}
    bills(office, NEW)

    bills(office, OLD, "2026-12")

    assert ({case.id for case in office.looking.gaps(ACME)}, clients(office)) == (before, {OLD})
    assert tells_nobody_anew(office)
    bills(office, NEW, "2026-12")
    assert ({case.id for case in office.looking.gaps(ACME)}, clients(office)) == (before, {NEW})


def test_an_older_month_gives_no_client_its_old_name_back(office: Office) -> None:
    bills(office, OLD, "2026-10")
    bills(office, NEW)

    report = bills(office, OLD, "2026-10", [*HAVE, (OTHER, VISIO, 2)])

    assert (report.run.is_applied, report.run.month) == (False, OCTOBER)
    assert clients(office) == {NEW}
    assert office.promised(PromiseKind.RENAMED) == []


def test_its_months_are_one_history_whatever_it_was_called(office: Office) -> None:
    bills(office, OLD, "2026-10")
    bills(office, OLD, "2026-11")
    bills(office, NEW, "2026-11")
    bills(office, OLD, "2026-10", [(OLD, PREMIUM, 13), *HAVE[1:]])

    points = office.looking.history(ACME, office.gap(NEW, PREMIUM).id)

    told = [(str(one.month), str(one.side), int(one.quantity)) for one in points]
    assert told == [
        ("2026-10", "billed", 10),
        ("2026-10", "bought", 13),
        ("2026-11", "billed", 10),
        ("2026-11", "bought", 12),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            ([(OLD, PREMIUM, 12)], [(OLD, PREMIUM, 10), (NEW, VISIO, 1)]),
            ([(NEW, PREMIUM, 12)], [(NEW, PREMIUM, 10), (NEW, VISIO, 1)]),
            id="moved to a client that was there beside it",
        ),
        pytest.param(
            ([(OLD, PREMIUM, 12)], [(OLD, PREMIUM, 10)]),
            ([(OLD, PREMIUM, 12), (NEW, PREMIUM, 9)], [(OLD, PREMIUM, 10), (NEW, PREMIUM, 7)]),
            id="another that only resembles it",
        ),
    ],
)
def test_what_is_another_client_is_not_taken_for_it(
    office: Office, before: tuple[list[Row], list[Row]], after: tuple[list[Row], list[Row]]
) -> None:
    office.receives(*before, "2026-10")
    case = office.gap(OLD, PREMIUM)

    office.receives(*after, "2026-11")

    assert office.promised(PromiseKind.RENAMED) == []
    assert office.case(case).gap.client == OLD


def test_books_in_which_nothing_was_kept_of_names_yet_know_a_client_again_by_its_gaps(office: Office) -> None:
    bills(office, OLD, "2026-10")
    before = {case.id for case in office.looking.gaps(ACME)}
    with office.ledger.open(ACME) as books:
        books.shelf.drop(signs)

    bills(office, NEW)

    assert ({case.id for case in office.looking.gaps(ACME)}, clients(office)) == (before, {NEW})
    bills(office, OLD, "2026-12")
    assert clients(office) == {OLD}


def test_clients_of_one_tenant_tell_nothing_of_another_s(office: Office) -> None:
    bills(office, OLD, "2026-10")
    other = Office(office.ledger, workspace=WorkspaceId("T2"), clock=office.clock, new_id=office.new_id).begins()
    other.receives(HAVE, billed_to(NEW), "2026-11")

    assert clients(office) == {OLD}
    assert {case.gap.client for case in other.looking.gaps(WorkspaceId("T2"))} == {NEW}
    assert other.promised(PromiseKind.RENAMED) == []
