"""What explains a difference is agreed in Slack, asked for by its kind."""

from __future__ import annotations

from decimal import Decimal

import pytest
from office import PREMIUM
from talking.salon import Salon

from bot.sandbox import Seen
from recon import RuleKind

BOUGHT, BILLED = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]


def listed(salon: Salon) -> Seen:
    assert salon.dana.types("/reconcile agreements", "billing").ok
    return [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1]


def chooses(salon: Salon, kind: RuleKind) -> None:
    assert salon.dana.chooses("agreement.kind", kind.value, listed(salon)).ok
    salon.dana.waits_for_modal()


def test_a_gap_that_is_agreed_on_is_none(salon: Salon) -> None:
    alert = salon.alerts(BOUGHT, BILLED)
    chooses(salon, RuleKind.TEMPORARY)
    salon.dana.chooses("find.client", "Acme", typing="ac")

    assert salon.dana.submits({"product": PREMIUM, "seats": "2", "until": "2026-12-31", "note": "They move"}).ok
    salon.keeps_its_promises()

    assert "closed" in salon.shown(alert, PREMIUM).words.casefold()
    seen = listed(salon).words
    assert f"Acme · {PREMIUM}" in seen
    assert "2 are temporary and not billed until 31 Dec 2026 (They move)." in seen


def test_what_is_agreed_is_ended_with_a_click(salon: Salon) -> None:
    salon.alerts(BOUGHT, BILLED)
    chooses(salon, RuleKind.EXCLUSION)
    salon.dana.chooses("find.client", "Acme", typing="ac")
    assert salon.dana.submits({}).ok
    salon.keeps_its_promises()

    assert salon.dana.presses("End", listed(salon)).ok
    salon.keeps_its_promises()

    assert salon.case(PREMIUM).gap.seats == Decimal(2)
    assert "Nothing is agreed yet" in listed(salon).words


@pytest.mark.parametrize("kind", RuleKind)
def test_every_kind_has_its_form(salon: Salon, kind: RuleKind) -> None:
    chooses(salon, kind)
    given = {
        RuleKind.BUNDLE: {"unit": "Managed Workstation", "contains": f"{PREMIUM}\nHuntress Managed EDR"},
        RuleKind.GRACE: {"days": "30"},
        RuleKind.NOT_FOR_RESALE: {"product": PREMIUM},
        RuleKind.EXCLUSION: {"product": PREMIUM},
    }.get(kind, {"product": PREMIUM, "seats": "5"})

    assert salon.dana.submits(given).ok

    (added,) = salon.office.agreements.all(salon.office.workspace)
    assert added.rule.kind is kind


def test_what_can_not_be_is_said_below_its_field(salon: Salon) -> None:
    chooses(salon, RuleKind.MINIMUM)

    sent = salon.dana.submits({"product": PREMIUM, "seats": "5", "starts": "2026-12-01", "until": "2026-11-01"})

    assert dict(sent.errors)["until"] == "It would end before it begins."
    assert salon.office.agreements.all(salon.office.workspace) == ()


def test_an_empty_form_agrees_on_nothing_for_everybody(salon: Salon) -> None:
    chooses(salon, RuleKind.EXCLUSION)

    sent = salon.dana.submits({})

    assert "It would be about everything" in dict(sent.errors)["product"]
    assert salon.office.agreements.all(salon.office.workspace) == ()


def test_it_is_all_done_from_home_and_the_list_follows(salon: Salon) -> None:
    salon.dana.opens_home()
    salon.dana.waits_for_home("Settings")
    salon.dana.presses("Agreements…", home=True)
    salon.dana.waits_for_modal("Nothing is agreed yet")
    salon.dana.chooses("agreement.kind", "minimum")
    assert salon.dana.submits({"product": PREMIUM, "seats": "5"}).ok
    told = salon.dana.waits_for_modal("Agreed").words
    assert "at least 5 are billed" in told.casefold()
    assert "I compare again" not in told, "no month was compared yet"
    salon.dana.closes()

    salon.dana.presses("Agreements…", home=True)
    salon.dana.waits_for_modal("1 agreement")
    salon.dana.presses("End")

    assert "Nothing is agreed yet" in salon.dana.waits_for_modal("Nothing is agreed yet").words


def test_who_is_no_admin_agrees_on_nothing(salon: Salon) -> None:
    salon.hires(salon.jo)
    salon.jo.types("/reconcile agreements", "billing")
    salon.jo.chooses("agreement.kind", "exclusion", [one for one in salon.jo.sees("billing") if one.is_ephemeral][-1])
    salon.jo.waits_for_modal()

    salon.jo.submits({})

    assert "Only an admin may say what is agreed" in salon.jo.waits_for_modal("Only an admin").words
