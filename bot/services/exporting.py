"""Somebody wants something as a file; writing it takes a while, so it is promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.services.comparing import newest_month
from bot.services.exports import Place
from bot.services.failures import Refused
from bot.services.fixes import Fixes
from bot.services.gathering import read_files
from bot.services.ids import BOT, Clock, NewId, RunId, WorkspaceId
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promises import Promised, PromiseKind
from bot.services.reconcile import Reconcile
from bot.services.register import Register
from bot.services.runs import Run
from bot.services.statement import Statements, month_to_state
from recon import Month, read_month


class Form(StrEnum):
    """How a file is written; a month always is a workbook, since it has many tables."""

    WORKBOOK = "xlsx"
    CSV = "csv"


class Subject(StrEnum):
    """What can be had as a file."""

    MONTH = "month"
    FIXES = "fixes"
    DECISIONS = "decisions"
    STATEMENT = "statement"


MANY_TABLES = (Subject.MONTH, Subject.STATEMENT)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants as a file."""

    subject: Subject
    month: Month | None = None  # the newest, if none is named
    form: Form = Form.WORKBOOK


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written for somebody."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Exporting:
    """Promise files, and write them."""

    ledger: Ledger
    clock: Clock
    new_id: NewId
    reconcile: Reconcile
    fixes: Fixes
    register: Register

    def ask(self, wish: Wish, place: Place, by: Actor) -> Wish:
        """Promise a file, and say of which month it will be."""
        if wish.form is Form.CSV and wish.subject in MANY_TABLES:
            raise Refused(f"A {wish.subject} is always a workbook, since it has many tables. Leave out “csv”.")
        now, once = self.clock(), by.once or self.new_id()
        with self.ledger.open(by.workspace) as books:
            told = {"subject": wish.subject.value, "form": wish.form.value, "run": "", "person": by.person}
            title = wish.subject.value.capitalize()
            if wish.subject is Subject.MONTH:
                run = _run_of(books, wish.month)
                _must_be_kept(books, run)
                told["run"], title, wish = run.id, _title(run), replace(wish, month=run.month)
            if wish.subject is Subject.STATEMENT:
                wish = replace(wish, month=month_to_state(books, wish.month, now))
                told["month"], title = str(wish.month), f"Statement {wish.month}"
            told |= {"title": title, "channel": place.channel, "thread": place.thread}
            books.outbox.promise(Promised(f"export:{once}", PromiseKind.EXPORT, told), at=now)
            books.audit.record(by.person, "exported", told["run"] or wish.subject, {"form": wish.form}, at=now)
        return wish

    def attach_to(self, workspace: WorkspaceId, run: RunId, place: Place) -> None:
        """Promise the workbook of a run's every line below its result, once."""
        with self.ledger.open(workspace) as books:
            known = books.runs.get(run)
            told = {"subject": Subject.MONTH.value, "form": Form.WORKBOOK.value, "run": known.id, "person": BOT}
            told |= {"title": _title(known), "channel": place.channel, "thread": place.thread}
            books.outbox.promise(Promised(f"workbook:{known.id}", PromiseKind.EXPORT, told), at=self.clock())

    @property
    def statements(self) -> Statements:
        """State billing months."""
        return Statements(self.ledger, self.clock)

    def write(self, workspace: WorkspaceId, told: Mapping[str, str], threads: Mapping[str, str]) -> Written:
        """Write the file that was promised; `threads` say where each client's gaps are talked about."""
        subject, form, title = Subject(told["subject"]), Form(told["form"]), told["title"]
        if subject is Subject.MONTH:
            content = self.reconcile.workbook(workspace, RunId(told["run"]))
        elif subject is Subject.STATEMENT:
            content = self.statements.workbook(workspace, read_month(told["month"]), threads)
        else:
            source = self.fixes if subject is Subject.FIXES else self.register
            content = source.as_csv(workspace) if form is Form.CSV else source.as_workbook(workspace)
        slug = "-".join(title.casefold().split())
        return Written(name=f"gapwatch-{slug}.{form}", title=title, content=content)


def _run_of(books: Books, month: Month | None) -> Run:
    wanted = month or (newest.month if (newest := books.runs.newest()) else newest_month(books))
    run = books.runs.newest(wanted)
    if run is None:
        raise Refused(f"{wanted.name} has not been compared yet. Its files, and what it still needs, are under status.")
    return run


def _must_be_kept(books: Books, run: Run) -> None:
    """Refuse to promise every line of a month whose files are past their time."""
    gone = books.files.forgotten(run.hashes.values())
    if not gone:
        used = read_files(books.files.get(run.hashes["files"]).decode())
        gone = books.files.forgotten(one.digest for one in used)
    if gone:
        raise Refused(
            f"The files of {run.month} were deleted when their time was over, so I can no longer write its lines. "
            "Hand them in again, and I compare the month anew."
        )


def _title(run: Run) -> str:
    return f"{run.month} run {run.id[:8]}"
