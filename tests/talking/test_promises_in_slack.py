"""What was promised is said: where it belongs, once, whatever is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from office import ADA, NOVEMBER, OCTOBER, PREMIUM, VISIO, billed_csv, bought_csv
from sandbox.kit import over_socket
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from talking.salon import BILLING, Salon, open_salon

from bot.sandbox import Seen
from bot.services.decisions import Reason, Verb
from bot.services.failures import Refused, Unclear
from bot.services.ids import PersonId, WorkspaceId
from bot.services.keep import Keep
from bot.services.promises import Promise, PromiseKind, PromiseState
from bot.slack.bringing import Bringing
from bot.slack.messenger import Drowned, Messenger, Posted
from recon import Money, Month

BILLED = [("Acme", PREMIUM, 10), ("Acme", VISIO, 1)]


@pytest.fixture
def salon(sqlite_url: str) -> Iterator[Salon]:
    """Open a salon over a socket: what is promised does not depend on how the bot hears."""
    with open_salon(sqlite_url, over_socket) as salon:
        yield salon


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

    result = salon.dana.waits_for("October 2026: $44.00 a month not billed", "billing")
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
    assert [one.split(":")[0].split("> ")[-1] for one in tops] == ["Acme", "October 2026", "November 2026"]
    assert ["2 gaps to decide" in one for one in tops] == [True, False, False]


def top(salon: Salon, alert: Seen) -> str:
    """Read a client's alert as it stands now."""
    return next(one for one in salon.dana.sees("billing") if one.ts == alert.ts).words


def test_growth_speaks_in_the_old_thread_and_calls_its_owner(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    salon.office.receives([("Acme", PREMIUM, 14)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    assert any(f"<@{salon.dana.id}> Acme: Grew from $44.00 to $88.00 a month" in one for one in thread(salon, alert))
    assert "14 bought, 10 billed" in salon.shown(alert, PREMIUM).words


@pytest.mark.parametrize(("seats", "is_loud"), [(13, False), (14, True)])
def test_growth_is_shown_in_the_channel_as_well_only_when_it_is_a_jump(
    salon: Salon, seats: int, *, is_loud: bool
) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    salon.office.receives([("Acme", PREMIUM, seats)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    (grew,) = [one for one in salon.dana.sees("billing", alert) if "Grew from" in one.text]
    assert (grew.body.get("subtype") == "thread_broadcast") == is_loud


def without_prices(salon: Salon, seats: int, month: Month) -> None:
    """Compare a month of which neither file tells any money."""
    salon.office.drops(bought_csv([("Acme", PREMIUM, seats)], str(month)).replace(b"18.00", b""), f"pax8-{month}.csv")
    salon.office.drops(billed_csv([("Acme", PREMIUM, 10)], price=""), f"additions-{month}.csv", month=month)
    salon.office.runs()
    salon.keeps_its_promises()


def test_growth_that_comes_to_no_money_is_no_jump(salon: Salon) -> None:
    salon.owns(salon.dana, "Acme", BILLING)
    without_prices(salon, 12, OCTOBER)
    alert = next(one for one in salon.dana.sees("billing") if "*Acme*" in one.words)

    without_prices(salon, 40, NOVEMBER)

    (grew,) = [one for one in salon.dana.sees("billing", alert) if "Grew" in one.text]
    assert grew.body.get("subtype") != "thread_broadcast"


def test_a_gap_that_shrinks_is_redrawn_and_calls_nobody(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 14)], [("Acme", PREMIUM, 10)])
    before = len(thread(salon, alert))

    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    assert len(thread(salon, alert)) == before
    assert "shrank from $88.00" in salon.shown(alert, PREMIUM).words


def test_a_gap_of_other_counts_and_the_same_money_is_redrawn_and_says_nothing(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 14)], [("Acme", PREMIUM, 10)])
    before = len(thread(salon, alert))

    salon.office.receives([("Acme", PREMIUM, 15)], [("Acme", PREMIUM, 11)], "2026-11")
    salon.keeps_its_promises()

    assert len(thread(salon, alert)) == before
    assert "15 bought, 11 billed" in salon.shown(alert, PREMIUM).words


def test_a_dismissal_that_wakes_says_why(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 14)], [("Acme", PREMIUM, 10)])
    salon.dana.says("dismiss noise", "billing", thread=alert)
    salon.slack.settles()

    salon.office.receives([("Acme", PREMIUM, 15)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    assert any("Its numbers changed. 15 bought, 10 billed" in one for one in thread(salon, alert))


def test_an_approved_gap_that_closes_says_what_it_recovered_and_one_that_comes_back_goes_on_there(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))
    salon.keeps_its_promises()
    assert "1 approved, fix not verified yet: $44.00 a month not billed" in top(salon, alert)

    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 12)], "2026-11")
    salon.keeps_its_promises()
    closed = salon.shown(alert, PREMIUM)
    assert "$44.00 a month recovered" in closed.words
    assert closed.buttons == ["Why?", "History"]
    assert "1 closed, $44.00 a month recovered" in top(salon, alert)

    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)], "2026-12")
    salon.keeps_its_promises()
    assert any("Open again" in one for one in thread(salon, alert))
    assert "Approve" in salon.shown(alert, PREMIUM).buttons


def test_over_billing_that_ends_is_called_avoided_and_what_the_vendor_ended_is_no_merit(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 10), ("Acme", VISIO, 2)], [("Acme", PREMIUM, 14), ("Acme", VISIO, 1)])
    for product in (PREMIUM, VISIO):
        salon.dana.presses("Approve", salon.shown(alert, product))
    salon.keeps_its_promises()

    salon.office.receives([("Acme", PREMIUM, 10)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    assert "$88.00 a month of over-billing avoided." in salon.shown(alert, PREMIUM).words
    ended = salon.shown(alert, VISIO).words
    assert "The billing was not put right, so nothing counts as recovered." in ended
    assert "Approved by Dana" in ended
    assert "2 closed, $88.00 a month of over-billing avoided" in top(salon, alert)


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


@pytest.mark.parametrize("message", ["client:acme", "case:"])
def test_an_alert_that_could_not_be_written_down_is_looked_for_and_said_once(salon: Salon, message: str) -> None:
    office, lost = salon.office, [message]
    salon.owns(salon.dana, "Acme", BILLING)
    office.clock.now = office.clock.now.fromtimestamp(salon.slack.now(), office.clock.now.tzinfo)
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    (alert,) = office.promised(PromiseKind.ALERT)
    keep = Keep(office.outbox, {PromiseKind.ALERT: salon.bringing.bring})

    @event.listens_for(office.ledger.engine, "before_cursor_execute")
    def falter(_: object, __: object, statement: str, given: object, *_rest: object) -> None:
        if statement.startswith("INSERT INTO messages") and lost and f"'{lost[0]}" in str(given):
            lost.clear()
            raise OperationalError(statement, None, ConnectionError("server closed the connection"))

    keep.promise(office.workspace, alert.key)
    assert not lost
    assert office.outbox.get(office.workspace, alert.key).state is PromiseState.UNKNOWN
    office.clock.pass_by(minutes=5)
    keep.promise(office.workspace, alert.key)

    (told,) = [one for one in salon.dana.sees("billing") if "Acme" in one.text]
    assert len(thread(salon, told)) == 1
    assert office.outbox.get(office.workspace, alert.key).state is PromiseState.SENT


class Meanwhile(WebClient):
    """A client on whose posts something else happens: before they are sent, or after they have arrived."""

    before: Callable[[], object] | None = None
    after: Callable[[], object] | None = None

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(**given)
        self.looked: list[float] = []

    def conversations_history(self, **given: Any) -> SlackResponse:  # noqa: ANN401 - passed on
        self.looked.append(float(given["oldest"]))
        return super().conversations_history(**given)

    def chat_postMessage(self, **given: Any) -> SlackResponse:  # noqa: ANN401, N802 - passed on, and called so there
        before, self.before = self.before, None
        after, self.after = self.after, None
        if before:
            before()
        sent = super().chat_postMessage(**given)
        if after:
            after()
        return sent


@pytest.fixture
def client(salon: Salon) -> Meanwhile:
    client = Meanwhile(token=salon.slack.bot_token, base_url=salon.slack.base_url, retry_handlers=[])
    salon.bringing = Bringing(replace(salon.room, messenger=Messenger(client)), BILLING)
    salon.office.clock.now = datetime.fromtimestamp(salon.slack.now(), UTC)
    return client


def keeping(salon: Salon) -> Keep:
    return Keep(salon.office.outbox, dict.fromkeys(PromiseKind, salon.bringing.bring))


@pytest.mark.parametrize("moment", ["before", "after"])
def test_two_alerts_of_a_client_that_come_at_the_same_moment_are_one_with_two_gaps(
    salon: Salon, client: Meanwhile, moment: str
) -> None:
    office, keep = salon.office, keeping(salon)
    salon.owns(salon.dana, "Acme", BILLING)
    office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], BILLED)
    one, other = office.promised(PromiseKind.ALERT)
    setattr(client, moment, lambda: keep.promise(office.workspace, other.key))

    keep.promise(office.workspace, one.key)
    waits = office.outbox.get(office.workspace, other.key)
    office.clock.pass_by(seconds=2)
    keep.promise(office.workspace, other.key)

    assert (waits.state, waits.reason) == (PromiseState.PENDING, "It is just being said.")
    (alert,) = [one for one in salon.dana.sees("billing") if "Acme" in one.text]
    assert "2 gaps to decide" in alert.text
    assert len(thread(salon, alert)) == 2


def test_a_gap_that_is_handed_over_while_its_alert_comes_is_shown_once(salon: Salon, client: Meanwhile) -> None:
    office, keep = salon.office, keeping(salon)
    salon.hires(salon.jo)
    salon.owns(salon.jo, "Acme")
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    (alert,) = office.promised(PromiseKind.ALERT)
    office.decide.assign(office.gap("Acme").id, office.by(ADA), PersonId(salon.jo.id))
    notice = next(one for one in office.promised(PromiseKind.NOTICE) if one.payload.get("case"))
    client.before = lambda: setattr(client, "before", lambda: keep.promise(office.workspace, notice.key))

    keep.promise(office.workspace, alert.key)
    office.clock.pass_by(seconds=2)
    keep.promise(office.workspace, notice.key)

    assert office.outbox.get(office.workspace, notice.key).state is PromiseState.SENT
    assert len([one for one in direct(salon, "jo") if "Approve" in one.buttons]) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_a_process_was_about_to_say_when_it_died_is_looked_for_by_whoever_says_it_next(
    salon: Salon, client: Meanwhile, moment: str
) -> None:
    def dies() -> None:
        raise KeyboardInterrupt

    office, keep = salon.office, keeping(salon)
    salon.owns(salon.dana, "Acme", BILLING)
    office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], BILLED)
    one, other = office.promised(PromiseKind.ALERT)
    setattr(client, moment, dies)

    with pytest.raises(KeyboardInterrupt):
        keep.promise(office.workspace, one.key)
    keep.promise(office.workspace, other.key)
    assert office.outbox.get(office.workspace, other.key).state is PromiseState.PENDING
    for promise in (other, one):
        office.clock.pass_by(minutes=3)
        keep.promise(office.workspace, promise.key)

    (alert,) = [one for one in salon.dana.sees("billing") if "Acme" in one.text]
    assert len(thread(salon, alert)) == 2


@pytest.mark.parametrize("done", [True, False])
def test_a_lost_answer_is_looked_for_since_shortly_before_it_however_long_ago_that_was(
    salon: Salon, client: Meanwhile, *, done: bool
) -> None:
    def never_answers() -> None:
        raise TimeoutError

    office, keep = salon.office, keeping(salon)
    salon.owns(salon.dana, "Acme", BILLING)
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    (alert,) = office.promised(PromiseKind.ALERT)
    setattr(client, "after" if done else "before", never_answers)
    keep.promise(office.workspace, alert.key)
    began = office.clock().timestamp()
    office.clock.pass_by(days=3)
    keep.promise(office.workspace, alert.key)

    assert [began - when <= 15 * 60 for when in client.looked] == [True]
    (told,) = [one for one in salon.dana.sees("billing") if "Acme" in one.text]
    assert len(thread(salon, told)) == 1


def test_where_too_much_was_said_to_find_a_message_somebody_is_told_and_the_next_one_comes(
    salon: Salon, client: Meanwhile
) -> None:
    class Endless(Messenger):
        def find(self, *_: object, **__: object) -> Posted | None:
            raise Drowned

    office = salon.office
    salon.owns(salon.dana, "Acme", BILLING)
    office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], BILLED)
    one, other = office.promised(PromiseKind.ALERT)
    salon.slack.breaks("chat.postMessage", "dropped", done=False)
    salon.bringing = Bringing(replace(salon.room, messenger=Endless(client)), BILLING)
    keep = replace(keeping(salon), tell=office.trouble.tell)

    keep.promise(office.workspace, one.key)
    office.clock.pass_by(minutes=3)
    for promise in (one, other):
        keep.promise(office.workspace, promise.key)
    salon.keeps_its_promises()

    assert office.outbox.get(office.workspace, one.key).state is PromiseState.DEAD
    assert office.outbox.get(office.workspace, other.key).state is PromiseState.SENT
    assert any("So much was said there since" in one.text for one in direct(salon, "dana"))


@pytest.mark.parametrize("done", [True, False])
def test_a_file_whose_answer_is_lost_is_not_taken_for_the_one_before_it(salon: Salon, *, done: bool) -> None:
    office = salon.office
    office.clock.now = office.clock.now.fromtimestamp(salon.slack.now(), office.clock.now.tzinfo)
    salon.dana.types("/reconcile export fixes csv", "billing")
    salon.keeps_its_promises()
    office.clock.pass_by(minutes=5)
    salon.dana.types("/reconcile export fixes csv", "billing")
    promise = only(salon, PromiseKind.EXPORT)
    salon.slack.breaks("files.completeUploadExternal", "dropped", done=done)

    with pytest.raises(Unclear):
        salon.bringing.bring(office.workspace, promise)
    again = office.outbox.claim(office.workspace, promise.key, was=promise.attempt_at)
    assert again
    assert office.outbox.sent(office.workspace, again, salon.bringing.bring(office.workspace, again))

    files = [file["id"] for one in salon.dana.sees("billing") for file in one.files]
    assert len(set(files)) == 2
    assert office.outbox.kept_with(office.workspace, files) == set(files)


@pytest.mark.parametrize("product", [PREMIUM, VISIO])
def test_what_was_decided_before_a_lost_answer_was_found_is_shown_all_the_same(salon: Salon, product: str) -> None:
    """The first alert loses the answer to its client's message, the second the one to its gap's."""
    office = salon.office
    salon.owns(salon.dana, "Acme", BILLING)
    office.clock.now = office.clock.now.fromtimestamp(salon.slack.now(), office.clock.now.tzinfo)
    office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 8)], [("Acme", PREMIUM, 10), ("Acme", VISIO, 3)])
    promised = {one.payload["case"]: one for one in office.promised(PromiseKind.ALERT)}
    if product == VISIO:
        salon.bringing.bring(office.workspace, promised[office.gap("Acme", PREMIUM).id])
    claimed = office.outbox.claim(office.workspace, promised[office.gap("Acme", product).id].key)
    assert claimed
    salon.slack.breaks("chat.postMessage", "dropped", done=True)
    with pytest.raises(Unclear):
        salon.bringing.bring(office.workspace, claimed)
    office.decide.dismiss(office.gap("Acme", product).id, office.by(ADA), Reason.NOISE)
    salon.keeps_its_promises(PromiseKind.REDRAW)

    office.clock.pass_by(minutes=5)
    again = office.outbox.claim(office.workspace, claimed.key, was=claimed.attempt_at)
    assert again
    salon.bringing.bring(office.workspace, again)

    (alert,) = [one for one in salon.dana.sees("billing") if one.text.startswith("Acme")]
    assert {PREMIUM: "$110.00", VISIO: "$44.00"}[product] in alert.text, "what is left to decide"
    assert [product in text for text in thread(salon, alert) if "Dismissed by" in text] == [True] * (product == VISIO)


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


SWITCHED_OFF = "messages_tab_disabled"


def test_whoever_can_not_be_written_to_is_called_upon_where_results_are(salon: Salon) -> None:
    salon.owns(salon.dana, "Acme")
    salon.office.receives([("Acme", PREMIUM, 12)], BILLED[:1])
    salon.slack.breaks("chat.postMessage", "refused", error=SWITCHED_OFF)

    salon.keeps_its_promises(PromiseKind.ALERT)

    assert any(one.text.startswith(f"<@{salon.dana.id}> Acme") for one in salon.dana.sees("billing"))


def test_an_alert_that_nobody_can_be_told_is_not_counted_as_told(salon: Salon) -> None:
    salon.owns(salon.dana, "Acme")
    salon.office.receives([("Acme", PREMIUM, 12)], BILLED[:1])
    salon.slack.breaks("chat.postMessage", "refused", error=SWITCHED_OFF, times=2)

    with pytest.raises(Refused, match="Direct messages to me are switched off"):
        salon.keeps_its_promises(PromiseKind.ALERT)


def test_a_channel_archived_a_moment_ago_loses_no_alert_and_an_admin_hears_of_it_once(salon: Salon) -> None:
    elsewhere = salon.slack.new_channel("acme", by="dana", members=["gapwatch"])
    salon.owns(salon.dana, "Acme", elsewhere)
    assert not salon.room.company.closed(elsewhere)
    salon.slack.archives(elsewhere, by="dana")

    salon.office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], BILLED)
    salon.keeps_its_promises()

    alerted = [one for one in direct(salon, "dana") if "Approve" in one.buttons]
    assert len(alerted) == 2
    told = [one.text for one in direct(salon, "dana") if "could not post" in one.text]
    assert told == [
        f"I could not post in <#{elsewhere}>. The channel is archived. Unarchive it, or choose another one."
    ]


def test_an_alert_that_slack_refuses_for_no_reason_i_know_is_told_of_once(salon: Salon) -> None:
    office = salon.office
    salon.owns(salon.dana, "Acme", BILLING)
    office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], BILLED)
    salon.slack.breaks("chat.postMessage", "refused", error="as_you_like_it", times=2)
    keep = Keep(office.outbox, {PromiseKind.ALERT: salon.bringing.bring}, tell=office.trouble.tell)

    for promise in office.promised(PromiseKind.ALERT):
        keep.promise(office.workspace, promise.key)
    salon.keeps_its_promises()

    told = [one.text for one in direct(salon, "dana") if "could not deliver" in one.text]
    assert told == ["I could not deliver a message. Slack refused: as_you_like_it."]


def test_an_alert_slack_does_not_take_as_it_is_is_logged_without_its_clients_name(
    salon: Salon, caplog: pytest.LogCaptureFixture
) -> None:
    salon.owns(salon.dana, "Acme", BILLING)
    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.slack.breaks("chat.postMessage", "refused", error="invalid_blocks")

    salon.keeps_its_promises(PromiseKind.ALERT)

    assert "message of kind alert as it was: rich: invalid_blocks" in caplog.text
    assert "acme" not in caplog.text.casefold()
