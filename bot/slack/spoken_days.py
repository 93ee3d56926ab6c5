"""Days as people say them: `31 Mar`, `Friday`, `3d`, `end of month`; what could mean two days is asked about."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.slack.texts import clean, shorten
from recon import Stopped

MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
WEEKDAYS = {
    name.casefold(): number for names in (calendar.day_name, calendar.day_abbr) for number, name in enumerate(names)
} | {"tues": 1, "thurs": 3}
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
NUMBER = rf"\d{{1,4}}|{'|'.join(NUMBERS)}"
UNITS = {"d": 1, "w": 7}
FARTHEST = 3653  # days; a later one is a slip of the fingers
LAST_MONTH = 12


class NoSuchDay(Stopped):
    """I can't tell which day that is. Write it like 31 Mar 2027, Friday, or 3d."""


def read_day(text: str, today: date) -> date:
    """Read a day that lies ahead, or say why it can't be told; it is never guessed."""
    words = " ".join(text.casefold().replace(",", " ").split()).strip(" .!")
    for pattern, read in READERS:
        said = pattern.fullmatch(words)
        if said:
            return _ahead(read(said, today), text, today)
    raise NoSuchDay(
        f"I can't tell which day “{_quoted(text)}” is. Write it like 31 Mar {today.year + 1}, Friday, or 3d."
    )


def _ahead(day: date, text: str, today: date) -> date:
    if day <= today:
        raise NoSuchDay(f"“{_quoted(text)}” is {_write(day)}, and that has passed. Until which day shall it be?")
    if (day - today).days > FARTHEST:
        raise NoSuchDay(f"“{_quoted(text)}” is {_write(day)}, more than ten years away. Is that what you mean?")
    return day


def _iso(said: re.Match[str], _: date) -> date:
    return _day(int(said["year"]), int(said["month"]), int(said["day"]))


def _named(said: re.Match[str], today: date) -> date:
    """Read `31 Mar 2027`; without a year, the next such day."""
    month, day = MONTHS[said["month"]], int(said["day"])
    if said["year"]:
        return _day(int(said["year"]), month, day)
    return next(_coming(month, day, today))


def _coming(month: int, day: int, today: date) -> Iterator[date]:
    """List the next days of that name; the 29th of February may be years away."""
    years = range(today.year, today.year + 9)
    found = [date(year, month, day) for year in years if 0 < day <= calendar.monthrange(year, month)[1]]
    yield from (one for one in found if one > today)
    raise NoSuchDay(f"There is no {day} {calendar.month_name[month]}.")


def _slashed(said: re.Match[str], today: date) -> date:
    """Read `31/3` and `3/31`; `3/4` is asked about, since half the world reads it the other way."""
    one, other = int(said["one"]), int(said["other"])
    if one == other or 0 < min(one, other) <= LAST_MONTH < max(one, other):
        day, month = (one, other) if other <= LAST_MONTH else (other, one)
        return _day(int(said["year"]), month, day) if said["year"] else next(_coming(_month(month), day, today))
    if max(one, other) > LAST_MONTH or not min(one, other):
        raise NoSuchDay(f"There is no day {said[0]}.")
    first, second = f"{one} {calendar.month_abbr[other]}", f"{other} {calendar.month_abbr[one]}"
    raise NoSuchDay(f"Is {said[0]} the {first} or the {second}? Write it like one of these.")


def _dotted(said: re.Match[str], today: date) -> date:
    """Read `31.3.2027`: with dots, the day comes first everywhere."""
    month, day = _month(int(said["month"])), int(said["day"])
    return _day(int(said["year"]), month, day) if said["year"] else next(_coming(month, day, today))


def _span(said: re.Match[str], today: date) -> date:
    """Read `3d`, `two weeks`, `a month`."""
    number = NUMBERS.get(said["number"]) or int(said["number"])
    unit = said["unit"][0]
    if unit in UNITS:
        return today + timedelta(days=min(number * UNITS[unit], FARTHEST + 1))
    return _later(today, number * (LAST_MONTH if unit == "y" else 1))


def _later(today: date, months: int) -> date:
    """Go some months on: a month after the 31st of January is the last of February."""
    count = today.year * LAST_MONTH + today.month - 1 + min(months, FARTHEST // 28)
    year, month = divmod(count, LAST_MONTH)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _weekday(said: re.Match[str], today: date) -> date:
    """Read `Friday`: the coming one, in a week if it is Friday today; `next Friday` means two days to two people."""
    coming = today + timedelta(days=(WEEKDAYS[said["weekday"]] - today.weekday() - 1) % 7 + 1)
    if said["next"]:
        raise NoSuchDay(f"Is “{said[0]}” {_write(coming)} or {_write(coming + timedelta(days=7))}? Write the day.")
    return coming


def _end(said: re.Match[str], today: date) -> date:
    """Read `end of month`, `end of March 2027`."""
    if not said["month"]:
        last = date(today.year, today.month, calendar.monthrange(today.year, today.month)[1])
        return last if last > today else _end_of(_later(last, 1))
    month = MONTHS[said["month"]]
    if said["year"]:
        return _end_of(_day(int(said["year"]), month, 1))
    this = _end_of(date(today.year, month, 1))
    return this if this > today else _end_of(date(today.year + 1, month, 1))


def _end_of_year(_: re.Match[str], today: date) -> date:
    return next(_coming(LAST_MONTH, 31, today))


def _end_of(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as flaw:
        raise NoSuchDay(f"There is no {day} {calendar.month_name[_month(month)]} {year}.") from flaw


def _month(number: int) -> int:
    if not 1 <= number <= LAST_MONTH:
        raise NoSuchDay(f"There is no month {number}.")
    return number


def _write(day: date) -> str:
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"


def _quoted(text: str) -> str:
    return shorten(clean(text), 40)


DAY, YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?:\s+(?P<year>\d{4}))?"
READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]]] = [
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII), _iso),
    (re.compile(rf"(?:the\s+)?{DAY}\s*(?:of\s+)?(?P<month>{MONTH})\.?{YEAR}", re.ASCII), _named),
    (re.compile(rf"(?P<month>{MONTH})\.?\s*{DAY}{YEAR}", re.ASCII), _named),
    (re.compile(r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?:/(?P<year>\d{4}))?", re.ASCII), _slashed),
    (re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})(?:\.\s?(?P<year>\d{4}))?", re.ASCII), _dotted),
    (
        re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>d|days?|w|weeks?|mo|months?|y|years?)", re.ASCII),
        _span,
    ),
    (re.compile(rf"(?P<next>next\s+)?(?P<weekday>{WEEKDAY})", re.ASCII), _weekday),
    (re.compile(rf"(?:the\s+)?end\s+of\s+(?:the\s+)?(?:(?:this\s+)?month|(?P<month>{MONTH}){YEAR})", re.ASCII), _end),
    (re.compile(r"(?:the\s+)?end\s+of\s+(?:(?:the|this)\s+)?year|year[\s-]end", re.ASCII), _end_of_year),
    (re.compile(r"tomorrow", re.ASCII), lambda _, today: today + timedelta(days=1)),
    (re.compile(r"next\s+week", re.ASCII), lambda _, today: today + timedelta(days=7 - today.weekday())),
]
