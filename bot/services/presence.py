"""Which processes of the bot are there, and which of them does the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.services.failures import Refused
from bot.services.ids import Clock

STALE = timedelta(seconds=45)  # without a sign of life for so long, a process is taken for dead
LONG_GONE = timedelta(days=1)  # after which nobody asks for it any more, wherever it ran
IsGone = Callable[["Instance"], bool]
"""Says whether a process of this machine has certainly ended."""


class Role(StrEnum):
    """What a process does."""

    UP = "up"  # everything
    WEB = "web"  # listens to Slack
    WORKER = "worker"  # keeps promises

    @property
    def works(self) -> bool:
        """Say whether it keeps promises."""
        return self is not Role.WEB


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One process."""

    token: str
    role: Role
    slot: int | None = None  # a worker's number
    host: str
    pid: int
    since: datetime
    beat_at: datetime

    @property
    def executor(self) -> str:
        """The name its work in hand is known by; a worker that takes its number later goes on with it."""
        return f"worker-{self.slot}"

    def __str__(self) -> str:
        """Say who it is, as a person would look for it."""
        return f"`gapwatch {self.role}` on {self.host} (process {self.pid})"


class Instances(Protocol):
    """Keeps who is there; `enter` decides and writes in one go, so that two can't take one place.

    It forgets those who are gone: what they were told and had not acted on is taken on at once.
    """

    def enter(self, choose: Callable[[list[Instance]], Instance], is_gone: IsGone) -> Instance: ...  # noqa: D102 - see above
    def beat(self, token: str, at: datetime) -> bool: ...  # noqa: D102
    def leave(self, token: str) -> None: ...  # noqa: D102
    def all(self) -> list[Instance]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Presence:
    """One process among the others."""

    instances: Instances
    clock: Clock
    me: Instance

    def beat(self) -> bool:
        """Give a sign of life; say whether this process still has its place."""
        return self.instances.beat(self.me.token, self.clock())

    def leave(self) -> None:
        """Make room."""
        self.instances.leave(self.me.token)

    def tokens(self) -> set[str]:
        """Name all processes that are alive."""
        return {one.token for one in self.instances.all() if not is_stale(one, self.clock())}

    def living(self) -> set[str]:
        """Name the executors that are alive."""
        return {one.executor for one in self.instances.all() if one.role.works and not is_stale(one, self.clock())}


def is_stale(instance: Instance, now: datetime) -> bool:
    """Say whether a process has given no sign of life for long."""
    return instance.beat_at + STALE < now


def enter(instances: Instances, clock: Clock, newcomer: Instance, *, is_gone: IsGone, one_host: bool) -> Presence:
    """Take a place among the processes that are there, or say who is in the way.

    A database in one file (`one_host`) serves one machine, and one worker there.
    """

    def choose(there: list[Instance]) -> Instance:
        now = clock()
        living = [one for one in there if not is_stale(one, now) and not is_gone(one)]
        if one_host:
            must_have_room(newcomer, living)
        return Instance(
            token=newcomer.token,
            role=newcomer.role,
            slot=free_slot(living) if newcomer.role.works else None,
            host=newcomer.host,
            pid=newcomer.pid,
            since=now,
            beat_at=now,
        )

    def is_over(one: Instance) -> bool:
        return is_gone(one) or one.beat_at + LONG_GONE < clock()  # whether one of another machine ended nobody can say

    return Presence(instances, clock, instances.enter(choose, is_over))


def must_have_room(newcomer: Instance, living: list[Instance]) -> None:
    """Refuse a second host, or a second worker, on a database that is one file."""
    for one in living:
        if one.host != newcomer.host:
            raise Refused(
                f"{one} uses this SQLite file, which serves one machine only. Stop it, or move to PostgreSQL: set "
                f"GAPWATCH_DATABASE_URL to its address. If it was killed, I can start in {STALE.seconds} seconds."
            )
        if one.role.works and newcomer.role.works:
            raise Refused(f"{one} already works on this database. Stop it first; one is enough.")


def free_slot(living: list[Instance]) -> int:
    """Give the lowest number that no living worker has."""
    taken = {one.slot for one in living}
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
