"""The bot in a Slack: real Bolt, real SQLite, the sandbox, and short ways to say what people do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from office import ADA, Office, Row
from slack_bolt import App
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox, Seen
from bot.services.cases import Case
from bot.services.failures import TryLater
from bot.services.floor import Floor
from bot.services.ids import PersonId, WorkspaceId
from bot.services.meeting import Meeting
from bot.services.people import Owner, Workspace
from bot.services.people import Person as Colleague
from bot.services.promises import Promise, PromiseKind
from bot.slack.app import build_app
from bot.slack.bringing import Bringing
from bot.slack.company import Company
from bot.slack.downloads import Downloads
from bot.slack.manifest import Mode, write_manifest
from bot.slack.messenger import Messenger
from bot.slack.room import Room, Services
from bot.slack.texts import said
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger
from recon import read_month

BILLING = "C0BILLING01"
Listening = Callable[[App, Sandbox], AbstractContextManager[None]]


@dataclass
class Salon:
    """An office that talks."""

    slack: Sandbox
    office: Office
    client: WebClient

    def __post_init__(self) -> None:
        office, self.messenger = self.office, Messenger(self.client)
        self.dana, self.jo = self.slack.person("dana"), self.slack.person("jo")
        self.hires(self.dana, is_admin=True)
        owned = Workspace(id=office.workspace, name="MSP", billing_owner=PersonId(self.dana.id))
        office.joining.change(owned, office.by(ADA))
        self.room = Room(
            workspace=office.workspace,
            services=Services(
                handing=office.handing,
                comparing=office.comparing,
                exporting=office.exporting,
                intake=office.intake,
                explaining=office.explaining,
                overhearing=office.overhearing,
                decide=office.decide,
                speak=office.speak,
                wondering=office.wondering,
                undo=office.undo,
                looking=office.looking,
                owners=office.owners,
                joining=office.joining,
                outbox=office.outbox,
                thresholds=office.thresholds,
                agreements=office.agreements,
                fixes=office.fixes,
                reports=office.reports,
                rhythm=office.rhythm,
                trouble=office.trouble,
                wishes=office.wishes,
            ),
            messenger=self.messenger,
            floor=Floor(office.ledger, office.clock),
            downloads=Downloads(self.client),
            company=Company(
                self.client, office.workspace, Meeting(office.ledger, office.clock), office.joining, office.clock
            ),
            clock=office.clock,
            after=lambda work: work(),
            bot=self.slack.bot_user,
        )
        self.bringing = Bringing(self.room, BILLING)

    def app(self) -> App:
        return build_app(self.client, self.slack.signing_secret, self.room)

    def hires(self, person: Person, *, is_admin: bool = False) -> None:
        colleague = Colleague(id=PersonId(person.id), name=person.name.capitalize(), is_admin=is_admin)
        self.office.joining.introduce(colleague, self.office.by(ADA))

    def owns(self, person: Person, client: str, channel: str | None = None) -> None:
        owner = Owner(client=client, manager=PersonId(person.id), channel=channel)
        self.office.owners.set_owner(owner, self.office.by(ADA))

    def keeps_its_promises(self, *kinds: PromiseKind) -> list[Promise]:
        """Keep everything that is due, or only some kinds, and what comes of it; what has to wait is tried again."""
        kept: list[Promise] = []
        while due := self.office.outbox.due(self.office.workspace, most=1000, kinds=kinds or tuple(PromiseKind)):
            for promise in due:
                claimed = self.office.outbox.claim(self.office.workspace, promise.key)
                assert claimed
                kept += [promise] if self.keeps(claimed) else []
        return kept

    def keeps(self, promise: Promise) -> bool:
        """Keep one promise that was taken in hand; say whether it is kept."""
        workspace, outbox = self.office.workspace, self.office.outbox
        try:
            sent_as = self.brings(promise)
        except TryLater as later:
            outbox.again(workspace, promise, after=later.after)
            return False
        assert outbox.sent(workspace, promise, sent_as)
        return True

    def brings(self, promise: Promise) -> str:
        if promise.kind is not PromiseKind.RUN:
            return self.bringing.bring(self.office.workspace, promise)
        month, because = read_month(promise.payload["month"]), promise.payload["because"]
        return self.office.reconcile.run(self.office.workspace, month, because=because).run.id

    def alerts(self, bought: list[Row], billed: list[Row], month: str = "2026-10") -> Seen:
        """Compare a month whose one client is told of in the billing channel, and bring what was promised."""
        self.owns(self.dana, bought[0][0], BILLING)
        self.office.receives(bought, billed, month)
        self.keeps_its_promises()
        return next(one for one in self.dana.sees("billing") if f"*{said(bought[0][0])}*" in one.words)

    def shown(self, alert: Seen, product: str) -> Seen:
        """Find the message of a gap, as Dana sees it now."""
        return next(one for one in self.dana.sees("billing", alert)[1:] if product in one.text and not one.is_ephemeral)

    def case(self, product: str) -> Case:
        found = self.office.looking.gaps(self.office.workspace)
        return next(case for case in found if product in case.gap.product)

    def whispered(self, person: Person, alert: Seen) -> str:
        """Read the last thing that only this person was told."""
        return [one for one in person.sees("billing", alert) if one.is_ephemeral][-1].words


@contextmanager
def open_salon(url: str, listening: Listening, *, but: Callable[[Salon], None] = lambda _: None) -> Iterator[Salon]:
    """Open an office that talks, in a Slack of its own; with something about it changed before it hears anything."""
    engine = open_engine(url, synchronous="OFF")
    with Sandbox(manifest=write_manifest(Mode.SOCKET)) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])
        team = WorkspaceId(client.auth_test()["team_id"])
        salon = Salon(slack, Office(StoreLedger(engine), workspace=team).begins(), client)
        but(salon)
        with listening(salon.app(), slack):
            yield salon
    engine.dispose()
