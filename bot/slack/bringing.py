"""What was promised to be said is brought to those it concerns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.services.aloud import Aloud
from bot.services.cases import ASKING, Case, CaseState, Happening
from bot.services.failures import NotWanted, Refused, TryLater
from bot.services.ids import CaseId, WorkspaceId
from bot.services.promises import Promise, PromiseKind, PromiseState
from bot.services.promising import alert_of
from bot.services.waiting import about_client
from bot.services.waiting import subject_of as about
from bot.services.wishes import WANTED
from bot.slack.answering import Answering
from bot.slack.cards import GapCard
from bot.slack.counsel import Counsel
from bot.slack.digests import Digests
from bot.slack.exporting import Exports
from bot.slack.home import home_of
from bot.slack.homes import Drawing
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.notices import Notices
from bot.slack.places import LET_BE, Hearing, Place, Places
from bot.slack.redrawing import Redrawing
from bot.slack.refusals import Vanished
from bot.slack.reminders import Reminders
from bot.slack.renames import Renames
from bot.slack.results import Results
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.showing import subject_of, subject_of_client
from bot.slack.taking import Taking
from bot.slack.views import turns
from bot.slack.views.gap import gap_message
from bot.slack.weeks import Weeks
from bot.slack.wishing import Wishing
from bot.slack.wondering import Asking
from bot.slack.wording import Who


@dataclass(frozen=True, slots=True)
class Bringing:
    """Brings promises to Slack; `home` is where results are told unless another channel was set."""

    room: Room
    home: str

    def bring(self, workspace: WorkspaceId, promise: Promise) -> str:
        """Say what was promised, and name the message; asked again, it looks before it repeats itself."""
        if workspace != self.room.workspace:
            raise Refused("I talk in another workspace.")
        way = self.ways.get(promise.kind)
        if way is None:
            raise Refused(f"A promise to {promise.kind} is not kept by talking.")
        try:
            return way(promise)
        except NotWanted:
            return LET_BE

    @property
    def ways(self) -> Mapping[PromiseKind, Callable[[Promise], str]]:
        """How each kind of promise is brought."""
        places = self.places
        return {
            PromiseKind.FILE: Taking(self.room).take,
            PromiseKind.ANSWER: Answering(self.room).keep,
            PromiseKind.RECEIPT: Answering(self.room).show,
            PromiseKind.EXPORT: Exports(self.room).bring,
            PromiseKind.RESULT: Results(self.room, places).tell,
            PromiseKind.QUESTIONS: Asking(self.room, places).ask,
            PromiseKind.CHANGED: Asking(self.room, places).tell_changed,
            PromiseKind.ALERT: self._alert,
            PromiseKind.REPLY: self._reply,
            PromiseKind.SUMMARY: Weeks(self.room, places).summarise,
            PromiseKind.HOME: Drawing(self.room).redraw,
            PromiseKind.SCORECARD: Weeks(self.room, places).score,
            PromiseKind.RENAMED: Renames(self.room, places).tell,
            PromiseKind.REDRAW: Redrawing(self.room).redraw,
            PromiseKind.NOTICE: self._notice,
            PromiseKind.WISH: Wishing(self.room, places).do,
            PromiseKind.NUDGE: Reminders(self.room, places).nudge,
            PromiseKind.ESCALATION: Reminders(self.room, places).escalate,
            PromiseKind.STALE: Reminders(self.room, places).ask_for_files,
            PromiseKind.ADVICE: Counsel(self.room, places).propose,
            PromiseKind.DIGEST: Digests(self.room, places).tell,
        }

    @property
    def saying(self) -> Saying:
        """Says things once."""
        return Saying(self.room)

    @property
    def places(self) -> Places:
        """Knows where people are, and when they are left in peace."""
        return Places(self.room, home_of(self.room, self.home))

    def _notice(self, promise: Promise) -> str:
        """Tell one person something, or ask an admin to let somebody decide."""
        if promise.payload["about"] == WANTED:
            return Wishing(self.room, self.places).ask(promise)
        return Notices(self.room, self.places).notify(promise)

    def _alert(self, promise: Promise) -> str:
        """Put a gap in its client's thread, wherever the client's gaps are told, if it still waits for a decision."""
        case = self._case(promise)
        if case.state is CaseState.OPEN:
            told = self._alert_somewhere(promise, case)
        else:
            self._find_again(promise, case)
            told = LET_BE
        if promise.is_in_doubt:
            Redrawing(self.room).both(case.id)  # what happened meanwhile could not be shown
        return told

    def _find_again(self, promise: Promise, case: Case) -> None:
        """Find the messages whose answers were lost of a gap that waits for no decision any more."""
        for place in self.places.of_client(case.gap.client):
            self._find_in(promise, case, place)

    def _find_in(self, promise: Promise, case: Case, place: Place) -> Posted | None:
        """Find a gap's message in a place; if its answer was lost, it is in the thread of its client's alert."""
        known = self.saying.known(subject_of(case.id), place.channel)
        if known:
            return known
        parent = self.saying.find(promise, Spot(place.channel, subject=subject_of_client(case.gap.client)))
        return self.saying.find(promise, Spot(place.channel, parent, subject_of(case.id))) if parent else None

    def _alert_somewhere(self, promise: Promise, case: Case) -> str:
        """Tell of a gap where its client's gaps are told, else whoever answers for it, else where results are."""
        card, client, places = self.room.showing.case(case.id), case.gap.client, self.places
        return places.in_each(
            promise,
            places.of_client(client),
            lambda place: self._alert_in(promise, case, card, place),
            lambda: places.of_people(client),
            lambda: places.of_last_resort(client),
        )

    def _alert_in(self, promise: Promise, case: Case, card: GapCard, place: Place) -> str:
        def say(hearing: Hearing) -> Posted:
            handed = card.assigned if card.assigned and not self._is_silent(card.assigned.id) else None
            parent = self._parent(promise, card, place.channel, handed or hearing.asks)
            return self.saying.say(promise, Spot(place.channel, parent, subject_of(case.id)), gap_message(card))

        there = self._find_in(promise, case, place)
        told = self.places.call_once(place, about_client(case.gap.client), there, say)
        return told.ts if told else LET_BE

    def _parent(self, promise: Promise, card: GapCard, channel: str, asks: Who | None) -> Posted:
        """Post the client's alert; one that is there is brought up to date, and one that was deleted comes anew."""
        spot = Spot(channel, subject=subject_of_client(card.gap.client))
        shown = Redrawing(self.room).client(card.gap.client, asks)
        posted = self.saying.known(spot.subject, channel)
        if posted is None:
            return self.saying.say(promise, spot, shown)
        try:
            return self.room.messenger.edit(posted, shown)
        except Vanished:
            return self.saying.say_anew(promise, spot, shown, gone=posted)

    def _reply(self, promise: Promise) -> str:
        """Say in every thread that has the gap what happened to it, if it is still so."""
        case, happening = self._case(promise), Happening(promise.payload["happening"])
        places = self.places
        posts = [one for one in self.saying.everywhere(subject_of(case.id)) if not places.is_silent(one.channel)]
        there = [one for one in posts if not self.room.overheard(one.channel)]
        if not still_holds(case, happening):
            return LET_BE
        if not there:
            return self._first_words(promise, case, happening)
        asks = case.assigned or next(
            iter(self.room.services.owners.of(self.room.workspace, case.gap.client).people), None
        )
        told = {places.of_channel(posted.channel, asks): posted for posted in there}
        return places.in_each(promise, told, lambda place: self._reply_in(promise, case, place, told[place]))

    def _reply_in(self, promise: Promise, case: Case, place: Place, posted: Posted) -> str:
        happening = Happening(promise.payload["happening"])
        spot = Spot(place.channel, self.places.above(case, posted), promise.key, self._is_loud(case, happening, place))

        def say(asks: Who | None) -> Posted:
            return self.saying.post(promise, spot, self._turn(self.room.showing.case(case.id), happening, asks))

        there = self.saying.find(promise, spot)
        if happening in ASKING:
            told = self.places.call_once(place, about(promise), there, lambda hearing: say(hearing.asks))
            return told.ts if told else LET_BE
        if there is None:
            self.places.tell(place)
        return (there or say(None)).ts

    def _is_loud(self, case: Case, happening: Happening, place: Place) -> bool:
        """Say whether those who read no threads see it as well, as is set for the channel."""
        aloud = self.room.services.rhythm.manners.aloud(self.room.workspace, place.to)
        if happening is Happening.REOPENED:
            return aloud is not Aloud.NOTHING
        return aloud is Aloud.JUMPS and self.room.showing.has_jumped(case.id, happening)

    def _is_silent(self, to: str) -> bool:
        return self.room.services.rhythm.manners.is_silent(self.room.workspace, to)

    def _first_words(self, promise: Promise, case: Case, happening: Happening) -> str:
        """Tell of a gap that has no message: its alert still comes, or was told in a digest, or never was."""
        alert = self.room.services.outbox.promised(self.room.workspace, alert_of(case).key)
        if alert and alert.state in (PromiseState.SENDING, PromiseState.UNKNOWN):
            raise TryLater("The gap's own message has to be there first.", after=promise.soon)
        is_coming = alert is not None and alert.state is PromiseState.PENDING
        if happening not in ASKING or (is_coming and case.state is CaseState.OPEN):
            return LET_BE
        return self._alert_somewhere(promise, case)

    def _turn(self, card: GapCard, happening: Happening, asks: Who | None) -> Message:
        case = CaseId(card.id)
        match happening:
            case Happening.CLOSED | Happening.VERIFIED:
                return turns.closed(card)
            case Happening.REOPENED:
                return turns.reopened(card, asks)
            case Happening.WOKE:
                return turns.woke(card, asks, is_time=self.room.showing.woke_by_itself(case))
            case Happening.GROWN:
                return turns.grown(card, self.room.showing.money_before(case, happening), asks)
            case Happening.NOT_FIXED:
                return turns.not_fixed(card, self.room.services.looking.why(self.room.workspace, case).case.month, asks)
            case _:
                return turns.spoke(card, asks)

    def _case(self, promise: Promise) -> Case:
        return self.room.services.looking.why(self.room.workspace, promise.payload["case"]).case


def still_holds(case: Case, happening: Happening) -> bool:
    """Tell whether what happened to a gap is still worth saying: meanwhile it may have closed, or been decided."""
    match happening:
        case Happening.CLOSED | Happening.VERIFIED:
            return case.state is CaseState.CLOSED
        case Happening.NOT_FIXED:
            return case.state is CaseState.DECIDED
        case _:
            return case.state is CaseState.OPEN
