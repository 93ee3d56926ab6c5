"""Says a thing once in a place: what is there stays, and what may be there is looked for first."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.services.failures import FAULTS, Unclear
from bot.services.promises import Promise
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.refusals import Vanished
from bot.slack.room import Room

log = logging.getLogger(__name__)
LOOK_BACK = timedelta(days=1)  # a post whose answer was lost is not looked for further back


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is said: in a channel, in a thread of it, as the one message there about a subject."""

    channel: str
    under: Posted | None = None
    subject: str = ""
    is_loud: bool = False  # shown in the channel as well as in the thread

    def key(self, promise: Promise) -> str:
        """Name the message, so that it is known again."""
        return f"{self.subject or promise.key}@{self.channel}"


@dataclass(frozen=True, slots=True)
class Saying:
    """Posts, and remembers what was posted where."""

    room: Room

    def say(self, promise: Promise, spot: Spot, message: Message) -> Posted:
        """Post once: what is known to be there stays, and only after a lost answer is there anything to look for."""
        return self.find(promise, spot) or self.post(promise, spot, message)

    def say_anew(self, promise: Promise, spot: Spot, message: Message) -> Posted:
        """Post again what was there and is gone; what may have been posted anew already is looked for first."""
        found = self._look_for(promise, spot)
        if found is None:
            return self.post(promise, spot, message)
        self._remember(promise, spot, found)
        return found

    def find(self, promise: Promise, spot: Spot) -> Posted | None:
        """Find what is known to be there, or what is there though its answer was lost."""
        known = self.known(spot.subject or promise.key, spot.channel)
        found = known or self._look_for(promise, spot)
        if found and not known:
            self._remember(promise, spot, found)
        return found

    def known(self, subject: str, channel: str) -> Posted | None:
        """Give the message about a subject in a channel."""
        return next((one for one in self.everywhere(subject) if one.channel == channel), None)

    def everywhere(self, subject: str) -> list[Posted]:
        """List the messages about a subject."""
        there = self.room.services.outbox.posts(self.room.workspace, subject)
        return [Posted(channel, ts) for channel, ts in there.items()]

    def post(self, promise: Promise, spot: Spot, message: Message) -> Posted:
        """Post what was looked for and is not there, and remember it; what can't be remembered is looked for again."""
        posted = self._post(promise, spot, message)
        try:
            self._remember(promise, spot, posted)
        except FAULTS as flaw:
            raise Unclear from flaw
        return posted

    def _remember(self, promise: Promise, spot: Spot, posted: Posted) -> None:
        subject = spot.subject or promise.key
        self.room.services.outbox.posted(self.room.workspace, subject, spot.channel, posted.ts)

    def _look_for(self, promise: Promise, spot: Spot) -> Posted | None:
        if not promise.is_in_doubt:
            return None
        since, thread = self.room.clock() - LOOK_BACK, spot.under.ts if spot.under else ""
        with suppress(Vanished):  # what was in a thread is gone with it
            return self.room.messenger.find(spot.channel, spot.key(promise), since=since, thread=thread)
        return None

    def _post(self, promise: Promise, spot: Spot, message: Message) -> Posted:
        thread = spot.under.ts if spot.under else ""
        key = spot.key(promise)
        posted = self.room.messenger.post(spot.channel, message, key=key, thread=thread, broadcast=spot.is_loud)
        for complaint in posted.complaints:
            log.warning("Slack did not take a message of kind %s as it was: %s", promise.kind, complaint)
        return posted
