"""An MSP to tell stories about: real services on a real database, small months written as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from itertools import count

from bot.services.agreements import Agreements
from bot.services.cases import Case
from bot.services.comparing import Comparing
from bot.services.decide import Decide
from bot.services.explaining import Explaining
from bot.services.exporting import Exporting
from bot.services.fixes import Fixes
from bot.services.handing import Handing
from bot.services.hours import EVERYBODY
from bot.services.ids import PersonId, WorkspaceId
from bot.services.intake import Intake, Upload
from bot.services.joining import Joining
from bot.services.looking import Looking
from bot.services.manners import MannerChanged
from bot.services.outbox import Outbox
from bot.services.overhearing import Overhearing
from bot.services.owners import Owners
from bot.services.people import Actor, Person, Workspace
from bot.services.promises import Promise, PromiseKind
from bot.services.quiet import ALWAYS, Quiet
from bot.services.readiness import Readiness, look_at_month
from bot.services.reconcile import Reconcile, RunReport
from bot.services.register import Register
from bot.services.reports import Reports
from bot.services.rhythm import Rhythm
from bot.services.settling import Received
from bot.services.speak import Speak
from bot.services.thresholds import Thresholds
from bot.services.trouble import Trouble
from bot.services.undo import Undo
from bot.services.wake import wake_due
from bot.services.wishes import Wishes
from bot.services.wondering import Wondering
from bot.store.ledger import StoreLedger
from recon import Limits, Money, Month, Side, read_month

ACME = WorkspaceId("T1")
ADA = PersonId("U-ada")  # the admin who installed it
SAM, JO, MAX = PersonId("U-sam"), PersonId("U-jo"), PersonId("U-max")
PREMIUM, VISIO = "Microsoft 365 Business Premium", "Visio Plan 2"
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
Row = tuple[str, str, int]  # client, product, seats


def bought_csv(rows: Iterable[Row], month: str = "2026-10") -> bytes:
    """Write what a vendor says."""
    told = [[client, product, seats, "18.00", "USD", f"{month}-01", f"{month}-28"] for client, product, seats in rows]
    return _csv(["Customer", "Product", "Quantity", "Unit Cost", "Currency", "Charge Start", "Charge End"], told)


def billed_csv(rows: Iterable[Row], price: str = "22.00") -> bytes:
    """Write what the PSA says."""
    told = [[client, product, seats, price, "USD"] for client, product, seats in rows]
    return _csv(["Company", "Description", "Quantity", "Unit Price", "Currency"], told)


def _csv(header: list[str], rows: Iterable[list[object]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


@dataclass
class Times:
    """A clock that moves when it is told to."""

    now: datetime = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: int) -> None:
        self.now += timedelta(**span)


@dataclass
class People:
    """A directory of those who may be found by email."""

    known: dict[str, Person] = field(default_factory=dict)

    def by_email(self, workspace: WorkspaceId, email: str) -> Person | None:  # noqa: ARG002 - one workspace is known
        return self.known.get(email)


@dataclass
class Office:
    """The bot's services, and short ways to ask for things."""

    ledger: StoreLedger
    workspace: WorkspaceId = ACME
    clock: Times = field(default_factory=Times)
    directory: People = field(default_factory=People)
    new_id: Callable[[], str] = field(default_factory=lambda: (f"id{number:05}" for number in count()).__next__)

    def __post_init__(self) -> None:
        told, parts = (self.ledger, self.clock), (self.ledger, self.clock, self.new_id)
        self.intake, self.reconcile, self.handing = Intake(*parts), Reconcile(*parts), Handing(*told)
        self.decide, self.speak, self.undo = Decide(*parts), Speak(*parts), Undo(*told)
        self.agreements = Agreements(*parts)
        self.thresholds, self.owners = Thresholds(*parts), Owners(self.ledger, self.directory, self.clock)
        self.joining, self.outbox = Joining(*told), Outbox(*told)
        self.rhythm = Rhythm(*told, timedelta(days=400))
        self.planning, self.hours, self.peace = self.rhythm.planning, self.rhythm.hours, self.rhythm.peace
        self.looking, self.fixes = Looking(self.ledger), Fixes(self.ledger)
        self.wondering, self.overhearing, self.trouble = Wondering(*told), Overhearing(*told), Trouble(*told)
        self.reports, self.wishes = Reports(*parts), Wishes(*told)
        self.comparing, self.explaining = Comparing(*parts), Explaining(*parts)
        self.exporting = Exporting(*parts, self.reconcile, self.fixes, Register(self.ledger))

    def begins(self) -> Office:
        """Install the bot; Ada is the admin, and nothing is kept quiet or back."""
        self.joining.install(Workspace(id=self.workspace, name="MSP"), Person(id=ADA, name="Ada"))
        self.thresholds.set_limits(Limits(), self.by(ADA))
        self.keeps_hours(ALWAYS, self.by(ADA))
        return self

    def keeps_hours(self, quiet: Quiet | None, by: Actor, to: str = EVERYBODY) -> MannerChanged:
        """Set somebody's hours, and leave all else as it is."""
        manners = self.rhythm.manners
        return manners.change(replace(manners.of(self.workspace, to), quiet=quiet), by, to)

    def by(self, person: PersonId, once: str | None = None) -> Actor:
        return Actor(self.workspace, person, once)

    def hires(self, person: PersonId, *, approver: bool = False, limit: str | None = None) -> None:
        money = Money(Decimal(limit), "USD") if limit else None
        self.joining.introduce(Person(id=person, name=str(person), is_approver=approver, limit=money), self.by(ADA))

    def drops(
        self,
        content: bytes,
        name: str,
        *,
        side: Side | None = None,
        month: Month | None = None,
        once: str | None = None,
    ) -> Received:
        upload = Upload(content=content, name=name, side=side, month=month)
        return self.intake.receive(upload, self.by(ADA, once))

    def receives(self, bought: Iterable[Row], billed: Iterable[Row], month: str = "2026-10") -> RunReport:
        """Hand both sides of a month in, and keep the promise to compare it."""
        self.drops(bought_csv(bought, month), f"pax8-{month}.csv")
        self.drops(billed_csv(billed), f"additions-{month}.csv", month=read_month(month))
        return self.runs()[-1]

    def runs(self) -> list[RunReport]:
        """Keep the promises to compare months."""
        reports = []
        for promise in self.promised(PromiseKind.RUN):
            claimed = self.outbox.claim(self.workspace, promise.key)
            assert claimed
            month = read_month(promise.payload["month"])
            report = self.reconcile.run(self.workspace, month, because=promise.payload["because"])
            assert self.outbox.sent(self.workspace, claimed, report.run.id)
            reports.append(report)
        return reports

    def wakes(self) -> tuple[Case, ...]:
        """Wake what was put off until now."""
        with self.ledger.open(self.workspace) as books:
            return wake_due(books, self.clock())

    def readiness(self, month: Month) -> Readiness:
        """Say what a month has, and still needs."""
        with self.ledger.look(self.workspace) as books:
            return look_at_month(books, month)

    def promised(self, kind: PromiseKind | None = None) -> list[Promise]:
        return list(self.outbox.due(self.workspace, most=1000, kinds=[kind] if kind else tuple(PromiseKind)))

    def keeps_its_promises(self) -> list[Promise]:
        """Bring everything that is due to nowhere, and say what it was."""
        kept = []
        for promise in self.promised():
            claimed = self.outbox.claim(self.workspace, promise.key)
            assert claimed
            assert self.outbox.sent(self.workspace, claimed, "1.0")
            kept.append(promise)
        return kept

    def gap(self, client: str, product: str = "") -> Case:
        """Find the one gap of a client that is not closed."""
        (case,) = (case for case in self.looking.gaps(self.workspace, client=client) if product in case.gap.product)
        return case

    def case(self, case: Case) -> Case:
        """Look at a gap again."""
        return self.looking.why(self.workspace, case.id).case


def kinds(promises: Iterable[Promise]) -> list[str]:
    return sorted(promise.kind for promise in promises)


def payloads(promises: Iterable[Promise], kind: PromiseKind) -> list[Mapping[str, str]]:
    return [promise.payload for promise in promises if promise.kind is kind]
