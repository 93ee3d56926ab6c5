"""Months as people say them: `October 2026`, `oct`, `last month`, `2026-10`."""

from __future__ import annotations

import re
from datetime import date

from bot.slack.spoken_days import LAST_MONTH, MONTH, MONTHS
from bot.slack.texts import clean, shorten
from recon import Month, UnreadableMonth

RELATIVE = {"last": -1, "previous": -1, "prev": -1, "past": -1, "this": 0, "current": 0, "next": 1}
SAID = re.compile(rf"(?:the\s+)?(?P<which>{'|'.join(RELATIVE)})(?:\s+month)?", re.ASCII)
NAMED = re.compile(rf"(?P<month>{MONTH})\.?(?:[\s/'-]*(?P<year>\d{{4}}|\d\d))?", re.ASCII)
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})\s*[\s./-]\s*(?P<month>{MONTH}|\d{{1,2}})", re.ASCII)
YEAR_LAST = re.compile(r"(?P<month>\d{1,2})\s*[\s./-]\s*(?P<year>\d{4})", re.ASCII)
CENTURY = 2000


def read_spoken_month(text: str, today: date) -> Month:
    """Read a month; one without a year is the latest that has begun, or begins next."""
    words = " ".join(text.casefold().replace(",", " ").replace("’", "'").split()).strip(" .!")
    relative = SAID.fullmatch(words)
    if relative:
        return _moved(today, RELATIVE[relative["which"]])
    found = NAMED.fullmatch(words) or YEAR_FIRST.fullmatch(words) or YEAR_LAST.fullmatch(words)
    number = (MONTHS.get(found["month"]) or int(found["month"])) if found else 0
    if found is None or not 1 <= number <= LAST_MONTH or found["year"] == "0000":
        raise UnreadableMonth(how_to_write(text, _moved(today, -1)))
    if found["year"]:
        year = int(found["year"])
        return Month(year + CENTURY if len(found["year"]) == len("26") else year, number)
    coming = _moved(today, 1)
    return Month(coming.year if number <= coming.number else coming.year - 1, number)


def is_month(text: str, today: date) -> bool:
    """Tell whether words that may be a name are a month."""
    try:
        read_spoken_month(text, today)
    except UnreadableMonth:
        return False
    return True


def how_to_write(text: str, month: Month) -> str:
    """Say that a month can't be read, and how one may be written."""
    alone = month.name.split()[0].casefold()
    said = shorten(clean(text), 40)
    return f"I can't read “{said}” as a month. Write it like {month.name}, {alone}, last month or {month}."


def _moved(today: date, months: int) -> Month:
    year, month = divmod(today.year * LAST_MONTH + today.month - 1 + months, LAST_MONTH)
    return Month(year, month + 1)
