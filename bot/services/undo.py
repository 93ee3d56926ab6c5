"""What stands, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.applying import end_decision, promises_of, told_of
from bot.services.cases import Case, CaseEvent, CaseState, Happening
from bot.services.decisions import CorrectionState, Decision, Names, Verb
from bot.services.failures import MovedOn, Refused
from bot.services.following import Moved, wake
from bot.services.ids import CaseId, Clock, DecisionId, WorkspaceId, client_key
from bot.services.known_again import names_now
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_homes, promise_run
from bot.services.rights import must_be_trusted, must_decide
from bot.services.speak import VERDICTS, judgement_of
from bot.services.wondering import TAKEN_BACK
from recon import Kind, Said, find_alike


@dataclass(frozen=True, slots=True)
class Undo:
    """Take decisions back."""

    ledger: Ledger
    clock: Clock

    def standing(self, workspace: WorkspaceId) -> tuple[Decision, ...]:
        """List every decision that stands, the newest first."""
        with self.ledger.look(workspace) as books:
            return tuple(books.decisions.standing())

    def one(self, workspace: WorkspaceId, decision: DecisionId) -> Decision:
        """Give one decision."""
        with self.ledger.look(workspace) as books:
            return books.decisions.get(decision)

    def last(self, case: CaseId, by: Actor, *, verb: Verb | None = None) -> Decision:
        """Take back what was decided about a gap last, or what was decided last with one verb."""
        with self.ledger.open(by.workspace) as books:
            known = _heard(books, by)
            if known:
                return known[-1]
            standing = [one for one in books.decisions.of_case(case) if one.stands and verb in (None, one.verb)]
            if not standing:
                raise Refused(f"There is no {'such ' if verb else ''}decision on this gap to take back.")
            return self._take_back(books, standing[:1], by)[0]

    def take_back(self, decision: DecisionId, by: Actor) -> Decision:
        """Take back one decision."""
        return self.take_back_all([decision], by)[0]

    def take_back_all(self, decisions: Sequence[DecisionId], by: Actor) -> tuple[Decision, ...]:
        """Take back decisions that were made with one click; those that no longer stand are left."""
        with self.ledger.open(by.workspace) as books:
            known = _heard(books, by)
            if known:
                return known
            asked = [one for one in map(books.decisions.get, decisions) if one.stands]
            if not asked:
                raise Refused("That decision no longer stands.")
            return self._take_back(books, asked, by)

    def _take_back(self, books: Books, decisions: Sequence[Decision], by: Actor) -> tuple[Decision, ...]:
        """Take decisions back, once per click, and compare the month again if names are among them."""
        now = self.clock()
        taken = tuple(_end(books, decision, by, now) for decision in decisions)
        newest, named = books.runs.newest_applied(), " ".join(one.id for one in taken)
        if newest and taken[-1].names:
            promise_run(books, newest.month, because=f"{named}{TAKEN_BACK}", at=now)
        if by.once:
            books.heard.remember(by.once, named, at=now)
        return taken


def _heard(books: Books, by: Actor) -> tuple[Decision, ...]:
    known = books.heard.outcome(by.once) if by.once else None
    return tuple(books.decisions.get(DecisionId(one)) for one in (known or "").split())


def _end(books: Books, decision: Decision, by: Actor, now: datetime) -> Decision:
    """Take one decision back, and what it did."""
    case = books.cases.get(decision.case) if decision.case else None
    if case:
        must_decide(books, by, case)
    else:
        must_be_trusted(books, by, "take back what was said of names")
    end_decision(books, decision.id, by=by.person, at=now, correction=CorrectionState.WITHDRAWN)
    if decision.names:
        _forget_names(books, decision.id, decision.names, by, now)
    if case:
        _reopen(books, case, decision, by, now)
    books.audit.record(by.person, f"took back: {decision.verb}", decision.id, {"was by": decision.by}, at=now)
    return replace(decision, ended_at=now, ended_by=by.person)


def _forget_names(books: Books, decision: DecisionId, names: Names, by: Actor, now: datetime) -> None:
    """Append that what was said is taken back, and then once more what still stands."""
    books.answers.say(judgement_of(names, Said.TAKEN_BACK, by.person, now), decision=decision)
    left = _left_of(books, names)
    if left and left.names:
        books.answers.say(judgement_of(left.names, VERDICTS[left.verb], left.by, left.at), decision=left.id)


def _left_of(books: Books, names: Names) -> Decision | None:
    """Give the newest decision about two names that stands: it was said before, or by somebody else."""
    standing = [one for one in books.decisions.standing() if one.names and one.names.kind is names.kind]
    now = names_now(books.clients.gone()) if names.kind is Kind.CLIENT else {}
    place = find_alike(_pair_now(names, now), [_pair_now(one.names, now) for one in standing if one.names])
    return None if place is None else standing[place]


def _pair_now(names: Names, now: Mapping[str, str]) -> tuple[str, str]:
    """Give two names, the billed one as the PSA has it now: what was said under both holds of one client."""
    return names.bought, now.get(client_key(names.billed), names.billed)


def _reopen(books: Books, case: Case, decision: Decision, by: Actor, now: datetime) -> None:
    moved = replace(case, version=case.version + 1)
    if decision.verb is Verb.ASSIGN:
        moved = replace(moved, assigned=decision.before)
    elif decision.id == case.proposal:
        moved = replace(moved, proposal=None)
    elif decision.id == case.decision and case.state is CaseState.DECIDED:
        moved = wake(moved, was=case)
    if not books.cases.put(moved, was=case.version):
        raise MovedOn("This gap has just changed; look at it again.")
    books.cases.tell(
        CaseEvent(
            case=case.id,
            happening=Happening.TAKEN_BACK,
            at=now,
            by=by.person,
            decision=decision.id,
            told=told_of(case, moved),
        )
    )
    books.outbox.promise(*promises_of(books, [Moved(moved, case)]), at=now)
    promise_homes(books, f"{moved.id}:{moved.version}", at=now)
