"""What every handler has at hand: what can be asked for, how to answer, and what may wait."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.services.decide import Decide
from bot.services.failures import AlreadyDecided, MovedOn
from bot.services.fixes import Fixes
from bot.services.ids import CaseId, Clock, WorkspaceId
from bot.services.intake import Intake
from bot.services.joining import Joining
from bot.services.looking import Looking
from bot.services.outbox import Outbox
from bot.services.owners import Owners
from bot.services.speak import Speak
from bot.services.thresholds import Thresholds
from bot.services.undo import Undo
from bot.slack.cards import Decided
from bot.slack.downloads import Downloads
from bot.slack.heard import Doing
from bot.slack.messages import Message
from bot.slack.messenger import Messenger, Posted
from bot.slack.showing import Showing, subject_of
from bot.slack.views.failures import already_decided, stopped, went_wrong
from bot.slack.views.gap import gap_message
from recon import Stopped

log = logging.getLogger(__name__)
After = Callable[[Callable[[], None]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a person can ask for."""

    intake: Intake
    decide: Decide
    speak: Speak
    undo: Undo
    looking: Looking
    owners: Owners
    joining: Joining
    outbox: Outbox
    thresholds: Thresholds
    fixes: Fixes


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One workspace, as the handlers see it; `after` runs what Slack need not wait for."""

    workspace: WorkspaceId
    services: Services
    messenger: Messenger
    downloads: Downloads
    clock: Clock
    after: After
    bot: str = ""  # the bot's own id in Slack
    time_zone: str = "UTC"

    @property
    def today(self) -> date:
        """The day it is where the workspace is."""
        return self.clock().astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone the workspace is in."""
        return ZoneInfo(self.time_zone)

    @property
    def showing(self) -> Showing:
        """Turns what the services know into what people see."""
        return Showing(self.workspace, self.services.looking, self.services.joining, self.zone, self.today)

    def morning_of(self, day: date) -> datetime:
        """Say when a day begins where the workspace is."""
        return datetime.combine(day, time(), self.zone)

    def redraw(self, case: CaseId) -> None:
        """Show a gap as it is now, wherever it was posted; should this fail, the promise to do so still stands."""
        shown = gap_message(self.showing.case(case))
        for channel, ts in self.services.outbox.posts(self.workspace, subject_of(case)).items():
            self.messenger.edit(Posted(channel, ts), shown)

    def reply(self, doing: Doing, message: Message, *, key: str) -> None:
        """Say something in the thread in which something was done."""
        self.messenger.post(doing.channel, message, key=key, thread=doing.thread or doing.ts)

    def replace(self, doing: Doing, message: Message) -> None:
        """Put something in the place of the message that was clicked on."""
        self.messenger.edit(Posted(doing.channel, doing.ts), message)

    def whisper(self, doing: Doing, message: Message) -> None:
        """Tell only the person who did something, where they did it."""
        self.messenger.whisper(doing.channel, doing.by.person, message, thread=doing.thread)

    def later(self, doing: Doing, work: Callable[[], None]) -> None:
        """Do something once Slack has its answer; what goes wrong then is said where the person is."""

        def guarded() -> None:
            with self.minding(doing):
                work()

        self.after(guarded)

    @contextmanager
    def minding(self, doing: Doing, case: CaseId | None = None) -> Iterator[None]:
        """Answer whatever stops us: nobody who clicked is left without a word, and an outdated message is redrawn."""
        try:
            yield
        except Stopped as flaw:
            is_stale, first = isinstance(flaw, AlreadyDecided | MovedOn), self._winner(flaw)
            told = already_decided(first) if first else stopped(str(flaw))
            self.after(lambda: self._say(doing, told, case if is_stale else None))
        except Exception:
            log.exception("a handler failed")
            self.after(lambda: self._say(doing, went_wrong(), None))

    def _winner(self, flaw: Stopped) -> Decided | None:
        return self.showing.decision(flaw.winner) if isinstance(flaw, AlreadyDecided) else None

    def _say(self, doing: Doing, told: Message, case: CaseId | None) -> None:
        try:
            self.whisper(doing, told)
            if case:
                self.redraw(case)
        except Stopped as flaw:
            log.warning("could not answer in %s: %s", doing.channel, flaw)
