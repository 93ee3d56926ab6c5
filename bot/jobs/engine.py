"""The durable engine: workflows on the house's own database, which go on where a dead process left them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import Engine

from bot.jobs.carrying import APP, CALL, CARRY, ERRANDS, FILES, KEEP, POSTS, REDRAWS, RUNS, Carrying, digest, errand
from bot.services.failures import FAULTS
from bot.services.ids import Clock, WorkspaceId
from bot.services.keep import Keep
from bot.services.outbox import GRACE
from bot.services.promises import Promise

VERSION = "1"  # raised only when work in hand can't be gone on with by newer code
LIVE = ["ENQUEUED", "DELAYED", "PENDING"]
OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
MANY = 1_000
OFTEN = 5  # failures after which a call that fails is made again by the hour only
TOO_OFTEN = OFTEN + 47  # and is given up: by then its name is forgotten, so that the clock strikes once more
log = logging.getLogger(__name__)
Call = Callable[[Mapping[str, str]], None]
"""Something that is done by name, as a tick of the clock is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast things go."""

    poll: float = 0.25  # seconds between looks for work; each queue looks by itself, also while nothing happens
    posts: int = 5  # to one place, within `period`
    period: float = 5.0
    hands: int = 8  # posts, and as many redraws, at the same time
    runs: int = 1
    files: int = 2
    grace: timedelta = GRACE


def see_client(beside: Engine) -> DBOSClient:
    """See the engine's tables without running anything."""
    return DBOSClient(
        system_database_engine=beside, serializer=DBOSPortableJSONSerializer(), application_name=APP, lazy=True
    )


def migrate_engine(url: str) -> None:
    """Bring the engine's own tables up to date."""
    logging.getLogger("dbos").setLevel(logging.WARNING)
    DBOS.migrate(url)


@dataclass(slots=True)
class Jobs:
    """Keeps promises and makes calls, from `start` to `stop`; a process has one."""

    beside: Engine
    client: DBOSClient
    keep: Keep
    clock: Clock
    calls: Mapping[str, Call] = field(default_factory=dict)
    pace: Pace = field(default_factory=Pace)

    @property
    def carrying(self) -> Carrying:
        """Begin workflows as the books do."""
        return Carrying(self.client, self.clock, self.pace.grace)

    def start(self, executor: str) -> None:
        """Go on with what this executor had in hand, and take on what is due."""
        config = DBOSConfig(
            name=APP,
            system_database_engine=self.beside,
            application_version=VERSION,
            executor_id=executor,
            serializer=DBOSPortableJSONSerializer(),
            run_migrations=False,
            enable_otlp=False,
            use_listen_notify=False,
            log_level="WARNING",
        )
        DBOS(config=config)
        self._register_workflows()
        DBOS.launch()
        self._register_queues()

    def stop(self, seconds: int = 0) -> None:
        """Take nothing new on, and give what is in hand some seconds to end."""
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds)

    def _register_queues(self) -> None:
        pace = self.pace
        limit: Any = {"limit": pace.posts, "period": pace.period}
        poll: dict[str, Any] = {"polling_interval_sec": pace.poll, "on_conflict": "always_update"}
        DBOS.register_queue(
            POSTS, worker_concurrency=pace.hands, partition_concurrency=1, partition_limiter=limit, **poll
        )
        DBOS.register_queue(REDRAWS, worker_concurrency=pace.hands, partition_concurrency=1, **poll)
        DBOS.register_queue(RUNS, worker_concurrency=pace.runs, partition_concurrency=1, **poll)
        DBOS.register_queue(FILES, worker_concurrency=pace.files, **poll)
        DBOS.register_queue(ERRANDS, worker_concurrency=pace.hands, **poll)

    def _register_workflows(self) -> None:
        @DBOS.workflow(name=KEEP)
        def keep(workspace: str, key: str) -> None:
            self.keep.promise(WorkspaceId(workspace), key)

        @DBOS.workflow(name=CARRY)
        def carry(workspace: str) -> None:
            self.sweep(WorkspaceId(workspace))

        @DBOS.workflow(name=CALL)
        def call(name: str, told: Mapping[str, str], failures: int) -> None:
            self._call(name, told, failures)

    def _call(self, name: str, told: Mapping[str, str], failures: int) -> None:
        call = self.calls.get(name)
        if call is None:
            log.error("nobody here answers to %s", name)
            return
        try:
            call(told)
        except FAULTS:
            log.exception("%s failed", name)
            later = wait_after(failures)
            if later:
                again = errand(CALL, f"{DBOS.workflow_id}+")
                again["delay_seconds"] = later.total_seconds()
                self.client.enqueue(again, name, told, failures + 1)

    def call_once(self, once: str, name: str, told: Mapping[str, str]) -> None:
        """Make a named call, as a tick of the clock does; the same `once` again does nothing."""
        self.client.enqueue(errand(CALL, once), name, dict(told), 0)

    def sweep(self, workspace: WorkspaceId) -> int:
        """Begin a workflow for every promise that is due, or adrift, and has none; say how many."""
        outbox = self.keep.outbox
        waiting = [*outbox.due(workspace, most=MANY * 10), *outbox.adrift(workspace, grace=self.pace.grace)]
        stranded = [promise for some in pieces(waiting) for promise in self._without_workflow(workspace, some)]
        now = f"{self.clock().timestamp():.0f}"
        for promise, is_new in stranded:
            options = self.carrying.options(workspace, promise, again="" if is_new else f":{now}")
            self.client.enqueue(options, workspace, promise.key)
        return len(stranded)

    def _without_workflow(self, workspace: WorkspaceId, some: Sequence[Promise]) -> Iterable[tuple[Promise, bool]]:
        """Find promises nothing works on, and whether nothing ever did."""
        stems = {promise.key: f"keep:{workspace}:{digest(promise.key)}:" for promise in some}
        found = self.client.list_workflows(workflow_id_prefix=list(stems.values()), load_input=False, load_output=False)
        live = {stem_of(one.workflow_id) for one in found if one.status in LIVE}
        known = {one.workflow_id for one in found}
        for promise in some:
            if stems[promise.key] not in live:
                yield promise, self.carrying.options(workspace, promise)["workflow_id"] not in known

    def take_over(self, dead: Sequence[str]) -> int:
        """Hand on what dead executors had in hand; say how much it was."""
        if not dead:
            return 0
        found = self.client.list_workflows(
            status="PENDING", executor_id=list(dead), load_input=False, load_output=False, limit=MANY
        )
        for queue in {one.queue_name for one in found}:
            self.client.resume_workflows(
                [one.workflow_id for one in found if one.queue_name == queue], queue_name=queue
            )
        return len(found)

    def holders(self) -> set[str]:
        """Name the executors that have something in hand."""
        found = self.client.list_workflows(status="PENDING", load_input=False, load_output=False, limit=MANY)
        return {one.executor_id for one in found if one.executor_id}

    def prune(self, before: datetime) -> int:
        """Forget workflows that ended before a moment; say how many."""
        over = self.client.list_workflows(
            status=OVER, completed_before=before.isoformat(), load_input=False, load_output=False, limit=MANY
        )
        if over:
            self.client.delete_workflows([one.workflow_id for one in over])
        return len(over)


def wait_after(failures: int) -> timedelta | None:
    """Say how long to wait before a call that failed is made again, after so many failures before; none gives it up."""
    if failures < OFTEN:
        return timedelta(minutes=failures + 1)
    return timedelta(hours=1) if failures < TOO_OFTEN else None


def stem_of(workflow: str) -> str:
    """Give the part of a workflow's name that is the same for every attempt to keep its promise."""
    return ":".join(workflow.split(":")[:3]) + ":"


def pieces(promises: Sequence[Promise]) -> Iterable[Sequence[Promise]]:
    """Cut a list in pieces that fit in one question."""
    return (promises[start : start + MANY // 10] for start in range(0, len(promises), MANY // 10))
