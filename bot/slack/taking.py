"""What was handed in is fetched, read, and answered where it was handed in; each of it once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.services.exports import Place
from bot.services.failures import FAULTS, Refused, TryLater
from bot.services.handing import Handed, what_was_handed
from bot.services.ids import FileId, PersonId
from bot.services.intake import Upload
from bot.services.owners import is_list_of_owners
from bot.services.people import Actor
from bot.services.promises import Promise
from bot.services.settling import Received
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.receipts import imported, receipt_of, receipts
from bot.slack.refusals import NoPlace
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.views.failures import cut_off, stopped, went_wrong
from bot.slack.views.owners import owners_imported
from bot.slack.views.reading import handed_in
from recon import Stopped

log = logging.getLogger(__name__)
HEAD = 400  # bytes in which a list of owners shows itself
MOST_TRIES = 5  # to fetch a file, before its person is asked to drop it again


@dataclass(frozen=True, slots=True)
class Taking:
    """Keeps the promise to read files; kept again after a crash, it reads and says nothing twice."""

    room: Room

    def take(self, promise: Promise) -> str:
        """Take in each file; one that can't be read does not keep the others back."""
        handed = what_was_handed(promise)
        place = handed.place if handed.place.thread else self._begin(promise, handed)
        for file, side in handed.files:
            upload = Upload(side=side, month=handed.month, is_whole=handed.is_whole, place=place)
            for subject, said, about in self._answers(promise, file, upload):
                under = Posted(place.channel, place.thread)
                posted = self._say(promise, Spot(place.channel, under, subject or f"{promise.key}/{file}"), said)
                if about and not subject:
                    self.room.services.outbox.posted(self.room.workspace, receipt_of(about), posted.channel, posted.ts)
        return place.thread

    def give_up(self, promise: Promise) -> str:
        """Say where files were handed in that reading them ended me each time."""
        handed = what_was_handed(promise)
        place = handed.place if handed.place.thread else self._begin(promise, handed)
        spot = Spot(place.channel, Posted(place.channel, place.thread), f"{promise.key}/given up")
        return self._say(promise, spot, cut_off(len(handed.files))).ts

    def _begin(self, promise: Promise, handed: Handed) -> Place:
        """Begin a thread for the answers to what was handed in by a form."""
        words = handed_in(self.room.showing.who(PersonId(promise.payload["person"])), len(handed.files))
        posted = self._say(promise, Spot(handed.place.channel, subject=promise.key), words)
        return Place(posted.channel, posted.ts)

    def _say(self, promise: Promise, spot: Spot, said: Message) -> Posted:
        """Say it where it belongs; where the bot may not speak, it writes to the person alone."""
        try:
            return Saying(self.room).say(promise, spot, said)
        except NoPlace:
            direct = self.room.messenger.direct(promise.payload["person"])
            return Saying(self.room).say(promise, Spot(direct, subject=spot.subject), said)

    def _answers(self, promise: Promise, file: str, upload: Upload) -> Iterator[tuple[str, Message, FileId | None]]:
        """Read one file; what stops us is its answer, unless it is worth trying again."""
        by = Actor(self.room.workspace, PersonId(promise.payload["person"]), f"{promise.key}/{file}")
        try:
            self._must_be_colleague(by.person)
            fetched = self.room.downloads.get(file)
            if is_owner_list(fetched.content):
                yield "", owners_imported(imported(self.room.services.owners.read(fetched.content, by))), None
                return
            received = self._receive(replace(upload, content=fetched.content, name=fetched.name), by)
            told = receipts(received, self.room.showing.who(received.file.by).name)
            yield from ((subject, said, received.file.id) for subject, said in told)
        except TryLater as later:
            if promise.attempts < MOST_TRIES:
                raise
            yield "", stopped(str(later)), None
        except Stopped as flaw:
            yield "", stopped(str(flaw)), None
        except FAULTS:
            if promise.attempts < MOST_TRIES:
                raise
            log.exception("a file could not be read")
            yield "", went_wrong(), None

    def _must_be_colleague(self, person: PersonId) -> None:
        if not self.room.is_colleague(person):
            raise Refused("You are a guest here, so I can't take files from you. A colleague can hand this in.")

    def _receive(self, upload: Upload, by: Actor) -> Received:
        """Keep a file; one that was kept before a crash is shown as it was then."""
        received = self.room.services.intake.receive(upload, by)
        if not received.is_repeat:
            return received
        again = self.room.services.intake.look_again(received.file.id, by)
        return replace(again, month_because=None) if upload.month else again


def is_owner_list(content: bytes) -> bool:
    """Tell a list of owners from an export by its first line."""
    first = content[:HEAD].decode("utf-8-sig", errors="replace").split("\n", 1)[0]
    return is_list_of_owners(word.strip(" \"'\r") for word in first.replace(";", ",").replace("\t", ",").split(","))
