"""What the text cells of a line say once wrappings are off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import polars as pl

from recon.reading.written import MONTH_NAME, UP_TO, day_written

UNTIDY = r"^[\s']|\s$|^$"
GUARD = r"^'([\d=+\-@])"  # the apostrophe that makes a spreadsheet take a cell for text
LANGUAGE = re.compile(r"^[a-z]{2}(?:-[A-Z]{2})?(?:\s*\t\s*|\s+(?=[^\t]*\t))")  # “en” before a name with a tab
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
REMARKS = re.compile(
    r"^\s*\[deprecated\]\s*|\s*\[options:[^\]]*\]\s*$|\s*[(\[]\s*pro-?rat(?:ed|ion)\s*[)\]]\s*$", re.IGNORECASE
)
DAY = day_written(MONTH_NAME)
PERIOD_SAID = re.compile(  # “(10/1/2026 - 10/31/2026)”, “- October 2026”, “(prorated 10/16/2026 - 10/31/2026)”
    r"[\s,;:–—(\[-]*(?:\b(?:for|from|in|(?:service |billing )?period|pro-?rated|proration)\b:?\s*)?[(\[]?\s*"
    rf"\b(?:{DAY}\s*(?:[-–—/]|{UP_TO})\s*{DAY}|{MONTH_NAME}\.?,? 20\d\d)\s*[)\]]*\s*$",
    re.IGNORECASE,
)
LONGEST_PERIOD = 60
PERIOD_ENDS = frozenset("0123456789)]")
CLIENT_TAG = re.compile(r"customer|client|company|tenant|organi[sz]ation", re.IGNORECASE)
ID_TAG = re.compile(r"id$|guid|number", re.IGNORECASE)
MOST_JSON = 20_000
EXPORT_WORDS = re.compile(
    r"\d{1,8}|(?:20\d\d)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:20\d\d)?|agreements?|additions?"
    r"|export(?:ed)?|invoices?|lines?|items?|reports?|billing|billed|bought|csv|xlsx|tab|list|view|connectwise|cw|psa"
    r"|autotask|halo(?:psa)?|recurring|contracts?|services?|usage|recon(?:ciliation)?|file|final|copy|download|data"
    r"|details?|the|for|of|month(?:ly)?|msp|hub|partner",
    re.IGNORECASE,
)


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
    """Join what stands on several lines, without signs nobody sees."""
    return " ".join(text.translate(UNSEEN).split())


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
    """Write a product's name without language tags, remarks, and the period it is charged for."""
    name = one_line(REMARKS.sub("", LANGUAGE.sub("", text)))
    return without_period(name) or None


def without_period(name: str) -> str:
    """Cut off a period at the end of a name: with it, each month's name would be another product."""
    if name[-1:] not in PERIOD_ENDS or not name:
        return name
    head, tail = name[:-LONGEST_PERIOD], name[-LONGEST_PERIOD:]
    return head + PERIOD_SAID.sub("", tail) or name


def client_in_name(name: str) -> str:
    """Strip a file's name of dates and of the words of exports: `Acme additions 2026-10.csv` is Acme's."""
    stem = re.split(r"[\\/]", name)[-1]
    stem = re.sub(r"(?:\.(?:csv|tsv|txt|xlsx?|xlsb|ods|gz|zip))+$", "", stem, flags=re.IGNORECASE)
    kept = [word for word in re.split(r"[\s_\-,()\[\]]+", stem) if word and not EXPORT_WORDS.fullmatch(word.strip("."))]
    return " ".join(kept) or stem or name
