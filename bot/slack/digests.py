"""The rest of someone's day, told at once, with every gap in its thread."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.services.cases import Case, CaseState
from bot.services.peace import Digest
from bot.services.promises import Promise
from bot.slack.notices import MOST_SHOWN, Notices
from bot.slack.places import LET_BE, Places
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.views.digest import DigestCard, DigestRow, digest_message


@dataclass(frozen=True, slots=True)
class Digests:
    """Tells what there was no room for."""

    room: Room
    places: Places

    def tell(self, promise: Promise) -> str:
        """Tell what is left of it; nothing, if all was settled meanwhile or strangers read along."""
        to = promise.payload["to"]
        found, place = self._found(promise, to), self.places.reach(to)
        if place is None or not (found.cases or found.unowned) or self.room.overheard(place.channel):
            return LET_BE
        self.places.tell(place)
        card = replace(card_of(found), has_waited="since" in promise.payload)
        first = Saying(self.room).say(promise, Spot(place.channel, subject=promise.key), digest_message(card))
        notices = Notices(self.room, self.places)
        for case in found.cases[:MOST_SHOWN]:
            notices.show(promise, self.room.showing.case(case.id), Spot(place.channel, first))
        return first.ts

    def _found(self, promise: Promise, to: str) -> Digest:
        """Look up the rest of a day, or what waited while somebody wanted no alerts."""
        rhythm, workspace, told = self.room.services.rhythm, self.room.workspace, promise.payload
        if "since" in told:
            return Digest(cases=rhythm.manners.waited(workspace, to, datetime.fromisoformat(told["since"])), unowned=())
        return rhythm.peace.digest(workspace, to, date.fromisoformat(told["day"]))


def card_of(found: Digest) -> DigestCard:
    """Put each client's gaps together, most money first."""
    clients: dict[str, list[Case]] = defaultdict(list)
    for case in found.cases:
        clients[case.gap.client].append(case)
    rows = (
        DigestRow(client, tuple(case.gap for case in cases), sum(case.state is CaseState.DECIDED for case in cases))
        for client, cases in clients.items()
    )
    return DigestCard(tuple(rows), found.unowned, in_thread=min(len(found.cases), MOST_SHOWN))
