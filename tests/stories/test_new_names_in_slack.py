"""A client gets another name in the PSA, and its thread goes on."""

from __future__ import annotations

import pytest
from office import PREMIUM, VISIO, Row
from talking.salon import BILLING, Salon

from bot.sandbox import Seen
from bot.services.decisions import Reason

OLD, NEW = "Riverbend Dental", "Riverbend Dental Group"
OTHER = ("Hooli", PREMIUM, 5)
HAVE = [(OLD, PREMIUM, 12), (OLD, VISIO, 3), OTHER]


def billed_to(client: str) -> list[Row]:
    return [(client, PREMIUM, 10), (client, VISIO, 1), OTHER]


@pytest.fixture
def alert(salon: Salon) -> Seen:
    """Tell of October, and let Dana approve one gap of it and dismiss the other."""
    salon.hires(salon.jo)
    found = salon.alerts(HAVE, billed_to(OLD))
    salon.owns(salon.jo, OLD)
    salon.dana.presses("Approve", salon.shown(found, PREMIUM))
    salon.dana.presses("Dismiss…", salon.shown(found, VISIO))
    salon.dana.submits({"reason": Reason.INTENDED.value})
    salon.slack.settles()
    salon.keeps_its_promises()
    return found


def hears_of(salon: Salon, client: str, month: str) -> list[str]:
    """Hand in a month in which the client is called so, and read what is new about it in the channel."""
    before = {one.ts for one in salon.dana.sees(BILLING)}
    salon.office.receives(HAVE, billed_to(client), month)
    salon.keeps_its_promises()
    return [one.text for one in salon.dana.sees(BILLING) if one.ts not in before]


def test_a_client_with_a_new_name_has_its_thread_and_its_decisions_and_may_have_the_old_one_back(
    salon: Salon, alert: Seen
) -> None:
    (result,) = hears_of(salon, NEW, "2026-11")

    assert result.startswith("November 2026:")
    above, *below = salon.dana.sees(BILLING, alert)
    assert f"*{NEW}*" in above.words
    assert [one.text for one in below].count(f"{OLD} is called {NEW} in the PSA now.") == 1
    assert "Approved" in salon.shown(alert, PREMIUM).words
    assert "Dismissed" in salon.shown(alert, VISIO).words
    owner = salon.office.owners.of(salon.office.workspace, NEW)
    assert (owner.manager, owner.channel) == (salon.jo.id, BILLING)

    hears_of(salon, OLD, "2026-12")

    above, *below = salon.dana.sees(BILLING, alert)
    assert f"*{OLD}*" in above.words
    assert f"{NEW} is called {OLD} in the PSA now." in [one.text for one in below]
    assert "Approved" in salon.shown(alert, PREMIUM).words


def test_a_reply_in_the_thread_is_about_the_client_under_its_new_name(salon: Salon, alert: Seen) -> None:
    hears_of(salon, NEW, "2026-11")

    salon.dana.says("visio: undo", BILLING, thread=alert)
    salon.slack.settles()
    salon.keeps_its_promises()

    assert "Dismissed" not in salon.shown(alert, VISIO).words


def test_nothing_is_said_of_a_name_where_nobody_was_told_of_the_client(salon: Salon) -> None:
    for client, month in ((OLD, "2026-10"), (NEW, "2026-11")):
        salon.office.receives(HAVE, [(client, PREMIUM, 12), (client, VISIO, 3), OTHER], month)
        salon.keeps_its_promises()

    assert not any("is called" in one.text for one in salon.dana.sees(BILLING))


def test_who_answers_for_a_client_is_said_where_that_was_asked_under_its_old_name(salon: Salon) -> None:
    salon.hires(salon.jo)
    salon.office.receives(HAVE, billed_to(OLD))
    salon.keeps_its_promises()
    channel = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]
    asked = next(one for one in salon.dana.sees(channel) if f"Nobody answers for {OLD}" in one.text)
    hears_of(salon, NEW, "2026-11")

    salon.dana.chooses("owner.set", salon.jo.id, asked)
    salon.slack.settles()

    assert salon.office.owners.of(salon.office.workspace, NEW).manager == salon.jo.id
