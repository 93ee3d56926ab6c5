"""A pace and a threshold that would fit better are proposed to one person."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.ids import PersonId
from bot.services.promises import Promise
from bot.slack.places import LET_BE, Places
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.views.advice import advice_message


@dataclass(frozen=True, slots=True)
class Counsel:
    """Proposes what would fit."""

    room: Room
    places: Places

    def propose(self, promise: Promise) -> str:
        """Propose it, if it still would and nobody has answered."""
        advice = self.room.services.rhythm.advising.advice(self.room.workspace)
        place = self.places.of_person(PersonId(promise.payload["person"]))
        if advice is None or place is None:
            return LET_BE
        self.places.tell(place)
        currency = self.room.services.thresholds.agreed(self.room.workspace).currency
        return Saying(self.room).say(promise, Spot(place.channel), advice_message(advice, currency)).ts
