"""What was promised to be said is brought to those it concerns."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.services.cases import CaseState, Happening
from bot.services.failures import Refused, TryLater
from bot.services.ids import CaseId, PersonId, RunId, WorkspaceId, client_key
from bot.services.people import Person, may_second
from bot.services.promises import Promise, PromiseKind
from bot.slack.cards import GapCard
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.refusals import Left, NoPlace
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.showing import subject_of, subject_of_client, who
from bot.slack.views import turns
from bot.slack.views.client import ClientCard, client_alert
from bot.slack.views.gap import gap_message
from bot.slack.views.owners import ask_owner
from bot.slack.views.result import run_result
from bot.slack.wording import Who

log = logging.getLogger(__name__)
LOUD = (Happening.REOPENED, Happening.GROWN)
"""What is also shown in the channel itself, and not in the thread alone."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """Brings promises to Slack; `home` is the channel in which results are told."""

    room: Room
    home: str

    def bring(self, workspace: WorkspaceId, promise: Promise) -> str:
        """Say what was promised, and name the message; asked again, it looks before it repeats itself."""
        if workspace != self.room.workspace:
            raise Refused("I talk in another workspace.")
        ways: Mapping[PromiseKind, Callable[[Promise], str]] = {
            PromiseKind.RESULT: self._tell_result,
            PromiseKind.ALERT: self._alert,
            PromiseKind.REPLY: self._reply,
            PromiseKind.REDRAW: self._redraw,
            PromiseKind.NOTICE: self._notify,
        }
        way = ways.get(promise.kind)
        if way is None:
            raise Refused(f"A promise to {promise.kind} is not kept by talking.")
        return way(promise)

    @property
    def saying(self) -> Saying:
        """Says things once."""
        return Saying(self.room)

    def _tell_result(self, promise: Promise) -> str:
        card = self.room.showing.run(RunId(promise.payload["run"]))
        return self.saying.say(promise, Spot(self.home), run_result(card)).ts

    def _alert(self, promise: Promise) -> str:
        """Put a gap in its client's thread, wherever the client's gaps are told."""
        card, last = self.room.showing.case(CaseId(promise.payload["case"])), ""
        for channel in self._places(card.gap.client):
            parent = self._parent(promise, card, channel)
            last = self._show(promise, card, Spot(channel, parent))
        return last

    def _show(self, promise: Promise, card: GapCard, spot: Spot) -> str:
        there = Spot(spot.channel, spot.under, subject_of(CaseId(card.id)))
        return self.saying.say(promise, there, gap_message(card)).ts

    def _parent(self, promise: Promise, card: GapCard, channel: str) -> Posted:
        """Post the client's alert; one that is there from before is brought up to date."""
        subject = subject_of_client(card.gap.client)
        shown = client_alert(self._client(card.gap.client, self._asked(card, channel)))
        posted = self.saying.known(subject, channel)
        if posted:
            return self.room.messenger.edit(posted, shown)
        return self.saying.say(promise, Spot(channel, subject=subject), shown)

    def _client(self, client: str, asks: Who | None = None) -> ClientCard:
        known = self.room.services.looking.gaps(self.room.workspace, client=client)
        cases = [case for case in known if case.has_spoken]
        waiting = [case for case in cases if case.state is CaseState.OPEN]
        return ClientCard(
            client=client,
            gaps=tuple(case.gap for case in waiting),
            month=max((case.month for case in cases), default=None),
            asks=asks,
            settled=len(cases) - len(waiting),
        )

    def _reply(self, promise: Promise) -> str:
        """Say in every thread that has the gap what happened to it."""
        case, happening = CaseId(promise.payload["case"]), Happening(promise.payload["happening"])
        card, last = self.room.showing.case(case), ""
        there = self.saying.everywhere(subject_of(case))
        if not there:
            raise TryLater("The gap's own message has to be there first.")
        for posted in there:
            parent = self.saying.known(subject_of_client(card.gap.client), posted.channel) or posted
            told = self._turn(card, case, happening, self._asked(card, posted.channel))
            last = self.saying.say(promise, Spot(posted.channel, parent, is_loud=happening in LOUD), told).ts
        return last

    def _turn(self, card: GapCard, case: CaseId, happening: Happening, asks: Who | None) -> Message:
        match happening:
            case Happening.CLOSED | Happening.VERIFIED:
                return turns.closed(card)
            case Happening.REOPENED:
                return turns.reopened(card, asks)
            case Happening.WOKE:
                return turns.woke(card, asks)
            case Happening.GROWN:
                return turns.grown(card, self.room.showing.money_before(case, happening), asks)
            case Happening.NOT_FIXED:
                return turns.not_fixed(card, self.room.services.looking.why(self.room.workspace, case).case.month, asks)
            case _:
                return turns.spoke(card, asks)

    def _asked(self, card: GapCard, channel: str) -> Who | None:
        """Call on whoever must act, in a channel; in direct messages nobody needs calling."""
        if channel.startswith("D"):
            return None
        owner = self.room.services.owners.of(self.room.workspace, card.gap.client)
        return card.assigned or (who(self._people(), owner.people[0]) if owner.people else None)

    def _redraw(self, promise: Promise) -> str:
        case = CaseId(promise.payload["case"])
        self.room.redraw(case)
        client = self.room.showing.case(case).gap.client
        for posted in self.saying.everywhere(subject_of_client(client)):
            self.room.messenger.edit(posted, client_alert(self._client(client)))
        return "redrawn"

    def _notify(self, promise: Promise) -> str:
        """Tell one person something, or all who may sign beside somebody."""
        told = promise.payload
        if told["about"] == "owner wanted":
            asked = who(self._people(), PersonId(told["person"]))
            shown = ask_owner(told["client"], asks=asked, about=client_key(told["client"]))
            return self.saying.say(promise, Spot(self.room.messenger.direct(asked.id)), shown).ts
        card, last = self.room.showing.case(CaseId(told["case"])), ""
        words = turns.assigned(card) if told["person"] else turns.signature_wanted(card)
        for person in self._told(told["person"], card):
            channel = self._direct(person)
            if channel:
                first = self.saying.say(promise, Spot(channel), words)
                last = self._show(promise, card, Spot(channel, first))
        return last

    def _told(self, person: str, card: GapCard) -> list[PersonId]:
        if person:
            return [PersonId(person)]
        first = card.decided.by.id if card.decided else ""
        return [one.id for one in self._people().values() if one.id != first and may_second(one, card.gap.monthly)]

    def _places(self, client: str) -> list[str]:
        """List where a client's gaps are told: its channel, else its people, else where results are."""
        owner = self.room.services.owners.of(self.room.workspace, client)
        if owner.channel:
            return [owner.channel]
        return [channel for channel in map(self._direct, owner.people) if channel] or [self.home]

    def _direct(self, person: PersonId) -> str:
        """Open someone's direct messages; of one who has left, the house learns it here."""
        try:
            return self.room.messenger.direct(person)
        except Left:
            self.room.services.joining.left(self.room.workspace, person)
        except NoPlace as flaw:
            log.warning("%s can't be reached: %s", person, flaw)
        return ""

    def _people(self) -> dict[PersonId, Person]:
        return {person.id: person for person in self.room.services.joining.people(self.room.workspace)}
