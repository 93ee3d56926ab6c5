"""The keys under which things are promised: the same thing is never promised twice."""

from __future__ import annotations

from datetime import datetime

from bot.services.cases import Case, Happening
from bot.services.decisions import Decision
from bot.services.ids import PersonId, client_key
from bot.services.ports import Books
from bot.services.promises import PromiseKind
from bot.services.runs import Run
from recon import Month


def promise_run(books: Books, month: Month, *, because: str, at: datetime) -> str:
    """Promise to reconcile a month; `because` names the file or decision that asks for it."""
    key = f"run:{month}:{because}"
    books.outbox.promise(key, PromiseKind.RUN, {"month": str(month), "because": because}, at=at)
    return key


def promise_result(books: Books, run: Run) -> None:
    """Promise to tell the team what a run found."""
    told = {"run": run.id, "month": str(run.month), "because": run.because or ""}
    books.outbox.promise(f"result:{run.id}", PromiseKind.RESULT, told, at=run.at)


def promise_alert(books: Books, case: Case, *, at: datetime) -> None:
    """Promise that a gap speaks for the first time; it does so once, whatever becomes of it."""
    told = {"case": case.id, "run": case.run, "client": case.gap.client}
    books.outbox.promise(f"alert:{case.id}", PromiseKind.ALERT, told, at=at)
    _ask_for_owner(books, case.gap.client, at=at)


def promise_reply(books: Books, case: Case, happening: Happening, *, at: datetime) -> None:
    """Promise to say in a gap's thread what happened to it."""
    told = {"case": case.id, "happening": happening.value, "run": case.run}
    books.outbox.promise(f"reply:{case.id}:{case.version}:{happening.value}", PromiseKind.REPLY, told, at=at)


def promise_redraw(books: Books, case: Case, *, at: datetime) -> None:
    """Promise that a gap's message shows how it is now."""
    if case.has_spoken:
        books.outbox.promise(f"redraw:{case.id}:{case.version}", PromiseKind.REDRAW, {"case": case.id}, at=at)


def promise_notice(books: Books, about: str, decision: Decision, *, person: PersonId | None) -> None:
    """Promise to tell a person, or all who may sign, of a decision that concerns them."""
    told = {"person": person or "", "about": about, "case": decision.case or "", "decision": decision.id}
    books.outbox.promise(f"notice:{about}:{decision.id}", PromiseKind.NOTICE, told, at=decision.at)


def _ask_for_owner(books: Books, client: str, *, at: datetime) -> None:
    """Ask the billing owner once who answers for a client that nobody answers for."""
    asked = books.workspace.billing_owner
    if asked and not books.owners.of(client).people:
        told = {"person": asked, "about": "owner wanted", "client": client}
        books.outbox.promise(f"owner wanted:{client_key(client)}", PromiseKind.NOTICE, told, at=at)
