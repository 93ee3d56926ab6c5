"""A promise and the workflow that keeps it begin in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dbos import DBOSClient, EnqueueOptions
from sqlalchemy import Connection

from bot.services.ids import Clock, WorkspaceId
from bot.services.outbox import GRACE
from bot.services.promises import Promise, PromiseKind, PromiseState

APP = "gapwatch"
KEEP, CARRY, CALL = "keep", "carry", "call"
"""The workflows there are: keep a promise, see to many, make a named call."""
POSTS, REDRAWS, RUNS, FILES, ERRANDS = "posts", "redraws", "runs", "files", "errands"
"""The queues there are; what goes through `posts` and `redraws` goes to one place one after the other."""
QUEUES = {
    PromiseKind.RUN: RUNS,
    PromiseKind.REDRAW: REDRAWS,
    PromiseKind.FILE: FILES,
    PromiseKind.EXPORT: FILES,
}
BY_PLACE = (POSTS, REDRAWS, RUNS)  # one after the other in a place, and in a workspace where it has none
LAST = 2**31 - 1
AT_ONCE = 20  # promises for which a workflow each is begun in the transaction itself; more are seen to by one


@dataclass(frozen=True, slots=True)
class Carrying:
    """Begins workflows for promises, in the transaction that promises them."""

    client: DBOSClient
    clock: Clock
    grace: timedelta = GRACE

    def __call__(self, connection: Connection, workspace: WorkspaceId, promises: Sequence[Promise]) -> None:
        """Begin a workflow for each promise, or one that sees to them all: a click must not wait for thousands."""
        if len(promises) > AT_ONCE:
            many = digest("\n".join(promise.key for promise in promises))
            self.client.enqueue_in_transaction(connection, errand(CARRY, f"carry:{workspace}:{many}"), workspace)
            return
        for promise in promises:
            self.client.enqueue_in_transaction(connection, self.options(workspace, promise), workspace, promise.key)

    def options(self, workspace: WorkspaceId, promise: Promise, *, again: str = "") -> EnqueueOptions:
        """Say how a promise is kept: by which workflow, in which queue, and not before when."""
        queue = QUEUES.get(promise.kind, POSTS)
        options = EnqueueOptions(
            workflow_name=KEEP,
            queue_name=queue,
            workflow_id=f"{name_of(workspace, promise)}{again}",
            application_name=APP,
        )
        if queue in BY_PLACE:
            options["priority"] = min(promise.number, LAST)  # what is promised together may be of one moment
            options["queue_partition_key"] = f"{workspace}/{promise.place or promise.kind}"
        waits = self._waits_until(promise)
        if waits is not None:
            options["delay_seconds"] = max(0.0, (waits - self.clock()).total_seconds())
        return options

    def _waits_until(self, promise: Promise) -> datetime | None:
        if promise.state is PromiseState.PENDING:
            return promise.not_before
        return promise.attempt_at + self.grace if promise.attempt_at else None


def errand(workflow: str, name: str) -> EnqueueOptions:
    """Say how something is done that is not said to anybody."""
    return EnqueueOptions(workflow_name=workflow, queue_name=ERRANDS, workflow_id=name, application_name=APP)


def name_of(workspace: WorkspaceId, promise: Promise) -> str:
    """Name the workflow of an attempt; a key may hold a client's name, which is nobody's business in a log."""
    looks = "" if promise.state is PromiseState.PENDING else "?"
    return f"keep:{workspace}:{digest(promise.key)}:{promise.attempts}{looks}"


def digest(text: str) -> str:
    """Shorten a text to what tells it apart."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]
