"""A client's thread hears what the PSA calls it now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.ids import client_key
from bot.services.known_again import Because
from bot.services.promises import Promise
from bot.slack.places import LET_BE, Place, Places
from bot.slack.redrawing import Redrawing
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.showing import subject_of_client
from bot.slack.views.turns import renamed


@dataclass(frozen=True, slots=True)
class Renames:
    """Tells of clients with new names."""

    room: Room
    places: Places

    def tell(self, promise: Promise) -> str:
        """Show a client's alert under its new name, and say in its thread that this is the client it was."""
        client, was = promise.payload["client"], promise.payload["was"]
        shown = renamed(was, client, Because(promise.payload["because"]))
        if client_key(client) == client_key(was):
            return LET_BE  # it has its old name again before anybody was told
        Redrawing(self.room).alert(client)
        posts = Saying(self.room).everywhere(subject_of_client(client))
        heard = [
            one for one in posts if not self.places.is_silent(one.channel) and not self.room.overheard(one.channel)
        ]
        told = {self.places.of_channel(posted.channel): posted for posted in heard}

        def say(place: Place) -> str:
            self.places.tell(place)
            spot = Spot(place.channel, told[place], promise.key)
            return Saying(self.room).say(promise, spot, shown).ts

        return self.places.in_each(promise, told, say)
