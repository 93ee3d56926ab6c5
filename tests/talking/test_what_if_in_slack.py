"""Somebody tries other thresholds before setting them."""

from __future__ import annotations

import pytest
from office import ADA, PREMIUM, VISIO
from talking.salon import Salon

BOUGHT = [("Acme", PREMIUM, 12), ("Acme", VISIO, 3), ("Bolt", PREMIUM, 15)]
BILLED = [("Acme", PREMIUM, 10), ("Acme", VISIO, 2), ("Bolt", PREMIUM, 10)]


def whispered(salon: Salon) -> list[str]:
    return [one.words for one in salon.dana.sees("billing") if one.is_ephemeral]


def test_it_says_how_many_alerts_there_would_have_been_and_what_would_have_been_missed(salon: Salon) -> None:
    salon.office.receives(BOUGHT, BILLED)
    salon.office.decide.approve(salon.office.gap("Bolt").id, salon.office.by(ADA))

    assert salon.dana.types("/reconcile what-if $75 2", "billing").ok
    salon.slack.settles()

    told = next(words for words in whispered(salon) if "would have brought 1 alert (1 real)" in words)
    assert "At $75.00 and 2 seats, the last 90 days would have brought 1 alert" in told
    assert "Missed: $66.00 a month not billed, in 2 quiet gaps." in told
    assert "At today's $0.00: 3 alerts (1 real, 2 not settled yet). Nothing missed." in told
    assert "1 run since" in told


def test_the_form_answers_in_its_place_and_changes_nothing(salon: Salon) -> None:
    salon.office.receives(BOUGHT, BILLED)
    before = salon.office.thresholds.agreed(salon.office.workspace)
    assert salon.dana.types("/reconcile what-if", "billing").ok

    assert salon.dana.submits({"money": "100", "seats": "3"}).ok

    salon.slack.settles()
    assert any("1 alert (1 not settled yet)" in words for words in whispered(salon))
    assert salon.dana.modal is None
    assert salon.office.thresholds.agreed(salon.office.workspace) == before


def test_it_is_offered_beside_the_thresholds(salon: Salon) -> None:
    salon.dana.types("/reconcile thresholds", "billing")

    assert salon.dana.presses("What if…", [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1]).ok

    assert salon.dana.waits_for_modal().title == "What if…"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("many", "“many” is no number"), ("1 2 3", "Write the amount and the seats"), ("-5", "is no limit")],
)
def test_what_is_no_limit_gets_a_sentence(salon: Salon, typed: str, answer: str) -> None:
    assert salon.dana.types(f"/reconcile what-if {typed}", "billing").ok
    salon.slack.settles()

    assert any(answer in words for words in whispered(salon))
