"""Money, months and gaps: the small values everything is made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from line_maker import lines

from recon import MixedCurrencies, Money, Month, UnreadableMonth, guess_month, read_month

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("money", "written"),
    [
        (dollars("1234.5"), "$1,234.50"),
        (dollars("-3"), "-$3.00"),
        (dollars("-0.001"), "$0.00"),
        (dollars("2.675"), "$2.68"),
        (Money(Decimal(12), "SEK"), "SEK 12.00"),
        (Money(Decimal("1200.4"), "JPY"), "¥1,200"),
    ],
)
def test_money_is_written_as_a_person_would(money: Money, written: str) -> None:
    assert str(money) == written


@pytest.mark.parametrize(
    ("price", "written"),
    [
        ("28.1925", "$28.1925"),
        ("5", "$5.00"),
        ("36.3333333333", "$36.3333"),
        ("9.99999999", "$10.00"),
        ("-3.50004", "-$3.50"),
        ("0.123456789", "$0.1235"),
        ("0.00012345678", "$0.0001235"),
        ("0E-10", "$0.00"),
    ],
)
def test_a_unit_price_is_written_with_the_decimals_a_person_would_write(price: str, written: str) -> None:
    assert dollars(price).precise() == written


@given(AMOUNTS, AMOUNTS)
def test_what_is_added_can_be_taken_away_exactly(one: Decimal, other: Decimal) -> None:
    assert Money(one, "EUR") + Money(other, "EUR") - Money(other, "EUR") == Money(one, "EUR")


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(MixedCurrencies, match=r"\$1\.00 and €1\.00"):
        dollars("1") + Money(Decimal(1), "EUR")


def test_a_month_knows_its_days() -> None:
    assert (read_month("2028-2").last, str(Month(2028, 2))) == (date(2028, 2, 29), "2028-02")


@pytest.mark.parametrize("text", ["", "October", "2026-13", "0000-01", "26-10"])
def test_an_unreadable_month_says_how_to_write_one(text: str) -> None:
    with pytest.raises(UnreadableMonth, match="2026-10"):
        read_month(text)


def test_the_month_is_that_of_most_cycles_and_terms_do_not_count() -> None:
    year_long = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}

    assert guess_month(lines(year_long, year_long, {})) == Month(2026, 10)


def test_files_without_periods_name_no_month() -> None:
    assert guess_month(lines({"period_start": None}), lines({"period_end": None})) is None
