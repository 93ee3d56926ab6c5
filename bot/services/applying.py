"""What a run changed is written down, and promised to be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.services.cases import SAME_BILLING, Case, CaseEvent, CaseState, Happening
from bot.services.decisions import CorrectionState
from bot.services.failures import TryLater
from bot.services.following import Moved
from bot.services.ids import BOT, DecisionId, PersonId, RunId, client_key
from bot.services.ports import Books
from bot.services.promises import Promised
from bot.services.promising import alert_of, owner_wanted, promise_homes, redraw_of, reply_of
from bot.services.runs import Run
from bot.services.silence import stands_in

TOLD_IN_THREAD = (
    Happening.GROWN,
    Happening.SPOKE,
    Happening.CLOSED,
    Happening.VERIFIED,
    Happening.REOPENED,
    Happening.NOT_FIXED,
    Happening.WOKE,
)
MOST_ROWS = 12  # a story is no second copy of the evidence
SILENT = frozenset({CaseState.SUPPRESSED, CaseState.WAITING})


def apply_moves(books: Books, run: Run, moves: Sequence[Moved]) -> None:
    """Write down where each gap stands after a run, and promise what people should hear."""
    for move in moves:
        state = CorrectionState.VERIFIED if Happening.VERIFIED in move.happenings else CorrectionState.WITHDRAWN
        for decision in move.ends:
            end_decision(books, decision, by=BOT, at=run.at, correction=state)
    keep_moves(books, moves, at=run.at, run=run.id)


def keep_moves(books: Books, moves: Sequence[Moved], *, at: datetime, run: RunId | None = None) -> None:
    """Keep gaps as they are now, many at once: a first month may have thousands."""
    books.cases.add(*(move.case for move in moves if move.was is None))
    books.cases.refresh(*(move.case for move in moves if move.was and move.was.version == move.case.version))
    for move in moves:
        was = move.was
        if was and was.version != move.case.version and not books.cases.put(move.case, was=was.version):
            raise TryLater("A gap was changed while I wrote it down; I will try again.")
    books.cases.tell(*(event for move in moves for event in _tell(move, at, run)))
    books.outbox.promise(*promises_of(books, moves), at=at)
    if moves:
        promise_homes(books, run or at.isoformat(), at=at)


def _tell(move: Moved, at: datetime, run: RunId | None) -> Iterator[CaseEvent]:
    told = told_of(move.was, move.case) | ({SAME_BILLING: True} if move.is_same_billing else {})
    silent = (Happening.RESTATED,) if is_restated(move) else ()
    for happening in move.happenings or silent:
        yield CaseEvent(case=move.case.id, happening=happening, at=at, by=BOT, run=run, told=told)


def is_restated(move: Moved) -> bool:
    """Say whether a gap's money or standing is another, though nobody need hear of it."""
    was, case = move.was, move.case
    return was is not None and (was.state, was.gap.monthly) != (case.state, case.gap.monthly)


def promises_of(books: Books, moves: Sequence[Moved]) -> Iterator[Promised]:
    """Alert of what speaks for the first time, and tell in its thread what happened to the rest."""
    owned = {client_key(owner.client): owner for owner in books.owners.all() if owner.people or owner.channel}
    asked = stands_in(books)
    for move in moves:
        case, had_spoken = move.case, bool(move.was and move.was.has_spoken)
        owner = owned.get(client_key(case.gap.client))
        place = (owner.channel or owner.people[0]) if owner else asked or ""
        if case.has_spoken and not had_spoken:
            yield alert_of(case, place)
            if asked and not (owner and owner.people):
                yield owner_wanted(case.gap.client, asked)
        elif case.has_spoken and move.was and move.was.version != case.version:
            told = [] if case.state in SILENT else [h for h in TOLD_IN_THREAD if h in move.happenings]
            yield from (reply_of(case, happening, place) for happening in told)
            yield redraw_of(case)


def end_decision(
    books: Books, decision: DecisionId, *, by: PersonId, at: datetime, correction: CorrectionState
) -> None:
    """End a decision, and settle the correction it asked for."""
    books.decisions.put(replace(books.decisions.get(decision), ended_at=at, ended_by=by))
    asked = books.decisions.correction_of(decision)
    if asked is not None:
        books.decisions.put_correction(replace(asked, state=correction))


def told_of(was: Case | None, case: Case) -> dict[str, Any]:
    """Write down what a gap was and is, to the last decimal: the statement is made of nothing else."""
    return {"before": numbers(was) if was else None, "after": numbers(case)}


def numbers(case: Case) -> dict[str, str]:
    """Write a gap's numbers down, where it stands, and the rows they come from."""
    gap = case.gap
    return {
        "bought": f"{gap.bought.normalize():f}",
        "billed": f"{gap.billed.normalize():f}",
        "monthly": str(gap.monthly),
        "sure": "exact" if gap.exact else "estimated",
        "amount": f"{(case.recovered or gap.monthly).amount:f}",
        "kind": gap.kind.value,
        "state": case.state.value,
        "month": str(case.month),
        "rows": rows_of(case),
    }


def rows_of(case: Case) -> str:
    """Name the rows a gap was found in: `pax8.csv row 2, additions.csv row 5`."""
    lines = case.evidence["why"]["evidence"]
    named = [f"{line['source']} row {line['row']}" for line in lines[:MOST_ROWS]]
    return ", ".join([*named, *([f"{len(lines) - MOST_ROWS:,} more"] if len(lines) > MOST_ROWS else [])])
