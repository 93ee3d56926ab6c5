"""The trend is drawn so that it can be read, whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import matplotlib.image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.workplace import Look
from bot.slack.trend import Mark, Trend, in_words, point_of, short
from bot.slack.trend_picture import APART, LINE, PAINTS, draw, rows_of, spread, ticks

MONDAY = date(2026, 8, 31)


def trend(*amounts: tuple[int, int, int], currency: str = "USD") -> Trend:
    marks = (
        Mark(MONDAY + timedelta(weeks=n), Decimal(won), Decimal(under), Decimal(over))
        for n, (won, under, over) in enumerate(amounts)
    )
    return Trend(tuple(marks), currency)


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize(
    "shown",
    [
        trend((0, 0, 0)),
        trend((0, 100, 0), (44, 56, 22)),
        trend(*[(n * 100, 2000 - n * 100, 80) for n in range(12)], currency="SEK"),
        trend((1, 0, 0), (1, 9_999_999, 1)),
    ],
)
def test_any_trend_becomes_a_picture_of_the_size_a_phone_shows_well(shown: Trend, look: Look) -> None:
    pixels = matplotlib.image.imread(BytesIO(draw(shown, look)))

    assert pixels.shape == (800, 1280, 4)
    assert len({tuple(colour) for row in pixels[::20, ::20] for colour in row}) > 3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=3).map(sorted))
def test_no_label_lies_over_another(heights: list[float]) -> None:
    placed = spread(heights, APART)

    assert all(upper - lower >= APART - 1e-9 > 2 * LINE for lower, upper in pairwise(placed))
    assert all(0 < place <= 1 for place in placed)


@given(st.integers(1, 60))
def test_the_newest_week_is_always_named_and_few_are(weeks: int) -> None:
    assert ticks(weeks)[-1] == weeks - 1
    assert len(ticks(weeks)) <= 4


def test_each_line_differs_from_the_others_in_more_than_its_colour() -> None:
    rows = rows_of(trend((1, 2, 3)), PAINTS[Look.LIGHT])

    assert len({(row.width, str(row.style)) for row in rows}) == len({row.name for row in rows}) == 3


def test_the_words_say_all_that_the_picture_shows() -> None:
    assert in_words(trend((0, 100, 0), (44, 56, 22))) == (
        "Weeks of 31 Aug 2026 to 7 Sep 2026, amounts a month. Recovered: $0.00 to $44.00. "
        "Not billed, approved or not: $100.00 to $56.00. Billed too much, approved or not: $0.00 to $22.00."
    )


@pytest.mark.parametrize(
    ("last", "point"),
    [
        ((44, 56, 22), ("$44 a month recovered", "$56 a month is still not billed, approved or not")),
        ((0, 0, 22), ("Nothing recovered yet", "$22 a month is billed too much, approved or not")),
        ((0, 0, 0), ("Nothing recovered yet", "Nothing is open")),
    ],
)
def test_the_picture_begins_with_its_point(last: tuple[int, int, int], point: tuple[str, str]) -> None:
    assert point_of(trend((0, 9, 9), last)) == point


def test_what_is_estimated_says_about_in_the_picture_and_in_its_words() -> None:
    sure = trend((0, 100, 0), (44, 56, 22))
    unsure = Trend((sure.marks[0], replace(sure.last, estimated=frozenset({"under"}))), "USD")

    assert point_of(unsure) == ("$44 a month recovered", "About $56 a month is still not billed, approved or not")
    assert "Not billed, approved or not: $100.00 to about $56.00." in in_words(unsure)
    assert [row.words for row in rows_of(unsure, PAINTS[Look.LIGHT])] == ["$44", "~$56", "$22"]


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("0", "USD", "$0"),
        ("1240.49", "USD", "$1,240"),
        ("12400", "EUR", "€12.4k"),
        ("140000", "SEK", "SEK 140k"),
        ("-50", "USD", "-$50"),
        ("20000", "JPY", "¥20k"),
        ("600000", "USD", "$600k"),
        ("999949", "USD", "$999.9k"),
        ("999950", "USD", "$1M"),
        ("9812345", "USD", "$9.8M"),
    ],
)
def test_amounts_are_short(amount: str, currency: str, written: str) -> None:
    assert short(Decimal(amount), currency) == written
