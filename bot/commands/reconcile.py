"""`gapwatch reconcile`: two exports in, the money that leaks out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from bot.commands import choices
from bot.commands.files import must_be_writable, read_text, saying_what_stops, write_whole
from bot.commands.inspect import counted_as, kept_profiles, question_text
from bot.commands.patience import patience
from bot.commands.report import show_result
from bot.slack.spoken_months import read_spoken_month
from recon import (
    Change,
    Options,
    Profiles,
    Reading,
    Reconciliation,
    Side,
    by_new_names,
    compare_runs,
    export_gaps,
    export_workbook,
    gaps_and_vendor_names,
    judgements_from_text,
    read_lines,
    reconcile,
    rules_from_text,
    write_document,
)

UNANSWERED = 3
NOTHING = Decimal(0)


def reconcile_files(  # noqa: PLR0913 - each is an option a person may give
    bought: choices.BOUGHT,
    billed: choices.BILLED,
    *,
    month: choices.MONTH = "",
    judgements: choices.JUDGEMENTS = None,
    rules: choices.RULES = None,
    profile: choices.PROFILE = None,
    min_money: choices.MIN_MONEY = NOTHING,
    min_seats: choices.MIN_SEATS = NOTHING,
    currency: choices.CURRENCY = "USD",
    grace_days: choices.GRACE_DAYS = 7,
    since: choices.SINCE = None,
    json: choices.JSON = None,
    xlsx: choices.XLSX = None,
    csv: choices.CSV = None,
) -> None:
    """Find what was bought and not billed, and what is billed and not bought.

    Exit codes: 0 done, with or without gaps; 2 a file or an option can't be used; 3 a column must be explained first.
    """
    with saying_what_stops():
        must_be_writable(json, xlsx, csv, read=(bought, billed, judgements, rules, profile))
        with patience() as say:
            options = Options(
                month=read_spoken_month(month, datetime.now().astimezone().date()) if month else None,
                judgements=judgements_from_text(read_text(judgements)),
                rules=rules_from_text(read_text(rules)),
                currency=currency,
                grace_days=grace_days,
                min_money=min_money,
                min_seats=min_seats,
            )
            before = gaps_and_vendor_names(read_text(since)) if since else None
            result = reconcile(*read_both(bought, billed, profile, say), options)
            changes = None if before is None else compare_runs(by_new_names(before, result), result.gaps)
            say("Writing what was found ...")
            write_files(result, changes, json=json, xlsx=xlsx, csv=csv)
        Console().print(show_result(result, changes))


def read_both(bought: Path, billed: Path, profile: Path | None, say: Callable[[str], None]) -> tuple[Reading, Reading]:
    """Read both files with the answers kept so far; where something must be answered first, ask it and end."""
    profiles, paths = kept_profiles(profile), {Side.BOUGHT: bought, Side.BILLED: billed}
    readings = {side: read_side(path, side, profiles, say) for side, path in paths.items()}
    ask_first(list(readings.values()), list(paths.values()), profile)
    lines = sum(reading.lines.height for reading in readings.values())
    say(f"Reconciling {counted_as(lines, 'line')} ...")
    return readings[Side.BOUGHT], readings[Side.BILLED]


def write_files(
    result: Reconciliation,
    changes: tuple[Change, ...] | None,
    *,
    json: Path | None,
    xlsx: Path | None,
    csv: Path | None,
) -> None:
    """Write what was asked for."""
    if json:
        write_whole(json, write_document(result, changes).encode())
    if xlsx:
        write_whole(xlsx, export_workbook(result))
    if csv:
        write_whole(csv, export_gaps(result))


def read_side(path: Path, side: Side, profiles: Profiles, say: Callable[[str], None]) -> Reading:
    """Read one file as the side a person named it for."""
    say(f"Reading {path.name} ...")
    return read_lines(path.read_bytes(), path.name, profiles=profiles, side=side)


def ask_first(readings: list[Reading], paths: list[Path], profile: Path | None) -> None:
    """Show what must be answered before anything can be compared, and end."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for reading, path in zip(readings, paths, strict=True):
        for question in reading.questions:
            console.print(Text(f"{path.name}: "), question_text(question, path, profile), sep="")
    if any(reading.questions for reading in readings):
        raise typer.Exit(UNANSWERED)
