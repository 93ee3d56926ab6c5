"""Owners, thresholds, roles, promises, and what people ask to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import NoReturn

import pytest
from office import ACME, ADA, JO, MAX, OCTOBER, PREMIUM, SAM, VISIO, Office, kinds

from bot.services.cases import CaseState
from bot.services.exporting import Subject, Wish
from bot.services.exports import Place
from bot.services.failures import NotAllowed, NotFound, Refused
from bot.services.ids import WorkspaceId
from bot.services.people import Owner, Person
from bot.services.promises import PromiseKind, PromiseState
from bot.store.ledger import StoreLedger
from recon import Limits, Month

HAVE, PAY = [("Acme", PREMIUM, 12), ("Hooli", VISIO, 9)], [("Acme", PREMIUM, 10), ("Hooli", VISIO, 3)]
SPARE = {"kind": "temporary", "client": "Acme", "product": PREMIUM, "seats": 2}


def test_owners_are_read_from_a_list_and_what_is_amiss_is_told_row_by_row(office: Office) -> None:
    office.directory.known = {"sam@msp.io": Person(id=SAM, name="Sam", email="sam@msp.io")}

    read = office.owners.read(b"client;email\nAcme, Ltd.;SAM@msp.io\nHooli;who@msp.io\n;x@y.z\n", office.by(ADA))

    assert office.owners.of(ACME, "ACME LTD").manager == SAM
    assert read.problems == ("Row 3: I know nobody with the email who@msp.io.", "Row 4 names no client.")


def test_a_list_of_owners_makes_no_guest_an_owner_and_nobody_who_has_left(office: Office) -> None:
    office.directory.known = {
        "eve@else.io": Person(id=JO, name="Eve", email="eve@else.io", is_guest=True),
        "max@msp.io": Person(id=MAX, name="Max", email="max@msp.io", is_active=False),
    }

    read = office.owners.read(b"client,email\nAcme,eve@else.io\nHooli,max@msp.io\n", office.by(ADA))

    assert read.owners == office.owners.all(ACME) == ()
    assert read.problems == (
        "Row 2: Eve is a guest. Name a colleague.",
        "Row 3: Max has left. Name a colleague.",
    )


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"\n\n"])
def test_a_list_of_owners_that_is_none_is_a_sentence(office: Office, content: bytes) -> None:
    with pytest.raises(Refused, match="It needs the columns client and email"):
        office.owners.read(content, office.by(ADA))


def test_a_client_without_an_owner_goes_to_the_billing_owner_who_is_asked_once(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 4)], PAY)

    asked = [promise.payload["client"] for promise in office.promised(PromiseKind.NOTICE)]

    assert sorted(asked) == ["Acme", "Hooli"]
    assert office.owners.unowned(ACME) == ("Acme", "Hooli")
    assert office.owners.of(ACME, "Acme").people == (ADA,)


def test_an_owner_who_has_left_is_not_written_to(office: Office) -> None:
    office.hires(SAM)
    office.owners.set_owner(Owner(client="Acme", manager=SAM), office.by(ADA))
    assert office.owners.of(ACME, "Acme").people == (SAM,)

    office.joining.left(ACME, SAM)

    assert office.owners.of(ACME, "Acme").people == (ADA,)


def test_limits_are_set_for_all_and_for_one_and_written_down(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.keeps_its_promises()

    changed = office.thresholds.set_limits(Limits(Decimal(100), Decimal(2)), office.by(ADA))
    office.runs()
    assert (changed.old, changed.new) == (Limits(Decimal(0), Decimal(0)), Limits(Decimal(100), Decimal(2)))
    assert (office.gap("Acme").state, office.gap("Hooli").state) == (CaseState.SUPPRESSED, CaseState.OPEN)

    office.thresholds.set_limits(Limits(Decimal(43)), office.by(ADA), client="ACME")
    office.runs()
    assert office.gap("Acme").state is CaseState.OPEN
    assert office.promised(PromiseKind.ALERT) == []
    with office.ledger.look(ACME) as books:
        told = [entry for entry in books.audit.entries() if entry.action == "limits set"]
    assert [(entry.by, entry.subject) for entry in told[1:]] == [(ADA, "workspace"), (ADA, "acme")]


def test_a_suppressed_gap_is_counted_and_speaks_when_it_rises_above_the_limit(office: Office) -> None:
    office.thresholds.set_limits(Limits(Decimal(50)), office.by(ADA))
    report = office.receives(HAVE[:1], PAY[:1])
    assert (report.run.figures.suppressed, office.promised(PromiseKind.ALERT)) == (1, [])

    office.receives([("Acme", PREMIUM, 14)], PAY[:1])

    assert len(office.promised(PromiseKind.ALERT)) == 1


def test_only_admins_set_what_counts_for_everyone(office: Office) -> None:
    office.hires(JO, approver=True)

    for ask in (
        lambda: office.thresholds.set_limits(Limits(), office.by(JO)),
        lambda: office.agreements.add(SPARE, office.by(JO)),
        lambda: office.owners.set_owner(Owner(client="Acme", manager=JO), office.by(JO)),
        lambda: office.joining.introduce(Person(id=JO, name="Jo", is_admin=True), office.by(JO)),
    ):
        with pytest.raises(NotAllowed, match="Only an admin may"):
            ask()


@pytest.mark.parametrize("limit", ["-1", "NaN", "Infinity", "1e40", "0.00001"])
def test_a_limit_that_is_none_is_refused(office: Office, limit: str) -> None:
    with pytest.raises(Refused, match="is no limit"):
        office.thresholds.set_limits(Limits(Decimal(limit)), office.by(ADA))


def test_an_approvers_limit_that_is_none_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="is no limit"):
        office.hires(JO, approver=True, limit="0.000001")


def test_the_last_admin_stays_one(office: Office) -> None:
    with pytest.raises(Refused, match="the last admin"):
        office.joining.introduce(Person(id=ADA, name="Ada"), office.by(ADA))


def test_a_rule_explains_a_gap_away_and_is_part_of_what_a_run_records(office: Office) -> None:
    before = office.receives(HAVE[:1], PAY[:1])

    office.agreements.add(SPARE, office.by(ADA))
    (after,) = office.runs()

    assert office.looking.gaps(ACME) == ()
    assert {name for name, kept in after.run.hashes.items() if kept != before.run.hashes[name]} == {"rules"}
    assert office.reconcile.replay(ACME, before.run.id).is_same


def test_a_promise_is_taken_in_hand_by_one_and_settled_by_whoever_did(office: Office) -> None:
    office.receives(HAVE[:1], PAY[:1])
    key = office.promised(PromiseKind.ALERT)[0].key
    first = office.outbox.claim(ACME, key)
    assert first
    assert office.outbox.claim(ACME, key) is None

    office.clock.pass_by(minutes=5)
    (adrift,) = office.outbox.adrift(ACME)
    second = office.outbox.claim(ACME, key, was=adrift.attempt_at)
    assert second
    assert office.outbox.claim(ACME, key, was=adrift.attempt_at) is None

    assert not office.outbox.sent(ACME, first, "too late")
    assert office.outbox.again(ACME, second, after=timedelta(seconds=30), reason="429")
    assert key not in {promise.key for promise in office.promised()}
    office.clock.pass_by(seconds=30)
    third = office.outbox.claim(ACME, key)
    assert third
    assert office.outbox.unknown(ACME, third, "timed out")
    assert office.outbox.sent(ACME, third, "171.5")
    with office.ledger.look(ACME) as books:
        kept = books.outbox.get(key)
    assert (kept.state, kept.attempts, kept.sent_as) == (PromiseState.SENT, 3, "171.5")
    assert not office.outbox.dead(ACME, third, "channel archived")


def test_messages_are_known_by_what_they_are_about(office: Office) -> None:
    office.outbox.posted(ACME, "case:1", "C1", "171.5")

    assert office.outbox.subject(ACME, "C1", "171.5") == "case:1"
    assert office.outbox.posts(ACME, "case:1") == {"C1": "171.5"}
    assert office.outbox.subject(ACME, "C2", "171.5") is None


def test_why_tells_both_rows_the_names_and_what_would_settle_it(office: Office) -> None:
    office.receives(HAVE, PAY)

    why = office.looking.why(ACME, office.gap("Acme").id)

    assert [(line["side"], line["row"]) for line in why.evidence["why"]["evidence"]] == [("bought", 2), ("billed", 2)]
    assert "would settle it" in why.evidence["why"]["settled_by"]
    with pytest.raises(NotFound, match="Several gaps"):
        office.looking.why(ACME, "id")
    with pytest.raises(NotFound, match="No gap"):
        office.looking.why(ACME, "%")


def test_history_has_both_sides_of_each_month(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.receives([("Acme", PREMIUM, 14), *HAVE[1:]], PAY, "2026-11")

    points = office.looking.history(ACME, office.gap("Acme").id)

    assert [(str(point.month), point.side, int(point.quantity)) for point in points] == [
        ("2026-10", "billed", 10),
        ("2026-10", "bought", 12),
        ("2026-11", "billed", 10),
        ("2026-11", "bought", 14),
    ]


def test_everyone_sees_their_own_gaps(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.hires(MAX)
    office.owners.set_owner(Owner(client="Hooli", manager=MAX), office.by(ADA))

    assert [case.gap.client for case in office.looking.gaps(ACME, person=MAX)] == ["Hooli"]
    assert [case.gap.client for case in office.looking.gaps(ACME, person=ADA)] == ["Acme"]
    assert [case.gap.client for case in office.looking.gaps(ACME, client="acme")] == ["Acme"]


def test_status_never_nets_what_is_under_and_over(office: Office) -> None:
    office.receives(HAVE, [("Acme", PREMIUM, 14), ("Hooli", VISIO, 3)])

    status = office.looking.status(ACME, office.clock())

    assert {(gap.direction, str(gap.monthly)) for gap in status.open} == {("under", "$132.00"), ("over", "$44.00")}
    assert status.months[0].can_run


def test_evidence_past_its_time_is_deleted_and_what_is_in_use_stays(office: Office) -> None:
    old = office.receives(HAVE, PAY)
    office.clock.pass_by(days=500)
    new = office.receives(HAVE, PAY, "2028-03")

    assert office.rhythm.retention.forget(ACME) > 0

    with pytest.raises(NotFound, match="past its time"):
        office.reconcile.replay(ACME, old.run.id)
    assert office.reconcile.replay(ACME, new.run.id).is_same


def test_a_month_whose_files_are_past_their_time_is_no_workbook_anybody_waits_for(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.clock.pass_by(days=401)
    office.receives(HAVE, PAY, "2027-11")
    place = Place("C1", "")
    assert office.exporting.ask(Wish(Subject.MONTH, OCTOBER), place, office.by(ADA)).month == OCTOBER
    office.keeps_its_promises()

    office.rhythm.retention.forget(ACME)

    with pytest.raises(Refused, match="The files of 2026-10 were deleted when their time was over"):
        office.exporting.ask(Wish(Subject.MONTH, OCTOBER), place, office.by(ADA))
    assert office.exporting.ask(Wish(Subject.MONTH), place, office.by(ADA)).month == Month(2027, 11)


def test_where_nothing_is_past_its_time_nobody_who_writes_is_kept_waiting(office: Office) -> None:
    office.receives(HAVE, PAY)
    retention = replace(office.rhythm.retention, ledger=ForReading(office.ledger.engine))

    assert retention.forget(ACME) == 0
    office.clock.pass_by(days=500)
    assert retention.forget(ACME) == 0, "what is old and in use stays"

    office.receives(HAVE, PAY, "2028-03")
    with pytest.raises(AssertionError, match="writes"):
        retention.forget(ACME)


class ForReading(StoreLedger):
    """Books that nobody may write in."""

    def open(self, _: WorkspaceId) -> NoReturn:
        raise AssertionError("writes")


def test_a_run_of_half_a_month_says_what_is_lacking(office: Office) -> None:
    with pytest.raises(Refused, match="I still need what was bought in October 2026"):
        office.reconcile.run(ACME, OCTOBER)
    assert kinds(office.promised()) == []
