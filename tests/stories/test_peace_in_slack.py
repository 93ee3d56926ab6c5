"""People are told at work, a few things a day, and the rest at once; nothing is said twice and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from office import ADA, PREMIUM, VISIO, billed_csv, bought_csv
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlalchemy import event
from talking.salon import BILLING, Salon

from bot.sandbox import Person, Seen
from bot.services.calls import to_channel
from bot.services.cases import Case
from bot.services.decisions import Names
from bot.services.ids import PersonId
from bot.services.people import Owner
from bot.services.plans import Due, ScheduleKind
from bot.services.promises import PromiseKind, PromiseState
from bot.services.quiet import ALWAYS, Quiet
from bot.slack.bringing import Bringing
from bot.slack.messenger import Messenger
from recon import Kind, Money

CLIENTS = ["Acme", "Bolt", "Core", "Dune"]
WORK = Quiet(most=2)
TUESDAY, FRIDAY_NIGHT = datetime(2026, 10, 20, 14, tzinfo=UTC), datetime(2026, 10, 23, 23, tzinfo=UTC)
MONDAY = datetime(2026, 10, 26, 12, tzinfo=UTC)  # eight in New York, where everybody lives


@pytest.fixture
def calm(salon: Salon) -> Salon:
    """Let Jo answer for four clients and bear two alerts a day, at work in New York."""
    salon.hires(salon.jo)
    for client in CLIENTS:
        salon.owns(salon.jo, client)
    salon.office.keeps_hours(WORK, salon.office.by(ADA))
    salon.office.clock.now = TUESDAY
    return salon


def leaks(salon: Salon, month: str = "2026-10", more: int = 0) -> None:
    """Compare a month in which each client lacks more than the one before."""
    have = [(client, PREMIUM, 11 + place + more) for place, client in enumerate(CLIENTS)]
    salon.office.receives(have, [(client, PREMIUM, 10) for client in CLIENTS], month)
    salon.keeps_its_promises()


def told(salon: Salon, person: Person) -> list[Seen]:
    """Read what the bot wrote to someone alone, outside of threads."""
    channel = salon.client.conversations_open(users=person.id)["channel"]["id"]
    return [one for one in person.sees(channel) if not one.is_ephemeral]


def below(person: Person, message: Seen) -> list[Seen]:
    return person.sees(message.channel, message)[1:]


def test_two_alerts_and_a_digest_whose_thread_has_the_rest(calm: Salon) -> None:
    leaks(calm)
    assert [one.text.partition(":")[0] for one in told(calm, calm.jo)] == ["Dune", "Core"]

    calm.office.clock.pass_by(minutes=10)
    calm.keeps_its_promises()

    digest = told(calm, calm.jo)[-1]
    assert "The rest of today: $66.00 a month not billed, 2 gaps at 2 more clients." in digest.text
    assert len(told(calm, calm.jo)) == 3
    gaps = below(calm.jo, digest)
    assert [gap.text.partition(":")[0] for gap in gaps] == ["Bolt", "Acme"]
    calm.jo.presses("Approve", gaps[0])
    assert "Approved by Jo" in below(calm.jo, digest)[0].words


def test_a_gap_of_a_digest_is_decided_by_a_reply_and_goes_on_in_that_thread(calm: Salon) -> None:
    leaks(calm)
    calm.office.clock.pass_by(minutes=10)
    calm.keeps_its_promises()
    digest = told(calm, calm.jo)[-1]

    calm.jo.says("bolt: approve", digest.channel, thread=digest)
    calm.slack.settles()
    calm.office.clock.now += timedelta(days=1)
    calm.office.receives(
        [(client, PREMIUM, 11 + place) for place, client in enumerate(CLIENTS)],
        [("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 12), ("Core", PREMIUM, 10), ("Dune", PREMIUM, 10)],
        "2026-11",
    )
    calm.keeps_its_promises()

    thread = [one.text for one in below(calm.jo, digest)]
    assert any("Approved by Jo" in words or "recovered" in words for words in thread)
    assert any(words.startswith("Bolt: ") and "recovered" in words for words in thread[2:])


def test_talk_below_a_digest_is_looked_up_at_once_however_many_gaps_are_open(calm: Salon) -> None:
    leaks(calm)
    calm.office.clock.pass_by(minutes=10)
    calm.keeps_its_promises()
    digest, asked = told(calm, calm.jo)[-1], list[str]()

    def count(_: object, __: object, statement: str, *_rest: object) -> None:
        asked.extend([statement] if "FROM messages" in statement else [])

    event.listen(calm.office.ledger.engine, "before_cursor_execute", count)
    calm.jo.says("what a month", digest.channel, thread=digest)
    calm.slack.settles()

    assert len(asked) == 1


def test_nothing_is_brought_on_friday_night_and_all_of_it_on_monday_morning(calm: Salon) -> None:
    calm.office.keeps_hours(replace(WORK, most=9), calm.office.by(ADA))
    calm.office.clock.now = FRIDAY_NIGHT
    leaks(calm)
    assert told(calm, calm.jo) == []
    assert [case.client for case in (one.gap for one in calm.office.looking.gaps(calm.office.workspace))] == CLIENTS[
        ::-1
    ]

    calm.office.clock.now = MONDAY - timedelta(seconds=1)
    calm.keeps_its_promises()
    assert told(calm, calm.jo) == []

    calm.office.clock.now = MONDAY
    calm.keeps_its_promises()
    assert sorted(one.text.partition(":")[0] for one in told(calm, calm.jo)) == CLIENTS


def test_what_was_settled_over_the_weekend_is_not_brought_on_monday(calm: Salon) -> None:
    calm.office.clock.now = FRIDAY_NIGHT
    leaks(calm)
    acme = next(gap for gap in calm.office.looking.gaps(calm.office.workspace) if gap.gap.client == "Acme")
    calm.office.decide.approve(acme.id, calm.office.by(ADA))

    calm.office.clock.now = MONDAY
    calm.keeps_its_promises()
    calm.office.clock.pass_by(minutes=10)
    calm.keeps_its_promises()

    assert "1 gap at 1 more client" in told(calm, calm.jo)[-1].text
    assert not any("Acme" in one.words for one in told(calm, calm.jo))


def handed_over_at_night(salon: Salon) -> Case:
    """Let Jo be handed a gap of Dana's when nobody is at work, and everybody wait for the morning."""
    salon.hires(salon.jo, is_admin=True)
    salon.owns(salon.dana, "Acme")
    salon.office.receives([("Acme", PREMIUM, 15)], [("Acme", PREMIUM, 10)])
    salon.keeps_its_promises()
    salon.office.clock.now = FRIDAY_NIGHT
    gap = salon.office.gap("Acme")
    salon.office.decide.assign(gap.id, salon.office.by(ADA), PersonId(salon.jo.id))
    salon.keeps_its_promises()
    salon.office.clock.pass_by(minutes=5)
    return gap


@pytest.mark.parametrize("then", ["nothing", "approved", "snoozed", "closed", "handed on"])
def test_whoever_was_handed_a_gap_at_night_hears_of_it_in_the_morning_if_it_is_still_theirs(
    calm: Salon, then: str
) -> None:
    office, gap = calm.office, handed_over_at_night(calm)
    match then:
        case "approved":
            office.decide.approve(gap.id, office.by(ADA))
        case "snoozed":
            office.decide.snooze(gap.id, office.by(ADA), until=MONDAY + timedelta(days=7))
        case "closed":
            office.receives([("Acme", PREMIUM, 10)], [("Acme", PREMIUM, 10)], "2026-11")
        case "handed on":
            office.decide.assign(gap.id, office.by(ADA), PersonId(calm.dana.id))
        case _:
            pass

    office.clock.now = MONDAY
    calm.keeps_its_promises()

    assert any("You were asked to decide" in one.text for one in told(calm, calm.jo)) == (then == "nothing")


def test_a_gap_that_is_put_off_can_be_handed_to_somebody_who_hears_of_it(calm: Salon) -> None:
    handed_over_at_night(calm)
    gap = calm.office.gap("Acme")
    calm.office.decide.snooze(gap.id, calm.office.by(ADA), until=MONDAY + timedelta(days=7))
    calm.office.clock.pass_by(minutes=5)
    calm.office.decide.assign(gap.id, calm.office.by(ADA), PersonId(calm.dana.id))

    calm.office.clock.now = MONDAY
    calm.keeps_its_promises()

    assert "You were asked to decide" in told(calm, calm.dana)[-1].text


@pytest.mark.parametrize("is_signed", [True, False])
def test_a_second_signature_that_was_given_at_night_is_not_asked_for_in_the_morning(
    calm: Salon, *, is_signed: bool
) -> None:
    office, gap = calm.office, handed_over_at_night(calm)
    office.thresholds.set_second_person(Money(Decimal(10), "USD"), office.by(ADA))
    office.decide.approve(gap.id, office.by(PersonId(calm.dana.id)))
    if is_signed:
        office.decide.approve(gap.id, office.by(ADA))

    office.clock.now = MONDAY
    calm.keeps_its_promises()

    assert any("it needs a second person" in one.text for one in told(calm, calm.jo)) != is_signed


def test_growth_of_a_gap_that_is_still_to_be_told_is_told_with_it(calm: Salon) -> None:
    calm.office.clock.now = FRIDAY_NIGHT
    leaks(calm)
    calm.office.clock.pass_by(days=1)
    leaks(calm, more=3)

    calm.office.clock.now = MONDAY
    calm.keeps_its_promises()

    dune = next(one for one in told(calm, calm.jo) if one.text.startswith("Dune"))
    assert "17 bought, 10 billed" in below(calm.jo, dune)[0].words
    assert len(below(calm.jo, dune)) == 1


def test_in_a_channel_the_person_is_called_as_often_as_they_can_bear(calm: Salon) -> None:
    for client in CLIENTS:
        calm.owns(calm.jo, client, BILLING)
    leaks(calm)

    alerts = {one.text.rpartition("> ")[2].partition(":")[0]: one for one in calm.dana.sees("billing")}
    calls = [client for client, one in alerts.items() if f"<@{calm.jo.id}>" in one.text]
    assert alerts.keys() >= set(CLIENTS)
    assert sorted(calls) == ["Core", "Dune"]
    calm.office.clock.pass_by(minutes=10)
    calm.keeps_its_promises()
    assert "2 gaps at 2 more clients" in told(calm, calm.jo)[-1].text


def test_a_channel_has_hours_of_its_own(calm: Salon) -> None:
    calm.owns(calm.jo, "Dune", BILLING)
    calm.office.keeps_hours(Quiet(days_off=frozenset({1, 5, 6})), calm.office.by(ADA), to_channel(BILLING))

    leaks(calm)

    assert not any("Dune" in one.text.partition(":")[0] for one in calm.dana.sees("billing"))
    calm.office.clock.now += timedelta(days=1)
    calm.keeps_its_promises()
    assert any(one.text.startswith(f"<@{calm.jo.id}> Dune:") for one in calm.dana.sees("billing"))


def test_a_billing_owner_of_many_clients_nobody_owns_is_asked_about_a_few(calm: Salon) -> None:
    calm.office.receives(
        [(f"Client {number}", PREMIUM, 12) for number in range(8)],
        [(f"Client {number}", PREMIUM, 10) for number in range(8)],
    )
    for minutes in (0, 10):
        calm.office.clock.pass_by(minutes=minutes)
        calm.keeps_its_promises()

    alone = told(calm, calm.dana)
    assert len(alone) == 3
    assert "6 gaps at 6 more clients" in alone[-1].text
    assert "Nobody answers for" in alone[-1].text


def test_many_changes_of_a_client_are_drawn_once(calm: Salon) -> None:
    calm.owns(calm.jo, "Acme", BILLING)
    products = [PREMIUM, VISIO, "Exchange Online Plan 1"]
    calm.office.receives([("Acme", one, 14) for one in products], [("Acme", one, 10) for one in products])
    calm.keeps_its_promises()
    client = Counting(token=calm.slack.bot_token, base_url=calm.slack.base_url)
    calm.bringing = Bringing(replace(calm.room, messenger=Messenger(client)), BILLING)

    calm.office.receives([("Acme", one, 12) for one in products], [("Acme", one, 10) for one in products], "2026-11")
    calm.keeps_its_promises()

    assert client.updates == len(products) + 1


class Counting(WebClient):
    """A client that counts how often a message is changed."""

    updates = 0

    def chat_update(self, **given: Any) -> SlackResponse:  # noqa: ANN401 - passed on
        self.updates += 1
        return super().chat_update(**given)


def test_a_held_alert_is_pending_and_never_given_up(calm: Salon) -> None:
    calm.office.clock.now = FRIDAY_NIGHT
    leaks(calm)
    acme = next(gap for gap in calm.office.looking.gaps(calm.office.workspace) if gap.gap.client == "Acme")

    promise = calm.office.outbox.promised(calm.office.workspace, f"alert:{acme.id}")

    assert promise
    assert (promise.kind, promise.state, promise.is_in_doubt) == (PromiseKind.ALERT, PromiseState.PENDING, False)
    assert promise.not_before == MONDAY


def both_hear(salon: Salon, other: Person, *clients: str) -> None:
    """Let Dana and somebody else answer for some clients."""
    for client in clients:
        owner = Owner(client=client, manager=PersonId(salon.dana.id), billing=PersonId(other.id))
        salon.office.owners.set_owner(owner, salon.office.by(ADA))


def calls_upon(salon: Salon, person: Person, days: int) -> list[tuple[int, str]]:
    """List of what somebody was called upon for, and on which day."""
    today = salon.office.clock().date()
    with salon.office.ledger.look(salon.office.workspace) as books:
        found = {ahead: books.calls.of(person.id, today - timedelta(days=ahead)) for ahead in range(-1, days + 1)}
    return sorted((-ahead, call.subject) for ahead, calls in found.items() for call in calls)


def hours_pass(salon: Salon, hours: int) -> None:
    for _ in range(hours):
        salon.office.clock.pass_by(hours=1)
        salon.keeps_its_promises()


def test_two_people_who_are_never_at_work_together_are_each_told_once(calm: Salon) -> None:
    kei = calm.slack.new_person("kei", "Kei", tz="Asia/Tokyo")
    calm.hires(kei)
    both_hear(calm, kei, "Acme", "Bolt")
    calm.office.receives([("Acme", PREMIUM, 15), ("Bolt", PREMIUM, 12)], [("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 10)])
    calm.keeps_its_promises()
    assert len(told(calm, calm.dana)) == 2
    assert told(calm, kei) == []

    hours_pass(calm, 3 * 24)

    assert sorted(one.text.partition(":")[0] for one in told(calm, kei)) == ["Acme", "Bolt"]
    assert len(told(calm, calm.dana)) == 2
    assert calls_upon(calm, calm.dana, 3) == [(-3, "client:acme"), (-3, "client:bolt")]
    assert calls_upon(calm, kei, 3) == [(-2, "client:acme"), (-2, "client:bolt")]


def test_what_is_said_in_threads_and_what_must_be_signed_reaches_each_of_two_such_people_once(calm: Salon) -> None:
    office, kei = calm.office, calm.slack.new_person("kei", "Kei", tz="Asia/Tokyo")
    for person in (kei, calm.jo):
        calm.hires(person, is_admin=True)
    both_hear(calm, kei, "Acme")
    office.thresholds.set_second_person(Money(Decimal(10), "USD"), office.by(ADA))
    office.planning.begin(office.workspace)
    office.receives([("Acme", PREMIUM, 15)], [("Acme", PREMIUM, 10)])
    hours_pass(calm, 24)
    office.receives([("Acme", PREMIUM, 18)], [("Acme", PREMIUM, 10)], "2026-11")
    hours_pass(calm, 5 * 24)
    tick(calm, ScheduleKind.REMIND)
    hours_pass(calm, 2 * 24)
    gap = office.gap("Acme")
    office.decide.approve(gap.id, office.by(PersonId(calm.dana.id)))
    hours_pass(calm, 2 * 24)
    office.receives([("Acme", PREMIUM, 18)], [("Acme", PREMIUM, 18)], "2026-12")
    hours_pass(calm, 4 * 24)

    for person in (calm.dana, kei):
        alert = told(calm, person)[0]
        thread = [one.text for one in below(person, alert)]
        said = ("Grew from", "Still undecided", "Closed")
        assert all(words in one for words, one in zip(said, thread[1:], strict=True))
        assert [subject for _, subject in calls_upon(calm, person, 14)].count("client:acme") == 3, (
            "alert, growth, reminder"
        )
    for person in (calm.jo, kei):
        (asked,) = [one for one in told(calm, person) if "second" in one.text]
        assert [subject for _, subject in calls_upon(calm, person, 14)].count(f"case:{gap.id}") == 1, asked.text
    with office.ledger.look(office.workspace) as books:
        assert books.outbox.tally().keys() == {PromiseState.SENT}


def test_who_was_told_is_not_called_again_because_anothers_day_is_full(calm: Salon) -> None:
    leaks(calm)
    hours_pass(calm, 1)
    assert len(told(calm, calm.jo)) == 3, "two alerts and the rest"
    both_hear(calm, calm.jo, "Echo")
    calm.owns(calm.dana, "Fern")
    calm.owns(calm.dana, "Gull")
    echo = [("Echo", PREMIUM, 15), *((client, PREMIUM, 11 + place) for place, client in enumerate(CLIENTS))]
    calm.office.receives(echo, [(client, PREMIUM, 10) for client in ("Echo", *CLIENTS)])
    calm.keeps_its_promises()
    assert [one.text.partition(":")[0] for one in told(calm, calm.dana)] == ["Echo"]

    calm.office.clock.pass_by(days=1)
    more = [(client, PREMIUM, 12) for client in ("Fern", "Gull")]
    calm.office.receives([*more, *echo], [(client, PREMIUM, 10) for client in ("Echo", "Fern", "Gull", *CLIENTS)])
    for promise in reversed(calm.office.promised(PromiseKind.ALERT)):  # Echo's, which waits for Jo, comes last
        claimed = calm.office.outbox.claim(calm.office.workspace, promise.key)
        assert claimed
        assert calm.keeps(claimed)
    hours_pass(calm, 1)

    assert sorted(one.text.partition(":")[0] for one in told(calm, calm.dana)) == ["Echo", "Fern", "Gull"]
    assert [one.text.partition(":")[0] for one in told(calm, calm.jo)][3:] == ["Echo"]
    assert calls_upon(calm, calm.dana, 1) == [(-1, "client:echo"), (0, "client:fern"), (0, "client:gull")]


def tick(salon: Salon, kind: ScheduleKind) -> None:
    assert salon.office.rhythm.ticking.keep(salon.office.workspace, Due(salon.office.clock(), kind))


def test_files_too_old_are_asked_for_once_and_not_when_new_ones_came(calm: Salon) -> None:
    calm.dana.drops("pax8.csv", bought_csv([("Acme", PREMIUM, 12)]), "billing")
    calm.dana.drops("additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 12)]), "billing")
    calm.slack.settles()
    calm.keeps_its_promises()
    calm.office.planning.begin(calm.office.workspace)

    for _ in range(15):
        calm.office.clock.pass_by(days=1)
        tick(calm, ScheduleKind.RUN)
        calm.keeps_its_promises()

    (asked,) = [one for one in calm.dana.sees("billing") if "Drop new ones here." in one.text]
    assert f"<@{calm.dana.id}>" in asked.text
    assert asked.text.count("the newest export is 9 days old") == 2

    calm.dana.drops("pax8-new.csv", bought_csv([("Acme", PREMIUM, 13)]), "billing")
    calm.slack.settles()
    calm.keeps_its_promises()
    for _ in range(9):
        calm.office.clock.pass_by(days=1)
        tick(calm, ScheduleKind.RUN)
        calm.keeps_its_promises()

    (again,) = [one for one in calm.dana.sees("billing") if "Drop a new one here." in one.text]
    assert "the newest export is 9 days old" in again.text


def test_a_scheduled_run_says_how_old_its_files_are(calm: Salon) -> None:
    calm.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 12)])
    calm.office.planning.begin(calm.office.workspace)
    calm.keeps_its_promises()
    calm.office.clock.pass_by(days=6)
    calm.office.keeps_hours(ALWAYS, calm.office.by(ADA))
    calm.office.speak.different(Names(Kind.CLIENT, "Acme", "Zorg"), calm.office.by(ADA))
    for promise in calm.office.promised(PromiseKind.RUN):
        calm.office.outbox.claim(calm.office.workspace, promise.key)  # and its process dies

    tick(calm, ScheduleKind.RUN)
    calm.keeps_its_promises()

    result = [one for one in calm.dana.sees("billing") if "October 2026:" in one.text][-1]
    assert "From files as they are: " in result.text
    assert result.text.count("6 days old") == 2


def test_what_nobody_decides_is_said_again_in_its_thread_and_then_to_the_billing_owner(calm: Salon) -> None:
    calm.office.keeps_hours(replace(WORK, most=9), calm.office.by(ADA))
    calm.office.planning.begin(calm.office.workspace)
    leaks(calm)
    calm.office.decide.approve(
        next(gap for gap in calm.office.looking.gaps(calm.office.workspace) if gap.gap.client == "Dune").id,
        calm.office.by(ADA),
    )

    for _ in range(14):
        calm.office.clock.pass_by(days=1)
        tick(calm, ScheduleKind.REMIND)
        calm.keeps_its_promises()

    alerts = {one.text.partition(":")[0]: one for one in told(calm, calm.jo)}
    acme = [one.text for one in below(calm.jo, alerts["Acme"])]
    assert [words for words in acme if "Still undecided (oldest 6 days): $22.00 a month not billed." in words] == acme[
        1:
    ]
    assert len(below(calm.jo, alerts["Dune"])) == 1
    (escalated,) = told(calm, calm.dana)
    assert "Nobody has decided about 3 gaps: $132.00 a month not billed." in escalated.text
    gaps = below(calm.dana, escalated)
    assert [gap.text.partition(":")[0] for gap in gaps] == ["Core", "Bolt", "Acme"]
    assert calm.dana.presses("Approve", gaps[0]).ok
    assert "Approved by Dana" in below(calm.jo, alerts["Core"])[0].words


def test_a_reminder_that_is_brought_twice_is_said_once(calm: Salon) -> None:
    calm.office.keeps_hours(replace(WORK, most=9), calm.office.by(ADA))
    calm.office.planning.begin(calm.office.workspace)
    leaks(calm)
    calm.office.clock.pass_by(days=6)
    tick(calm, ScheduleKind.REMIND)
    promises = calm.office.promised(PromiseKind.NUDGE)
    for promise in promises:
        claimed = calm.office.outbox.claim(calm.office.workspace, promise.key)
        assert claimed
        for _ in range(2):  # as after a crash before it was written down
            calm.bringing.bring(calm.office.workspace, claimed)

    for alert in told(calm, calm.jo):
        assert len([one for one in below(calm.jo, alert) if "Still undecided" in one.text]) == 1


def few_clients_are_advised(salon: Salon) -> Seen:
    """Let a small MSP be watched for two weeks, and read what is proposed to Dana."""
    salon.office.planning.begin(salon.office.workspace)
    leaks(salon)
    salon.office.clock.pass_by(days=14)
    for _ in range(3):
        salon.office.clock.pass_by(days=1)
        tick(salon, ScheduleKind.RUN)
        salon.keeps_its_promises()
    (advice,) = [one for one in told(salon, salon.dana) if "I propose" in one.text]
    return advice


def test_advice_is_given_once_and_taken_with_a_click(calm: Salon) -> None:
    advice = few_clients_are_advised(calm)
    assert "You have 4 clients, and I saw 0 changes a week." in advice.text
    assert "because little changes here" in advice.text

    assert calm.dana.presses("Use this", advice).ok

    (answered,) = [one for one in told(calm, calm.dana) if "took my advice" in one.text]
    assert (answered.ts, answered.buttons) == (advice.ts, [])
    plan = calm.office.planning.plan(calm.office.workspace)
    assert plan.of(ScheduleKind.RUN).cadence.last_days == 3


def test_advice_may_be_refused(calm: Salon) -> None:
    advice = few_clients_are_advised(calm)

    assert calm.dana.presses("Leave it as it is", advice).ok

    assert "Dana left it as it is" in next(one for one in told(calm, calm.dana) if one.ts == advice.ts).text
    assert calm.office.planning.plan(calm.office.workspace).of(ScheduleKind.RUN).cadence.last_days == 7
