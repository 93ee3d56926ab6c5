"""Says a thing once in a place: what is there stays, and what may be there is looked for first."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.services.failures import FAULTS, Unclear
from bot.services.floor import Floor, Turn
from bot.services.ids import WorkspaceId
from bot.services.promises import Promise
from bot.slack.messages import Message
from bot.slack.messenger import Drowned, Posted
from bot.slack.refusals import Vanished
from bot.slack.room import Room
from recon import Stopped

log = logging.getLogger(__name__)
SHORTLY = timedelta(minutes=10)  # by which Slack's clock may be behind ours


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

    def say_anew(self, promise: Promise, spot: Spot, message: Message, *, gone: Posted) -> Posted:
        """Post again what was there and is gone; what may have been posted anew already is looked for first."""
        return self._look_for(promise, spot) or self.post(promise, spot, message, gone=gone)

    def find(self, promise: Promise, spot: Spot) -> Posted | None:
        """Find what is known to be there, or what is there though its answer was lost."""
        return self.known(spot.subject or promise.key, spot.channel) or self._look_for(promise, spot)

    def known(self, subject: str, channel: str) -> Posted | None:
        """Give the message about a subject in a channel."""
        return next((one for one in self.everywhere(subject) if one.channel == channel), None)

    def everywhere(self, subject: str) -> list[Posted]:
        """List the messages about a subject."""
        there = self.room.services.outbox.posts(self.room.workspace, subject)
        return [Posted(channel, ts) for channel, ts in there.items()]

    def post(self, promise: Promise, spot: Spot, message: Message, *, gone: Posted | None = None) -> Posted:
        """Post what was looked for and is not there, and remember it; what can't be remembered is looked for again."""
        turn, (workspace, subject, channel) = Turn(promise.key, self.room.clock()), self._about(promise, spot)
        was = gone.ts if gone else ""
        known = self._floor.take(workspace, subject, channel, turn=turn, gone=was)
        if known:
            return Posted(channel, known)
        try:
            posted = self._post(promise, spot, message)
        except Unclear:
            raise
        except Stopped:
            self._floor.nothing_said(workspace, subject, channel, turn)
            raise
        try:
            self._floor.said(workspace, subject, channel, posted.ts)
        except FAULTS as flaw:
            raise Unclear from flaw
        return posted

    def _look_for(self, promise: Promise, spot: Spot) -> Posted | None:
        """Look for what somebody was about to say when they were cut off, since shortly before that."""
        workspace, subject, channel = self._about(promise, spot)
        turn = self._floor.cut_off(workspace, subject, channel, by=promise.key)
        if turn is None:
            return None
        since, thread, found = turn.at - SHORTLY, spot.under.ts if spot.under else "", None
        try:
            with suppress(Vanished):  # what was in a thread is gone with it
                found = self.room.messenger.find(channel, spot.key(promise), since=since, thread=thread)
        except Drowned:
            self._floor.nothing_said(workspace, subject, channel, turn)  # else nobody could ever say it
            raise
        if found:
            self._floor.said(workspace, subject, channel, found.ts)
        else:
            self._floor.nothing_said(workspace, subject, channel, turn)
        return found

    def _about(self, promise: Promise, spot: Spot) -> tuple[WorkspaceId, str, str]:
        return self.room.workspace, spot.subject or promise.key, spot.channel

    @property
    def _floor(self) -> Floor:
        return self.room.floor

    def _post(self, promise: Promise, spot: Spot, message: Message) -> Posted:
        thread = spot.under.ts if spot.under else ""
        key = spot.key(promise)
        posted = self.room.messenger.post(spot.channel, message, key=key, thread=thread, broadcast=spot.is_loud)
        for complaint in posted.complaints:
            log.warning("Slack did not take a message of kind %s as it was: %s", promise.kind, complaint)
        return posted
