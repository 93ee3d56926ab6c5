"""What the values of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

NUMBER = re.compile(
    r"\(?[-+−–]?\s*(?:[A-Z]{0,3}[$€£¥]|CHF|[A-Z]{3})?\s*[-+−–]?['’]?(?:\d[\d.,'’   ]*|[.,]\d+)(?:[eE][-+]?\d+)?"
    r"\s*(?:[$€£¥]|CHF|[A-Z]{3}|kr|zł)?\s*[-−–]?\s*\)?\s*(?:CR|DR)?"
)
MONEY = re.compile(r"[$€£¥]|\b(?:CHF|USD|EUR|GBP|CAD|AUD|NZD)\b|\d[.,]\d\d\D*$")
DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:[A-Za-z]{3,9},?\s+)?\d{1,2}(?:st|nd|rd|th)?[-\s.]*[A-Za-zäéû]{3,9}\.?[-\s,]*\d{2,4}"
    r"|[A-Za-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}"
)
GUID = re.compile(r"\{?[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}\}?$")
DOMAIN = re.compile(r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}/?$", re.IGNORECASE)
CODE = re.compile(r"[A-Za-z0-9][\w:./#-]*$")
CURRENCY = re.compile(r"[A-Za-z]{3}$")
FLAG = re.compile(r"(?:true|false|yes|no|y|n|0|1|billable|do\s?not\s?bill|no\s?charge|non-?billable)$", re.IGNORECASE)
MOST_SEEN = 200


@dataclass(frozen=True, slots=True)
class Look:
    """Shares of a column's distinct values that look like this or that."""

    filled: float  # share of the rows
    distinct: int
    repeated: float  # rows per distinct value
    number: float = 0.0
    whole: float = 0.0  # numbers without a fraction
    money: float = 0.0
    size: float = 0.0  # the median of the digits before a fraction
    date: float = 0.0
    guid: float = 0.0
    domain: float = 0.0
    code: float = 0.0  # one word with digits in it, as ids and part numbers are
    text: float = 0.0  # mostly letters
    spaced: float = 0.0
    currency: float = 0.0
    flag: float = 0.0


def look_at(values: Iterable[str], *, filled: float, distinct: int, repeated: float) -> Look:
    """Look at some distinct values of a column."""
    seen = list(values)[:MOST_SEEN]
    if not seen:
        return Look(filled=0.0, distinct=0, repeated=0.0)
    numbers = [value for value in seen if NUMBER.fullmatch(value)]

    def share(pattern: re.Pattern[str]) -> float:
        return sum(1 for value in seen if pattern.match(value)) / len(seen)

    return Look(
        filled=filled,
        distinct=distinct,
        repeated=repeated,
        number=len(numbers) / len(seen),
        whole=sum(1 for value in numbers if is_whole(value)) / max(len(numbers), 1),
        money=sum(1 for value in numbers if MONEY.search(value)) / max(len(numbers), 1),
        size=median([digits_before_fraction(value) for value in numbers]) if numbers else 0.0,
        date=share(DATE),
        guid=share(GUID),
        domain=share(DOMAIN),
        code=sum(1 for v in seen if CODE.match(v) and any(c.isdigit() for c in v)) / len(seen),
        text=sum(1 for v in seen if sum(c.isalpha() for c in v) * 2 > len(v.replace(" ", ""))) / len(seen),
        spaced=sum(1 for v in seen if " " in v) / len(seen),
        currency=share(CURRENCY),
        flag=share(FLAG),
    )


def is_whole(number: str) -> bool:
    """Whether a number has no fraction but zeros."""
    return re.search(r"[.,](?!0+\D*$)\d{1,2}\D*$|[.,](?!0+\D*$)\d{4,}", number) is None


def digits_before_fraction(number: str) -> int:
    """How long a number is; ids are long, quantities short."""
    return len(re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}\D*$", "", number)))
