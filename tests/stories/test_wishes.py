"""Whoever may not decide has an admin asked; once they may, what they wanted is done, once, if it still makes sense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from office import ADA, PREMIUM
from talking.salon import BILLING, Salon

from bot.sandbox import Person, Seen
from bot.services.cases import CaseState
from bot.services.decisions import Verb
from bot.services.ids import PersonId
from bot.services.people import Owner
from bot.services.people import Person as Colleague
from bot.services.promises import PromiseKind
from bot.services.quiet import ALWAYS

ASK = "Ask Dana to let me"


@pytest.fixture
def alert(salon: Salon) -> Seen:
    """Let Jo, who answers for nobody, read of what Acme leaks."""
    salon.hires(salon.jo)
    salon.office.keeps_hours(ALWAYS, salon.office.by(ADA))
    return salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])


def refused(salon: Salon, alert: Seen) -> Seen:
    """Read the last thing only Jo was told in the alert's thread."""
    return [one for one in salon.jo.sees("billing", alert) if one.is_ephemeral][-1]


def asks(salon: Salon, alert: Seen, *, button: str = "Approve") -> Seen:
    """Let Jo press what is not hers to press, and have Dana asked; what Dana reads is the answer."""
    salon.jo.presses(button, salon.shown(alert, PREMIUM))
    salon.jo.presses(ASK, refused(salon, alert))
    salon.keeps_its_promises()
    return direct(salon, salon.dana)[-1]


def direct(salon: Salon, person: Person) -> list[Seen]:
    channel = salon.client.conversations_open(users=person.id)["channel"]["id"]
    return [one for top in person.sees(channel) for one in person.sees(channel, top) if not one.is_ephemeral]


def standing(salon: Salon) -> list[tuple[str, str]]:
    """List who decided what, and not who was handed it."""
    found = salon.office.undo.standing(salon.office.workspace)
    return [(one.verb, one.by) for one in found if one.verb is not Verb.ASSIGN]


def thread(salon: Salon, alert: Seen) -> list[str]:
    return [one.text for one in salon.jo.sees("billing", alert) if not one.is_ephemeral]


def as_owner(salon: Salon) -> None:
    salon.owns(salon.jo, "Acme")


def as_approver(salon: Salon) -> None:
    jo = Colleague(id=PersonId(salon.jo.id), name="Jo", is_approver=True)
    salon.office.joining.introduce(jo, salon.office.by(ADA))


def of_another_client(salon: Salon) -> None:
    salon.owns(salon.jo, "Bolt")


def test_an_admin_lets_somebody_decide_and_what_they_wanted_is_done(salon: Salon, alert: Seen) -> None:
    salon.jo.presses("Approve", salon.shown(alert, PREMIUM))
    assert "You can't decide about Acme. Ask" in refused(salon, alert).words
    salon.jo.presses(ASK, refused(salon, alert))
    assert "I've asked Dana. Once you may decide about Acme, I'll do what you wanted" in refused(salon, alert).words
    salon.keeps_its_promises()
    asked = direct(salon, salon.dana)[-1]
    assert asked.text.startswith(
        "Jo wants to approve this, but isn't allowed to: Acme: $44.00 a month not billed: Microsoft 365"
    )
    assert standing(salon) == []

    salon.dana.presses("Let Jo decide this one", asked)
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.APPROVE, salon.jo.id)]
    assert "Approved by Jo" in salon.shown(alert, PREMIUM).words
    (told,) = [one for one in thread(salon, alert) if "You may decide now" in one]
    assert told.startswith(f"<@{salon.jo.id}> Acme: You may decide now, so this is approved, as you asked on ")
    assert "Dana let Jo decide" in direct(salon, salon.dana)[-1].text
    assert not any("You were asked to decide" in one.text for one in direct(salon, salon.jo))
    done = next(one for one in salon.jo.sees("billing", alert) if "You may decide now" in one.text)
    salon.jo.presses("Undo", done)
    assert standing(salon) == []


def test_who_is_asked_in_the_place_of_an_admin_who_left_hears_of_it(salon: Salon, alert: Seen) -> None:
    for _ in range(2):
        salon.jo.presses("Approve", salon.shown(alert, PREMIUM))
        salon.jo.presses("wish.ask", refused(salon, alert))
        salon.office.joining.left(salon.office.workspace, PersonId(salon.dana.id))

    asked = [promise.place for promise in salon.office.promised(PromiseKind.NOTICE)]
    assert asked == [salon.dana.id, ADA]


@pytest.mark.parametrize("grant", [as_owner, as_approver])
def test_any_right_that_covers_it_will_do_and_it_is_done_once(
    salon: Salon, alert: Seen, grant: Callable[[Salon], None]
) -> None:
    asks(salon, alert)

    grant(salon)
    grant(salon)
    salon.office.owners.set_owner(Owner(client="Acme", billing=PersonId(salon.jo.id)), salon.office.by(ADA))
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.APPROVE, salon.jo.id)]
    assert len([one for one in thread(salon, alert) if "You may decide now" in one]) == 1


def test_a_right_to_something_else_does_nothing(salon: Salon, alert: Seen) -> None:
    asks(salon, alert)

    of_another_client(salon)
    salon.keeps_its_promises()

    assert standing(salon) == []
    assert salon.case(PREMIUM).state is CaseState.OPEN


def test_what_nobody_was_asked_to_allow_is_not_done_later(salon: Salon, alert: Seen) -> None:
    salon.jo.presses("Approve", salon.shown(alert, PREMIUM))

    as_owner(salon)
    salon.keeps_its_promises()

    assert standing(salon) == []


def test_a_dismissal_from_its_form_is_done_as_it_was_filled_in(salon: Salon, alert: Seen) -> None:
    salon.jo.presses("Dismiss…", salon.shown(alert, PREMIUM))
    salon.jo.submits({"reason": "bundled", "until": "2027-03-31", "note": "in <their> package"})
    assert salon.jo.modal is not None
    salon.jo.presses(ASK)
    salon.keeps_its_promises()
    asked = direct(salon, salon.dana)[-1]
    assert "Jo wants to dismiss this as bundled until 31 Mar 2027, but isn't allowed to" in asked.text

    as_owner(salon)
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.DISMISS, salon.jo.id)]
    assert "until 31 Mar 2027" in salon.shown(alert, PREMIUM).words
    assert [one.note for one in salon.office.undo.standing(salon.office.workspace)] == ["in <their> package"]
    told = direct(salon, salon.jo)
    assert any("so this is dismissed as bundled until 31 Mar 2027" in one.text for one in told)


def test_a_reply_is_kept_as_well(salon: Salon, alert: Seen) -> None:
    salon.jo.says("snooze 2 weeks", BILLING, thread=alert)
    salon.slack.settles()
    salon.jo.presses(ASK, refused(salon, alert))

    as_owner(salon)
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.SNOOZE, salon.jo.id)]


def test_what_was_decided_since_is_told_and_not_overruled(salon: Salon, alert: Seen) -> None:
    asks(salon, alert)
    salon.dana.says("dismiss noise", BILLING, thread=alert)
    salon.slack.settles()

    as_owner(salon)
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.DISMISS, salon.dana.id)]
    (told,) = [one for one in thread(salon, alert) if "You may decide now" in one]
    assert "I did not do" in told
    assert "Dana dismissed this as noise on" in told


def test_a_gap_that_changed_since_is_not_decided_by_what_was_wanted_of_the_old_one(salon: Salon, alert: Seen) -> None:
    asks(salon, alert)
    salon.office.receives([("Acme", PREMIUM, 20)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    as_owner(salon)
    salon.keeps_its_promises()

    assert standing(salon) == []
    (told,) = [one for one in thread(salon, alert) if "You may decide now" in one]
    assert "The gap has changed since" in told


def test_a_signature_that_came_since_is_not_joined_by_what_was_wanted_before(salon: Salon, alert: Seen) -> None:
    asks(salon, alert)
    salon.dana.types("/reconcile people", BILLING)
    salon.dana.presses("Two signatures…", [one for one in salon.dana.sees(BILLING) if one.is_ephemeral][-1])
    assert salon.dana.submits({"money": "10"}).ok
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))

    as_approver(salon)
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.APPROVE, salon.dana.id)]
    assert salon.case(PREMIUM).state is CaseState.OPEN


def test_a_right_that_came_after_a_week_does_nothing(salon: Salon, alert: Seen) -> None:
    asked = asks(salon, alert)
    salon.office.clock.pass_by(days=8)

    salon.dana.presses("Let Jo decide this one", asked)
    as_owner(salon)
    salon.keeps_its_promises()

    assert standing(salon) == []
    assert "asked too long ago" in salon.dana.sees(asked.channel)[-1].words


def test_a_bot_that_died_between_doing_and_telling_does_it_once_and_tells_it(salon: Salon, alert: Seen) -> None:
    asks(salon, alert)
    as_owner(salon)
    (promise,) = salon.office.promised(PromiseKind.WISH)
    first = salon.office.outbox.claim(salon.office.workspace, promise.key)
    assert first
    salon.slack.breaks("chat.postMessage", "dropped", done=False)
    with pytest.raises(Exception, match="lost"):
        salon.brings(first)
    assert standing(salon) == [(Verb.APPROVE, salon.jo.id)]

    salon.office.clock.now += timedelta(minutes=5)
    again = salon.office.outbox.claim(salon.office.workspace, promise.key, was=first.attempt_at)
    assert again
    assert salon.keeps(again)

    assert standing(salon) == [(Verb.APPROVE, salon.jo.id)]
    (told,) = [one for one in thread(salon, alert) if "You may decide now" in one]
    assert "so this is approved" in told


def test_asking_twice_asks_an_admin_once(salon: Salon, alert: Seen) -> None:
    salon.jo.presses("Approve", salon.shown(alert, PREMIUM))
    offer = refused(salon, alert)
    for _ in range(2):
        salon.jo.presses(ASK, offer, stale=True)
    salon.keeps_its_promises()

    assert len([one for one in direct(salon, salon.dana) if "Jo wants to" in one.text]) == 1


def test_a_guest_is_refused_and_offered_nothing(salon: Salon, alert: Seen) -> None:
    eve = salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.dana.invites("eve", BILLING)
    salon.office.joining.introduce(Colleague(id=PersonId(eve.id), name="Eve", is_guest=True), salon.office.by(ADA))

    eve.presses("Approve", salon.shown(alert, PREMIUM))

    assert standing(salon) == []
    told = [one for one in eve.sees("billing", alert) if one.is_ephemeral][-1]
    assert "You are a guest here" in told.words
    assert told.buttons == []
    with salon.office.ledger.look(salon.office.workspace) as books:
        assert books.settings.scopes("wish") == {}
