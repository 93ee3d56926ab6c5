"""How long a commitment lasts and how often it is charged, from the words of the file."""

from __future__ import annotations

import re
from functools import lru_cache

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}
COUNT = r"(\d{1,2}|one|two|three|four|five|six|twelve)"
UNIT = {"d": 0, "m": 1, "q": 3, "y": 12}
BARE = re.compile(r"\s*[0-9]{1,2}\s*")
STOCK_CODE = re.compile(r"^P(\d{1,2})([MY]):[^:]*:[^:]*:([^:]*)", re.IGNORECASE)
PART_CODE = re.compile(r":P(\d{1,2})([MY]):([MYAT1])\b", re.IGNORECASE)
ISO = re.compile(r"\bP(\d{1,2})([MY])\b", re.IGNORECASE)
COUNTED = re.compile(r"\b" + COUNT + r"[\s-]*(month|mth|mo|year|yr|y|m)s?\b", re.IGNORECASE)
NAMED = (
    (1, re.compile(r"\bmonth|\bmtm\b|\bmonth.to.month|\bm2m\b|\bmensu|\bmonatl|\bmaandel|\bmensil", re.IGNORECASE)),
    (3, re.compile(r"\bquarter|\bquartal|\bviertelj|\btrimest|\bkwarta", re.IGNORECASE)),
    (6, re.compile(r"semi.?annual|half.?year|bi.?annual", re.IGNORECASE)),
    (36, re.compile(r"\btrienn", re.IGNORECASE)),
    (24, re.compile(r"\bbienn", re.IGNORECASE)),
    (12, re.compile(r"\bannual|\byear|\bjährl|\bjaehrl|\bjaarl|\bannuel|\banual|\bp\.?a\.?$", re.IGNORECASE)),
)
BILLED = re.compile(r"(?:\bfor\b|\bbilled\b|\bbilling\b|\bpaid\b|\bcharged\b|/|,|\bbill\b|;|\()\s*(.+)$", re.IGNORECASE)
COMMITTED = re.compile(
    r"^(.*?)\s*(?:commit\w*|term|contract)?\s*(?:\bfor\b|\bbilled\b|\bbilling\b|\bpaid\b|/|,|;|\(|$)", re.IGNORECASE
)
UPFRONT = re.compile(r"up.?front|pre.?paid|in advance", re.IGNORECASE)


@lru_cache(maxsize=4096)
def term_of(words: str) -> int | None:
    """How many months the words commit for: 12 for `P1Y`, `Annual`, `One-Year commitment for monthly billing`."""
    if found := STOCK_CODE.match(words) or PART_CODE.search(words) or ISO.search(words):
        return int(found[1]) * UNIT[found[2].lower()]
    if ":" in words:
        return None
    committed = COMMITTED.match(words)
    return months_in(committed[1] if committed and committed[1] else words)


@lru_cache(maxsize=4096)
def cycle_of(words: str) -> int | None:
    """How many months one charge covers: 1 for `Monthly`, `P1Y:...:1:`, `One-Year commitment for monthly billing`."""
    if found := STOCK_CODE.match(words) or PART_CODE.search(words):
        return coded_cycle(found[3], int(found[1]) * UNIT[found[2].lower()])
    if ":" in words:
        return None
    if UPFRONT.search(words):
        return term_of(words)
    billed = BILLED.search(words)
    if billed and re.search(r"month\w*\s*/\s*year", billed[1], re.IGNORECASE):
        return 1  # Microsoft's older wording, «for monthly/yearly billing», for what is charged each month
    return months_in(billed[1]) if billed and months_in(billed[1]) else months_in(words)


def coded_cycle(code: str, term: int) -> int | None:
    """Read the billing letter of a distributor's code: 1 or M each month, Y or A each year, T once a term."""
    return {"1": 1, "M": 1, "Y": 12, "A": 12, "T": term}.get(code.strip().upper())


def months_in(words: str) -> int | None:
    """Find a number of months: counted, named, or a bare number."""
    if found := COUNTED.search(words):
        count = WORDS.get(found[1].lower()) or int(found[1])
        return count * (12 if found[2].lower().startswith("y") else 1)
    if BARE.fullmatch(words):
        return int(words) or None
    if found := ISO.search(words):
        return int(found[1]) * UNIT[found[2].lower()]
    return next((months for months, pattern in NAMED if pattern.search(words)), None)


def stated_cycle_of(words: str) -> int | None:
    """How many months one charge covers, where the words of a term say it apart from the term."""
    if ":" not in words and not BILLED.search(words) and not UPFRONT.search(words):
        return None
    return cycle_of(words)
