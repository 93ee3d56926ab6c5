"""Dismissals and snoozes whose time is over wake."""

from __future__ import annotations

from datetime import datetime

from bot.services.applying import end_decision, keep_moves
from bot.services.cases import Case, Happening
from bot.services.decisions import CorrectionState
from bot.services.following import Moved, is_ripe, wake
from bot.services.ids import BOT
from bot.services.ports import Books


def wake_due(books: Books, now: datetime) -> tuple[Case, ...]:
    """Wake every gap whose time is over; asked again, it finds nothing more to do."""
    ripe = [case for case in books.cases.unclosed() if is_ripe(case, now)]
    woken = tuple(wake(case, was=case) for case in ripe)
    for was, case in zip(ripe, woken, strict=True):
        if was.decision:
            end_decision(books, was.decision, by=BOT, at=now, correction=CorrectionState.WITHDRAWN)
        books.audit.record(BOT, "woke", case.id, {"decision": was.decision}, at=now)
    moves = [Moved(case, was, (Happening.WOKE,)) for was, case in zip(ripe, woken, strict=True)]
    keep_moves(books, moves, at=now)
    return woken
