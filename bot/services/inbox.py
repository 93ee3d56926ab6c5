"""What people did is written down before it is acted on: whoever clicked has an answer, and nothing is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.services.failures import FAULTS, TryLater

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds between looks for what others wrote down
AT_ONCE = 50
COURTESY = 0.05  # seconds to step aside for whoever is being answered; many clicks at once are answered first
Act = Callable[[Mapping[str, Any]], None]
"""Does what somebody asked for by what the outside sent; asked twice, it does it once."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Something somebody did, as the outside sent it; `once` is the same however often it is sent."""

    once: str
    body: Mapping[str, Any]


class Inbox(Protocol):
    """Keeps envelopes of a process until they were acted on."""

    def put(self, envelope: Envelope) -> None: ...  # noqa: D102 - when this returns, it is safe
    def waiting(self, most: int) -> Sequence[Envelope]: ...  # noqa: D102 - the oldest first
    def done(self, once: str) -> None: ...  # noqa: D102
    def adopt(self, living: set[str]) -> int: ...  # noqa: D102 - what processes left that are no more


@dataclass(slots=True)
class Opening:
    """Acts on what is in the inbox, one after the other, as long as it lasts."""

    inbox: Inbox
    act: Act
    ending: bool = False
    woken: threading.Event = field(default_factory=threading.Event)
    pause: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self.thread = threading.Thread(target=self._open, name="inbox", daemon=True)
        self.thread.start()

    def put(self, envelope: Envelope) -> None:
        """Write an envelope down, to be acted on at once."""
        self.inbox.put(envelope)
        self.woken.set()

    def stop(self) -> None:
        """End with what is in hand; what waits is acted on after the next start."""
        self.ending = True
        self.pause.set()
        self.woken.set()
        if self.thread:
            self.thread.join()

    def _open(self) -> None:
        while not self.ending:
            self.woken.clear()
            try:
                found = self.once()
            except Exception:
                log.exception("could not look into the inbox")
                found = 0
            if not found:
                self.woken.wait(EVERY)

    def once(self) -> int:
        """Act on some of what waits; say how much it was."""
        found = self.inbox.waiting(AT_ONCE)
        for envelope in found:
            if self.ending:
                break
            self.woken.clear()
            try:
                self.act(envelope.body)
            except TryLater:
                return 0  # it stays the first in line
            except FAULTS:
                log.exception("could not act on an envelope")
            self.inbox.done(envelope.once)
            if self.woken.is_set():
                self.pause.wait(COURTESY)
        return len(found)
