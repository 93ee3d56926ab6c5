"""What nobody decides speaks again: in its own thread, and then to one person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.services.cases import Case, CaseState
from bot.services.ids import PersonId
from bot.services.promises import Promise
from bot.services.promising import cases_of
from bot.services.waiting import subject_of as about
from bot.slack.cards import GapCard
from bot.slack.messenger import Posted
from bot.slack.notices import Notices
from bot.slack.places import LET_BE, Hearing, Place, Places
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.showing import subject_of, who
from bot.slack.views.reminders import Waiting, escalation, nudge
from bot.slack.views.stale import files_wanted
from bot.slack.wording import Who


@dataclass(frozen=True, slots=True)
class Reminders:
    """Speaks again of what waits."""

    room: Room
    places: Places

    def nudge(self, promise: Promise) -> str:
        """Say in each thread of a client what still waits there; one message, however many gaps."""
        waiting = self._waiting(promise)
        if not waiting:
            return LET_BE
        threads = self._threads(promise, waiting)
        return self.places.in_each(promise, threads, lambda place: self._nudge_in(promise, place, threads[place]))

    def escalate(self, promise: Promise) -> str:
        """Tell one person, with each gap and its buttons below."""
        waiting, place = self._waiting(promise), self.places.of_person(PersonId(promise.payload["person"]))
        if not waiting or place is None:
            return LET_BE
        saying, spot = Saying(self.room), Spot(place.channel, subject=promise.key)
        told = escalation([self._told(case, card) for case, card in self._cards(waiting)])
        first = self.places.call_once(
            place, about(promise), saying.find(promise, spot), lambda _: saying.post(promise, spot, told)
        )
        if first is None:
            return LET_BE
        notices = Notices(self.room, self.places)
        for _, card in self._cards(waiting):
            notices.show(promise, card, Spot(place.channel, first))
        return first.ts

    def ask_for_files(self, promise: Promise) -> str:
        """Ask for new files where results are told; for those that came meanwhile, nobody is asked."""
        known = {one.key: one for one in self.room.services.rhythm.stale.wanted(self.room.workspace)}
        wanted = [known[key] for key in json.loads(promise.payload["sources"]) if key in known]
        if not wanted:
            return LET_BE
        asks = next((one.by for one in wanted if one.by), None)
        home = self.places.home
        place = self.places.of_results(asks) if self.places.is_silent(home) else self.places.of_channel(home, asks)
        hearing = self.places.call(place, promise.key)
        return Saying(self.room).say(promise, Spot(place.channel), files_wanted(wanted, hearing.asks)).ts

    def _waiting(self, promise: Promise) -> list[Case]:
        """List what is still undecided, most money first."""
        wanted = set(cases_of(promise))
        gaps = self.room.services.looking.gaps(self.room.workspace)
        return [case for case in gaps if case.id in wanted and case.state is CaseState.OPEN]

    def _threads(self, promise: Promise, waiting: Sequence[Case]) -> dict[Place, dict[Posted, list[Case]]]:
        """Find the threads of some gaps, place by place; who was not asked is not reminded, nor are strangers."""
        found: dict[Place, dict[Posted, list[Case]]] = {}
        owners = self.room.services.owners.of(self.room.workspace, promise.payload["client"]).people
        for case in waiting:
            asks = case.assigned or next(iter(owners), None)
            for posted in Saying(self.room).everywhere(subject_of(case.id)):
                if self.room.overheard(posted.channel):
                    continue
                place = self.places.of_channel(posted.channel, asks)
                if place.asks or place.to in (case.assigned, *(() if case.assigned else owners)):
                    above = self.places.above(case, posted)
                    found.setdefault(place, {}).setdefault(above, []).append(case)
        return found

    def _nudge_in(self, promise: Promise, place: Place, threads: dict[Posted, list[Case]]) -> str:
        saying, last = Saying(self.room), LET_BE
        for above, cases in threads.items():
            told = [Waiting(card.gap, card.days_open) for _, card in self._cards(cases)]
            spot = Spot(place.channel, above, f"{promise.key}@{above.ts}")
            say = partial(self._say_nudge, promise, spot, told)
            said = self.places.call_once(place, about(promise), saying.find(promise, spot), say)
            last = said.ts if said else last
        return last

    def _say_nudge(self, promise: Promise, spot: Spot, told: Sequence[Waiting], hearing: Hearing) -> Posted:
        return Saying(self.room).post(promise, spot, nudge(told, hearing.asks))

    def _cards(self, cases: Sequence[Case]) -> Sequence[tuple[Case, GapCard]]:
        cards = zip(cases, self.room.showing.cases(cases), strict=True)
        return [(case, self.room.showing.case(case.id) if case.proposal else card) for case, card in cards]

    def _told(self, case: Case, card: GapCard) -> Waiting:
        signed = card.decided.by if card.decided and card.decided.is_proposed else None
        return Waiting(card.gap, card.days_open, self._asked(case), signed)

    def _asked(self, case: Case) -> Who | None:
        owner = self.room.services.owners.of(self.room.workspace, case.gap.client)
        asked = case.assigned or next(iter(owner.people), None)
        return who(self.places.people(), asked) if asked else None
