"""What has to be seen to again and again: a sign of life, stranded promises, dead peers, old workflows."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.jobs.engine import Jobs
from bot.services.ids import Clock
from bot.services.inbox import Inbox
from bot.services.ports import Ledger
from bot.services.presence import Presence

log = logging.getLogger(__name__)
EVERY = 10.0  # seconds
ROUNDS = 3  # of which one sweeps
KEPT = timedelta(days=2)  # finished workflows, so that nothing done is begun again under its name


@dataclass(slots=True)
class Tending:
    """Tends the jobs of one process until it is told to stop."""

    jobs: Jobs
    ledger: Ledger
    presence: Presence
    inbox: Inbox
    clock: Clock
    on_loss: Callable[[], None]
    works: bool = True
    every: float = EVERY
    ending: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, with a look at everything."""
        self.thread = threading.Thread(target=self._tend, name="tending", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End; what is being looked at is looked at to its end."""
        self.ending.set()
        if self.thread:
            self.thread.join(self.every)

    def _tend(self) -> None:
        rounds = 0
        while True:
            try:
                self.once(sweeps=rounds % ROUNDS == 0)
            except Exception:
                log.exception("could not tend the jobs")
            rounds += 1
            if self.ending.wait(self.every):
                return

    def once(self, *, sweeps: bool) -> None:
        """Give a sign of life, and every now and then look for what was left behind."""
        if not self.presence.beat():
            log.error("another process has taken this one's place")
            self.on_loss()
            return
        if not sweeps:
            return
        adopted = self.inbox.adopt(self.presence.tokens())
        if adopted:
            log.info("took on %d envelopes of a process that is no more", adopted)
        if self.works:
            self._look_around()

    def _look_around(self) -> None:
        taken = self.jobs.take_over(sorted(self.jobs.holders() - self.presence.living()))
        found = sum(self.jobs.sweep(workspace) for workspace in self.ledger.workspaces())
        forgotten = self.jobs.prune(self.clock() - KEPT)
        if taken or found or forgotten:
            log.info("took over %d, swept up %d, forgot %d", taken, found, forgotten)
