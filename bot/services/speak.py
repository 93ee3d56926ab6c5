"""A person says that two names are one thing, or are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.cases import Case
from bot.services.decisions import Decision, Names, Verb
from bot.services.failures import Refused, TwoProducts
from bot.services.ids import CaseId, Clock, DecisionId, NewId, PersonId
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_run
from bot.services.rights import must_be_trusted, must_decide, must_decide_about
from recon import Judgement, Kind, Said, known_apart

VERDICTS = {Verb.SAME: Said.SAME, Verb.DIFFERENT: Said.DIFFERENT}


@dataclass(frozen=True, slots=True)
class Speak:
    """Settle what names mean; it is remembered, beats every score, and the month is compared again at once."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    def same(self, names: Names, by: Actor, *, case: CaseId | None = None, is_sure: bool = True) -> Decision:
        """Say that a bought and a billed name are one thing; of two products that are known, only whoever is sure."""
        if not is_sure and names.kind is Kind.PRODUCT and known_apart(*names.pair):
            raise TwoProducts(*self._as_read(names, by, case))
        return self._say(Verb.SAME, (names,), by, case)[-1]

    def different(self, names: Names, by: Actor, *, case: CaseId | None = None) -> Decision:
        """Say that a bought and a billed name are two things; they are never proposed again."""
        return self._say(Verb.DIFFERENT, (names,), by, case)[-1]

    def none_of(self, many: Sequence[Names], by: Actor) -> tuple[Decision, ...]:
        """Say of several pairs that the names are two things each; the month is compared again once."""
        return self._say(Verb.DIFFERENT, many, by, None)

    def _say(self, verb: Verb, many: Sequence[Names], by: Actor, case: CaseId | None) -> tuple[Decision, ...]:
        """Keep what was said of one pair of names or of several; the month is compared once because of them."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            known = books.heard.outcome(by.once) if by.once else None
            if known:
                return tuple(books.decisions.get(DecisionId(one)) for one in known.split())
            drafts = [self._draft(verb, names, by, case, now) for names in many]
            decisions = tuple(_keep(books, draft, by) for draft in drafts)
            if not decisions:
                raise Refused("There are no names to settle.")
            newest, named = books.runs.newest_applied(), " ".join(one.id for one in decisions)
            if newest:
                promise_run(books, newest.month, because=named, at=now)
            if by.once:
                books.heard.remember(by.once, named, at=now)
        return decisions

    def _as_read(self, names: Names, by: Actor, case: CaseId | None) -> tuple[str, str]:
        """Give two products as a person reads them: the gap's as it is shown, and the other one."""
        if case is None:
            return names.pair
        with self.ledger.look(by.workspace) as books:
            found = books.cases.get(case)
        is_bought = found.evidence["product_names"][0][0] is not None
        return found.gap.product, names.billed if is_bought else names.bought

    def _draft(self, verb: Verb, names: Names, by: Actor, case: CaseId | None, now: datetime) -> Decision:
        return Decision(id=DecisionId(self.new_id()), verb=verb, by=by.person, at=now, case=case, names=names)


def names_of(case: Case, other: str, kind: Kind = Kind.CLIENT) -> Names:
    """Pair a gap's name with another: the side the gap has no name of is the other's; if it has both, the billed."""
    stated = case.evidence
    bought, billed = stated["client_names"] if kind is Kind.CLIENT else stated["product_names"][0]
    if bought is None:
        return Names(kind, other, billed)
    return Names(kind, bought, other)


def _keep(books: Books, decision: Decision, by: Actor) -> Decision:
    """Keep what was said of one pair of names."""
    names = _checked(decision.names)
    _must_know(books, by, names, decision.case)
    books.decisions.add(decision)
    books.answers.say(judgement_of(names, VERDICTS[decision.verb], by.person, decision.at), decision=decision.id)
    told = {"kind": names.kind, "bought": names.bought, "billed": names.billed}
    books.audit.record(by.person, f"said: {decision.verb}", decision.id, told, at=decision.at)
    return decision


def judgement_of(names: Names, verdict: Said, by: PersonId, at: datetime) -> Judgement:
    """Write down what somebody said of two names, as the matcher reads it."""
    return Judgement(names.kind, names.bought, names.billed, verdict, by, at)


def _must_know(books: Books, by: Actor, names: Names, case: CaseId | None) -> None:
    if case is not None:
        must_decide(books, by, books.cases.get(case))
    elif names.kind is Kind.CLIENT:
        must_decide_about(books, by, names.billed)
    else:
        must_be_trusted(books, by, "say what products mean")


def _checked(names: Names | None) -> Names:
    if names is None or not (names.bought.strip() and names.billed.strip()):
        raise Refused("I need both names: the one that is bought and the one that is billed.")
    return names
