"""Currencies by code and by sign."""

from __future__ import annotations

import re

import polars as pl

from recon.reading.distinct import read_distinct

DOLLAR = "$"  # the sign alone, which could be any of these
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"})
CURRENCY_SIGNS = {
    DOLLAR: DOLLAR,
    "€": "EUR", "£": "GBP", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "C$": "CAD", "CA$": "CAD", "CAD$": "CAD",
    "US$": "USD", "USD$": "USD", "S$": "SGD", "HK$": "HKD", "R$": "BRL", "₹": "INR", "zł": "PLN",
}  # fmt: skip
CODES = frozenset(
    {
        "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP",
        "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "KWD", "MXN", "MYR", "NOK", "NZD", "PEN",
        "PHP", "PLN", "QAR", "RON", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
    }
)  # fmt: skip
SIGN_OR_CODE = r"([A-Z]{0,3}\$|€|£|₹|zł|\b[A-Z]{3}\b)"


def currency_of(text: str) -> str | None:
    """Give a currency's three letters, from its code or its sign; a bare $ could be any dollar, and stays a $."""
    said = text.strip()
    return CURRENCY_SIGNS.get(said) or (said.upper() if said.upper() in CODES else None)


def currencies_in(amounts: pl.Series) -> pl.Series:
    """Find the currency that amounts are written with, where they are."""
    signs = amounts.str.extract(SIGN_OR_CODE, 1)
    return read_distinct(signs, currency_of)


def currency_in_header(header: str) -> str | None:
    """Find the currency a heading names, as in `Price (EUR)`."""
    found = [currency_of(word) for word in re.findall(r"[A-Z]{3}\b|€|£|[A-Z]{0,3}\$", header)]
    return next(filter(None, found), None)
