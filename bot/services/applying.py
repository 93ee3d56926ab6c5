"""What a run changed is written down, and promised to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.services.cases import Case, CaseEvent, CaseState, Happening
from bot.services.decisions import CorrectionState
from bot.services.failures import TryLater
from bot.services.following import Moved
from bot.services.ids import BOT, DecisionId, PersonId, RunId
from bot.services.ports import Books
from bot.services.promising import promise_alert, promise_redraw, promise_reply
from bot.services.runs import Run

TOLD_IN_THREAD = frozenset(
    {
        Happening.GROWN,
        Happening.SPOKE,
        Happening.CLOSED,
        Happening.VERIFIED,
        Happening.REOPENED,
        Happening.NOT_FIXED,
        Happening.WOKE,
    }
)


def apply_moves(books: Books, run: Run, moves: Sequence[Moved]) -> None:
    """Write down where each gap stands after a run, and promise what people should hear."""
    for move in moves:
        if move.ends:
            state = CorrectionState.VERIFIED if Happening.VERIFIED in move.happenings else CorrectionState.WITHDRAWN
            end_decision(books, move.ends, by=BOT, at=run.at, correction=state)
        keep_move(books, move, at=run.at, run=run.id)


def keep_move(books: Books, move: Moved, *, at: datetime, run: RunId | None = None) -> None:
    """Keep one gap as it is now, and promise what people should hear of it."""
    case, was = move.case, move.was
    if was is None:
        books.cases.add(case)
    elif not books.cases.put(case, was=was.version):
        raise TryLater("A gap was changed while I wrote it down; I will try again.")
    for happening in move.happenings:
        told = {"before": numbers(was) if was else None, "after": numbers(case)}
        books.cases.tell(CaseEvent(case=case.id, happening=happening, at=at, by=BOT, run=run, told=told))
    if case.has_spoken and not (was and was.has_spoken):
        promise_alert(books, case, at=at)
        return
    if not (case.has_spoken and move.happenings):
        return
    for happening in TOLD_IN_THREAD.intersection(move.happenings):
        if case.state not in (CaseState.SUPPRESSED, CaseState.WAITING):
            promise_reply(books, case, happening, at=at)
    promise_redraw(books, case, at=at)


def end_decision(
    books: Books, decision: DecisionId, *, by: PersonId, at: datetime, correction: CorrectionState
) -> None:
    """End a decision, and settle the correction it asked for."""
    books.decisions.put(replace(books.decisions.get(decision), ended_at=at, ended_by=by))
    asked = books.decisions.correction_of(decision)
    if asked is not None:
        books.decisions.put_correction(replace(asked, state=correction))


def numbers(case: Case) -> dict[str, str]:
    """Write a gap's numbers down."""
    gap = case.gap
    return {
        "bought": f"{gap.bought.normalize():f}",
        "billed": f"{gap.billed.normalize():f}",
        "monthly": str(gap.monthly),
        "kind": gap.kind.value,
    }
