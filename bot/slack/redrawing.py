"""Messages show how things are now: a gap's own, and its client's alert."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.ids import CaseId
from bot.services.promises import Promise, PromiseKind
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.room import Room
from bot.slack.showing import subject_of_client
from bot.slack.views.client import ClientCard, client_alert
from bot.slack.wording import Who
from recon import Direction, add_up, ways_estimated


@dataclass(frozen=True, slots=True)
class Redrawing:
    """Brings what was said before up to date."""

    room: Room

    def redraw(self, promise: Promise) -> str:
        """Show a gap as it is now; of several promises to do so, the last is enough, and so for its client's alert."""
        case = CaseId(promise.payload["case"])
        client = self.room.showing.case(case).gap.client
        coming = self.room.services.outbox.due(self.room.workspace, kinds=[PromiseKind.REDRAW])
        later = [one.payload for one in coming if one.key != promise.key]
        if all(told["case"] != case for told in later):
            self.room.redraw(case)
        if all(told.get("client") != client for told in later):
            self.alert(client)
        return "redrawn"

    def both(self, case: CaseId) -> None:
        """Show a gap, and its client's alert, as they are now."""
        self.room.redraw(case)
        self.alert(self.room.showing.case(case).gap.client)

    def client(self, client: str, asks: Who | None = None) -> Message:
        """Show a client's alert as it is now."""
        found = self.room.services.looking.client(self.room.workspace, client)
        under, over = ([case for case in found.closed if case.gap.direction is way] for way in Direction)
        card = ClientCard(
            client=client,
            gaps=tuple(case.gap for case in found.open),
            month=max((case.month for case in (*found.open, *found.approved, *found.left)), default=None),
            asks=asks,
            approved=tuple(case.gap for case in found.approved),
            left=len(found.left),
            closed=len(found.closed),
            recovered=add_up(case.recovered for case in under if case.recovered),
            avoided=add_up(case.recovered for case in over if case.recovered),
            estimated=ways_estimated(case.gap for case in found.closed if case.recovered),
        )
        return client_alert(card)

    def alert(self, client: str) -> None:
        """Show a client's gaps wherever they are told, but no new ones where strangers read along by now."""
        shown = self.client(client)
        posts = self.room.services.outbox.posts(self.room.workspace, subject_of_client(client))
        for channel, ts in posts.items():
            if not self.room.overheard(channel):
                self.room.show(Posted(channel, ts), shown)
