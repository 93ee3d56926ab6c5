"""Where people of other companies or guests read along, no money is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from office import ADA, PREMIUM, VISIO, bought_csv
from talking.salon import BILLING, Salon

from bot.sandbox import Person, Seen
from bot.services.cases import CaseState
from bot.services.decisions import Names
from bot.services.ids import PersonId
from bot.services.people import Owner
from bot.services.people import Person as Colleague
from bot.services.plans import Due, ScheduleKind
from bot.services.promises import PromiseKind
from recon import Kind

HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]


def shared(salon: Salon, name: str = "acme-and-us") -> str:
    team, _ = salon.slack.new_team("Acme Ltd")
    channel = salon.slack.new_channel(name, by="dana", shared_with=[team])
    salon.dana.invites("gapwatch", name)
    return channel


def with_a_guest(salon: Salon) -> tuple[str, Person]:
    eve = salon.slack.new_person("eve", "Eve", is_guest=True)
    channel = salon.slack.new_channel("acme-project", by="dana", members=["eve"])
    salon.dana.invites("gapwatch", "acme-project")
    return channel, eve


def owned_in(salon: Salon, channel: str) -> None:
    owner = Owner(client="Acme", manager=PersonId(salon.dana.id), channel=channel)
    salon.office.owners.set_owner(owner, salon.office.by(PersonId(salon.dana.id)))


def direct(salon: Salon) -> list[Seen]:
    channel = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]
    return salon.dana.sees(channel)


def money(seen: list[Seen]) -> list[str]:
    return [one.words for one in seen if "$" in one.words]


@pytest.mark.parametrize("guests", [True, False])
def test_a_channel_of_a_clients_that_strangers_read_is_told_nothing_and_its_owner_alone_is(
    salon: Salon, *, guests: bool
) -> None:
    channel = with_a_guest(salon)[0] if guests else shared(salon)
    owned_in(salon, channel)

    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()

    assert money(salon.dana.sees(channel)) == []
    assert any("Acme" in one for one in money(direct(salon)))
    warned = [one for one in direct(salon) if "I don't post amounts in" in one.words]
    assert len(warned) == 1
    assert ("Eve is a guest there" if guests else "shared with another company") in warned[0].words


def test_it_is_said_once_and_an_admin_may_allow_it(salon: Salon) -> None:
    channel = shared(salon)
    owned_in(salon, channel)
    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()

    salon.office.receives([("Acme", PREMIUM, 13)], PAY)
    salon.keeps_its_promises()
    (warned,) = [one for one in direct(salon) if "I don't post amounts in" in one.words]
    salon.dana.presses("Post them there anyway", warned)
    assert "Allowed by Dana" in next(one for one in direct(salon) if one.ts == warned.ts).words

    salon.office.receives([("Acme", PREMIUM, 13), ("Bolt", PREMIUM, 5)], [*PAY, ("Bolt", PREMIUM, 1)])
    salon.owns(salon.dana, "Bolt", channel)
    salon.office.receives([("Acme", PREMIUM, 13), ("Bolt", PREMIUM, 6)], [*PAY, ("Bolt", PREMIUM, 1)])
    salon.keeps_its_promises()
    assert any("Bolt" in one for one in money(salon.dana.sees(channel)))
    with salon.office.ledger.look(salon.office.workspace) as books:
        assert "allowed money among strangers" in [entry.action for entry in books.audit.entries()]


def test_what_was_allowed_is_taken_back_where_it_was_allowed(salon: Salon) -> None:
    channel = shared(salon)
    owned_in(salon, channel)
    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()
    (warned,) = [one for one in direct(salon) if "I don't post amounts in" in one.words]
    salon.dana.presses("Post them there anyway", warned)

    salon.dana.presses("Stop posting amounts", next(one for one in direct(salon) if one.ts == warned.ts))

    assert "I no longer post amounts in" in next(one for one in direct(salon) if one.ts == warned.ts).words
    assert not salon.office.overhearing.is_allowed(salon.office.workspace, channel)


def test_where_results_are_told_and_strangers_come_the_billing_owner_alone_is_told(salon: Salon) -> None:
    salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.dana.invites("eve", "billing")

    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()

    assert money(salon.dana.sees(BILLING)) == []
    assert any("October 2026" in one for one in money(direct(salon)))


def test_what_is_asked_for_among_strangers_is_for_the_one_who_asked(salon: Salon) -> None:
    alert = salon.alerts(HAVE, PAY)
    salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.dana.invites("eve", "billing")
    salon.office.clock.pass_by(hours=1)

    salon.dana.says("why", "billing", thread=alert)
    salon.slack.settles()
    salon.dana.types("/reconcile export fixes csv", "billing")
    salon.keeps_its_promises(PromiseKind.EXPORT)

    assert "12 bought" in salon.whispered(salon.dana, alert)
    assert not any("12 bought − 10 billed" in one.words for one in salon.slack.person("eve").sees("billing", alert))
    assert not any(one.files for one in salon.dana.sees("billing"))
    assert any(one.files for one in direct(salon))


def test_a_guest_who_came_a_moment_ago_gets_no_file_and_soon_no_message(salon: Salon) -> None:
    salon.alerts(HAVE, PAY)
    salon.dana.types("/reconcile export fixes csv", "billing")
    salon.keeps_its_promises(PromiseKind.EXPORT)
    before = money(salon.dana.sees(BILLING))
    salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.dana.invites("eve", "billing")

    salon.dana.types("/reconcile export fixes csv", "billing")
    salon.keeps_its_promises(PromiseKind.EXPORT)
    salon.office.clock.pass_by(minutes=2)
    salon.office.receives([("Acme", PREMIUM, 13)], PAY)
    salon.keeps_its_promises()

    assert [len(one.files) for one in salon.dana.sees("billing") if one.files] == [1]
    assert any(one.files for one in direct(salon))
    assert money(salon.dana.sees(BILLING)) == before


@pytest.mark.parametrize("words", ["status", "gaps", "why", "export", "approve"])
def test_a_guest_gets_nothing_out_of_a_thread(salon: Salon, words: str) -> None:
    alert = salon.alerts(HAVE, PAY)
    eve = salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.dana.invites("eve", "billing")

    eve.says(words, "billing", thread=alert)
    salon.slack.settles()
    salon.keeps_its_promises()

    assert "You are a guest here" in salon.whispered(eve, alert)
    assert salon.case(PREMIUM).state is CaseState.OPEN
    assert salon.office.promised() == []
    assert not any(one.files for one in eve.sees(salon.client.conversations_open(users=eve.id)["channel"]["id"]))


def test_a_guest_presses_nothing(salon: Salon) -> None:
    alert = salon.alerts(HAVE, PAY)
    eve = salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.dana.invites("eve", "billing")

    for label in ("Same as…", "Why?"):
        eve.presses(label, salon.shown(alert, PREMIUM))
        salon.slack.settles()
        assert eve.modal is None
        assert "You are a guest here" in salon.whispered(eve, alert)


def test_a_result_among_strangers_by_now_is_not_brought_up_to_date_there(salon: Salon) -> None:
    office = salon.office
    office.receives([("Umbrella Holdings", PREMIUM, 12)], [("Raccoon Labs", PREMIUM, 10)])
    salon.keeps_its_promises()
    before = [one.words for one in salon.dana.sees(BILLING)]
    salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.dana.invites("eve", "billing")
    office.clock.pass_by(hours=1)

    office.speak.same(Names(Kind.CLIENT, "Umbrella Holdings", "Raccoon Labs"), office.by(PersonId(salon.dana.id)))
    salon.keeps_its_promises()

    assert [one.words for one in salon.dana.sees(BILLING)] == before
    assert any("$44.00 a month" in one for one in money(direct(salon)))


def test_a_guest_is_told_nothing_and_hands_nothing_in(salon: Salon) -> None:
    salon.office.receives(HAVE, PAY)
    channel, eve = with_a_guest(salon)

    eve.types("/reconcile gaps", channel)
    assert "You are a guest here" in eve.sees(channel)[-1].words
    eve.types("/reconcile", channel)
    assert eve.modal is None
    message = eve.drops("pax8.csv", bought_csv([("Acme", PREMIUM, 99)]), channel)
    salon.slack.settles()
    salon.keeps_its_promises(PromiseKind.FILE)

    assert "can't take files from you" in eve.sees(channel, message)[1].words
    assert int(salon.case(PREMIUM).gap.bought) == 12


def test_someone_who_came_after_the_bot_is_met_when_they_first_ask(salon: Salon) -> None:
    kim = salon.slack.new_person("kim", "Kim Park")

    kim.types("/reconcile status", "billing")

    assert "Nothing is compared yet" in kim.sees("billing")[-1].words
    assert "Kim Park" in [person.name for person in salon.office.joining.people(salon.office.workspace)]


def test_a_channel_that_was_archived_is_said_to_be_once_and_its_owner_is_written_to_instead(salon: Salon) -> None:
    channel = salon.slack.new_channel("acme", by="dana")
    salon.dana.invites("gapwatch", "acme")
    owned_in(salon, channel)
    salon.slack.archives("acme", by="dana")

    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()
    salon.office.receives([("Acme", PREMIUM, 12), ("Acme", VISIO, 4)], PAY)
    salon.keeps_its_promises()

    assert any("Acme" in one for one in money(direct(salon)))
    warned = [one for one in direct(salon) if "it is archived" in one.words]
    assert [one.buttons for one in warned] == [[]]


def test_results_go_to_the_billing_owner_when_their_channel_is_archived(salon: Salon) -> None:
    salon.slack.archives("billing", by="dana")

    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()

    assert any("October 2026" in one for one in money(direct(salon)))
    assert len([one for one in direct(salon) if "it is archived" in one.words]) == 1


def test_a_guest_has_no_home(salon: Salon) -> None:
    salon.office.receives(HAVE, PAY)
    _, eve = with_a_guest(salon)

    eve.opens_home()
    salon.dana.opens_home()
    salon.slack.settles()

    assert "Acme" in salon.dana.waits_for_home("Acme").words
    assert eve.home is None


@pytest.mark.parametrize("opens_it", [True, False])
def test_whoever_is_a_guest_by_now_keeps_nothing_in_their_home(salon: Salon, *, opens_it: bool) -> None:
    salon.office.receives(HAVE, PAY)
    jo = Colleague(id=PersonId(salon.jo.id), name="Jo")
    salon.office.joining.introduce(jo, salon.office.by(ADA))
    salon.jo.opens_home()
    salon.slack.settles()
    assert "Acme" in salon.jo.waits_for_home("Acme").words

    with salon.office.ledger.open(salon.office.workspace) as books:
        books.people.put(replace(jo, is_guest=True))
    if opens_it:
        salon.jo.opens_home()
        salon.slack.settles()
    else:
        salon.office.receives([*HAVE, ("Acme", VISIO, 3)], PAY)
        salon.office.clock.pass_by(seconds=10)
        salon.keeps_its_promises()

    assert "Acme" not in salon.jo.waits_for_home("You are a guest here", seconds=5).words
    with salon.office.ledger.open(salon.office.workspace) as books:
        books.people.put(jo)
    salon.jo.opens_home()
    salon.slack.settles()
    assert "Acme" in salon.jo.waits_for_home("Acme").words


def test_who_comes_to_a_channel_later_is_not_shown_what_it_is_reminded_of(salon: Salon) -> None:
    channel = salon.slack.new_channel("acme-project", by="dana")
    salon.dana.invites("gapwatch", "acme-project")
    owned_in(salon, channel)
    salon.office.planning.begin(salon.office.workspace)
    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()
    (alert,) = money(salon.dana.sees(channel))
    salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.dana.invites("eve", "acme-project")

    salon.office.clock.pass_by(days=6)
    assert salon.office.rhythm.ticking.keep(salon.office.workspace, Due(salon.office.clock(), ScheduleKind.REMIND))
    assert salon.office.promised(PromiseKind.NUDGE)
    salon.office.receives([*HAVE, ("Acme", VISIO, 3)], PAY)
    salon.keeps_its_promises()

    assert money(salon.dana.sees(channel)) == [alert]
    thread = salon.dana.sees(channel, next(one for one in salon.dana.sees(channel) if one.words == alert))
    assert [one.words for one in thread if "Still undecided" in one.words] == []
