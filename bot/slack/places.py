"""Where a client's gaps are told, to whom, and whether that may be now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.services.calls import CHANNEL, PERSON, Way, to_channel
from bot.services.cases import Case
from bot.services.failures import Held, NotWanted, Refused
from bot.services.ids import PersonId
from bot.services.people import Person
from bot.services.promises import Promise
from bot.services.rhythm import Rhythm
from bot.slack.messenger import Posted
from bot.slack.refusals import Left, NoPlace
from bot.slack.room import Room
from bot.slack.showing import subject_of_client, thread_of, who
from bot.slack.wording import Who

log = logging.getLogger(__name__)
LET_BE = "let be"
"""How a promise is kept by saying nothing: what it was about is over, or told in another way."""
DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is told: to one person, or in a channel, where one person may be called upon."""

    channel: str
    to: str
    asks: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """How those in a place hear of something; `asks` is called upon by name."""

    way: Way
    asks: Who | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Finds where people are, and leaves them in peace there."""

    room: Room
    home: str

    def of_client(self, client: str) -> list[Place]:
        """List where a client's gaps are told: its channel, else its people, else where results are."""
        owner = self.room.services.owners.of(self.room.workspace, client)
        asks = owner.people[0] if owner.people else None
        if owner.channel and not self.is_silent(owner.channel) and self._may_speak_in(owner.channel):
            told = Place(owner.channel, to_channel(owner.channel), asks)
            is_reached = asks is None or self.room.company.is_there(asks, owner.channel)
            alone = None if is_reached or asks is None else self.of_person(asks)
            return [told, alone] if alone else [told]
        return self.of_people(client)

    def of_people(self, client: str) -> list[Place]:
        """List the people who answer for a client; where none can be reached, it is told where results are."""
        people = self.room.services.owners.of(self.room.workspace, client).people
        return [place for place in map(self.of_person, people) if place] or self.of_last_resort(client)

    def of_last_resort(self, client: str) -> list[Place]:
        """Give the place of results for a client's gaps, where whoever answers for it is called upon."""
        people = self.room.services.owners.of(self.room.workspace, client).people
        return [self.of_results(people[0] if people else None)]

    def of_results(self, asks: PersonId | None = None) -> Place:
        """Say where results are told: in their channel.

        If strangers read along there, or it wants no alerts, to the billing owner alone.
        """
        home, is_silent = self.of_channel(self.home, asks), self.is_silent(self.home)
        if not is_silent and self._may_speak_in(self.home):
            return home
        owner = self.room.services.owners.of(self.room.workspace, "").billing
        found = self.of_person(owner) if owner else None
        if found is None and is_silent:
            raise NotWanted
        if found is None:
            raise Refused(
                "I can't post results where they belong, and there is no billing owner to send them to. "
                "Choose either in /reconcile settings."
            )
        return found

    def is_silent(self, channel: str) -> bool:
        """Say whether whoever reads in a place wants no alerts."""
        return self.rhythm.manners.is_silent(self.room.workspace, self.of_channel(channel).to)

    def _may_speak_in(self, channel: str) -> bool:
        """Say whether money may be told in a channel; if not, the billing owner is told why, once."""
        shut = self.room.company.closed(channel)
        if shut:
            self.room.services.overhearing.warn(self.room.workspace, channel, shut, may_allow=False)
        return not shut and not self.room.overheard(channel)

    def of_person(self, person: PersonId) -> Place | None:
        """Open someone's direct messages; of one who has left, the house learns it here."""
        try:
            met = self.room.messenger.meet(person)
        except Left:
            self.room.services.joining.left(self.room.workspace, person)
            return None
        except NoPlace as flaw:
            log.warning("%s can't be reached: %s", person, flaw)
            return None
        outbox, workspace = self.room.services.outbox, self.room.workspace
        self.rhythm.hours.knows_zone(workspace, person, met.zone)
        if outbox.subject(workspace, met.channel, DIRECT) is None:
            outbox.posted(workspace, f"{PERSON}{person}", met.channel, DIRECT)
        return Place(met.channel, person)

    def of_channel(self, channel: str, asks: PersonId | None = None) -> Place:
        """Say who reads along in a place where something was told before."""
        known = self.room.services.outbox.subject(self.room.workspace, channel, DIRECT)
        if known:
            return Place(channel, known.removeprefix(PERSON))
        return Place(channel, to_channel(channel), asks)

    def reach(self, to: str) -> Place | None:
        """Find a person or a channel by what they are called where calls are counted."""
        if to.startswith(CHANNEL):
            return Place(to.removeprefix(CHANNEL), to)
        return self.of_person(PersonId(to))

    def above(self, case: Case, posted: Posted) -> Posted:
        """Find the message whose thread a gap's message is in."""
        for subject in (thread_of(case.id), subject_of_client(case.gap.client)):
            there = self.room.services.outbox.posts(self.room.workspace, subject)
            if posted.channel in there:
                return Posted(posted.channel, there[posted.channel])
        return posted

    def tell(self, place: Place) -> None:
        """Let through what calls on nobody, in working hours."""
        self.rhythm.peace.may_tell(self.room.workspace, place.to)

    def call(self, place: Place, subject: str) -> Hearing:
        """Let through what calls on somebody: in working hours, and as often as they can bear."""
        way = self.rhythm.peace.may_call(self.room.workspace, place.to, subject)
        is_called = place.asks is not None and self._may_name(place.asks, subject)
        return Hearing(way, who(self.people(), place.asks) if is_called and place.asks else None)

    def call_once(
        self, place: Place, subject: str, there: Posted | None, say: Callable[[Hearing], Posted]
    ) -> Posted | None:
        """Call and say it, unless it is there already: whoever was told is not called again because another waits."""
        if there:
            return there
        hearing = self.call(place, subject)
        return None if hearing.way is Way.DIGEST else say(hearing)

    def _may_name(self, person: PersonId, subject: str) -> bool:
        """Say whether somebody may be called upon by name; whoever wants no alerts never is."""
        try:
            return self.rhythm.peace.may_call(self.room.workspace, person, subject) is Way.TOLD
        except NotWanted:
            return False

    def in_each(
        self,
        promise: Promise,
        places: Iterable[Place],
        say: Callable[[Place], str],
        *instead: Callable[[], Iterable[Place]],
    ) -> str:
        """Say it in each place; if it can be said in none, in those found instead, one way after the other."""
        lost: dict[str, NoPlace] = {}
        for find in (lambda: places, *instead):
            said = self._in_all(promise, [one for one in find() if one.channel not in lost], say, lost)
            if said or not lost:
                return said[-1] if said else LET_BE
        raise Refused(str(next(iter(lost.values()))))

    def _in_all(
        self, promise: Promise, places: Iterable[Place], say: Callable[[Place], str], lost: dict[str, NoPlace]
    ) -> list[str]:
        """Say it wherever it can be; what has to wait makes the promise wait, and what is lost is told."""
        said, held = [], []
        for place in places:
            try:
                said.append(say(place))
            except Held as later:
                held.append(later)
            except NotWanted:
                continue
            except NoPlace as flaw:
                lost[place.channel] = flaw
                self.room.company.forget(place.channel)
                self.room.services.trouble.tell(self.room.workspace, promise, flaw, where=place.channel)
        if held:
            raise min(held, key=lambda one: one.until)
        return said

    @property
    def rhythm(self) -> Rhythm:
        """Sets the pace."""
        return self.room.services.rhythm

    def people(self) -> dict[PersonId, Person]:
        """Give everybody, by name."""
        return {person.id: person for person in self.room.services.joining.people(self.room.workspace)}
