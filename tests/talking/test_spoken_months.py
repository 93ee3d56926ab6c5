"""Months as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from talking.salon import Salon

from bot.slack.spoken_months import read_spoken_month
from recon import Month, UnreadableMonth

TODAY = date(2026, 12, 1)
OCTOBER = Month(2026, 10)
BOUGHT, BILLED = [("Acme", "Microsoft 365 E3", 12)], [("Acme", "Microsoft 365 E3", 10)]


def answered(salon: Salon, words: str) -> str:
    assert salon.dana.types(f"/reconcile {words}", "billing").ok
    return [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1].words


@pytest.mark.parametrize(
    "typed",
    [
        *("october", "Oct", "OCT.", "october 2026", "October, 2026", "oct 26", "Oct '26", "oct-2026", "2026 oct"),
        *("Oct2026", "2026-10", "2026-10 ", "2026/10", "10/2026", "10.2026"),
    ],
)
def test_a_month_is_read_as_it_is_typed(typed: str) -> None:
    assert read_spoken_month(typed, TODAY) == OCTOBER


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("last month", Month(2026, 11)),
        ("Last", Month(2026, 11)),
        ("the previous month", Month(2026, 11)),
        ("this month", Month(2026, 12)),
        ("December", Month(2026, 12)),
        ("january", Month(2027, 1)),
        ("february", Month(2026, 2)),
        ("sept", Month(2026, 9)),
    ],
)
def test_a_month_without_a_year_is_the_latest_that_has_begun_or_begins_next(typed: str, month: Month) -> None:
    assert read_spoken_month(typed, TODAY) == month


@pytest.mark.parametrize("typed", ["soon", "", "2026-13", "0000-01", "26-10", "decisions", "marching", "month", "10"])
def test_what_is_no_month_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(UnreadableMonth, match="Write it like November 2026, november, last month or 2026-11"):
        read_spoken_month(typed, TODAY)


def test_every_command_that_takes_a_month_takes_it_in_words(salon: Salon) -> None:
    salon.office.receives(BOUGHT, BILLED)

    for words in ("run october", "run Oct 2026", "run this month"):
        assert "October 2026" in answered(salon, words)
    for words in ("export october", "export month oct 2026", "export this month", "export 2026-10 excel"):
        assert "I am writing October 2026." in answered(salon, words)
    assert "the statement for October 2026" in answered(salon, "export statement october")
    for words in ("statement october", "summary october", "summary this month"):
        assert "October 2026, so far" in answered(salon, words)


def test_a_word_that_is_no_month_gets_examples(salon: Salon) -> None:
    assert "I can't read “soon” as a month. Write it like" in answered(salon, "run soon")
    assert "write summary, summary last, or a month" in answered(salon, "summary soon")
    assert "I can write a month (as in October 2026)" in answered(salon, "export nonsense")


def test_a_month_after_gaps_is_no_client(salon: Salon) -> None:
    salon.office.receives(BOUGHT, BILLED)

    told = answered(salon, "gaps october")

    assert "A gap is open until it is closed" in told
    assert "`/reconcile export october`" in told
