"""Above a limit two people sign for what asks for money and for what gives it away; roles are given from Slack."""

from __future__ import annotations

from decimal import Decimal

import pytest
from office import PREMIUM
from talking.salon import BILLING, Salon

from bot.sandbox import Person, Seen
from bot.services.cases import CaseState
from bot.services.decisions import Verb
from bot.services.ids import PersonId
from bot.services.people import Person as Colleague
from recon import Money


@pytest.fixture
def alert(salon: Salon) -> Seen:
    """Let two sign above $10, let Dana and Jo be admins, and let Acme leak $44."""
    salon.hires(salon.jo, is_admin=True)
    typed(salon.dana, "people")
    salon.dana.presses("Two signatures…", last(salon.dana))
    assert salon.dana.submits({"money": "10"}).ok
    return salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])


def typed(person: Person, words: str) -> str:
    person.types(f"/reconcile {words}", BILLING)
    return last(person).words


def last(person: Person) -> Seen:
    return [one for one in person.sees(BILLING) if one.is_ephemeral][-1]


def direct(salon: Salon, person: Person) -> list[Seen]:
    channel = salon.client.conversations_open(users=person.id)["channel"]["id"]
    return [one for top in person.sees(channel) for one in person.sees(channel, top)]


def standing(salon: Salon) -> list[tuple[str, bool, str | None]]:
    found = salon.office.undo.standing(salon.office.workspace)
    return [(one.verb, one.is_proposed, one.seconded_by) for one in found]


def dismisses(salon: Salon, person: Person, alert: Seen) -> None:
    person.presses("Dismiss…", salon.shown(alert, PREMIUM))
    assert person.submits({"reason": "intended", "note": "a favour"}).ok


def test_a_second_click_of_whoever_approved_is_told_that_another_person_must(salon: Salon, alert: Seen) -> None:
    as_it_was = salon.shown(alert, PREMIUM)
    salon.dana.presses("Approve", as_it_was)
    salon.dana.presses("Approve", as_it_was, stale=True)

    assert standing(salon) == [(Verb.APPROVE, True, None)]
    told = salon.whispered(salon.dana, alert)
    assert "Dana approved this, and a second person must sign. Your click changed nothing." in told
    assert "has changed since" not in told


def test_a_dismissal_above_the_limit_waits_for_a_second_signature(salon: Salon, alert: Seen) -> None:
    dismisses(salon, salon.dana, alert)
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.DISMISS, True, None)]
    assert salon.case(PREMIUM).state is CaseState.OPEN
    shown = salon.shown(alert, PREMIUM)
    assert "Dana wants it dismissed: intended (a favour)" in shown.words
    assert shown.buttons == ["Sign the dismissal", "Undo", "Why?"]
    asked = direct(salon, salon.jo)
    assert any("wants this dismissed (intended (a favour))" in one.words for one in asked)

    salon.jo.presses("Sign the dismissal", next(one for one in asked if one.buttons))
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.DISMISS, False, salon.jo.id)]
    assert "Dismissed by Dana and Jo: intended (a favour)" in salon.shown(alert, PREMIUM).words
    assert salon.case(PREMIUM).state is CaseState.DECIDED


def test_nobody_signs_beside_themselves(salon: Salon, alert: Seen) -> None:
    dismisses(salon, salon.dana, alert)
    salon.dana.presses("Sign the dismissal", salon.shown(alert, PREMIUM))
    salon.dana.says("sign", BILLING, thread=alert)
    salon.slack.settles()

    assert standing(salon) == [(Verb.DISMISS, True, None)]
    assert "someone else has to sign too" in salon.whispered(salon.dana, alert)


def test_a_second_person_may_approve_what_another_wants_dismissed_and_that_needs_two_as_well(
    salon: Salon, alert: Seen
) -> None:
    dismisses(salon, salon.dana, alert)

    salon.jo.says("approve", BILLING, thread=alert)
    salon.slack.settles()
    assert standing(salon) == [(Verb.APPROVE, True, None)]

    salon.dana.says("sign", BILLING, thread=alert)
    salon.slack.settles()
    assert standing(salon) == [(Verb.APPROVE, False, salon.dana.id)]
    assert len(salon.office.fixes.to_do(salon.office.workspace)) == 1


def test_whoever_dismisses_what_another_wants_dismissed_signs_beside_them(salon: Salon, alert: Seen) -> None:
    dismisses(salon, salon.dana, alert)

    salon.jo.says("dismiss intended", BILLING, thread=alert)
    salon.slack.settles()

    assert standing(salon) == [(Verb.DISMISS, False, salon.jo.id)]


def test_what_one_person_wants_is_taken_back_by_them(salon: Salon, alert: Seen) -> None:
    dismisses(salon, salon.dana, alert)

    salon.dana.presses("Undo", salon.shown(alert, PREMIUM))

    assert standing(salon) == []
    assert "Approve" in salon.shown(alert, PREMIUM).buttons


def test_a_long_snooze_is_no_way_around_a_second_signature(salon: Salon, alert: Seen) -> None:
    salon.dana.says("snooze 2 years", BILLING, thread=alert)
    salon.slack.settles()
    assert "snooze it for a month at most" in salon.whispered(salon.dana, alert)
    assert standing(salon) == []

    salon.dana.says("snooze 2 weeks", BILLING, thread=alert)
    salon.slack.settles()
    assert standing(salon) == [(Verb.SNOOZE, False, None)]


def test_roles_are_given_from_slack_and_written_down(salon: Salon) -> None:
    assert "One signature is enough" in typed(salon.dana, "people")
    salon.dana.presses("Change a role…", last(salon.dana))

    assert salon.dana.submits({"person": salon.jo.id, "role": "approver", "money": "250.50"}).ok

    given = salon.office.joining.known(salon.office.workspace, PersonId(salon.jo.id))
    assert given is not None
    assert (given.is_approver, given.is_admin, given.limit) == (True, False, Money(Decimal("250.5"), "USD"))
    assert "approver now, and signs alone for up to $250.50" in last(salon.dana).words
    with salon.office.ledger.look(salon.office.workspace) as books:
        assert "role given" in [entry.action for entry in books.audit.entries()]


def test_only_an_admin_gives_roles_and_a_guest_gets_none(salon: Salon) -> None:
    eve = salon.slack.new_person("eve", "Eve", is_guest=True)
    salon.office.joining.introduce(
        Colleague(id=PersonId(salon.jo.id), name="Jo"), salon.office.by(PersonId(salon.dana.id))
    )
    for person, given in ((salon.jo, salon.jo.id), (salon.dana, eve.id)):
        typed(person, "people")
        person.presses("Change a role…", last(person))
        errors = dict(person.submits({"person": given, "role": "admin"}).errors)
        modal = person.modal
        assert modal is not None
        if person is salon.jo:
            assert "Only an admin may give people roles" in modal.words
        else:
            assert "guests decide nothing" in errors["person"]
        person.closes(everything=True)
