"""What was handed to somebody who has left goes back to whoever answers for the client."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.services.applying import end_decision, keep_moves
from bot.services.cases import Happening
from bot.services.decisions import CorrectionState, Verb
from bot.services.following import Moved
from bot.services.ids import BOT
from bot.services.ports import Books


def hand_back(books: Books, now: datetime) -> None:
    """Take gaps from whoever is no colleague any more; asked again, it finds nothing more to do."""
    there = {person.id for person in books.people.all() if person.is_colleague}
    over = [one for one in books.decisions.standing() if one.verb is Verb.ASSIGN and one.assignee not in there]
    for decision in over:
        end_decision(books, decision.id, by=BOT, at=now, correction=CorrectionState.WITHDRAWN)
    cases = [books.cases.get(case) for case in dict.fromkeys(one.case for one in over) if case]
    moves = [
        Moved(replace(case, assigned=None, version=case.version + 1), case, (Happening.TAKEN_BACK,))
        for case in cases
        if case.assigned and case.assigned not in there
    ]
    for move in moves:
        told = {"was": move.was.assigned if move.was else None}
        books.audit.record(BOT, "handed back", move.case.id, told, at=now)
    keep_moves(books, moves, at=now)
