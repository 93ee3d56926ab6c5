"""What the values of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from recon.reading.written import MONTH_NAME, UP_TO, day_written

NUMBER = re.compile(
    r"\(?[-+−–]?\s*(?:[A-Z]{0,3}[$€£¥]|CHF|[A-Z]{3})?\s*[-+−–]?['’]?(?:\d[\d.,'’   ]*|[.,]\d+)(?:[eE][-+]?\d+)?"
    r"\s*(?:[$€£¥]|CHF|[A-Z]{3}|kr|zł)?\s*[-−–]?\s*\)?\s*(?:CR|DR)?"
)
UNIT = re.compile(  # 12 seats, 12x, 4.50/user, (3 licences)
    r"(?<=\d)(?:\s*×|(?:\s*(?:[/x×]|per\b|pro\b)?\s*[^\W\d_]{1,20}\.?){1,3})\)?$", re.IGNORECASE
)
MONEY = re.compile(r"[$€£¥]|\b(?:CHF|USD|EUR|GBP|CAD|AUD|NZD)\b|\d[.,]\d\d\D*$")
DATE = re.compile(rf"(?:[A-Za-z]{{3,9}},?\s+(?=\d{{1,2}}\D))?{day_written('[A-Za-zäéû]{3,9}')}")
BETWEEN_DAYS = re.compile(
    rf"\s+(?:[-–—]|{UP_TO})\s+|\s*[–—]\s*|(?<=\d{{4}})\s*-\s*(?=\d{{1,2}}[/.])"
    r"|(?<=/\d{2})-(?=\d{1,2}/)|(?<=-\d{2})/(?=\d{4}-)",
    re.IGNORECASE,
)
MONTH = re.compile(  # “Oct 15” is more likely a day than a month of 2015
    rf"(?P<name>{MONTH_NAME}[^\W\d_]*)(?!\.?[\s,]+\d\d\Z)[\s/.,'’-]*(?P<year>20\d\d|\d\d)"
    r"|(?P<year_first>20\d\d)[-/.]?(?P<month_second>0[1-9]|1[0-2])"
    r"|(?P<month_first>0?[1-9]|1[0-2])[-/.](?P<year_last>20\d\d)",
    re.IGNORECASE,
)
GUID = re.compile(r"\{?[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}\}?$")
DOMAIN = re.compile(r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}/?$", re.IGNORECASE)
CODE = re.compile(r"[A-Za-z0-9][\w:./#-]*$")
CURRENCY = re.compile(r"[A-Za-z]{3}$")
NO_LETTER = re.compile(r"[\W\d_]+")
DIGIT = re.compile(r"\d")
FRACTION = re.compile(r"[.,](?!0+\D*$)(?:\d{1,2}\D*$|\d{4,})")
AFTER_MARK = re.compile(r"[.,](?:\d{1,2}|0+|\d{4,})\D*$")
FLAG = re.compile(
    r"(?:true|false|yes|no|y|n|0|1|ja|nein|oui|non|nee|s[ií]|billable|do\s?not\s?bill|no\s?charge|non-?billable)$",
    re.IGNORECASE,
)
TOTAL_ABROAD = r"(?:zwischen|end)?summe|gesamt(?:summe|betrag)?|totaal|totale|somme|suma"
TOTAL = rf"(?i)^\W*(?:(?:grand|sub|over\s?all)[\s-]*)?(?:totals?|{TOTAL_ABROAD})\b\W*$"
SAYS_TOTAL = "(?i)total"
TOTAL_BEFORE = r"(?i)^\W*(?:(?:grand|sub)[\s-]*)?totals?[:\s]+(?:(?:for|of)\s+)?"
TOTAL_AFTER = r"(?i)\s+(?:[-–—:]\s*)?(?:sub[\s-]*)?totals?\W*$"
TOTAL_OF = re.compile(
    r"^\W*(?:(?:grand|sub|over\s?all|page|report|invoice)[\s-]*)?totals?\s*(?:$|[:=(\d$€£-]|for\b|of\b|amount|due\b"
    r"|ht\b|ttc\b|g[ée]n[ée]ral|net\b|gross\b|brut|inc|ex)"
    rf"|\b(?:sub-?)?totals?\W*$|^(?:{TOTAL_ABROAD})\b",
    re.IGNORECASE,
)
MOST_SEEN = 200
FROM_TO = 2


@dataclass(frozen=True, slots=True)
class Look:
    """Shares of a column's distinct values that look like this or that."""

    filled: float  # share of the rows
    distinct: int
    repeated: float  # rows per distinct value
    number: float = 0.0
    counted: float = 0.0  # numbers, and numbers before a unit: 12 seats
    whole: float = 0.0  # numbers without a fraction
    money: float = 0.0
    size: float = 0.0  # the median of the digits before a fraction
    date: float = 0.0
    period: float = 0.0  # a month, or two days
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
    counting = [value for value in seen if DIGIT.search(value)]  # all others are no number, no day and no id
    plain = [value for value in counting if NUMBER.fullmatch(value)]
    numbers = plain if len(plain) == len(counting) else [n for value in counting if (n := before_unit(value))]

    def share(pattern: re.Pattern[str], values: Sequence[str]) -> float:
        return sum(1 for value in values if pattern.match(value)) / len(seen)

    return Look(
        filled=filled,
        distinct=distinct,
        repeated=repeated,
        number=len(plain) / len(seen),
        counted=len(numbers) / len(seen),
        whole=sum(1 for value in numbers if is_whole(value)) / max(len(numbers), 1),
        money=sum(1 for value in numbers if MONEY.search(value)) / max(len(numbers), 1),
        size=median([digits_before_fraction(value) for value in numbers]) if numbers else 0.0,
        date=share(DATE, counting),
        period=sum(1 for value in counting if is_period(value)) / len(seen),
        guid=share(GUID, counting),
        domain=share(DOMAIN, seen),
        code=share(CODE, counting),
        text=sum(1 for v in seen if len(NO_LETTER.sub("", v)) * 2 > len(v.replace(" ", ""))) / len(seen),
        spaced=sum(1 for v in seen if " " in v) / len(seen),
        currency=share(CURRENCY, seen),
        flag=share(FLAG, seen),
    )


def before_unit(text: str) -> str | None:
    """Give the number of a cell, without the unit some write after it; None where there is none."""
    if NUMBER.fullmatch(text):
        return text
    bare = UNIT.sub("", text)
    return bare if NUMBER.fullmatch(bare) else None


def is_period(text: str) -> bool:
    """Whether a cell says from when to when."""
    ends = BETWEEN_DAYS.split(text.strip(" ()[]"))
    return MONTH.fullmatch(text.strip()) is not None or (len(ends) == FROM_TO and all(map(DATE.fullmatch, ends)))


def is_whole(number: str) -> bool:
    """Whether a number has no fraction but zeros."""
    return FRACTION.search(number) is None


def digits_before_fraction(number: str) -> int:
    """How long a number is; ids are long, quantities short."""
    return len(DIGIT.findall(AFTER_MARK.sub("", number)))
