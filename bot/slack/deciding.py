"""What was asked for about a gap, by button, modal or reply, is asked of the one service that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.cases import Case
from bot.services.decisions import Names
from bot.services.failures import NotFound, Refused
from bot.services.ids import CaseId, PersonId
from bot.services.other_names import NameCandidate
from bot.services.people import Actor
from bot.services.speak import names_of
from bot.slack.asked import (
    AboutGap,
    Approve,
    Asked,
    Assign,
    Command,
    Dismiss,
    Help,
    History,
    NotSame,
    NotUnderstood,
    SameAs,
    Sign,
    Snooze,
    Undo,
    Why,
)
from bot.slack.messages import Message
from bot.slack.modals.same import Candidates
from bot.slack.room import Room
from bot.slack.texts import clean, shorten
from bot.slack.views.help import not_understood, thread_help
from bot.slack.views.questions import digest
from recon import Candidate, Kind, Side

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Deciding:
    """Acts on one gap for one person."""

    room: Room

    def do(self, asked: Asked, case: CaseId, by: Actor) -> Message | None:
        """Do what was asked; an answer comes only where the gap's own message does not show what was done."""
        match asked:
            case Why():
                return self.room.showing.why(case)
            case History():
                return self.room.showing.history(case)
            case Help() | Command():
                return thread_help()
            case NotUnderstood(sentence):
                return not_understood(sentence)
            case _:
                self._decide(asked, case, by)
        return None

    def _decide(self, asked: AboutGap, case: CaseId, by: Actor) -> None:
        services = self.room.services
        match asked:
            case Approve(seen):
                services.decide.approve(case, by, seen=seen)
            case Sign():
                services.decide.sign(case, by)
            case Dismiss(reason, until, note):
                ends = self.room.morning_of(until) if until else None
                services.decide.dismiss(case, by, reason, until=ends, note=note)
            case Snooze(until):
                services.decide.snooze(case, by, self.room.morning_of(until))
            case Assign(person):
                self.room.company.someone(PersonId(person))  # so that a colleague who is new is known
                services.decide.assign(case, by, PersonId(person))
            case SameAs(name, kind, is_sure):
                services.speak.same(self._same(case, name, kind), by, case=case, is_sure=is_sure)
            case NotSame(kind):
                services.speak.different(self._not_same(case, kind), by, case=case)
            case Undo(verb):
                services.undo.last(case, by, verb=verb)

    def candidates(self, case: CaseId, typed: str = "") -> Candidates:
        """List what the gap's client and product may be called on the other side, best first."""
        found = self._case(case)
        spell_out = self.room.showing.speller()
        return {
            kind: [
                Candidate(one.name, one.name, one.probability, spell_out(one.reasons))
                for one in self._other(found, kind, typed)
            ]
            for kind in Kind
        }

    def named(self, case: CaseId, key: str, *, is_sure: bool = False) -> SameAs:
        """Find the name that was chosen in a search, among all there are: a list shows only the likeliest."""
        found = self._case(case)
        for kind in Kind:
            side = self._side(found, kind)
            others = self.room.services.looking.other_names(self.room.workspace, side=side, kind=kind)
            chosen = next((one for one in others if f"{kind}/{digest(Candidate(one, one))}" == key), None)
            if chosen is not None:
                return SameAs(chosen, kind, is_sure=is_sure)
        raise Refused("That name is no longer among the candidates. Open the search again.")

    def _side(self, case: Case, kind: Kind) -> Side:
        """Tell on which side a gap's name stands: on the billed one where nothing was bought."""
        return Side.BILLED if stated_names(case, kind)[0] is None else Side.BOUGHT

    def _same(self, case: CaseId, name: str, kind: Kind | None) -> Names:
        """Find the name that was typed among the real ones: a slip of the fingers must not become a judgement."""
        found = self._case(case)
        kinds = [kind] if kind else list(Kind)
        near: list[str] = []
        for one in kinds:
            offered = self._other(found, one, name)
            exact = [other.name for other in offered if other.name.casefold() == name.casefold()]
            if exact:
                return names_of(found, exact[0], one)
            near += [other.name for other in offered[:MOST_NAMED]]
        raise NotFound(no_such_name(name, near))

    def _not_same(self, case: CaseId, kind: Kind | None) -> Names:
        pairs = [pair for pair in two_names(self._case(case)) if kind in (None, pair.kind)]
        if len(pairs) > 1:
            raise Refused("Which of the two? Say not the same client, or not the same product.")
        if not pairs:
            raise Refused("Both sides write the same name here, so there are no two names to keep apart.")
        return pairs[0]

    def _other(self, case: Case, kind: Kind, typed: str) -> Sequence[NameCandidate]:
        bought, billed = stated_names(case, kind)
        name, side = (billed, Side.BILLED) if bought is None else (bought, Side.BOUGHT)
        if name is None:
            return ()
        return self.room.services.looking.candidates(self.room.workspace, name, side=side, kind=kind, typed=typed)

    def _case(self, case: CaseId) -> Case:
        return self.room.services.looking.why(self.room.workspace, case).case


def stated_names(case: Case, kind: Kind) -> tuple[str | None, str | None]:
    """Give the names of a gap's client or product as both sides write them."""
    stated = case.evidence
    bought, billed = stated["client_names"] if kind is Kind.CLIENT else stated["product_names"][0]
    return bought, billed


def two_names(case: Case) -> list[Names]:
    """List the pairs of different names that were taken for one."""
    pairs = [(kind, *stated_names(case, kind)) for kind in Kind]
    return [Names(kind, bought, billed) for kind, bought, billed in pairs if bought and billed and bought != billed]


def no_such_name(name: str, near: Sequence[str], *, search: str = "Same as…") -> str:
    """Say that a name is not known, and which ones are near."""
    quoted = shorten(clean(name), 80)
    likely = ", ".join(shorten(clean(other), 80) for other in near[:MOST_NAMED])
    hint = f" Did you mean {likely}?" if likely else f" The button “{search}” has a search."
    return f"I know no “{quoted}” on the other side, so I changed nothing.{hint}"
