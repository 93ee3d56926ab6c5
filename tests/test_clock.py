"""The clock strikes when the schedules say so; what it missed it catches up with, once."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from office import ACME, ADA, Office

from bot.jobs.engine import TOO_OFTEN, wait_after
from bot.jobs.tending import KEPT
from bot.schedules import Chimes, keeping, striking
from bot.services.cadence import WEEK, Cadence
from bot.services.failures import TryLater
from bot.services.ids import WorkspaceId
from bot.services.people import Person, Workspace
from bot.services.planning import Change
from bot.services.plans import Due, ScheduleKind

OTHER = WorkspaceId("T2")


@dataclass
class Engine:
    """Makes each call once per name, as the durable engine does."""

    office: Office
    made: list[str] = field(default_factory=list)
    kept: list[Due] = field(default_factory=list)

    def call_once(self, once: str, name: str, told: Mapping[str, str]) -> None:
        assert name == "tick"
        if once not in self.made:
            self.made.append(once)
            before = self.office.planning.plan(WorkspaceId(told["workspace"])).of(ScheduleKind(told["kind"])).fired_at
            keeping(self.office.rhythm.ticking)(told)
            due = Due(datetime.fromisoformat(told["at"]), ScheduleKind(told["kind"]))
            if due.at > before:
                self.kept.append(due)

    def clock(self) -> Chimes:
        return Chimes(self.office.planning, striking(self.call_once), self.office.clock)


@pytest.fixture
def engine(office: Office) -> Engine:
    office.planning.begin(ACME)
    return Engine(office)


def test_what_was_missed_while_no_clock_ran_is_kept_once_by_any_number_of_them(engine: Engine) -> None:
    engine.office.clock.pass_by(days=10)

    clocks = [engine.clock() for _ in range(3)]
    for clock in clocks * 2:
        clock.look()

    assert sorted((due.kind, f"{due.at:%d %b %H:%M}") for due in engine.kept) == [
        ("remind", "30 Oct 09:00"),
        ("round", "30 Oct 09:00"),
        ("run", "30 Oct 06:00"),
        ("summary", "26 Oct 09:00"),
    ]


def test_every_workspace_has_times_of_its_own(engine: Engine) -> None:
    engine.office.joining.install(
        Workspace(id=OTHER, name="Other", time_zone="Asia/Kolkata"), Person(id=ADA, name="Ada")
    )
    clock = engine.clock()
    clock.look()

    zones = {job.args[0]: job.trigger.zone.key for job in clock.scheduler.get_jobs()}

    assert zones == {ACME: "UTC", OTHER: "Asia/Kolkata"}
    assert len(clock.scheduler.get_jobs()) == 2 * len(ScheduleKind)


def test_a_changed_schedule_is_taken_up_and_the_others_are_left_alone(engine: Engine) -> None:
    clock = engine.clock()
    clock.look()
    before = {job.id for job in clock.scheduler.get_jobs()}

    daily = Cadence(weekdays=WEEK)
    change = Change(cadences={ScheduleKind.RUN: daily}, time_zone="UTC", month_begins=1)
    engine.office.planning.change(change, engine.office.by(ADA))
    clock.look()

    after = {job.id: job for job in clock.scheduler.get_jobs()}
    assert len(before & after.keys()) == len(ScheduleKind) - 1
    (new,) = after.keys() - before
    assert after[new].trigger.cadence == daily


def test_books_that_can_not_be_read_just_now_do_not_stop_the_clock(engine: Engine) -> None:
    class Shut:
        def workspaces(self) -> tuple[WorkspaceId, ...]:
            raise TryLater("The database does not answer.")

    clock = Chimes(Shut(), striking(engine.call_once), engine.office.clock)  # type: ignore[arg-type] # half of it

    clock.look()

    assert clock.scheduler.get_jobs() == []


def test_a_time_that_can_not_be_kept_is_tried_by_the_hour_until_the_clock_strikes_again() -> None:
    waits = [wait_after(failures) for failures in range(TOO_OFTEN)]

    assert waits[:6] == [*(timedelta(minutes=count) for count in (1, 2, 3, 4, 5)), timedelta(hours=1)]
    assert KEPT - timedelta(hours=1) < sum((wait for wait in waits if wait), timedelta()) < KEPT
    assert wait_after(TOO_OFTEN) is None


def test_a_running_clock_strikes_by_itself(engine: Engine) -> None:
    engine.office.clock.now = datetime.now(UTC)
    soon = (engine.office.clock.now + timedelta(seconds=1)).replace(microsecond=0)
    change = Change(
        cadences={ScheduleKind.RUN: Cadence(at=soon.time(), weekdays=WEEK)}, time_zone="UTC", month_begins=1
    )
    heard: list[tuple[WorkspaceId, Due]] = []
    rang = threading.Event()

    def strike(workspace: WorkspaceId, due: Due) -> None:
        heard.append((workspace, due))
        rang.set()

    clock = Chimes(Fixed(engine.office, change), strike, lambda: datetime.now(UTC))  # type: ignore[arg-type] # half of it
    clock.start()
    assert rang.wait(60)
    clock.stop()

    ((workspace, due), *_) = heard
    assert (workspace, due.kind, due.at.time()) == (ACME, ScheduleKind.RUN, soon.time())


def test_a_time_that_is_still_to_come_by_its_own_clock_is_left_until_it_has(engine: Engine) -> None:
    heard: list[Due] = []
    clock = Chimes(engine.office.planning, lambda _, due: heard.append(due), engine.office.clock)
    clock.start()
    summary = next(job for job in clock.scheduler.get_jobs() if ScheduleKind.SUMMARY in job.args)
    executor = clock.scheduler._executors["hands on"]  # noqa: SLF001 - the scheduler fires by the machine's time alone

    executor._do_submit_job(summary, [engine.office.clock.now + timedelta(days=20)])  # noqa: SLF001 - as above
    clock.stop()

    assert heard == []


@dataclass
class Fixed:
    """A plan that times to the second, which no person can ask for."""

    office: Office
    change: Change

    def workspaces(self) -> tuple[WorkspaceId, ...]:
        return (ACME,)

    def begin(self, workspace: WorkspaceId) -> object:
        assert workspace == ACME
        return self.office.planning.preview(self.change)
