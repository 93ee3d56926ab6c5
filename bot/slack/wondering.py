"""Names nobody is sure of are asked about below a result; what an answer changed is told where it was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.services.cases import CaseState, Happening
from bot.services.decisions import Decision
from bot.services.failures import TryLater
from bot.services.ids import DecisionId, RunId
from bot.services.promises import Promise, PromiseState
from bot.services.promising import result_key
from bot.services.wondering import questions_about, subject_of_name, thread_of_name
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.places import LET_BE, Places
from bot.slack.progressing import subject_of_run
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.showing import subject_of, subject_of_client, thread_of
from bot.slack.texts import said
from bot.slack.views.gap import headline
from bot.slack.views.names import ask_name, changed, more_names
from bot.slack.views.result import run_result

MOST_LINES = 5
COUNTED = {
    Happening.OPENED: "new",
    Happening.SPOKE: "above your thresholds now",
    Happening.GROWN: "grown",
    Happening.SHRUNK: "shrunk",
    Happening.REOPENED: "open again",
    Happening.CLOSED: "closed",
    Happening.VERIFIED: "closed",
    Happening.SUPPRESSED: "below your thresholds",
}
WAITING = (PromiseState.PENDING, PromiseState.SENDING, PromiseState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Asking:
    """Keeps the promises to ask about names, and to tell what the answers changed."""

    room: Room
    places: Places

    def ask(self, promise: Promise) -> str:
        """Ask a few questions, each once and in one place; offer the rest."""
        told, root = promise.payload, self._root(promise)
        if root is None:
            return LET_BE
        still = {one.id: one for one in self.room.services.wondering.open(self.room.workspace)}
        for name in told["questions"].split():
            if name in still and not self._saying.everywhere(subject_of_name(name)):
                self._saying.say(promise, Spot(root.channel, root, subject_of_name(name)), ask_name(still[name]))
                self.room.services.outbox.posted(self.room.workspace, thread_of_name(name), root.channel, root.ts)
        rest = int(told["rest"])
        if rest:
            self._saying.say(promise, Spot(root.channel, root), more_names(rest, told["money"], told["run"]))
        return root.ts

    def _root(self, promise: Promise) -> Posted | None:
        """Find the thread: where more was asked for, else the one of the result, which has to be there first."""
        told = promise.payload
        if told["thread"]:
            return Posted(told["channel"], told["thread"])
        key = result_key(RunId(told["run"]))
        there = self._saying.everywhere(key)
        result = self.room.services.outbox.promised(self.room.workspace, key)
        if not there and result and result.state in WAITING:
            raise TryLater("The result has to be there first.", after=promise.soon)
        return next((one for one in there if not self.room.overheard(one.channel)), None)

    def tell_changed(self, promise: Promise) -> str:
        """Say what an answer changed, in the thread in which it was given, and bring the month's result up to date."""
        run, decisions = RunId(promise.payload["run"]), self._decisions(promise)
        said_of = self._what_changed(decisions, run)
        self._redraw_result(run)
        ask_again(self.room, decisions)
        for faltered in self._saying.everywhere(subject_of_run(promise.payload["work"])):
            self.room.messenger.take_away(faltered)
        roots = self._threads(decisions[-1])
        if not roots:
            place = self.places.of_results()
            return self._saying.say(promise, Spot(place.channel), said_of).ts
        return [self._saying.say(promise, Spot(root.channel, root), said_of).ts for root in roots][-1]

    def _decisions(self, promise: Promise) -> list[Decision]:
        named = map(DecisionId, promise.payload["decision"].split())
        return [self.room.services.undo.one(self.room.workspace, one) for one in named]

    def _what_changed(self, decisions: Sequence[Decision], run: RunId) -> Message:
        services, workspace = self.room.services, self.room.workspace
        found = services.looking.changes(workspace, run)
        counts = Counter(COUNTED[event.happening] for _, event in found if event.happening in COUNTED)
        lines = [
            f"{COUNTED[event.happening]}: {said(case.gap.client)}, {headline(case.gap)}"
            for case, event in found
            if event.happening in COUNTED and case.state is not CaseState.SUPPRESSED and case.has_spoken
        ]
        left, showing, ended = len(services.wondering.open(workspace)), self.room.showing, decisions[-1].ended_by
        return changed(
            [*filter(None, map(showing.decision, decisions))],
            list(counts.items()),
            lines[:MOST_LINES],
            left,
            taken_back_by=showing.who(ended) if ended else None,
        )

    def _threads(self, found: Decision) -> list[Posted]:
        """List the threads in which a name was spoken of: of its question, or of the gap that was decided about."""
        if found.case is None:
            roots = (self._saying.everywhere(thread_of_name(one)) for one in questions_about(found))
            return self._private(root for there in roots for root in there)
        client = self.room.services.looking.why(self.room.workspace, found.case).case.gap.client
        subjects = (thread_of(found.case), subject_of_client(client), subject_of(found.case))
        there = next(filter(None, map(self._saying.everywhere, subjects)), [])
        return self._private(there)

    def _private(self, roots: Iterable[Posted]) -> list[Posted]:
        once = {(root.channel, root.ts): root for root in roots}
        return [root for root in once.values() if not self.room.overheard(root.channel)]

    def _redraw_result(self, run: RunId) -> None:
        """Show the new figures in the last result that was told of the month."""
        for before in self.room.services.looking.results_before(self.room.workspace, run):
            there = self._saying.everywhere(result_key(before))
            if there:
                shown = run_result(self.room.showing.run(run))
                for posted in self._private(there):
                    self.room.show(posted, shown)
                return

    @property
    def _saying(self) -> Saying:
        return Saying(self.room)


def ask_again(room: Room, decisions: Iterable[Decision]) -> None:
    """Put questions in their places again whose answers were taken back."""
    names = {name for one in decisions if not one.stands for name in questions_about(one)}
    for question in room.services.wondering.open(room.workspace) if names else ():
        posts = room.services.outbox.posts(room.workspace, subject_of_name(question.id))
        for channel, ts in posts.items() if question.id in names else ():
            if not room.overheard(channel):
                room.show(Posted(channel, ts), ask_name(question))
