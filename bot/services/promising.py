"""What is promised under which key: the same thing is never promised twice."""

from __future__ import annotations

from datetime import datetime

from bot.services.cases import Case, Happening
from bot.services.decisions import Decision
from bot.services.ids import PersonId, client_key
from bot.services.ports import Books
from bot.services.promises import Promised, PromiseKind
from bot.services.runs import Run
from recon import Month


def promise_run(books: Books, month: Month, *, because: str, at: datetime) -> str:
    """Promise to reconcile a month; `because` names the file or decision that asks for it."""
    run = Promised(f"run:{month}:{because}", PromiseKind.RUN, {"month": str(month), "because": because})
    books.outbox.promise(run, at=at)
    return run.key


def promise_redraw(books: Books, case: Case, *, at: datetime) -> None:
    """Promise that a gap's message, if it has one, shows how it is now."""
    if case.has_spoken:
        books.outbox.promise(redraw_of(case), at=at)


def promise_notice(books: Books, about: str, decision: Decision, *, person: PersonId | None) -> None:
    """Promise to tell a person, or all who may sign, of a decision that concerns them."""
    told = {"person": person or "", "about": about, "case": decision.case or "", "decision": decision.id}
    notice = Promised(f"notice:{about}:{decision.id}", PromiseKind.NOTICE, told)
    books.outbox.promise(notice, at=decision.at)


def result_of(run: Run) -> Promised:
    """Tell the team what a run found."""
    told = {"run": run.id, "month": str(run.month), "because": run.because or ""}
    return Promised(f"result:{run.id}", PromiseKind.RESULT, told)


def alert_of(case: Case) -> Promised:
    """Let a gap speak for the first time; it does so once, whatever becomes of it."""
    told = {"case": case.id, "run": case.run, "client": case.gap.client}
    return Promised(f"alert:{case.id}", PromiseKind.ALERT, told)


def reply_of(case: Case, happening: Happening) -> Promised:
    """Say in a gap's thread what happened to it."""
    told = {"case": case.id, "happening": happening.value, "run": case.run}
    return Promised(f"reply:{case.id}:{case.version}:{happening.value}", PromiseKind.REPLY, told)


def redraw_of(case: Case) -> Promised:
    """Show how a gap is now."""
    return Promised(f"redraw:{case.id}:{case.version}", PromiseKind.REDRAW, {"case": case.id})


def owner_wanted(client: str, asked: PersonId) -> Promised:
    """Ask one person, once, who answers for a client that nobody answers for."""
    told = {"person": asked, "about": "owner wanted", "client": client}
    return Promised(f"owner wanted:{client_key(client)}", PromiseKind.NOTICE, told)
