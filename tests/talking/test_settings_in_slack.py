"""Everything that can be set is set in Slack, by those who may, and written down with what it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from office import PREMIUM
from talking.salon import BILLING, Salon

from bot.sandbox import Person, Seen
from bot.services.workplace import Look, Workplace


def settings(salon: Salon, person: Person | None = None) -> Seen:
    who = person or salon.dana
    assert who.types("/reconcile settings", "billing").ok
    return [one for one in who.sees("billing") if one.is_ephemeral][-1]


def opens(salon: Salon, what: str) -> None:
    assert salon.dana.presses(what, settings(salon)).ok
    salon.dana.waits_for_modal()


def told(salon: Salon, words: str) -> str:
    salon.slack.settles()
    return next(one.words for one in reversed(salon.dana.sees("billing")) if one.is_ephemeral and words in one.words)


def audited(salon: Salon, action: str) -> list[tuple[str, dict[str, Any]]]:
    with salon.office.ledger.look(salon.office.workspace) as books:
        return [(one.by, json.loads(one.detail)) for one in books.audit.entries() if one.action == action]


def workplace(salon: Salon) -> Workplace:
    return salon.office.reports.workplaces.of(salon.office.workspace)


FILLED = {"currency": "eur", "grace": "5", "keep": "400", "look": "dark"}


def test_the_workspace_is_set_with_who_when_old_and_new(salon: Salon) -> None:
    opens(salon, "Workspace…")

    assert salon.dana.submits({**FILLED, "channel": BILLING}).ok

    assert workplace(salon) == Workplace(home=BILLING, currency="EUR", grace_days=5, keep_days=400, look=Look.DARK)
    said = told(salon, "currency from USD to EUR")
    assert "home channel from nothing to <#C0BILLING01>" in said
    assert "Set by Dana" in said
    ((by, detail),) = audited(salon, "settings changed")
    assert (by, detail["currency"], detail["grace days"]) == (
        salon.dana.id,
        {"old": "USD", "new": "EUR"},
        {"old": "7", "new": "5"},
    )


def test_the_form_shows_what_is_set_and_what_is_not_touched_stays(salon: Salon) -> None:
    opens(salon, "Workspace…")
    salon.dana.submits({**FILLED, "channel": BILLING})
    before = workplace(salon)
    opens(salon, "Workspace…")

    assert salon.dana.submits({}).ok

    assert workplace(salon) == before
    assert "Nothing was changed" in told(salon, "Nothing was changed")
    assert len(audited(salon, "settings changed")) == 1


@pytest.mark.parametrize(
    ("filled", "name", "sentence"),
    [
        ({"currency": "E1"}, "currency", "“E1” is no currency"),
        ({"channel": "C0GENERAL01"}, "channel", "I am not in that channel"),
    ],
)
def test_what_cannot_be_is_said_below_its_field_and_nothing_is_changed(
    salon: Salon, filled: dict[str, str], name: str, sentence: str
) -> None:
    opens(salon, "Workspace…")

    outcome = salon.dana.submits(filled)

    assert sentence in dict(outcome.errors)[name]
    assert salon.dana.modal
    assert audited(salon, "settings changed") == []


def test_results_go_to_the_channel_that_was_set(salon: Salon) -> None:
    salon.dana.invites(salon.slack.bot_user, "general")
    opens(salon, "Workspace…")
    assert salon.dana.submits({"channel": "C0GENERAL01"}).ok
    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 12)])
    salon.keeps_its_promises()

    assert any("nothing found to correct" in one.text for one in salon.dana.sees("general"))


def test_who_may_not_change_a_setting_is_offered_none_and_told_who_may(salon: Salon) -> None:
    salon.hires(salon.jo, is_admin=True)
    seen = settings(salon, salon.jo)
    salon.hires(salon.jo)
    assert settings(salon, salon.jo).buttons == ["What if…", "My alerts and hours…"]

    salon.jo.presses("Workspace…", seen)
    salon.jo.submits(FILLED)

    assert "Only an admin may change these settings" in salon.jo.waits_for_modal("Only an admin").words
    assert audited(salon, "settings changed") == []


EVERYTHING = (
    *("Thresholds…", "Agreements…", "Workspace…", "Roles…", "Two signatures…", "Owners…", "Billing owner…"),
    *("Schedule…", "Everybody's hours…", "Reminders…", "What if…", "My alerts and hours…"),
)


def test_every_setting_is_reached_from_home(salon: Salon) -> None:
    salon.dana.opens_home()
    offered = salon.dana.waits_for_home("Settings").buttons

    for what in EVERYTHING:
        assert what in offered
        assert salon.dana.presses(what, home=True).ok, what
        assert salon.dana.waits_for_modal().title
        salon.dana.closes(everything=True)


def test_a_setting_changed_from_home_is_confirmed_where_the_person_is(salon: Salon) -> None:
    salon.dana.opens_home()
    salon.dana.waits_for_home("Settings")
    salon.dana.presses("Workspace…", home=True)

    assert salon.dana.submits({"grace": "9"}).ok

    assert "grace days from 7 to 9" in salon.dana.waits_for_modal("grace days").words
