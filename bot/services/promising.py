"""What is promised under which key: the same thing is never promised twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.services.cases import Case, Happening
from bot.services.decisions import Decision
from bot.services.ids import CaseId, FileId, PersonId, RunId, client_key
from bot.services.known_again import Renamed
from bot.services.ports import Books
from bot.services.promises import Promise, Promised, PromiseKind
from bot.services.runs import Run, canonical
from bot.services.wondering import next_questions, said_of_names
from recon import Month

HOMES = "home"
"""What the homes people have are called where messages are remembered; the channel is the person."""
GATHERING = timedelta(seconds=5)
ESCALATION = "escalation:"


def promise_run(books: Books, month: Month, *, because: str, at: datetime) -> str:
    """Promise to reconcile a month; `because` names the file or the decisions that ask for it."""
    run = Promised(run_key(str(month), because), PromiseKind.RUN, {"month": str(month), "because": because})
    books.outbox.promise(run, at=at)
    return run.key


def run_key(month: str, because: str) -> str:
    """Name the promise to compare a month."""
    return f"run:{month}:{because}"


def promise_redraw(books: Books, case: Case, *, at: datetime) -> None:
    """Promise that a gap's message, if it has one, shows how it is now."""
    if case.has_spoken:
        books.outbox.promise(redraw_of(case), at=at)


def promise_homes(books: Books, cause: str, *, at: datetime) -> None:
    """Promise that homes show what was done, some seconds from now: of several such promises the last is enough."""
    if books.messages.of(HOMES):
        shown = Promised(f"home:{cause}", PromiseKind.HOME, {}, not_before=at + GATHERING)
        books.outbox.promise(shown, at=at)


def promise_notice(books: Books, about: str, decision: Decision, *, person: PersonId | None) -> None:
    """Promise to tell a person, or all who may sign, of a decision that concerns them."""
    told = {"person": person or "", "about": about, "case": decision.case or "", "decision": decision.id}
    notice = Promised(f"notice:{about}:{decision.id}", PromiseKind.NOTICE, told)
    books.outbox.promise(notice, at=decision.at)


def promise_receipts(
    books: Books, files: Iterable[FileId], *, because: str, at: datetime, month: Month | None = None
) -> None:
    """Promise to show how files read now that something was said about them, such as their month."""
    for file in files:
        told = {"file": file, "channel": _channel_of(books, file), "month": str(month or "")}
        books.outbox.promise(Promised(f"receipt:{file}:{because}", PromiseKind.RECEIPT, told), at=at)


def promise_corrected_receipts(books: Books, files: Iterable[FileId], *, because: str, at: datetime) -> None:
    """Promise to put how files read now in the place of what was said of them before."""
    for file in files:
        told = {"file": file, "channel": _channel_of(books, file), "corrects": "yes"}
        books.outbox.promise(Promised(f"receipt again:{file}:{because}", PromiseKind.RECEIPT, told), at=at)


def _channel_of(books: Books, file: FileId) -> str:
    place = books.exports.get(file).place
    return place.channel if place else ""


def result_of(run: Run) -> Promised:
    """Tell the team what a run found."""
    told = {"run": run.id, "month": str(run.month), "because": run.because or ""}
    return Promised(result_key(run.id), PromiseKind.RESULT, told)


def result_key(run: RunId) -> str:
    """Name the promise to tell a result, and the message that does."""
    return f"result:{run}"


def told_of(books: Books, run: Run) -> Iterable[Promised]:
    """Tell of a run: what was asked for by an answer about names is told where that was given, and nowhere else."""
    names = said_of_names(books, run.because or "")
    if names:
        told = {"run": run.id, "decision": " ".join(names), "work": run_key(str(run.month), run.because or "")}
        return (Promised(f"changed:{run.id}", PromiseKind.CHANGED, told),)
    asked = None if run.missing or run.figures.is_one_sided else next_questions(books, run.id)
    return (result_of(run), asked) if asked else (result_of(run),)


def alert_of(case: Case, place: str = "") -> Promised:
    """Let a gap speak for the first time; it does so once, whatever becomes of it."""
    told = {"case": case.id, "run": case.run, "client": case.gap.client}
    return Promised(f"alert:{case.id}", PromiseKind.ALERT, told, place=place)


def reply_of(case: Case, happening: Happening, place: str = "") -> Promised:
    """Say in a gap's thread what happened to it."""
    told = {"case": case.id, "happening": happening.value, "run": case.run, "client": case.gap.client}
    return Promised(f"reply:{case.id}:{case.version}:{happening.value}", PromiseKind.REPLY, told, place=place)


def redraw_of(case: Case) -> Promised:
    """Show how a gap is now."""
    told = {"case": case.id, "client": case.gap.client}
    return Promised(f"redraw:{case.id}:{case.version}", PromiseKind.REDRAW, told, place=client_key(case.gap.client))


def renamed_of(renamed: Renamed, place: str, at: datetime) -> Promised:
    """Say in a client's thread what it is called now, before whatever else is new about it."""
    told = {"client": renamed.now, "was": renamed.was, "because": renamed.because.value}
    return Promised(f"renamed:{client_key(renamed.now)}:{at.isoformat()}", PromiseKind.RENAMED, told, place=place)


def owner_wanted(client: str, asked: PersonId) -> Promised:
    """Ask one person, once, who answers for a client that nobody answers for."""
    told = {"person": asked, "about": "owner wanted", "client": client}
    return Promised(f"owner wanted:{client_key(client)}", PromiseKind.NOTICE, told)


def digest_of(to: str, day: date, *, not_before: datetime) -> Promised:
    """Tell someone, once a day, of all that there was no room for."""
    told = {"to": to, "day": day.isoformat()}
    return Promised(f"digest:{to}:{day}", PromiseKind.DIGEST, told, not_before)


def nudge_of(client: str, cases: Iterable[Case], day: date) -> Promised:
    """Speak again, in its thread, of what nobody decides about a client."""
    named = ",".join(case.id for case in cases)
    key = f"nudge:{client_key(client)}:{day}:{named.partition(',')[0]}"
    return Promised(key, PromiseKind.NUDGE, {"client": client, "cases": named})


def escalation_of(cases: Iterable[Case], to: PersonId, day: date) -> Promised:
    """Tell one person of what others do not decide."""
    named = ",".join(case.id for case in cases)
    key = f"{ESCALATION}{day}:{named.partition(',')[0]}"
    return Promised(key, PromiseKind.ESCALATION, {"person": to, "cases": named})


def cases_of(promise: Promise) -> tuple[CaseId, ...]:
    """Name the gaps that a promise is about."""
    return tuple(CaseId(case) for case in promise.payload["cases"].split(","))


def summary_of(monday: date) -> Promised:
    """Tell the team of a week, named by its Monday."""
    return Promised(f"summary:{monday}", PromiseKind.SUMMARY, {"week": str(monday)})


def scorecard_of(monday: date, person: PersonId) -> Promised:
    """Tell an account manager of their weeks up to one."""
    told = {"week": str(monday), "person": person}
    return Promised(f"scorecard:{monday}:{person}", PromiseKind.SCORECARD, told)


def files_wanted(sources: Sequence[str], at: datetime) -> Promised:
    """Ask for new files of some sources."""
    return Promised(f"stale:{at.isoformat()}", PromiseKind.STALE, {"sources": canonical(list(sources))})


def advice_of(to: PersonId) -> Promised:
    """Propose a pace, once."""
    return Promised("advice", PromiseKind.ADVICE, {"person": to})
