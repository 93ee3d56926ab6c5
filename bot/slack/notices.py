"""What is told to single people: that something was handed to them, must be signed, or has no owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.calls import CHANNEL
from bot.services.cases import Case, CaseState
from bot.services.decisions import Decision
from bot.services.ids import CaseId, DecisionId, PersonId, client_key
from bot.services.manners import SILENCE
from bot.services.overhearing import ABOUT
from bot.services.people import Owner, may_second
from bot.services.promises import Promise
from bot.services.trouble import TROUBLE
from bot.services.waiting import subject_of
from bot.slack.cards import GapCard
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.places import LET_BE, Place, Places
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.showing import subject_of as message_of
from bot.slack.showing import thread_of, who
from bot.slack.views import turns
from bot.slack.views.failures import untold
from bot.slack.views.gap import gap_message
from bot.slack.views.manners import passed_on
from bot.slack.views.overheard import overheard
from bot.slack.views.owners import ask_owner

MOST_SHOWN = 30  # gaps with their buttons in a thread; the others are a command away


@dataclass(frozen=True, slots=True)
class Notices:
    """Tells people what concerns them alone."""

    room: Room
    places: Places

    def notify(self, promise: Promise) -> str:
        """Tell one person something, or all who may sign beside somebody."""
        told = promise.payload
        if told["about"] == "owner wanted":
            return self._ask_for_owner(promise)
        if told["about"] == TROUBLE:
            words = untold(told["why"], told.get("where", ""), told.get("kind", ""))
            return self._saying.say(promise, Spot(self.room.messenger.direct(told["person"])), words).ts
        if told["about"] == SILENCE:
            return self._pass_on(promise)
        if told["about"] == ABOUT:
            return self._say_overheard(promise)
        card = self.room.showing.case(CaseId(told["case"]))
        words = turns.assigned(card) if told["person"] else turns.signature_wanted(card)
        places = filter(None, map(self.places.of_person, self._told(told["person"], card)))
        return self.places.in_each(promise, places, lambda place: self._hand_over(promise, card, words, place))

    def _hand_over(self, promise: Promise, card: GapCard, words: Message, place: Place) -> str:
        """Say it to one person, with the gap and its buttons below; what is settled by now is only found again."""
        found = self.room.services.looking.why(self.room.workspace, promise.payload["case"])
        is_wanted = still_asks(found.case, found.decisions, promise)
        first = self._call(promise, place, words) if is_wanted else self._saying.find(promise, spot_of(promise, place))
        return self.show(promise, card, Spot(place.channel, first)) if first else LET_BE

    def _call(self, promise: Promise, place: Place, words: Message) -> Posted | None:
        """Say it to somebody who is called upon for it, once."""
        spot = spot_of(promise, place)
        there = self._saying.find(promise, spot)
        return self.places.call_once(
            place, subject_of(promise), there, lambda _: self._saying.post(promise, spot, words)
        )

    def show(self, promise: Promise, card: GapCard, spot: Spot) -> str:
        """Put a gap with its buttons below a message; what is said about it later is said there."""
        case = CaseId(card.id)
        shown = self._saying.say(promise, Spot(spot.channel, spot.under, message_of(case)), gap_message(card))
        if spot.under and shown.ts > spot.under.ts:  # an older one is in another thread, and stays there
            self.room.services.outbox.posted(self.room.workspace, thread_of(case), spot.channel, spot.under.ts)
        return shown.ts

    def _pass_on(self, promise: Promise) -> str:
        """Tell somebody, once, what they hear of from now on because another wants no alerts; its gaps are below."""
        told, manners, heir = promise.payload, self.room.services.rhythm.manners, PersonId(promise.payload["person"])
        cases = manners.inherited(self.room.workspace, told["who"], heir)
        place = self.places.of_person(heir)
        is_known = heir == told["by"] and not cases
        if place is None or is_known or not manners.is_silent(self.room.workspace, told["who"]):
            return LET_BE
        self.places.tell(place)
        gaps = [case.gap for case in cases]
        by = self.room.showing.who(PersonId(told["by"])) if told["by"] != told["who"] else None
        words = passed_on(self._spelled(told["who"]), by, gaps)
        first = self._saying.say(promise, Spot(place.channel, subject=promise.key), words)
        for case in cases[:MOST_SHOWN]:
            self.show(promise, self.room.showing.case(case.id), Spot(place.channel, first))
        return first.ts

    def _spelled(self, to: str) -> str:
        """Write a person or a channel as people read them."""
        if to.startswith(CHANNEL):
            return f"<#{to.removeprefix(CHANNEL)}>"
        return self.room.showing.who(PersonId(to)).plain

    def _say_overheard(self, promise: Promise) -> str:
        place = self.places.of_person(PersonId(promise.payload["person"]))
        if place is None:
            return LET_BE
        told = promise.payload
        shown = overheard(told["channel"], told["why"], may_allow=bool(told["may_allow"]))
        return self._saying.say(promise, Spot(place.channel), shown).ts

    def _ask_for_owner(self, promise: Promise) -> str:
        client, person = promise.payload["client"], PersonId(promise.payload["person"])
        place = self.places.of_person(person)
        owned = any(client_key(one.client) == client_key(client) for one in self._owned())
        if place is None or owned:
            return LET_BE
        shown = ask_owner(client, asks=who(self.places.people(), person), about=client_key(client))
        asked = self._call(promise, place, shown)
        return asked.ts if asked else LET_BE

    def _owned(self) -> list[Owner]:
        return [one for one in self.room.services.owners.all(self.room.workspace) if one.people]

    def _told(self, person: str, card: GapCard) -> list[PersonId]:
        if person:
            return [PersonId(person)]
        first = card.decided.by.id if card.decided else ""
        people = self.places.people().values()
        able = [one.id for one in people if one.id != first and may_second(one, card.gap.monthly)]
        return [one for one in able if not self.room.services.rhythm.manners.is_silent(self.room.workspace, one)]

    @property
    def _saying(self) -> Saying:
        return Saying(self.room)


def spot_of(promise: Promise, place: Place) -> Spot:
    """Say where somebody is told what concerns them."""
    return Spot(place.channel, subject=promise.key)


def still_asks(case: Case, decisions: Sequence[Decision], promise: Promise) -> bool:
    """Tell whether a gap still waits for whom it was handed to, or for the second signature that was wanted.

    A quiet gap can be handed on too, and one that is put off: only what was decided after that settles it.
    """
    told, made = promise.payload, {one.id: one.seconded_at or one.at for one in decisions}
    is_theirs = case.assigned == told["person"] if told["person"] else case.proposal == told["decision"]
    if case.state is CaseState.DECIDED and case.decision:
        asked = made[DecisionId(told["decision"])]
        return is_theirs and made.get(case.decision, asked) < asked
    return is_theirs and case.state is not CaseState.CLOSED
