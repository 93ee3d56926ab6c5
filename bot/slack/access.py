"""Whether Slack still lets the bot in."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.slack.messenger import call
from bot.slack.refusals import Disconnected
from recon import Stopped

log = logging.getLogger(__name__)
FRESH = 60.0  # seconds for which an answer is believed


@dataclass(slots=True)
class Access:
    """Asks Slack, as often as somebody wants to know but once a minute at most."""

    client: WebClient
    tick: Callable[[], float] = time.monotonic
    asked: float | None = None
    lost: str = ""

    def why_not(self) -> str:
        """Say why the bot is no longer let in; empty while it is."""
        now = self.tick()
        if self.asked is None or now - self.asked >= FRESH:
            self.asked = now  # before it is asked: while Slack hangs, whoever else wants to know does not wait as well
            self.lost = self._ask()
        return self.lost

    def _ask(self) -> str:
        """Ask whose token it is; a Slack that gives no clear answer says nothing about that."""
        try:
            call(self.client.auth_test)
        except Disconnected as flaw:
            log.warning("%s", flaw)
            return str(flaw)
        except Stopped:
            return self.lost
        return ""
