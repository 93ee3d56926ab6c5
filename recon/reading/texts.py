"""What the text cells of a line say once wrappings are off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import polars as pl

from recon.reading.distinct import read_distinct

UNTIDY = r"^[\s']|\s$|^$"
GUARD = r"^'([\d=+\-@])"  # the apostrophe that makes a spreadsheet take a cell for text
LANGUAGE = re.compile(r"^[a-z]{2}(?:-[A-Z]{2})?\s*\t\s*|\s*\t.*$", re.DOTALL)
REMARKS = re.compile(r"^\s*\[deprecated\]\s*|\s*\[options:[^\]]*\]\s*$", re.IGNORECASE)
CLIENT_TAG = re.compile(r"customer|client|company|tenant|organi[sz]ation", re.IGNORECASE)
ID_TAG = re.compile(r"id$|guid|number", re.IGNORECASE)
MOST_JSON = 20_000
CURRENCY_SIGNS = {
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
EXPORT_WORDS = re.compile(
    r"\d{1,8}|(?:20\d\d)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:20\d\d)?|agreements?|additions?"
    r"|export(?:ed)?|invoices?|lines?|items?|reports?|billing|billed|bought|csv|xlsx|tab|list|view|connectwise|cw|psa"
    r"|autotask|halo(?:psa)?|recurring|contracts?|services?|usage|recon(?:ciliation)?|file|final|copy|download|data"
    r"|details?|the|for|of|month(?:ly)?|msp|hub|partner",
    re.IGNORECASE,
)
SIGN_OR_CODE = r"([A-Z]{0,3}\$|€|£|₹|zł|\b[A-Z]{3}\b)"


def tidied(cells: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Tidy the columns that need it; a million clean cells are not copied."""
    untidy = cells.select(pl.col(column).str.contains(UNTIDY).any() for column in columns)
    return cells.with_columns(
        tidy(column) for column, found in zip(untidy.columns, untidy.row(0), strict=True) if found
    )


def tidy(column: str) -> pl.Expr:
    """Drop outer gaps and the spreadsheet's text guard; an empty cell is nothing."""
    text = pl.col(column).str.strip_chars()
    plain = pl.when(text.str.starts_with("'")).then(text.str.replace(GUARD, "${1}")).otherwise(text)
    return pl.when(plain != "").then(plain).alias(column)


def one_line(text: str) -> str:
    """Join what stands on several lines."""
    return " ".join(text.split())


def client_text(text: str) -> str | None:
    """Write a client's name; out of a list of tags, the one that names the customer."""
    return client_in_tags(text) if text.startswith(("[", "{")) else one_line(text) or None


def client_in_tags(text: str) -> str | None:
    """Find the customer's name in a JSON cell of names and values."""
    try:
        said = json.loads(text) if len(text) < MOST_JSON else None
    except (ValueError, RecursionError):
        return one_line(text)
    tags = said if isinstance(said, list) else [said]
    pairs = [(str(tag.get("name", "")), tag.get("value")) for tag in tags if isinstance(tag, dict)]
    pairs += [(str(k), v) for tag in tags if isinstance(tag, dict) and "value" not in tag for k, v in tag.items()]
    named = [(name, str(value)) for name, value in pairs if value and CLIENT_TAG.search(name)]
    best = sorted(named, key=lambda pair: (ID_TAG.search(pair[0]) is not None, pair))
    return one_line(best[0][1]) if best else None


def product_text(text: str) -> str | None:
    """Write a product's name without language tags and remarks."""
    return one_line(REMARKS.sub("", LANGUAGE.sub("", text))) or None


def currency_of(text: str) -> str | None:
    """Give a currency's three letters, from its code or its sign; a bare $ could be any dollar."""
    said = text.strip()
    return CURRENCY_SIGNS.get(said) or (said.upper() if said.upper() in CODES else None)


def currencies_in(amounts: pl.Series) -> pl.Series:
    """Find the currency that amounts are written with, where they are."""
    signs = amounts.str.extract(SIGN_OR_CODE, 1)
    return read_distinct(signs, currency_of)


def currency_in_header(header: str) -> str | None:
    """Find the currency a heading names, as in `Price (EUR)`."""
    found = [currency_of(word) for word in re.findall(r"[A-Z]{3}\b|€|£|[A-Z]{1,3}\$", header)]
    return next(filter(None, found), None)


def client_in_name(name: str) -> str:
    """Strip a file's name of dates and of the words of exports: `Acme additions 2026-10.csv` is Acme's."""
    stem = re.split(r"[\\/]", name)[-1]
    stem = re.sub(r"(?:\.(?:csv|tsv|txt|xlsx?|xlsb|ods|gz|zip))+$", "", stem, flags=re.IGNORECASE)
    kept = [word for word in re.split(r"[\s_\-,()\[\]]+", stem) if word and not EXPORT_WORDS.fullmatch(word.strip("."))]
    return " ".join(kept) or stem or name
