"""A person decides about a gap, once, and may take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services.agreed import second_person_above
from bot.services.applying import end_decision, told_of
from bot.services.cases import Case, CaseEvent, CaseState, Happening
from bot.services.computing import numbers_of
from bot.services.correcting import write_correction
from bot.services.decisions import CorrectionState, Decision, Reason, Verb
from bot.services.failures import AlreadyDecided, DayHasPassed, MovedOn, NotAllowed, Refused
from bot.services.ids import CaseId, Clock, CorrectionId, DecisionId, NewId, PersonId
from bot.services.people import Actor, Person, may_second, may_sign_alone
from bot.services.planning import plan_of
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_homes, promise_notice, promise_redraw
from bot.services.rights import must_decide
from bot.services.silence import is_silent
from bot.services.telling import say_decision
from bot.services.wishes import grant_wishes, is_wished

LONGEST_ALONE = timedelta(days=31)  # to be quiet about money that two must sign for
Act = Callable[[Books, Case, Person, datetime], Decision]


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide about gaps."""

    ledger: Ledger
    clock: Clock
    new_id: NewId
    seen: int | None = None  # the one version of the gap that may be decided about

    def seeing(self, version: int) -> Decide:
        """Decide only about a gap that is still of this version."""
        return replace(self, seen=version)

    def approve(self, case: CaseId, by: Actor, *, seen: int | None = None) -> Decision:
        """Have a gap corrected; above the person's limit it is proposed, and a second person signs."""
        return self._act(case, by, self._approve, seen=seen)

    def dismiss(
        self, case: CaseId, by: Actor, reason: Reason, *, until: datetime | None = None, note: str = ""
    ) -> Decision:
        """Leave a gap as it is, until a day or until its numbers are others; above a limit that takes two as well.

        Whoever dismisses what another wants dismissed signs beside them.
        """

        def act(books: Books, gap: Case, person: Person, now: datetime) -> Decision:
            _must_lie_ahead(until, now)
            known = books.decisions.get(gap.proposal) if gap.proposal else None
            if known and known.verb is Verb.DISMISS:
                return self._second(books, gap, known, person, now)
            draft = self._draft(Verb.DISMISS, gap, person, now)
            drafted = replace(draft, reason=reason, wakes_at=until, note=note)
            if may_sign_alone(person, gap.gap.monthly, second_person_above(books)):
                return self._decided(books, gap, drafted)
            return self._propose(books, gap, drafted)

        return self._act(case, by, act)

    def sign(self, case: CaseId, by: Actor) -> Decision:
        """Sign beside another person, whatever they chose."""

        def act(books: Books, gap: Case, person: Person, now: datetime) -> Decision:
            if gap.proposal is None:
                raise Refused("Nothing waits for a second signature here.")
            return self._second(books, gap, books.decisions.get(gap.proposal), person, now)

        return self._act(case, by, act)

    def snooze(self, case: CaseId, by: Actor, until: datetime) -> Decision:
        """Keep a gap quiet until then, whatever its numbers do."""

        def act(books: Books, gap: Case, person: Person, now: datetime) -> Decision:
            _must_lie_ahead(until, now)
            is_alone = may_sign_alone(person, gap.gap.monthly, second_person_above(books))
            if not is_alone and until > now + LONGEST_ALONE:
                said = f"{gap.gap.monthly} a month is above your limit"
                raise Refused(f"{said}: snooze it for a month at most, or dismiss it.")
            return self._decided(books, gap, replace(self._draft(Verb.SNOOZE, gap, person, now), wakes_at=until))

        return self._act(case, by, act)

    def assign(self, case: CaseId, by: Actor, to: PersonId) -> Decision:
        """Hand a gap to another person, who is told."""

        def act(books: Books, gap: Case, person: Person, now: datetime) -> Decision:
            name = _must_be_able(books, to).name
            if to != person.id and is_silent(books, to) and not is_wished(books, to, gap, now):
                raise Refused(f"{name} has alerts off. Choose somebody else.")
            draft = self._draft(Verb.ASSIGN, gap, person, now)
            decision = replace(draft, assignee=to, before=gap.assigned)
            books.decisions.add(decision)
            moved = replace(gap, assigned=to, version=gap.version + 1)
            _keep(books, gap, moved, Happening.ASSIGNED, decision)
            if (to, gap.id) not in grant_wishes(books, now):
                promise_notice(books, "assigned", decision, person=to)
            return decision

        return self._act(case, by, act)

    def _act(self, case: CaseId, by: Actor, act: Act, *, seen: int | None = None) -> Decision:
        """Let a person act on a gap in one transaction, once per click."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            known = books.heard.outcome(by.once) if by.once else None
            if known:
                return books.decisions.get(DecisionId(known))
            gap = books.cases.get(case)
            person = must_decide(books, by, gap)
            _must_be_open(books, gap, self.seen if seen is None else seen)
            decision = act(books, gap, person, now)
            if by.once:
                books.heard.remember(by.once, decision.id, at=now)
            return decision

    def _draft(self, verb: Verb, case: Case, person: Person, now: datetime) -> Decision:
        return Decision(
            id=DecisionId(self.new_id()),
            verb=verb,
            by=person.id,
            at=now,
            case=case.id,
            money=case.gap.monthly,
            evidence=numbers_of(case.gap),
        )

    def _approve(self, books: Books, case: Case, person: Person, now: datetime) -> Decision:
        known = books.decisions.get(case.proposal) if case.proposal else None
        if known and known.verb is Verb.APPROVE:
            return self._second(books, case, known, person, now)
        decision = self._draft(Verb.APPROVE, case, person, now)
        if may_sign_alone(person, case.gap.monthly, second_person_above(books)):
            return self._approved(books, case, decision)
        return self._propose(books, case, decision)

    def _propose(self, books: Books, case: Case, decision: Decision) -> Decision:
        """Keep what one person wants until a second signs; what was proposed before it is over."""
        proposed = replace(decision, is_proposed=True)
        if case.proposal:
            end_decision(books, case.proposal, by=decision.by, at=decision.at, correction=CorrectionState.WITHDRAWN)
        books.decisions.add(proposed)
        moved = replace(case, proposal=proposed.id, version=case.version + 1)
        _keep(books, case, moved, Happening.PROPOSED, proposed)
        promise_notice(books, "second signature wanted", proposed, person=None)
        return proposed

    def _second(self, books: Books, case: Case, proposed: Decision, person: Person, now: datetime) -> Decision:
        """Sign beside another person; nobody does so beside themselves."""
        if proposed.by == person.id:
            raise NotAllowed("You have signed this already. It is above your limit, so someone else has to sign too.")
        money = case.gap.monthly
        if not may_second(person, money):
            able = [one.name for one in books.people.all() if one.id != proposed.by and may_second(one, money)]
            ask = f"Ask {', '.join(able)}." if able else "Nobody else may sign for that much yet."
            raise NotAllowed(f"{money} a month is above what you may sign for. {ask}")
        _must_lie_ahead(proposed.wakes_at, now)
        signed = replace(proposed, is_proposed=False, seconded_by=person.id, seconded_at=now)
        settle = self._approved if signed.verb is Verb.APPROVE else self._decided
        return settle(books, case, signed)

    def _approved(self, books: Books, case: Case, decision: Decision) -> Decision:
        correction = write_correction(case, decision, CorrectionId(self.new_id()), plan_of(books, decision.at))
        decided = self._decided(books, case, decision)
        books.decisions.correct(correction)
        return decided

    def _decided(self, books: Books, case: Case, decision: Decision) -> Decision:
        """Keep a decision that settles a gap; what was proposed or put off before it is over."""
        at = decision.seconded_at or decision.at
        overtaken = {case.decision, case.proposal} - {None, decision.id}
        for old in sorted(filter(None, overtaken)):
            end_decision(books, old, by=actor_of(decision), at=at, correction=CorrectionState.WITHDRAWN)
        if decision.id == case.proposal:
            books.decisions.put(decision)
        else:
            books.decisions.add(decision)
        moved = replace(
            case,
            state=CaseState.DECIDED,
            decision=decision.id,
            proposal=None,
            wakes_at=decision.wakes_at,
            version=case.version + 1,
        )
        _keep(books, case, moved, Happening.DECIDED, decision)
        return decision


def _must_lie_ahead(until: datetime | None, now: datetime) -> None:
    if until is not None and until <= now:
        raise DayHasPassed(f"{until:%d %b %Y} has passed already. Until which day shall it be?")


def _must_be_able(books: Books, to: PersonId) -> Person:
    """Let a gap be handed to a colleague who is there."""
    person = books.people.find(to)
    if person is None:
        raise Refused("I know no such colleague, and a bot can't decide. Choose somebody else.")
    if person.is_guest:
        raise Refused(f"{person.name} is a guest, and guests decide nothing. Choose somebody else.")
    if not person.is_active:
        raise Refused(f"{person.name} has left. Choose somebody else.")
    return person


def _must_be_open(books: Books, case: Case, seen: int | None) -> None:
    """Let a gap be decided that nobody has decided; one that is only put off may be."""
    if case.state is CaseState.CLOSED:
        raise Refused(f"This gap closed on {case.closed_at:%d %b %Y}: a later run no longer shows it.")
    if case.state is CaseState.DECIDED and case.decision:
        winner = books.decisions.get(case.decision)
        if winner.verb is not Verb.SNOOZE:
            raise AlreadyDecided(say_decision(books, winner), winner=winner)
    if seen is not None and seen != case.version:
        if case.proposal:
            raise MovedOn(_say_proposal(books, books.decisions.get(case.proposal)))
        raise MovedOn(f"This gap has changed since you saw it: {case.gap.sentence}")


def _say_proposal(books: Books, proposal: Decision) -> str:
    person = books.people.find(proposal.by)
    did = "approved this" if proposal.verb is Verb.APPROVE else "wants this dismissed"
    waits = f"{person.name if person else 'Somebody'} {did}, and a second person must sign"
    return f"{waits}. Your click changed nothing."


def actor_of(decision: Decision) -> PersonId:
    """Say whose signature settled it."""
    return decision.seconded_by or decision.by


def _keep(books: Books, was: Case, case: Case, happening: Happening, decision: Decision) -> None:
    """Compare and set the gap, tell its story, and promise to redraw it."""
    if not books.cases.put(case, was=was.version):
        raise MovedOn("This gap has just changed; look at it again.")
    actor, at = actor_of(decision), decision.seconded_at or decision.at
    news = told_of(was, case)
    books.cases.tell(CaseEvent(case=case.id, happening=happening, at=at, by=actor, decision=decision.id, told=news))
    told = {"decision": decision.id, "evidence": decision.evidence, "reason": decision.reason, "to": decision.assignee}
    books.audit.record(actor, f"{happening}: {decision.verb}", case.id, told, at=at)
    promise_redraw(books, case, at=at)
    promise_homes(books, f"{case.id}:{case.version}", at=at)
