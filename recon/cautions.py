"""What makes two files an unlikely pair for a month, to be said before any gap is believed."""

from __future__ import annotations

import polars as pl

from recon.classes import LineClass
from recon.frames import engine_for
from recon.lines import Side
from recon.months import Month, guess_month, read_month
from recon.netting import IN_ANOTHER_FILE
from recon.questions import Problem
from recon.reading.reading import Reading

SEVERAL, MOST = 3, 0.6
SAME_LINE = ["client", "product", "quantity", "unit_price", "unit_cost"]
"""What lines that say the same say alike."""


def find_doubts(bought: Reading, billed: Reading, netted: pl.DataFrame, month: Month | None) -> tuple[Problem, ...]:
    """Say what makes every sum untrue until it is settled: one file twice, sides swapped, no lines, another month."""
    sentences = [
        _say_same(bought, billed) or _say_swapped(bought, billed),
        *(_say_empty(reading) for reading in (bought, billed)),
    ]
    sides = [(bought, Side.BOUGHT), (billed, Side.BILLED)]
    needed = netted.lazy().select("side", "class", *SAME_LINE)
    engine = engine_for(netted.height)
    lines = [(reading, needed.filter(pl.col("side") == side.value).collect(engine=engine)) for reading, side in sides]
    sentences += [_say_repeated(*one) for one in lines]
    sentences += [_say_other_month(*one, month) for one in lines] if month else []
    return tuple(Problem(None, None, "", sentence) for sentence in sentences if sentence)


def find_cautions(netted: pl.DataFrame, month: Month | None) -> tuple[Problem, ...]:
    """Say what else a person should look at first: no month, lines that stand in two files."""
    sentences = [*([_say_undated(netted)] if month is None else []), _say_overlap(netted)]
    return tuple(Problem(None, None, "", sentence) for sentence in sentences if sentence)


def _say_same(bought: Reading, billed: Reading) -> str | None:
    if bought.table.is_empty() or not bought.table.equals(billed.table):
        return None
    return (
        f"Both sides are the same file: every row of {bought.layout.name} stands in {billed.layout.name} too. "
        "Give the vendor's file as bought and the PSA's as billed."
    )


def _say_swapped(bought: Reading, billed: Reading) -> str | None:
    """Tell of files of which each seems to be the other's side, or one that is known to be."""
    first, second = bought.layout, billed.layout
    swapped = [one for one, side in ((first, Side.BILLED), (second, Side.BOUGHT)) if one.own_side is side]
    if not swapped or not (len(swapped) > 1 or swapped[0].source):
        return None
    seem = [f"{one.name} looks like a {one.own_side} file{f' ({one.source})' if one.source else ''}" for one in swapped]
    return f"Are the two files swapped? {' and '.join(seem)}."


def _say_empty(reading: Reading) -> str | None:
    if reading.lines.height:
        return None
    return f"No row of {reading.layout.name} could be read as a line, so nothing is compared. Is it the right file?"


def _say_repeated(reading: Reading, lines: pl.DataFrame) -> str | None:
    """Tell of a file most of which is said again and again, as a file of several months is that does not name them.

    A file of one row a user says the same of course; there each counts one seat.
    """
    counting = lines.filter(pl.col("class").is_null() & (pl.col("quantity") > 1)).select(SAME_LINE)
    times = counting.hash_rows().value_counts(name="times")["times"]
    again = times.filter(times > 1)
    if len(again) < SEVERAL or int(again.sum()) < MOST * counting.height:
        return None
    return (
        f"Most lines of {reading.layout.name} stand in it more than once, as if it held several months, "
        "and their seats are added up. If it does, export one month."
    )


def _say_other_month(reading: Reading, lines: pl.DataFrame, month: Month) -> str | None:
    """Tell of a file none of whose lines is in the month, by their periods or else by the file's own word."""
    classes = set(lines["class"].unique().to_list())
    if LineClass.OTHER_MONTH.value in classes and None not in classes:
        of = guess_month(reading.lines)
        most = f"; most are of {of.name}" if of else ""
        return f"No line of {reading.layout.name} is in {month.name}{most}: nothing in it counts. Is the month right?"
    stated = reading.layout.month
    if stated and stated != str(month) and guess_month(reading.lines) is None and lines.height:
        named = read_month(stated).name
        return f"{reading.layout.name} is named for {named}, and I take it for {month.name}. Is the month right?"
    return None


def _say_undated(netted: pl.DataFrame) -> str | None:
    cancelled = netted.filter(pl.col("cancelled_on").is_not_null()).height
    if not cancelled:
        return None
    lines = "1 line with a date of cancelling" if cancelled == 1 else f"{cancelled:,} lines with a date of cancelling"
    return f"I don't know which month this is, so I take {lines} for cancelled. Name the month if one is still to come."


def _say_overlap(netted: pl.DataFrame) -> str | None:
    again = netted.filter(pl.col("note") == IN_ANOTHER_FILE)["source"]
    if again.is_empty():
        return None
    lines = f"1 line of {again[0]} stands" if again.len() == 1 else f"{again.len():,} lines of {again[0]} stand"
    return f"{lines} in another of the files too, with the same subscription and days: I count them once."
