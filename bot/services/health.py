"""How the bot is: what waits, what is in doubt, what could not be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.services.ids import Clock
from bot.services.ports import Ledger
from bot.services.promises import PromiseState

LONG = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Health:
    """How all workspaces together are."""

    promises: Mapping[PromiseState, int]
    waiting: timedelta  # for how long the oldest promise that is due has been due

    @property
    def is_late(self) -> bool:
        """Say whether something waits much longer than it should."""
        return self.waiting > LONG


def examine(ledger: Ledger, clock: Clock) -> Health:
    """Look at the promises of every workspace."""
    now, counts, waiting = clock(), dict.fromkeys(PromiseState, 0), timedelta(0)
    for workspace in ledger.workspaces():
        with ledger.look(workspace) as books:
            for state, count in books.outbox.tally().items():
                counts[state] += count
            oldest = books.outbox.due_since(now)
            waiting = max(waiting, now - oldest) if oldest else waiting
    return Health(counts, waiting)
