"""What a moment of the clock asks for is done once, however many clocks there are and however often they say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services.advising import propose
from bot.services.ids import TICK, Clock, WorkspaceId
from bot.services.plans import Due, ScheduleKind
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_run
from bot.services.readiness import look_at_month
from bot.services.reminding import remind
from bot.services.reports import promise_week
from bot.services.retention import Retention
from bot.services.stale import ask_for_files
from bot.services.wake import wake_due

REMEMBERED = timedelta(days=60)  # calls upon people


@dataclass(frozen=True, slots=True)
class Ticking:
    """Keep the times of the schedules."""

    ledger: Ledger
    clock: Clock
    retention: Retention

    def keep(self, workspace: WorkspaceId, due: Due) -> bool:
        """Do what is due, in one transaction with the word that it is done; say whether there was anything to do.

        A time that comes late, after a later one of its kind, asks for nothing any more. What is past its time is
        forgotten after that, so that a long deletion keeps nobody from being woken; a round that is cut off in between
        leaves it to the next.
        """
        now = self.clock()
        with self.ledger.open(workspace) as books:
            schedule = next((one for one in books.schedules.all() if one.kind is due.kind), None)
            if schedule is None or due.at <= schedule.fired_at:
                return False
            books.schedules.put(replace(schedule, fired_at=due.at))
            WAYS[due.kind](books, due, now)
        if due.kind is ScheduleKind.ROUND:
            self.retention.forget(workspace)
        return True


def _compare_again(books: Books, due: Due, now: datetime) -> None:
    """Compare the newest month that has both sides, where nothing is new in silence; ask for files too old, advise."""
    months = [month for month in books.exports.months() if look_at_month(books, month).can_run]
    if months:
        promise_run(books, months[-1], because=f"{TICK}{due.kind}:{due.at.isoformat()}", at=now)
    ask_for_files(books, now)
    propose(books, now)


def _sum_up(books: Books, due: Due, now: datetime) -> None:  # noqa: ARG001 - a way to keep a time
    promise_week(books, now)


def _remind(books: Books, due: Due, now: datetime) -> None:  # noqa: ARG001 - a way to keep a time
    remind(books, now)


def _go_round(books: Books, due: Due, now: datetime) -> None:
    """Wake what was put off until now."""
    wake_due(books, now)
    books.calls.forget_before((due.at - REMEMBERED).date())


WAYS: Mapping[ScheduleKind, Callable[[Books, Due, datetime], None]] = {
    ScheduleKind.RUN: _compare_again,
    ScheduleKind.SUMMARY: _sum_up,
    ScheduleKind.REMIND: _remind,
    ScheduleKind.ROUND: _go_round,
}
