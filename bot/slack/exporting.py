"""Files that somebody asked for are written and put where they were asked for; each once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.services.exporting import Subject, Written
from bot.services.failures import AskForAccess, Refused, TryLater, Unclear, Unreachable
from bot.services.ids import BOT, client_key
from bot.services.promises import Promise
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.refusals import NoPlace
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.showing import subject_of_client
from bot.slack.views.failures import gave_up, stopped
from recon import Stopped, read_month

LOOK_BACK = timedelta(days=1)  # a file whose answer was lost is not looked for further back


@dataclass(frozen=True, slots=True)
class Exports:
    """Keeps the promise to write a file."""

    room: Room

    def bring(self, promise: Promise) -> str:
        """Write the file, and attach it where it was asked for; what can't be written is said there."""
        try:
            return self._write(promise)
        except (TryLater, Unclear, AskForAccess, Unreachable):
            raise
        except Stopped as flaw:
            if promise.payload["person"] == BOT:
                raise
            return self._say(promise, stopped(str(flaw)))

    def give_up(self, promise: Promise) -> str:
        """Say where a file was asked for that writing it ended me each time."""
        return "" if promise.payload["person"] == BOT else self._say(promise, gave_up("write the file you asked for"))

    def _say(self, promise: Promise, said: Message) -> str:
        told, subject = promise.payload, f"{promise.key}/not written"
        under = Posted(told["channel"], told["thread"]) if told["thread"] else None
        try:
            return Saying(self.room).say(promise, Spot(told["channel"], under, subject), said).ts
        except NoPlace:
            direct = self.room.messenger.direct(told["person"])
            return Saying(self.room).say(promise, Spot(direct, subject=subject), said).ts

    def _write(self, promise: Promise) -> str:
        """Write the file, and attach it where it was asked for, else in direct messages."""
        told = promise.payload
        written = self.room.services.exporting.write(self.room.workspace, told, self._threads(told))
        self.room.company.forget(told["channel"])  # a file holds more than any message: who came just now counts
        if not self.room.overheard(told["channel"]):
            with suppress(NoPlace):
                return self._attach(promise, written, told["channel"], told["thread"])
        return self._attach(promise, written, self.room.messenger.direct(told["person"]), "")

    def _threads(self, told: Mapping[str, str]) -> dict[str, str]:
        """Find the threads in which a statement's gaps are talked about, where they still are."""
        if Subject(told["subject"]) is not Subject.STATEMENT:
            return {}
        month = read_month(told["month"])
        clients = self.room.services.reports.statements.of_month(self.room.workspace, month).clients
        found = ((client_key(client), self._thread_of(client)) for client in clients)
        return {client: link for client, link in found if link}

    def _thread_of(self, client: str) -> str:
        posts = self.room.services.outbox.posts(self.room.workspace, subject_of_client(client))
        for channel, ts in posts.items():
            try:
                return self.room.messenger.link(Posted(channel, ts))
            except Refused:
                continue
        return ""

    def _attach(self, promise: Promise, written: Written, channel: str, thread: str) -> str:
        """Attach the file; after an attempt whose end nobody knows, look for it first, among those nobody got yet."""
        if promise.is_in_doubt:
            since = self.room.clock() - LOOK_BACK
            found = self.room.messenger.find_files(channel, written.name, since=since, thread=thread)
            kept = self.room.services.outbox.kept_with(self.room.workspace, found)
            arrived = next((file for file in found if file not in kept), None)
            if arrived:
                return arrived
        return self.room.messenger.attach(channel, written.name, written.content, title=written.title, thread=thread)
