"""People and channels switch alerts off, and on again: nothing comes, nothing is lost, and what waited comes once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from office import ADA, PREMIUM, VISIO, Row
from talking.salon import BILLING, Salon

from bot.sandbox import Person, Seen
from bot.services.calls import to_channel
from bot.services.ids import PersonId
from bot.services.manners import Manner
from bot.services.plans import Due, ScheduleKind
from bot.services.quiet import ALWAYS

BILLED: list[Row] = [("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 10)]
LEAKS: list[Row] = [("Acme", PREMIUM, 12), ("Bolt", PREMIUM, 15)]


@pytest.fixture
def salon(salon: Salon) -> Salon:
    """Let Jo answer for Acme, at work at any hour, and Dana for all that nobody else does."""
    salon.hires(salon.jo)
    salon.owns(salon.jo, "Acme")
    salon.owns(salon.dana, "Bolt")
    salon.office.keeps_hours(ALWAYS, salon.office.by(ADA))
    return salon


def compares(salon: Salon, bought: list[Row], month: str = "2026-10") -> None:
    salon.office.receives(bought, BILLED, month)
    salon.keeps_its_promises()


def passes(salon: Salon, **time: int) -> None:
    salon.office.clock.pass_by(**time)
    salon.keeps_its_promises()


def told(salon: Salon, person: Person) -> list[Seen]:
    """Read what the bot wrote to someone alone, outside of threads."""
    channel = salon.client.conversations_open(users=person.id)["channel"]["id"]
    return [one for one in person.sees(channel) if not one.is_ephemeral]


def below(person: Person, message: Seen) -> list[Seen]:
    return person.sees(message.channel, message)[1:]


def last(person: Person) -> Seen:
    return [one for one in person.sees(BILLING) if one.is_ephemeral][-1]


def sets(salon: Salon, person: Person, button: str, **given: str) -> str:
    """Open the hours from the command, fill in what is said, and read what came of it."""
    assert person.types("/reconcile hours", BILLING).ok
    person.presses(button, last(person))
    assert person.submits(given).ok
    salon.keeps_its_promises()
    return last(person).words


def off(salon: Salon, person: Person) -> str:
    return sets(salon, person, "My alerts and hours…", alerts="off")


def audited(salon: Salon) -> list[str]:
    with salon.office.ledger.look(salon.office.workspace) as books:
        return [entry.action for entry in books.audit.entries()]


def test_whoever_switches_alerts_off_hears_nothing_and_the_billing_owner_does(salon: Salon) -> None:
    assert "What concerns your clients goes to Dana." in off(salon, salon.jo)
    passes(salon, minutes=10)
    (passed_on,) = told(salon, salon.dana)
    assert passed_on.text == ("Jo has alerts off. What nobody else would hear of now comes to you. Nothing waits now.")

    compares(salon, LEAKS)

    assert told(salon, salon.jo) == []
    assert [one.text.partition(":")[0] for one in told(salon, salon.dana)[1:]] == ["Bolt", "Acme"]
    assert [gap.gap.client for gap in salon.office.looking.gaps(salon.office.workspace, person=PersonId(salon.jo.id))]
    assert "alerts switched off" in audited(salon)


def test_what_waited_for_somebody_is_handed_on_with_its_buttons(salon: Salon) -> None:
    compares(salon, LEAKS)
    (alert,) = told(salon, salon.jo)

    off(salon, salon.jo)
    passes(salon, minutes=10)

    passed_on = told(salon, salon.dana)[-1]
    assert "1 gap to decide in the thread: $44.00 a month not billed." in passed_on.text
    salon.dana.presses("Approve", below(salon.dana, passed_on)[0])
    assert "Approved by Dana" in below(salon.jo, alert)[0].words
    passes(salon, days=1)
    assert len([one for one in told(salon, salon.dana) if "has alerts off" in one.text]) == 1


def test_a_digest_that_was_to_come_goes_to_the_billing_owner_once_alerts_are_off(salon: Salon) -> None:
    salon.office.keeps_hours(replace(ALWAYS, most=0), salon.office.by(ADA), PersonId(salon.jo.id))
    compares(salon, LEAKS)

    off(salon, salon.jo)
    passes(salon, minutes=10)

    assert told(salon, salon.jo) == []
    assert "1 gap to decide in the thread: $44.00 a month" in told(salon, salon.dana)[-1].text


def test_whoever_was_handed_a_gap_is_not_called_upon_by_its_growth_once_alerts_are_off(salon: Salon) -> None:
    salon.owns(salon.dana, "Acme", BILLING)
    compares(salon, LEAKS)
    alert = next(one for one in salon.dana.sees("billing") if "*Acme*" in one.words)
    salon.dana.says("assign @jo", BILLING, thread=alert)
    salon.slack.settles()
    salon.keeps_its_promises()
    off(salon, salon.jo)
    before = len([one for top in told(salon, salon.jo) for one in salon.jo.sees(top.channel, top)])

    compares(salon, [("Acme", PREMIUM, 30), LEAKS[1]], "2026-11")

    (grew,) = [one.text for one in salon.dana.sees("billing", alert) if "Grew from" in one.text]
    assert "<@" not in grew
    assert len([one for top in told(salon, salon.jo) for one in salon.jo.sees(top.channel, top)]) == before


def test_the_home_of_whoever_has_alerts_off_says_so_and_lists_what_waits(salon: Salon) -> None:
    compares(salon, LEAKS)
    salon.jo.opens_home()
    assert "You have alerts off" not in salon.jo.waits_for_home("Acme").words

    off(salon, salon.jo)
    salon.jo.opens_home()

    home = salon.jo.waits_for_home("You have alerts off")
    assert "1 gap to decide: $44.00 a month not billed" in home.words
    salon.jo.presses("Change that…", home=True)
    assert salon.jo.submits({"alerts": "on"}).ok
    assert not salon.office.rhythm.manners.of(salon.office.workspace, PersonId(salon.jo.id)).is_silent


def test_growth_of_a_gap_somebody_was_told_of_goes_to_the_billing_owner_once_alerts_are_off(salon: Salon) -> None:
    compares(salon, LEAKS)
    off(salon, salon.jo)
    before = len(below(salon.jo, told(salon, salon.jo)[0]))

    compares(salon, [("Acme", PREMIUM, 30), LEAKS[1]], "2026-11")

    assert len(below(salon.jo, told(salon, salon.jo)[0])) == before
    acme = next(one for one in told(salon, salon.dana) if one.text.startswith("Acme"))
    assert "30 bought, 10 billed" in below(salon.dana, acme)[0].words


def test_on_again_what_waited_comes_once_as_one_message(salon: Salon) -> None:
    compares(salon, LEAKS)
    off(salon, salon.jo)
    salon.office.clock.pass_by(days=1)
    more: list[Row] = [*LEAKS, ("Acme", VISIO, 4), ("Acme", "Exchange Online Plan 1", 5)]
    salon.office.receives(more, [*BILLED, ("Acme", VISIO, 1), ("Acme", "Exchange Online Plan 1", 1)], "2026-11")
    salon.keeps_its_promises()
    assert len(told(salon, salon.jo)) == 1

    words = sets(salon, salon.jo, "My alerts and hours…", alerts="on")
    passes(salon, days=1)

    assert "alerts again" in words
    (_, waited) = told(salon, salon.jo)
    assert "While you had alerts off:" in waited.text
    assert "2 gaps at 1 client" in waited.text
    assert len(below(salon.jo, waited)) == 2
    compares(salon, [*more, ("Acme", "Project Plan 3", 5)], "2026-12")
    assert "Project Plan 3" in below(salon.jo, told(salon, salon.jo)[0])[-1].words


def test_off_is_taken_back_with_a_click_and_nobody_else_hears_of_it(salon: Salon) -> None:
    compares(salon, LEAKS)
    off(salon, salon.jo)
    switched = last(salon.jo)

    salon.jo.presses("Undo", switched)
    passes(salon, minutes=10)

    assert "alerts again" in last(salon.jo).words
    assert not any("has alerts off" in one.text for one in told(salon, salon.dana))
    assert len(told(salon, salon.jo)) == 1
    salon.jo.presses("Undo", switched, stale=True)
    assert "It was set anew since, so I put nothing back." in last(salon.jo).words


def test_nobody_with_alerts_off_is_called_upon_reminded_or_given_a_gap(salon: Salon) -> None:
    salon.owns(salon.jo, "Acme", BILLING)
    salon.office.planning.begin(salon.office.workspace)
    off(salon, salon.jo)
    compares(salon, LEAKS)
    for _ in range(12):
        salon.office.clock.pass_by(days=1)
        due = Due(salon.office.clock(), ScheduleKind.REMIND)
        assert salon.office.rhythm.ticking.keep(salon.office.workspace, due)
        salon.keeps_its_promises()

    everything = [one.text for top in salon.dana.sees("billing") for one in salon.dana.sees("billing", top)]
    assert not any(f"<@{salon.jo.id}>" in words for words in everything)
    assert any(f"<@{salon.dana.id}> Acme" in words for words in everything)
    assert told(salon, salon.jo) == []
    alert = next(one for one in salon.dana.sees("billing") if "*Acme*" in one.words)
    salon.dana.says("assign @jo", BILLING, thread=alert)
    salon.slack.settles()
    assert "Jo has alerts off. Choose somebody else." in salon.whispered(salon.dana, alert)


def test_where_nobody_wants_alerts_they_are_told_where_results_are_and_call_on_nobody(salon: Salon) -> None:
    olivia = salon.slack.person("olivia")  # an admin of the Slack workspace, who may be met at any time
    salon.hires(olivia, is_admin=True)
    for admin in (PersonId(olivia.id), ADA):
        salon.office.rhythm.manners.change(Manner(is_silent=True), salon.office.by(ADA), admin)
    off(salon, salon.jo)
    assert "is told where results are, and calls on nobody" in off(salon, salon.dana)

    compares(salon, LEAKS)

    acme = next(one for one in salon.dana.sees("billing") if "*Acme*" in one.words)
    assert acme.text.startswith("Acme:")
    assert told(salon, salon.dana) == told(salon, salon.jo) == []


def test_a_channel_with_alerts_off_gets_none_and_they_go_to_those_who_answer(salon: Salon) -> None:
    elsewhere = salon.slack.new_channel("acme", by="dana", members=["gapwatch", "jo"])
    salon.owns(salon.jo, "Acme", elsewhere)
    compares(salon, LEAKS)
    (alert,) = [one for one in salon.jo.sees(elsewhere) if "Acme" in one.text]
    replies = len(salon.jo.sees(elsewhere, alert))
    manners = salon.office.rhythm.manners
    manners.change(Manner(is_silent=True), salon.office.by(PersonId(salon.dana.id)), to_channel(elsewhere))
    salon.office.clock.now += timedelta(minutes=10)
    salon.keeps_its_promises()
    assert "1 gap to decide in the thread" in told(salon, salon.jo)[-1].text

    compares(salon, [("Acme", PREMIUM, 30), LEAKS[1]], "2026-11")

    assert len(salon.jo.sees(elsewhere, alert)) == replies
    assert "30 bought, 10 billed" in salon.jo.sees(elsewhere, alert)[1].words
    grown = [one for top in told(salon, salon.jo) for one in below(salon.jo, top)]
    assert any("Grew from $44.00 to $440.00" in one.text for one in grown)


def test_the_channel_of_results_with_alerts_off_gets_no_result_and_no_summary(salon: Salon) -> None:
    words = sets(salon, salon.dana, "This channel's…", alerts="off")
    assert "no alerts, replies, reminders, results or summaries come here unasked" in words
    before = len([one for one in salon.dana.sees("billing") if not one.is_ephemeral])

    compares(salon, LEAKS)
    salon.office.planning.begin(salon.office.workspace)
    salon.office.clock.pass_by(days=7)
    assert salon.office.rhythm.ticking.keep(salon.office.workspace, Due(salon.office.clock(), ScheduleKind.SUMMARY))
    salon.keeps_its_promises()

    assert len([one for one in salon.dana.sees("billing") if not one.is_ephemeral]) == before
    alone = [one.text for one in told(salon, salon.dana)]
    assert any("October 2026: $154.00 a month not billed" in one for one in alone)
    assert any("Week of" in one for one in alone)
    salon.dana.types("/reconcile gaps", BILLING)
    assert "Acme" in last(salon.dana).words


def test_only_an_admin_sets_a_channel(salon: Salon) -> None:
    salon.jo.types("/reconcile hours", BILLING)
    salon.jo.presses("This channel's…", last(salon.jo))

    salon.jo.submits({"alerts": "off", "aloud": "nothing"})

    assert salon.jo.modal is not None
    assert "Only an admin may set the hours of others" in salon.jo.modal.words
    assert salon.office.rhythm.manners.of(salon.office.workspace, to_channel(BILLING)) == Manner()


GROWN: list[Row] = [("Acme", PREMIUM, 30)]


def comes_back(salon: Salon, alert: Seen) -> None:
    """Let the gap close, and come back."""
    for bought, month in ((10, "2026-12"), (12, "2027-01")):
        salon.office.receives([("Acme", PREMIUM, bought)], [("Acme", PREMIUM, 10)], month)
        salon.keeps_its_promises()
    assert any("Open again" in one.text for one in salon.dana.sees("billing", alert))


@pytest.mark.parametrize(("aloud", "loud"), [("jumps", 2), ("returns", 1), ("nothing", 0)])
def test_a_channel_says_what_is_said_in_it_beside_the_thread(salon: Salon, aloud: str, loud: int) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    sets(salon, salon.dana, "This channel's…", aloud=aloud)

    salon.office.receives(GROWN, [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()
    comes_back(salon, alert)

    said = salon.dana.sees("billing", alert)
    assert len([one for one in said if one.body.get("subtype") == "thread_broadcast"]) == loud


def test_a_channel_is_set_from_where_all_else_is(salon: Salon) -> None:
    salon.dana.types("/reconcile settings", BILLING)
    salon.dana.presses("This channel…", last(salon.dana))

    assert salon.dana.submits({"aloud": "returns"}).ok

    assert "only a gap that comes back is shown in the channel as well" in last(salon.dana).words
    salon.jo.types("/reconcile settings", BILLING)
    assert "This channel…" not in last(salon.jo).buttons


def test_what_is_said_in_a_channel_is_put_back_and_written_down(salon: Salon) -> None:
    words = sets(salon, salon.dana, "This channel's…", aloud="nothing")
    assert "what happens to a gap is said in its thread alone. Set by Dana." in words

    salon.dana.presses("Undo", last(salon.dana))

    assert "a gap that comes back or doubles is shown in the channel as well" in last(salon.dana).words
    assert salon.office.rhythm.manners.of(salon.office.workspace, to_channel(BILLING)) == Manner()
    assert audited(salon).count("said aloud set") == 2
