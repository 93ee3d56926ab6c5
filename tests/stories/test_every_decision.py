"""Every decision there is, by button and by reply: kept once, shown at once, undone, and never asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from office import PREMIUM, VISIO
from talking.salon import BILLING, Salon

from bot.sandbox import Seen
from bot.services.cases import CaseState
from bot.services.decisions import Verb

HAVE = [("Acme Ltd", PREMIUM, 12), ("Acme Ltd", VISIO, 3)]
PAY = [("Acme", PREMIUM, 10), ("Acme", VISIO, 3), ("Raccoon Labs", VISIO, 1)]


@dataclass(frozen=True)
class Way:
    """A way to decide: what a person does, the verb it is kept as, and what its message says then."""

    does: Callable[[Salon, Seen], object]
    verb: Verb
    says: str
    stays_open: bool = False


def presses(button: str, **values: object) -> Callable[[Salon, Seen], object]:
    def do(salon: Salon, alert: Seen) -> None:
        salon.dana.presses(button, salon.shown(alert, PREMIUM))
        if values:
            assert salon.dana.submits(
                {name: salon.jo.id if value == "jo" else value for name, value in values.items()}
            ).ok

    return do


def replies(words: str) -> Callable[[Salon, Seen], object]:
    def do(salon: Salon, alert: Seen) -> None:
        salon.dana.says(words.replace("@jo", f"@{salon.jo.name}"), BILLING, thread=alert)
        salon.slack.settles()

    return do


def searches(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Same as…", salon.shown(alert, PREMIUM))
    assert "Raccoon Labs" in salon.dana.is_offered("find.name", "racc")
    salon.dana.chooses("find.name", "Raccoon Labs", typing="racc")
    assert salon.dana.submits().ok


def tells_apart(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Why?", salon.shown(alert, PREMIUM))
    why = [one for one in salon.dana.sees(BILLING, alert) if one.is_ephemeral][-1]
    assert "How the names became one" in why.words
    salon.dana.presses("Not the same client", why)


WAYS = {
    "approve by button": Way(presses("Approve"), Verb.APPROVE, "Approved by Dana"),
    "approve by reply": Way(replies("approve"), Verb.APPROVE, "Approved by Dana"),
    "dismiss by button": Way(
        presses("Dismiss…", reason="bundled", until="2027-03-31"), Verb.DISMISS, "bundled until 31 Mar 2027"
    ),
    "dismiss by reply": Way(replies("dismiss bundled until 31 Mar"), Verb.DISMISS, "bundled until 31 Mar 2027"),
    "snooze by button": Way(presses("Snooze…", until="2026-10-25"), Verb.SNOOZE, "Snoozed by Dana until 25 Oct 2026"),
    "snooze by reply": Way(replies("snooze 3d"), Verb.SNOOZE, "Snoozed by Dana until 23 Oct 2026"),
    "assign by button": Way(presses("Assign…", person="jo"), Verb.ASSIGN, "assigned to", stays_open=True),
    "assign by reply": Way(replies("assign @jo"), Verb.ASSIGN, "assigned to", stays_open=True),
    "same by search": Way(searches, Verb.SAME, "", stays_open=True),
    "same by reply": Way(replies("same client as Raccoon Labs"), Verb.SAME, "", stays_open=True),
    "not the same by button": Way(tells_apart, Verb.DIFFERENT, "", stays_open=True),
    "not the same by reply": Way(replies("not the same client"), Verb.DIFFERENT, "", stays_open=True),
}


@pytest.fixture
def alert(salon: Salon) -> Seen:
    salon.owns(salon.dana, "Acme Ltd", BILLING)
    salon.owns(salon.dana, "Acme", BILLING)
    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()
    return next(one for one in salon.dana.sees(BILLING) if "*Acme*" in one.words)


def standing(salon: Salon) -> list[Verb]:
    return [one.verb for one in salon.office.undo.standing(salon.office.workspace)]


@pytest.mark.parametrize("name", WAYS)
def test_it_is_kept_once_shown_at_once_and_undone(salon: Salon, alert: Seen, name: str) -> None:
    way, case = WAYS[name], salon.case(PREMIUM)

    way.does(salon, alert)

    assert standing(salon) == [way.verb]
    assert way.says in salon.shown(alert, PREMIUM).words
    assert (salon.case(PREMIUM).state is CaseState.DECIDED) != way.stays_open

    salon.dana.says("undo", BILLING, thread=alert)
    salon.slack.settles()
    assert standing(salon) == []
    assert salon.office.case(case).state is CaseState.OPEN
    assert "Approve" in salon.shown(alert, PREMIUM).buttons


@pytest.mark.parametrize("name", [name for name, way in WAYS.items() if not way.stays_open])
def test_what_is_decided_is_asked_no_second_time(salon: Salon, alert: Seen, name: str) -> None:
    WAYS[name].does(salon, alert)
    salon.keeps_its_promises()
    before = len(salon.dana.sees(BILLING, alert))

    salon.office.receives(HAVE, PAY, "2026-11")
    salon.keeps_its_promises()

    said = [one.text for one in salon.dana.sees(BILLING, alert)[before:]]
    assert [text for text in said if "Approved but not fixed" not in text] == []


@pytest.mark.parametrize("name", ["same by search", "same by reply", "not the same by button", "not the same by reply"])
def test_what_is_said_of_names_is_compared_at_once_and_told_in_the_thread(salon: Salon, alert: Seen, name: str) -> None:
    WAYS[name].does(salon, alert)
    salon.keeps_its_promises()

    told = [one.words for one in salon.dana.sees(BILLING, alert)]
    assert any("says Dana: " in words for words in told)


def test_why_and_history_are_shown_by_button_and_by_reply(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Why?", salon.shown(alert, PREMIUM))
    why = [one for one in salon.dana.sees(BILLING, alert) if one.is_ephemeral][-1]
    salon.dana.presses("History", why)
    assert "12 bought and 10 billed" in salon.whispered(salon.dana, alert)

    for words, sentence in (("why", "12 bought − 10 billed"), ("history", "12 bought and 10 billed")):
        salon.dana.says(words, BILLING, thread=alert)
        salon.slack.settles()
        assert sentence in salon.dana.sees(BILLING, alert)[-1].words


def test_an_old_dismissal_wakes_in_its_thread_on_its_day(salon: Salon, alert: Seen) -> None:
    replies("dismiss temporary until 25 Oct")(salon, alert)
    salon.office.clock.pass_by(days=6)

    salon.office.wakes()
    salon.keeps_its_promises()

    assert any("Back to decide" in one.text for one in salon.dana.sees(BILLING, alert))
    assert "Approve" in salon.shown(alert, PREMIUM).buttons
