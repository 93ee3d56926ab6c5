"""Messages that somebody deleted, channels that are gone, and what could not be written down: nothing else is lost."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest
from office import ADA, PREMIUM, VISIO
from sandbox.kit import over_http, over_socket
from slack_bolt import App
from talking.salon import Listening, Salon, open_salon

from bot.sandbox import Sandbox
from bot.services.failures import Refused
from bot.services.ids import PersonId, WorkspaceId
from bot.services.inbox import Envelope
from bot.services.people import Owner, Workspace
from bot.slack.inbox import Put, write_down_first
from bot.wiring import must_be_alone

HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]


def test_a_deleted_alert_comes_anew_with_the_clients_next_gap(salon: Salon) -> None:
    alert = salon.alerts(HAVE, PAY)
    salon.client.chat_delete(channel=alert.channel, ts=alert.ts)

    again = salon.alerts([*HAVE, ("Acme", VISIO, 3)], PAY)

    assert again.ts != alert.ts
    assert "2 gaps to decide" in again.text
    assert "Approve" in salon.shown(again, "Visio").buttons


def test_a_decision_is_shown_wherever_the_gap_still_is(salon: Salon) -> None:
    channel = salon.slack.new_channel("acme", by="dana")
    salon.dana.invites("gapwatch", "acme")
    salon.hires(salon.jo)
    salon.office.owners.set_owner(
        Owner(client="Acme", manager=PersonId(salon.jo.id), channel=channel), salon.office.by(ADA)
    )
    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()
    (alone,) = salon.jo.sees(salon.client.conversations_open(users=salon.jo.id)["channel"]["id"])
    salon.slack.archives("acme", by="dana")

    gap = salon.jo.sees(alone.channel, alone)[1]
    assert salon.jo.presses("Approve", gap).ok
    salon.keeps_its_promises()

    assert "Approved by Jo" in salon.jo.sees(alone.channel, alone)[1].words
    assert "nothing to decide" in salon.jo.sees(alone.channel)[0].words


def writing_down(put: Put, listening: Listening) -> Listening:
    """Listen as the whole bot does, and write down what was heard so."""

    def listen(app: App, slack: Sandbox) -> AbstractContextManager[None]:
        write_down_first(app, put)
        return listening(app, slack)

    return listen


@pytest.mark.parametrize("listening", [over_http, over_socket])
def test_what_could_not_be_written_down_is_heard_when_slack_sends_it_again(
    sqlite_url: str, listening: Listening
) -> None:
    tried: list[str] = []

    def put(envelope: Envelope) -> None:
        tried.append(envelope.once)
        if len(tried) == 1:
            raise OSError("the disk is full")

    with open_salon(sqlite_url, writing_down(put, listening)) as salon:
        salon.dana.says("approve", "billing")
        salon.slack.settles()

    assert len(tried) == 2
    assert len(set(tried)) == 1


@pytest.mark.parametrize("listening", [over_http, over_socket])
def test_a_click_that_could_not_be_written_down_is_not_said_to_be_heard(sqlite_url: str, listening: Listening) -> None:
    def put(envelope: Envelope) -> None:
        raise OSError(f"the disk is full: {envelope.once}")

    with open_salon(sqlite_url, writing_down(put, listening)) as salon:
        gap = salon.shown(salon.alerts(HAVE, PAY), PREMIUM)

        assert not salon.dana.presses("Approve", gap).ok


def test_a_database_that_serves_another_workspace_is_refused(salon: Salon) -> None:
    office = salon.office
    must_be_alone(office.ledger, Workspace(id=office.workspace, name="Copperline IT"))

    with pytest.raises(Refused, match="Give each workspace a database of its own"):
        must_be_alone(office.ledger, Workspace(id=WorkspaceId("T0ANOTHER01"), name="Another MSP"))
