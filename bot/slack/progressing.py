"""How far a run is, in one message where results are told; it ends as its result."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.services.calls import to_channel
from bot.services.failures import FAULTS
from bot.services.ids import TICK
from bot.services.promises import Promise
from bot.services.runs import Say, Step
from bot.slack.home import home_of
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.views.failures import stopped
from bot.slack.views.progress import Progress, nothing_new, run_faltered, run_progress
from recon import Month, Stopped

log = logging.getLogger(__name__)
BEFORE_SPEAKING = 2.0  # seconds; what is quicker needs no word


def subject_of_run(promise: str) -> str:
    """Name the message that tells how far a run is, by the promise to run."""
    return f"progress:{promise}"


@dataclass(slots=True)
class Telling:
    """Tells of one run."""

    room: Room
    home: str
    promise: Promise
    month: Month
    at: tuple[Step, int] = (Step.READING, 0)
    posted: Posted | None = None
    is_open: bool = False  # it takes so long that a word is due
    is_ending: bool = False  # the result may be told any moment, in the place of what was said by then
    alone: threading.Lock = field(default_factory=threading.Lock)

    def say(self, step: Step, lines: int) -> None:
        """Hear what the run is doing."""
        with self.alone:
            self.at, self.is_ending = (step, lines), step is Step.KEEPING
            if self.is_open:
                self._show(self._progress())

    def begin(self) -> None:
        """Say the first word, since it takes long, unless it ends already."""
        with self.alone:
            if not self.is_ending:
                self.is_open = True
                self._show(self._progress())

    def end(self, message: Message, *, is_news: bool = False) -> None:
        """Say how it ended, if anything was said before or nobody could expect it."""
        with self.alone:
            self.is_open = False
            if self.posted or is_news:
                self._show(message)

    def _progress(self) -> Message:
        step, lines = self.at
        return run_progress(Progress(self.month, lines, step))

    def _show(self, message: Message) -> None:
        """Show where it is; a word that can't be said is no reason to stop the work."""
        try:
            if self.posted:
                self.room.messenger.edit(self.posted, message)
            else:
                self._post(message)
        except Stopped as flaw:
            log.info("could not tell how far a run is: %s", type(flaw).__name__)

    def look(self) -> None:
        """Find what was said of this run before whoever said it was cut off."""
        try:
            self.posted = Saying(self.room).find(self.promise, self._spot)
        except Stopped as flaw:
            log.info("could not look for what was said of a run: %s", type(flaw).__name__)

    def _post(self, message: Message) -> None:
        there = Saying(self.room).find(self.promise, self._spot)
        if there:
            self.posted = self.room.messenger.edit(there, message)
        else:
            self.posted = Saying(self.room).post(self.promise, self._spot, message)

    @property
    def _spot(self) -> Spot:
        return Spot(self.home, subject=subject_of_run(self.promise.key))


@dataclass(frozen=True, slots=True)
class Progressing:
    """Tells how far runs are."""

    room: Room
    usual: str  # where results are told unless another channel was set
    before_speaking: float = BEFORE_SPEAKING

    def home(self) -> str:
        """Find where results are told: in their channel; if it wants no alerts, to whoever stands in, or nowhere."""
        channel, manners = home_of(self.room, self.usual), self.room.services.rhythm.manners
        if not manners.is_silent(self.room.workspace, to_channel(channel)):
            return channel
        heir = manners.stands_in(self.room.workspace)
        try:
            return self.room.messenger.direct(heir) if heir else ""
        except Stopped as flaw:
            log.info("nobody can be told how far a run is: %s", type(flaw).__name__)
            return ""

    @contextmanager
    def told(self, promise: Promise, month: Month) -> Iterator[Say]:
        """Hand out what hears of a run's steps; the result takes the message's place, and a failure does."""
        home = "" if promise.payload["because"].startswith(TICK) else self.home()
        if not home:
            yield lambda _step, _lines: None  # nobody waits for what the clock began
            return
        telling = Telling(self.room, home, promise, month)
        telling.look()
        timer = threading.Timer(self.before_speaking, telling.begin)
        timer.daemon = True
        if not self._is_told_below(promise):
            timer.start()
        try:
            yield telling.say
        except Stopped as flaw:
            timer.cancel()
            telling.end(stopped(str(flaw)))
            raise
        except FAULTS:
            timer.cancel()
            telling.end(run_faltered(month), is_news=True)
            raise
        finally:
            timer.cancel()
            with telling.alone:
                telling.is_open = False

    def _is_told_below(self, promise: Promise) -> bool:
        """Say whether an answer about names asks for the run: the thread it was given in tells of it, no channel."""
        return self.room.services.wondering.is_asked_by_answer(self.room.workspace, promise.payload["because"])

    def nothing_new(self, promise: Promise, month: Month) -> None:
        """Say that a run found nothing new, if anything was said of it."""
        for channel, ts in self.room.services.outbox.posts(self.room.workspace, subject_of_run(promise.key)).items():
            self.room.messenger.edit(Posted(channel, ts), nothing_new(month))
