"""The bot in a Slack: real Bolt, real SQLite, the sandbox, and short ways to say what people do."""

from __future__ import annotations

from dataclasses import dataclass

from office import ACME, Office, Row
from slack_bolt import App
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox, Seen
from bot.services.cases import Case
from bot.services.ids import PersonId
from bot.services.people import Owner
from bot.services.people import Person as Colleague
from bot.slack.app import build_app
from bot.slack.downloads import Downloads
from bot.slack.messenger import Messenger
from bot.slack.room import Room, Services
from bot.slack.showing import subject_of, subject_of_client
from bot.slack.views.client import ClientCard, client_alert
from bot.slack.views.gap import gap_message

BILLING = "C0BILLING01"
__all__ = ["ACME", "BILLING", "Salon"]


@dataclass
class Salon:
    """An office that talks."""

    slack: Sandbox
    office: Office
    client: WebClient

    def __post_init__(self) -> None:
        self.messenger = Messenger(self.client)
        self.dana, self.jo = self.slack.person("dana"), self.slack.person("jo")
        self.hires(self.dana, is_admin=True)
        office = self.office
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
            ),
            messenger=self.messenger,
            downloads=Downloads(self.client),
            clock=office.clock,
            after=lambda work: work(),
            bot=self.slack.bot_user,
        )

    def app(self) -> App:
        return build_app(self.client, self.slack.signing_secret, self.room)

    def hires(self, person: Person, *, is_admin: bool = False) -> None:
        colleague = Colleague(id=PersonId(person.id), name=person.name.capitalize(), is_admin=is_admin)
        self.office.joining.introduce(colleague, self.office.by(PersonId("U-ada")))

    def owns(self, person: Person, client: str) -> None:
        self.office.owners.set_owner(
            Owner(client=client, manager=PersonId(person.id)), self.office.by(PersonId("U-ada"))
        )

    def alerts(self, bought: list[Row], billed: list[Row]) -> Seen:
        """Compare a month, and bring the alert of its one client and of each of its gaps."""
        self.office.receives(bought, billed)
        cases = self.office.looking.gaps(self.office.workspace)
        client = cases[0].gap.client
        card = ClientCard(client=client, gaps=tuple(case.gap for case in cases))
        alert = self.messenger.post(BILLING, client_alert(card), key=f"client:{client}")
        self.office.outbox.posted(self.office.workspace, subject_of_client(client), BILLING, alert.ts)
        for case in cases:
            shown = gap_message(self.room.showing.case(case.id))
            posted = self.messenger.post(BILLING, shown, key=f"alert:{case.id}", thread=alert.ts)
            self.office.outbox.posted(self.office.workspace, subject_of(case.id), BILLING, posted.ts)
        return next(one for one in self.dana.sees("billing") if one.ts == alert.ts)

    def shown(self, alert: Seen, product: str) -> Seen:
        """Find the message of a gap, as Dana sees it now."""
        return next(one for one in self.dana.sees("billing", alert)[1:] if product in one.text and not one.is_ephemeral)

    def case(self, product: str) -> Case:
        found = self.office.looking.gaps(self.office.workspace)
        return next(case for case in found if product in case.gap.product)

    def whispered(self, person: Person, alert: Seen) -> str:
        """Read the last thing that only this person was told."""
        return [one for one in person.sees("billing", alert) if one.is_ephemeral][-1].words
