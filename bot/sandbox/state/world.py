"""One Slack: what it knows, what time it is there, and whom it must tell what has happened."""

import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.state.clock import Clock
from bot.sandbox.state.guides import Guide
from bot.sandbox.state.passes import Passes
from bot.sandbox.state.records import App, Installation, Message, Moment
from bot.sandbox.state.shelves import State

Json = dict[str, Any]

OFFICE = ZoneInfo("America/New_York")
LETTERS = string.ascii_uppercase + string.digits


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a team, and who of its bots may hear of it."""

    team: str
    event: Json
    channel: str = ""
    only_to: str = ""


@dataclass(slots=True)
class World:
    """Everything that makes up one Slack."""

    state: State = field(default_factory=State)
    clock: Clock = field(default_factory=Clock)
    passes: Passes = field(default_factory=Passes)
    address: str = ""
    tell: Callable[[Happening], None] = lambda _: None
    last_tick: int = 0
    guide: Guide | None = None

    def new_id(self, prefix: str) -> str:
        """Make a name that nothing has yet, such as `F07ABCDEFGH`."""
        return prefix + "0" + "".join(secrets.choice(LETTERS) for _ in range(9))

    def new_ts(self) -> str:
        """Make the time stamp by which a message is known; no two are the same."""
        self.last_tick = max(self.last_tick + 1, int(self.clock.now() * 1_000_000))
        return f"{self.last_tick // 1_000_000}.{self.last_tick % 1_000_000:06d}"

    def now(self) -> int:
        """Tell the time in whole seconds."""
        return int(self.clock.now())

    def day(self) -> datetime:
        """Tell what an office clock shows: it is on the east coast, where most of its people are."""
        return datetime.fromtimestamp(self.clock.now(), OFFICE)

    def app(self) -> App:
        """Find the app that is tried here."""
        return next(iter(self.state.apps))

    def installation(self, team: str) -> Installation | None:
        """Find the app in a workspace."""
        return self.state.installations.get(team)

    def nearest_installation(self, *teams: str) -> Installation:
        """Find the app in the first of these workspaces that has it, else where it was installed first."""
        found = (self.state.installations.get(team) for team in teams)
        return next((bot for bot in found if bot), next(iter(self.state.installations)))

    def happened(self, team: str, event: Json, *, channel: str = "", only_to: str = "") -> None:
        """Tell the app, if it may know."""
        self.tell(Happening(team, event, channel, only_to))

    def remember_the_time(self) -> None:
        """Let the clock's setting outlive a restart."""
        if self.clock.stopped_at is None:
            self.state.moments.put(Moment("clock", self.clock.shift))

    def recall_the_time(self) -> None:
        """Set the clock as it stood, and go on numbering after the last message."""
        moment = self.state.moments.get("clock")
        self.clock.shift = moment.shift if moment else 0.0
        self.last_tick = max((tick_of(message) for message in self.state.messages), default=0)


def tick_of(message: Message) -> int:
    """Read a time stamp as a number."""
    return int(message.ts.replace(".", ""))
