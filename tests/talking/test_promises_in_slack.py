"""What was promised is said: where it belongs, once, whatever is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from office import ADA, PREMIUM, VISIO, Office, billed_csv, bought_csv
from sandbox.kit import over_socket
from slack_sdk import WebClient
from talking.salon import BILLING, Salon

from bot.sandbox import Sandbox, Seen
from bot.services.decisions import Verb
from bot.services.failures import Refused
from bot.services.ids import WorkspaceId
from bot.services.promises import Promise, PromiseKind
from bot.slack.manifest import Mode, write_manifest
from bot.slack.refusals import Unclear
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger
from recon import Money

BILLED = [("Acme", PREMIUM, 10), ("Acme", VISIO, 1)]


@pytest.fixture
def salon(sqlite_url: str) -> Iterator[Salon]:
    """Open a salon over a socket: what is promised does not depend on how the bot hears."""
    engine = open_engine(sqlite_url, synchronous="OFF")
    with Sandbox(manifest=write_manifest(Mode.SOCKET)) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])
        salon = Salon(
            slack, Office(StoreLedger(engine), workspace=WorkspaceId(client.auth_test()["team_id"])).begins(), client
        )
        with over_socket(salon.app(), slack):
            yield salon
    engine.dispose()


def thread(salon: Salon, alert: Seen) -> list[str]:
    return [one.text for one in salon.dana.sees("billing", alert)[1:]]


def direct(salon: Salon, person: str) -> list[Seen]:
    """Read what the bot wrote to someone alone, threads and all."""
    them = salon.slack.person(person)
    channel = salon.client.conversations_open(users=them.id)["channel"]["id"]
    tops = them.sees(channel)
    return [one for top in tops for one in (top, *them.sees(channel, top)[1:])]


def test_two_files_become_a_result_and_alerts(salon: Salon) -> None:
    salon.owns(salon.dana, "Acme", BILLING)
    salon.dana.drops("pax8.csv", bought_csv([("Acme", PREMIUM, 12), ("Bolt", PREMIUM, 5)]), "billing")
    salon.dana.drops("additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 5)]), "billing")
    salon.slack.settles()
    salon.office.runs()
    salon.keeps_its_promises()

    result = salon.dana.waits_for("a month not billed, nothing billed too much", "billing")
    assert "October 2026: $44.00 a month not billed" in result.text
    assert "1 gap at 1 client" in result.text
    assert "100% of 2 bought lines matched. All 4 lines accounted for." in result.text
    alert = next(one for one in salon.dana.sees("billing") if one.text.startswith(f"<@{salon.dana.id}> Acme"))
    assert "Approve" in salon.shown(alert, PREMIUM).buttons


def test_each_client_has_one_alert_and_each_gap_one_message(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], BILLED)

    salon.office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], BILLED, "2026-11")
    salon.keeps_its_promises()

    tops = [one.text for one in salon.dana.sees("billing")]
    assert len(thread(salon, alert)) == 2
    assert [("a month not billed, nothing" in one, "2 gaps to decide" in one) for one in tops] == [
        (True, False),
        (False, True),
        (True, False),
    ]


def test_growth_speaks_in_the_old_thread_and_calls_its_owner(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    salon.office.receives([("Acme", PREMIUM, 14)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    assert any(f"<@{salon.dana.id}> Acme: Grew from $44.00 to $88.00 a month" in one for one in thread(salon, alert))
    assert "14 bought, 10 billed" in salon.shown(alert, PREMIUM).words


def test_a_gap_that_shrinks_is_redrawn_and_calls_nobody(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 14)], [("Acme", PREMIUM, 10)])
    before = len(thread(salon, alert))

    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    assert len(thread(salon, alert)) == before
    assert "shrank from $88.00" in salon.shown(alert, PREMIUM).words


def test_an_approved_gap_that_closes_says_what_it_recovered_and_one_that_comes_back_goes_on_there(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))

    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 12)], "2026-11")
    salon.keeps_its_promises()
    closed = salon.shown(alert, PREMIUM)
    assert "$44.00 a month recovered" in closed.words
    assert closed.buttons == ["Why?", "History"]
    assert "nothing open" in next(one for one in salon.dana.sees("billing") if one.ts == alert.ts).words

    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)], "2026-12")
    salon.keeps_its_promises()
    assert any("Open again" in one for one in thread(salon, alert))
    assert "Approve" in salon.shown(alert, PREMIUM).buttons


def only(salon: Salon, kind: PromiseKind) -> Promise:
    (promise,) = salon.office.promised(kind)
    claimed = salon.office.outbox.claim(salon.office.workspace, promise.key)
    assert claimed
    return claimed


@pytest.mark.parametrize("done", [True, False])
def test_an_alert_whose_answer_is_lost_is_said_once(salon: Salon, *, done: bool) -> None:
    salon.owns(salon.dana, "Acme", BILLING)
    salon.office.clock.now = salon.office.clock.now.fromtimestamp(salon.slack.now(), salon.office.clock.now.tzinfo)
    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    promise = only(salon, PromiseKind.ALERT)
    salon.slack.breaks("chat.postMessage", "dropped", done=done)

    with pytest.raises(Unclear):
        salon.bringing.bring(salon.office.workspace, promise)
    salon.office.clock.pass_by(minutes=5)
    again = salon.office.outbox.claim(salon.office.workspace, promise.key, was=promise.attempt_at)
    assert again
    salon.bringing.bring(salon.office.workspace, again)

    (alert,) = [one for one in salon.dana.sees("billing") if "Acme" in one.text]
    assert len(thread(salon, alert)) == 1


def test_a_client_whose_manager_has_left_goes_to_the_billing_owner(salon: Salon) -> None:
    salon.hires(salon.jo)
    salon.owns(salon.jo, "Acme")
    salon.slack.deactivates("jo")
    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.keeps_its_promises()

    assert any("Acme" in one.text for one in salon.dana.sees("billing"))
    left = next(one for one in salon.office.joining.people(salon.office.workspace) if one.id == salon.jo.id)
    assert not left.is_active


def test_a_client_of_nobodys_is_asked_about_once_and_answered_with_a_pick(salon: Salon) -> None:
    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.keeps_its_promises()
    question = next(one for one in direct(salon, "dana") if "Who should get them?" in one.words)

    salon.dana.chooses("Account manager", salon.jo.id, question)

    owner = salon.office.owners.of(salon.office.workspace, "Acme")
    assert owner.manager == salon.jo.id
    assert any("gets its gaps from now on" in one.words for one in direct(salon, "dana"))


def test_whoever_a_gap_is_given_to_is_told_and_can_decide_there(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.dana.says(f"assign @{salon.jo.name}", "billing", thread=alert)
    salon.slack.settles()
    salon.keeps_its_promises()

    told = direct(salon, "jo")
    assert "You were asked to decide" in told[0].words
    salon.jo.presses("Approve", told[1])

    (decision,) = [one for one in salon.office.undo.standing(salon.office.workspace) if one.verb is Verb.APPROVE]
    assert decision.by == salon.jo.id
    assert "Approved by" in salon.shown(alert, PREMIUM).words


def test_above_a_limit_a_second_person_signs(salon: Salon) -> None:
    salon.office.thresholds.set_second_person(Money(Decimal(10), "USD"), salon.office.by(ADA))
    salon.hires(salon.jo, is_admin=True)
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))
    salon.keeps_its_promises()
    assert "a second person must approve" in salon.shown(alert, PREMIUM).words
    asked = direct(salon, "jo")
    salon.jo.presses("Approve", asked[-1])

    assert "Approved by Dana and Jo" in salon.shown(alert, PREMIUM).words
    assert "Approved by Dana and Jo" in direct(salon, "jo")[-1].words


def test_a_promise_that_is_not_kept_by_talking_is_refused(salon: Salon) -> None:
    run = Promise(key="run:1", kind=PromiseKind.RUN, payload={})

    with pytest.raises(Refused, match="not kept by talking"):
        salon.bringing.bring(salon.office.workspace, run)
    with pytest.raises(Refused, match="another workspace"):
        salon.bringing.bring(WorkspaceId("T0ELSEWHERE"), run)
