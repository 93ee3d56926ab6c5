"""What a new run means for the gaps that are followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.cadence import billing_month
from bot.services.cases import Case, CaseState, Happening
from bot.services.computing import numbers_of
from bot.services.decisions import Correction, Decision, Verb
from bot.services.ids import CaseId, DecisionId, NewId
from bot.services.runs import Run
from bot.services.verifying import Before, Seen, is_settled_by_a_name, rested_on_a_name
from recon import Change, Direction, Gap, GapId, GapKind, Money, Turn, compare_runs

Identity = tuple[GapId, Direction]
SEES_ALL = Seen()


def before_of(case: Case) -> Before:
    """Take the run that showed a gap last at what the gap itself tells of it."""
    return Before(bought=case.gap.bought, billed=case.gap.billed, has_other_files=True, has_same_rules=True)


@dataclass(frozen=True, slots=True)
class Moved:
    """A gap as it is after a run, and what happened to it; other counts of the same money are shown only."""

    case: Case
    was: Case | None
    happenings: tuple[Happening, ...] = ()
    ends: tuple[DecisionId, ...] = ()  # decisions that are overtaken
    is_same_billing: bool = False  # the gap is another, though nothing shows that the billing is


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A run's gaps, and what is known of the gaps so far."""

    run: Run
    gaps: Sequence[tuple[Gap, str]]  # each with its own document
    unclosed: Sequence[Case]
    last_closed: Callable[[GapId, Direction], Case | None]
    decisions: Mapping[DecisionId, Decision]
    corrections: Mapping[DecisionId, Correction]
    new_id: NewId
    begins: int = 1  # the day on which the workspace's billing month does
    seen: Seen = SEES_ALL
    before: Callable[[Case], Before] = before_of


def follow(found: Found) -> list[Moved]:
    """Follow each gap into a run: which are new, grown, shrunk, closed, woken, back again."""
    stated = {_identity(gap): text for gap, text in found.gaps}
    cases = {_identity(case.gap): case for case in found.unclosed}
    waiting = {_identity(gap): gap for gap, _ in found.gaps if not gap.is_leak}
    spoken_of: set[CaseId] = set()
    moves: list[Moved] = []
    for change in compare_runs([case.gap for case in found.unclosed], [gap for gap, _ in found.gaps]):
        move = _follow_change(found, change, cases, stated, waiting)
        spoken_of.add(move.case.id)
        moves.append(move)
    settled = {at for at in waiting if at not in cases and found.last_closed(*at)}
    moves += [_wait(found, gap, cases.get(at), stated[at]) for at, gap in waiting.items() if at not in settled]
    spoken_of.update(move.case.id for move in moves)
    moves += [_close(found, case) for case in found.unclosed if case.id not in spoken_of]
    return list({move.case.id: move for move in moves}.values())


def _identity(gap: Gap) -> Identity:
    return (gap.id, gap.direction)


def state_of(gap: Gap) -> CaseState:
    """Say where a gap stands that nobody has decided about."""
    if gap.kind is GapKind.WAITING:
        return CaseState.WAITING
    return CaseState.SUPPRESSED if gap.is_suppressed else CaseState.OPEN


def _follow_change(
    found: Found,
    change: Change,
    cases: Mapping[Identity, Case],
    stated: Mapping[Identity, str],
    waiting: Mapping[Identity, Gap],
) -> Moved:
    if change.after is None:
        case = cases[_identity(change.gap)]
        again = waiting.get(_identity(change.gap))
        return _wait(found, again, case, stated[_identity(again)]) if again else _close(found, case)
    text = stated[_identity(change.after)]
    if change.before is not None:
        return _go_on(found, change, cases[_identity(change.before)], text)
    known = cases.get(_identity(change.after)) or found.last_closed(change.after.id, change.after.direction)
    return _come_up(found, change.after, known, text)


def _seen(found: Found, case: Case, gap: Gap, text: str) -> Case:
    return replace(case, gap=gap, stated=text, month=found.run.month, run=found.run.id)


def _open(found: Found, gap: Gap, text: str) -> Case:
    return Case(
        id=CaseId(found.new_id()),
        gap=gap,
        stated=text,
        state=state_of(gap),
        version=1,
        month=found.run.month,
        run=found.run.id,
        opened_at=found.run.at,
        has_spoken=state_of(gap) is CaseState.OPEN,
    )


def _come_up(found: Found, gap: Gap, known: Case | None, text: str) -> Moved:
    """Take up a gap the last run did not have: a new one, one that waited long enough, or one that is back."""
    state = state_of(gap)
    decision = found.decisions.get(known.decision) if known and known.decision else None
    if known is not None and decision is not None:
        return _hold_to(found, _seen(found, known, gap, text), known, decision)
    if known is None:
        happening = Happening.OPENED if state is CaseState.OPEN else Happening.SUPPRESSED
        return Moved(_open(found, gap, text), None, (happening,))
    is_back = known.state is CaseState.CLOSED
    happening = Happening.REOPENED if is_back and known.has_spoken else Happening.OPENED
    case = replace(
        _seen(found, known, gap, text),
        state=state,
        version=known.version + 1,
        has_spoken=known.has_spoken or state is CaseState.OPEN,
        times_reopened=known.times_reopened + is_back,
        closed_at=None,
        is_verified=False,
        recovered=None,
        opened_at=found.run.at if is_back else known.opened_at,
    )
    return Moved(case, known, (happening if state is CaseState.OPEN else Happening.SUPPRESSED,))


def _wait(found: Found, gap: Gap, known: Case | None, text: str) -> Moved:
    """Let a change that is too young to be a gap wait; whatever was decided about it stands."""
    if known is None:
        return Moved(_open(found, gap, text), None)
    case = _seen(found, known, gap, text)
    if known.state in (CaseState.WAITING, CaseState.DECIDED):
        return Moved(case, known, is_same_billing=_is_same_billing(found, known))
    return Moved(replace(case, state=CaseState.WAITING, version=known.version + 1), known)


def _close(found: Found, case: Case) -> Moved:
    """Close a gap that is no longer there, unless it only can't be seen."""
    if found.seen.hides(case) and not _is_unsaid(found, case):
        return Moved(case, case)
    recovered = _recovered(found, case)
    closed = replace(
        case,
        state=CaseState.CLOSED,
        version=case.version + 1,
        month=found.run.month,
        closed_at=found.run.at,
        is_verified=recovered is not None,
        recovered=recovered,
        decision=None,
        proposal=None,
        wakes_at=None,
    )
    happening = Happening.VERIFIED if recovered is not None else Happening.CLOSED
    ends = tuple(filter(None, (case.decision, case.proposal)))
    return Moved(closed, case, (happening,), ends, is_same_billing=_is_same_billing(found, case))


def _is_unsaid(found: Found, case: Case) -> bool:
    """Tell whether only an answer about names had shown a gap; a dismissal stands, should the answer be given again."""
    return _verb(found, case) is not Verb.DISMISS and rested_on_a_name(case, found.before(case))


def _recovered(found: Found, case: Case) -> Money | None:
    """Give what a gap that is gone has won: only if someone approved it, and other files show it put right."""
    is_won = _is_signed(found, case) and not _is_same_billing(found, case)
    return found.seen.put_right(case.gap, found.before(case)) if is_won else None


def _is_signed(found: Found, case: Case) -> bool:
    return _verb(found, case) is Verb.APPROVE


def _verb(found: Found, case: Case) -> Verb | None:
    decision = found.decisions.get(case.decision) if case.decision else None
    return decision.verb if decision else None


def _is_same_billing(found: Found, case: Case) -> bool:
    """Tell whether a signed gap changes though no billing shows it: by the same files, or by names settled since."""
    if not _is_signed(found, case):
        return False
    before = found.before(case)
    return not before.has_other_files or is_settled_by_a_name(case, before.settled)


def _go_on(found: Found, change: Change, case: Case, text: str) -> Moved:
    """Go on with a gap that was there and still is."""
    seen = _seen(found, case, change.gap, text)
    decision = found.decisions.get(case.decision) if case.decision else None
    if decision is not None:
        return _hold_to(found, seen, case, decision)
    is_other = numbers_of(case.gap) != numbers_of(seen.gap)
    outdated = (case.proposal,) if is_other and case.proposal else ()
    state = state_of(seen.gap)
    happenings = _say_what_changed(change.turn, case.state, state)
    if not happenings and not is_other:
        return Moved(seen, case)
    moved = replace(
        seen,
        state=state,
        version=case.version + 1,
        has_spoken=case.has_spoken or state is CaseState.OPEN,
        proposal=None if outdated else case.proposal,
    )
    return Moved(moved, case, happenings, outdated)


def _say_what_changed(turn: Turn, was: CaseState, now: CaseState) -> tuple[Happening, ...]:
    if was is not now:
        return (Happening.SPOKE,) if now is CaseState.OPEN else (Happening.SUPPRESSED,)
    happening = {Turn.GROWN: Happening.GROWN, Turn.SHRUNK: Happening.SHRUNK}.get(turn)
    return (happening,) if happening else ()


def _hold_to(found: Found, seen: Case, case: Case, decision: Decision) -> Moved:
    """Keep a decided gap decided, unless the decision rests on other numbers than there are now."""
    if decision.verb is not Verb.SNOOZE and decision.evidence != numbers_of(seen.gap):
        woken = wake(seen, was=case)
        same = _is_same_billing(found, case)
        return Moved(woken, case, (Happening.WOKE,), (decision.id,), is_same_billing=same)
    if case.proposal and numbers_of(case.gap) != numbers_of(seen.gap):
        return Moved(replace(seen, version=case.version + 1, proposal=None), case, (), (case.proposal,))
    correction = found.corrections.get(decision.id)
    first_day, _ = billing_month(found.run.month.last, found.begins)
    if correction is not None and correction.effective <= first_day and case.month != found.run.month:
        return Moved(replace(seen, version=case.version + 1), case, (Happening.NOT_FIXED,))
    return Moved(seen, case)


def wake(seen: Case, *, was: Case) -> Case:
    """Ask again about a gap."""
    state = state_of(seen.gap)
    return replace(
        seen,
        state=state,
        version=was.version + 1,
        decision=None,
        wakes_at=None,
        has_spoken=was.has_spoken or state is CaseState.OPEN,
    )


def is_ripe(case: Case, now: datetime) -> bool:
    """Say whether a dismissal or snooze is over."""
    return case.state is CaseState.DECIDED and case.wakes_at is not None and case.wakes_at <= now
