"""What somebody asked for and may not decide is kept, asked of an admin, and done once they may."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from bot.services.failures import NotWanted, NotYours, TryLater
from bot.services.ids import CaseId, PersonId
from bot.services.people import Actor
from bot.services.promises import Promise
from bot.services.runs import canonical
from bot.services.wishes import Wish, wish_of
from bot.slack.asked import AboutGap, Approve, Asked, Assign
from bot.slack.deciding import Deciding
from bot.slack.heard import Doing
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.notices import Notices
from bot.slack.places import LET_BE, Place, Places
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.views.wishes import done, not_done, wanted
from bot.slack.wish_words import CAN_WAIT, asked_from_text, asked_to_text, words_of
from bot.slack.wording import day
from recon import Stopped


def try_to(room: Room, asked: Asked, case: CaseId, doing: Doing) -> Message | None:
    """Do what somebody asked; what they may not is kept, so that they can have an admin asked."""
    try:
        return Deciding(room).do(asked, case, doing.by)
    except NotYours as flaw:
        if isinstance(asked, CAN_WAIT) and room.is_colleague(doing.by.person):
            kept = room.services.wishes.keep(wish_for(asked, case, doing, room), doing.by, seen=seen_in(asked))
            flaw.wish = kept.id if kept else ""
        raise


def wish_for(asked: AboutGap, case: CaseId, doing: Doing, room: Room) -> Wish:
    """Write down what somebody wants, and where they wanted it; among strangers it is told to them alone."""
    is_private = not doing.channel or room.overheard(doing.channel)
    return Wish(
        person=doing.by.person,
        case=case,
        asked=asked_to_text(asked),
        at=room.clock(),
        numbers="",
        channel="" if is_private else doing.channel,
        thread="" if is_private else doing.thread or doing.ts,
    )


def seen_in(asked: Asked) -> int | None:
    """Read which version of a gap somebody had before their eyes, if that is known."""
    return asked.seen if isinstance(asked, Approve) else None


@dataclass(frozen=True, slots=True)
class Wishing:
    """Asks admins, and does what people may do by now."""

    room: Room
    places: Places

    def ask(self, promise: Promise) -> str:
        """Ask an admin to let somebody decide, unless that is over."""
        wish = self.room.services.wishes.find(self.room.workspace, promise.payload["wish"])
        place = self.places.of_person(PersonId(promise.payload["person"]))
        if wish is None or not wish.is_sent or place is None:
            return LET_BE
        self.places.tell(place)
        by, (what, _) = self.room.showing.who(wish.person), self.words(wish)
        shown = wanted(self.room.showing.case(wish.case), by, what, canonical([wish.id, wish.at.isoformat()]))
        return Saying(self.room).say(promise, Spot(place.channel), shown).ts

    def do(self, promise: Promise) -> str:
        """Do what was asked for, once, and tell it where it was wanted; what can't be done any more is told too."""
        wish = wish_of(promise)
        by = Actor(self.room.workspace, wish.person, promise.key)
        try:
            if not self.room.services.wishes.is_done(by):
                self._decide(wish, by)
            flaw = ""
        except TryLater:
            raise
        except Stopped as stopped:
            flaw = str(stopped)
        return self._tell(promise, wish, flaw)

    def words(self, wish: Wish) -> tuple[str, str]:
        """Say what somebody wants to do, and what was done then."""
        asked = asked_from_text(wish.asked)
        to = self.room.showing.who(PersonId(asked.person)).plain if isinstance(asked, Assign) else ""
        return words_of(asked, to)

    def _decide(self, wish: Wish, by: Actor) -> None:
        """Do it to the gap as it was when it was asked for, or not at all."""
        services, asked = self.room.services, asked_from_text(wish.asked)
        version = services.wishes.must_still_be_so(self.room.workspace, wish)
        room = replace(self.room, services=replace(services, decide=services.decide.seeing(version)))
        Deciding(room).do(asked, wish.case, by)

    def _tell(self, promise: Promise, wish: Wish, flaw: str) -> str:
        card, when = self.room.showing.case(wish.case), day(wish.at.astimezone(self.room.zone))
        place, under = self._where(wish)
        if place is None:
            return LET_BE
        with suppress(NotWanted):  # it is an answer, which they get whatever they want of alerts
            self.places.tell(place)
        calls = f"{self.room.showing.who(wish.person).mention} " if under and place.to != wish.person else ""
        told = not_done(card, flaw, when, calls) if flaw else done(card, self.words(wish)[1], when, calls)
        first = Saying(self.room).say(promise, Spot(place.channel, under, promise.key), told)
        if not under:
            Notices(self.room, self.places).show(promise, card, Spot(place.channel, first))
        return first.ts

    def _where(self, wish: Wish) -> tuple[Place | None, Posted | None]:
        """Find the thread it was wanted in, or the person."""
        if wish.channel and not self.room.overheard(wish.channel) and not self.room.company.closed(wish.channel):
            return self.places.of_channel(wish.channel), Posted(wish.channel, wish.thread)
        return self.places.of_person(wish.person), None
