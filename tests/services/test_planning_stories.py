"""People say when things happen, and are shown what that comes to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from itertools import islice

import pytest
from office import ACME, ADA, MAX, Office

from bot.services.cadence import WEEK, Cadence
from bot.services.failures import NotAllowed, Refused
from bot.services.people import Workspace
from bot.services.planning import Change
from bot.services.plans import PRESETS, ScheduleKind
from bot.store.ledger import StoreLedger

DAILY = Cadence(at=time(7, 30), weekdays=WEEK)
LONDON = Change(cadences={ScheduleKind.RUN: DAILY}, time_zone="Europe/London", month_begins=15)


def next_runs(office: Office, count: int = 3) -> list[str]:
    plan = office.planning.plan(ACME)
    coming = islice(plan.coming(office.clock(), ScheduleKind.RUN), count)
    return [f"{due.at.astimezone(plan.zone):%a %d %b %H:%M}" for due in coming]


def test_the_preset_is_daily_at_both_ends_of_the_month_and_on_fridays_between(office: Office) -> None:
    assert next_runs(office, 4) == ["Fri 23 Oct 06:00", "Sun 25 Oct 06:00", "Mon 26 Oct 06:00", "Tue 27 Oct 06:00"]


def test_a_changed_schedule_counts_at_once_in_its_own_time_zone_and_is_audited(office: Office) -> None:
    office.planning.begin(ACME)

    office.planning.change(LONDON, office.by(ADA))

    assert next_runs(office) == ["Wed 21 Oct 07:30", "Thu 22 Oct 07:30", "Fri 23 Oct 07:30"]
    plan = office.planning.plan(ACME)
    assert (plan.time_zone, plan.month_begins, plan.of(ScheduleKind.RUN).version) == ("Europe/London", 15, 2)
    with office.ledger.look(ACME) as books:
        entry = list(books.audit.entries())[-1]
    assert (entry.by, entry.action) == (ADA, "schedule changed")
    told = json.loads(entry.detail)
    assert '"07:30"' in told["new"]["run"]
    assert '"06:00"' in told["old"]["run"]


def test_saving_the_same_schedule_again_audits_nothing(office: Office) -> None:
    office.planning.change(LONDON, office.by(ADA))
    with office.ledger.look(ACME) as books:
        before = len(list(books.audit.entries()))

    office.planning.change(LONDON, office.by(ADA))

    with office.ledger.look(ACME) as books:
        assert len(list(books.audit.entries())) == before


def test_what_a_change_comes_to_is_seen_before_it_is_made(office: Office) -> None:
    plan = office.planning.preview(LONDON)

    assert next(plan.coming(office.clock())).at == datetime(2026, 10, 21, 6, 30, tzinfo=UTC)
    assert next_runs(office, 1) == ["Fri 23 Oct 06:00"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (replace(LONDON, time_zone="Mars/Olympus"), "no time zone"),
        (replace(LONDON, time_zone="../etc/passwd"), "no time zone"),
        (replace(LONDON, month_begins=32), "from 1 to 31"),
        (replace(LONDON, cadences={ScheduleKind.RUN: Cadence()}), "There has to be some day for the run"),
        (replace(LONDON, cadences={ScheduleKind.RUN: Cadence(first_days=99)}), "0 to 31"),
        (replace(LONDON, cadences={ScheduleKind.RUN: Cadence(weekdays=frozenset({9}))}), "seven days"),
    ],
)
def test_what_can_not_be_planned_is_a_sentence(office: Office, change: Change, sentence: str) -> None:
    for ask in (office.planning.preview, lambda asked: office.planning.change(asked, office.by(ADA))):
        with pytest.raises(Refused, match=sentence):
            ask(change)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America", ""])
def test_a_workspace_is_in_no_zone_that_is_none(office: Office, zone: str) -> None:
    with pytest.raises(Refused, match="no time zone"):
        office.joining.change(Workspace(id=ACME, name="MSP", time_zone=zone), office.by(ADA))


def test_only_admins_change_the_schedule(office: Office) -> None:
    office.hires(MAX)

    with pytest.raises(NotAllowed, match="Only an admin may change the schedule"):
        office.planning.change(LONDON, office.by(MAX))


def test_schedules_begin_once_and_what_was_missed_since_counts_once(ledger: StoreLedger) -> None:
    office = Office(ledger).begins()
    office.planning.begin(ACME)
    office.clock.pass_by(days=10)

    plan = office.planning.begin(ACME)

    missed = {due.kind: due.at for due in plan.missed(office.clock())}
    assert missed == {
        ScheduleKind.RUN: datetime(2026, 10, 30, 6, tzinfo=UTC),
        ScheduleKind.SUMMARY: datetime(2026, 10, 26, 9, tzinfo=UTC),
        ScheduleKind.REMIND: datetime(2026, 10, 30, 9, tzinfo=UTC),
        ScheduleKind.ROUND: datetime(2026, 10, 30, 9, tzinfo=UTC),
    }
    assert office.planning.workspaces() == (ACME,)


def test_what_was_missed_by_an_old_schedule_is_not_caught_up_with_by_a_new_one(office: Office) -> None:
    office.planning.begin(ACME)
    office.clock.pass_by(days=1)

    office.planning.change(LONDON, office.by(ADA))

    assert ScheduleKind.RUN not in {due.kind for due in office.planning.plan(ACME).missed(office.clock())}


def test_the_workspaces_own_time_zone_is_the_schedules(office: Office) -> None:
    office.joining.change(Workspace(id=ACME, name="MSP", time_zone="Asia/Kolkata"), office.by(ADA))

    assert office.planning.plan(ACME).time_zone == "Asia/Kolkata"
    assert {kind: office.planning.plan(ACME).of(kind).cadence.at for kind in ScheduleKind} == {
        kind: cadence.at for kind, cadence in PRESETS.items()
    }
