"""What people said of a file is kept, and what the file turned out to be is shown where it was handed in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.services.exports import FileState
from bot.services.failures import Refused, TryLater
from bot.services.ids import BOT, FileId, PersonId
from bot.services.people import Actor
from bot.services.promises import Promise
from bot.services.settling import Received
from bot.slack.messenger import Posted
from bot.slack.receipts import receipt_of, receipts
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.views.failures import gave_up, stopped
from bot.slack.views.questions import find_answer
from recon import Stopped, Topic, read_month

MOST_LOOKS = 5  # for what is said of a file while it is to be corrected already
KEYS = {Topic.SIDE: "side", Topic.DECIMALS: "decimals", Topic.DAY_ORDER: "day_order", Topic.CURRENCY: "currency"}
"""What an answer is kept under; one about a column is kept under the column's meaning."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Keeps the promises to read files again, and to show how they read."""

    room: Room

    def keep(self, promise: Promise) -> str:
        """Keep what somebody said; what stops us is said where they said it."""
        told = promise.payload
        by = Actor(self.room.workspace, PersonId(told["person"]), promise.key)
        try:
            if not self.room.services.explaining.is_heard(by):
                self._explain(promise, by)
        except TryLater:
            raise
        except Stopped as flaw:
            spot = Spot(told["channel"], Posted(told["channel"], told["thread"]))
            return Saying(self.room).say(promise, spot, stopped(str(flaw))).ts
        return "kept"

    def give_up(self, promise: Promise) -> str:
        """Say where somebody answered that reading the file by it ended me each time."""
        told = promise.payload
        spot = Spot(told["channel"], Posted(told["channel"], told["thread"]), f"{promise.key}/given up")
        return Saying(self.room).say(promise, spot, gave_up("read the file by what you said of it")).ts

    def _explain(self, promise: Promise, by: Actor) -> None:
        told, explaining = promise.payload, self.room.services.explaining
        file = FileId(told["file"])
        if told.get("counts"):
            (explaining.count_again if told["counts"] == "yes" else explaining.leave_out)(file, by)
        elif told["question"]:
            explaining.answer(file, by, self._answer(file, told["question"], told["answer"], by))
        else:
            side, month = told["side"], read_month(told["month"]) if told["month"] else None
            explaining.set_right(file, by, side=side, month=month)

    def _answer(self, file: FileId, question: str, picked: str, by: Actor) -> str:
        """Write an answer as it is kept: `quantity=Seats`."""
        reading = self.room.services.intake.look_again(file, by).reading
        asked = next((one for one in reading.questions if one.id == question), None) if reading else None
        found = find_answer(asked, picked) if asked else None
        if asked is None or found is None:
            raise Refused("This question was settled already, so nothing changed.")
        return f"{KEYS.get(asked.topic, asked.about)}={found.value}"

    def _correct(self, promise: Promise, received: Received) -> str:
        """Put how a file reads now in the place of what was said of it, which may be being said just now."""
        there = Saying(self.room).everywhere(receipt_of(received.file.id))
        if not there and promise.attempts < MOST_LOOKS:
            raise TryLater("The receipt has to be there first.", after=promise.soon)
        certain = replace(received, month_because=None)  # nobody knows any more whether it was guessed or said
        _, shown = next(receipts(certain, self.room.showing.who(received.file.by).name))
        for posted in there:
            self.room.show(posted, shown)
        return there[-1].ts if there else ""

    def show(self, promise: Promise) -> str:
        """Show how a file reads now, and ask what is still to be asked."""
        by = Actor(self.room.workspace, BOT)
        received = self.room.services.intake.look_again(FileId(promise.payload["file"]), by)
        if promise.payload.get("month"):
            received = replace(received, month_because=None)  # somebody has said it
        place, last = received.file.place, ""
        if place is None or received.file.state is FileState.LEFT_OUT:
            return last
        if promise.payload.get("corrects"):
            return self._correct(promise, received) if received.file.state is FileState.READY else last
        who = self.room.showing.who(received.file.by).name
        for subject, said in receipts(received, who, again=True):
            spot = Spot(place.channel, Posted(place.channel, place.thread), subject=subject or promise.key)
            last = Saying(self.room).say(promise, spot, said).ts
            if not subject:
                self.room.services.outbox.posted(self.room.workspace, receipt_of(received.file.id), spot.channel, last)
        return last
