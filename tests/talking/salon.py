"""The bot in a Slack: real Bolt, real SQLite, the sandbox, and short ways to say what people do."""

from __future__ import annotations

from dataclasses import dataclass

from office import ADA, Office, Row
from slack_bolt import App
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox, Seen
from bot.services.cases import Case
from bot.services.failures import TryLater
from bot.services.ids import PersonId
from bot.services.people import Owner, Workspace
from bot.services.people import Person as Colleague
from bot.services.promises import Promise, PromiseKind
from bot.slack.app import build_app
from bot.slack.bringing import Bringing
from bot.slack.downloads import Downloads
from bot.slack.messenger import Messenger
from bot.slack.room import Room, Services

BILLING = "C0BILLING01"


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
                intake=office.intake,
                decide=office.decide,
                speak=office.speak,
                undo=office.undo,
                looking=office.looking,
                owners=office.owners,
                joining=office.joining,
                outbox=office.outbox,
                thresholds=office.thresholds,
                fixes=office.fixes,
            ),
            messenger=self.messenger,
            downloads=Downloads(self.client),
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

    def keeps_its_promises(self) -> list[Promise]:
        """Bring everything that is due, and say what it was; what has to wait is tried again."""
        kept: list[Promise] = []
        for promise in self.office.promised():
            claimed = self.office.outbox.claim(self.office.workspace, promise.key)
            if claimed is None or promise.kind is PromiseKind.RUN:
                continue
            try:
                sent_as = self.bringing.bring(self.office.workspace, claimed)
            except TryLater as later:
                self.office.outbox.again(self.office.workspace, claimed, after=later.after)
                continue
            assert self.office.outbox.sent(self.office.workspace, claimed, sent_as)
            kept.append(promise)
        return kept

    def alerts(self, bought: list[Row], billed: list[Row], month: str = "2026-10") -> Seen:
        """Compare a month whose one client is told of in the billing channel, and bring what was promised."""
        self.owns(self.dana, bought[0][0], BILLING)
        self.office.receives(bought, billed, month)
        self.keeps_its_promises()
        return next(one for one in self.dana.sees("billing") if f"*{bought[0][0]}*" in one.words)

    def shown(self, alert: Seen, product: str) -> Seen:
        """Find the message of a gap, as Dana sees it now."""
        return next(one for one in self.dana.sees("billing", alert)[1:] if product in one.text and not one.is_ephemeral)

    def case(self, product: str) -> Case:
        found = self.office.looking.gaps(self.office.workspace)
        return next(case for case in found if product in case.gap.product)

    def whispered(self, person: Person, alert: Seen) -> str:
        """Read the last thing that only this person was told."""
        return [one for one in person.sees("billing", alert) if one.is_ephemeral][-1].words
