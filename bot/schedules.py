"""The clock: it strikes when the schedules say so. There may be any number of it; each time is kept once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.services.cadence import Cadence, next_time
from bot.services.ids import TICK, Clock, WorkspaceId
from bot.services.planning import Planning
from bot.services.plans import Due, Plan, Schedule, ScheduleKind
from bot.services.ticking import Ticking
from recon import Stopped

log = logging.getLogger(__name__)
CALL = "tick"
"""What a strike of the clock is called where calls are made by name."""
LOOKS_EVERY = 30  # seconds; so long it takes until a changed schedule counts, or one that was missed is caught up with
HANDS_ON, LOOKS = "hands on", "looks"
Strike = Callable[[WorkspaceId, Due], None]
CallOnce = Callable[[str, str, Mapping[str, str]], None]


class Times(BaseTrigger):  # type: ignore[misc] # the scheduler has no types
    """The times of one schedule."""

    def __init__(self, cadence: Cadence, zone: ZoneInfo) -> None:
        """Keep to a cadence in a time zone."""
        self.cadence, self.zone = cadence, zone

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """Say when it strikes after it struck last."""
        return next_time(self.cadence, self.zone, previous or now)


class HandsOn(BaseExecutor):  # type: ignore[misc] # the scheduler has no types
    """Does nothing at the time but to hand it on."""

    def __init__(self, strike: Strike) -> None:
        """Hand times on to something that keeps them."""
        super().__init__()
        self.strike = strike

    def _do_submit_job(self, job: Job, run_times: list[datetime]) -> None:
        workspace, kind = job.args
        self.strike(workspace, Due(run_times[-1].astimezone(UTC), kind))
        self._run_job_success(job.id, [])


@dataclass(slots=True)
class Chimes:
    """Strikes in one process, from `start` to `stop`; what it knows is in the books alone."""

    planning: Planning
    strike: Strike
    clock: Clock
    scheduler: BackgroundScheduler = field(default_factory=lambda: BackgroundScheduler(timezone=UTC))

    def start(self) -> None:
        """Begin, and catch up with what was missed."""
        self.scheduler.add_executor(HandsOn(self._strike), HANDS_ON)
        self.scheduler.add_job(self.look, "interval", seconds=LOOKS_EVERY, id=LOOKS, coalesce=True, max_instances=1)
        self.look()
        self.scheduler.start()

    def stop(self) -> None:
        """End."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)

    def _strike(self, workspace: WorkspaceId, due: Due) -> None:
        """Hand a time on, unless it is still to come by the clock we live by; then it is caught up with once it has."""
        if due.at <= self.clock():
            self.strike(workspace, due)

    def look(self) -> None:
        """Take up what was changed, and catch up once with what was missed; failing that, look again soon."""
        try:
            plans = {workspace: self.planning.begin(workspace) for workspace in self.planning.workspaces()}
        except Stopped as flaw:
            log.warning("the clock can't read its schedules: %s", flaw)
            return
        wanted = {_name(workspace, plan, one): (workspace, plan, one) for workspace, plan, one in _each(plans)}
        known = {job.id for job in self.scheduler.get_jobs()} - {LOOKS}
        for name in known - wanted.keys():
            self.scheduler.remove_job(name)
        for name in wanted.keys() - known:
            self._wind(name, *wanted[name])
        for workspace, plan in plans.items():
            for due in plan.missed(self.clock()):
                self.strike(workspace, due)

    def _wind(self, name: str, workspace: WorkspaceId, plan: Plan, schedule: Schedule) -> None:
        self.scheduler.add_job(
            _nothing,
            Times(schedule.cadence, plan.zone),
            args=(workspace, schedule.kind),
            id=name,
            executor=HANDS_ON,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=10,
        )


def _each(plans: Mapping[WorkspaceId, Plan]) -> list[tuple[WorkspaceId, Plan, Schedule]]:
    return [(workspace, plan, schedule) for workspace, plan in plans.items() for schedule in plan.schedules]


def _name(workspace: WorkspaceId, plan: Plan, schedule: Schedule) -> str:
    """Name a schedule as it stands, so that a changed one is another."""
    return f"{workspace}/{schedule.kind}/{schedule.version}/{plan.time_zone}/{plan.month_begins}"


def _nothing(workspace: WorkspaceId, kind: ScheduleKind) -> None:
    """Stand for what is done, which is to hand the time on."""


def striking(call_once: CallOnce) -> Strike:
    """Let a time be kept by whoever makes calls; whoever hears of the same time again does nothing."""

    def strike(workspace: WorkspaceId, due: Due) -> None:
        at = due.at.isoformat()
        call_once(f"{TICK}{workspace}:{due.kind}:{at}", CALL, {"workspace": workspace, "kind": due.kind, "at": at})

    return strike


def keeping(ticking: Ticking) -> Callable[[Mapping[str, str]], None]:
    """Keep a time that was handed on."""

    def keep(told: Mapping[str, str]) -> None:
        due = Due(datetime.fromisoformat(told["at"]), ScheduleKind(told["kind"]))
        ticking.keep(WorkspaceId(told["workspace"]), due)

    return keep
