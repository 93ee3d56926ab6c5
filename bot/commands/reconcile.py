"""`gapwatch reconcile`: two exports in, the money that leaks out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.commands.files import read_text, saying_what_stops
from bot.commands.inspect import kept_profiles, question_text
from bot.commands.patience import patience
from bot.commands.report import show_result
from recon import (
    Change,
    Options,
    Profiles,
    Reading,
    Reconciliation,
    Side,
    compare_runs,
    export_gaps,
    export_workbook,
    gaps_from_document,
    judgements_from_text,
    read_lines,
    read_month,
    reconcile,
    rules_from_text,
    write_document,
)

UNANSWERED = 3
LETTERS = 3  # of a currency


def read_currency(text: str) -> str:
    """Read the three letters of a currency."""
    letters = text.strip().upper()
    if len(letters) != LETTERS or not letters.isalpha():
        raise typer.BadParameter(f"“{text}” is no currency; give its three letters, like USD.")
    return letters


def read_amount(text: str) -> Decimal:
    """Read a limit such as `75` or `99.50`."""
    try:
        amount = Decimal(text)
    except InvalidOperation as flaw:
        raise typer.BadParameter(f"“{text}” is not a number.") from flaw
    if not amount.is_finite() or amount < 0:
        raise typer.BadParameter(f"“{text}” is no limit; give a number from 0 on.")
    return amount


def reconcile_files(  # noqa: PLR0913 - each is an option a person may give
    bought: Annotated[Path, typer.Argument(help="What vendors say was bought: CSV, TSV or XLSX, also gzipped.")],
    billed: Annotated[Path, typer.Argument(help="What the PSA bills.")],
    *,
    month: Annotated[str, typer.Option(help="The month, like 2026-10; if not given, the one most lines are in.")] = "",
    judgements: Annotated[Path | None, typer.Option(help="What people said of names: JSON or CSV.")] = None,
    rules: Annotated[Path | None, typer.Option(help="Bundles, minimums and other agreements: JSON.")] = None,
    profile: Annotated[Path | None, typer.Option(help="Answers about columns, kept by `gapwatch inspect`.")] = None,
    min_money: Annotated[
        Decimal, typer.Option(parser=read_amount, metavar="NUMBER", help="Keep clients quiet up to this much a month.")
    ] = Decimal(0),
    min_seats: Annotated[
        Decimal, typer.Option(parser=read_amount, metavar="NUMBER", help="Keep gaps of fewer seats quiet.")
    ] = Decimal(0),
    currency: Annotated[
        str, typer.Option(parser=read_currency, metavar="CODE", help="Of amounts where no file names one.")
    ] = "USD",
    grace_days: Annotated[int, typer.Option(help="Younger changes are waited for.", min=0, max=366)] = 7,
    since: Annotated[Path | None, typer.Option(help="An earlier --json, to say what changed.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write everything as JSON.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Write a workbook.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the gaps as CSV.")] = None,
) -> None:
    """Find what was bought and not billed, and what is billed and not bought.

    Exit codes: 0 done, with or without gaps; 2 a file or an option can't be used; 3 a column must be explained first.
    """
    with saying_what_stops(), patience() as say:
        options = Options(
            month=read_month(month) if month else None,
            judgements=judgements_from_text(read_text(judgements)),
            rules=rules_from_text(read_text(rules)),
            currency=currency,
            grace_days=grace_days,
            min_money=min_money,
            min_seats=min_seats,
        )
        before = gaps_from_document(read_text(since)) if since else None
        profiles = kept_profiles(profile)
        readings = [
            read_side(path, side, profiles, say) for path, side in ((bought, Side.BOUGHT), (billed, Side.BILLED))
        ]
        ask_first(readings, [bought, billed], profile)
        say(f"Reconciling {sum(reading.lines.height for reading in readings):,} lines ...")
        result = reconcile(readings[0], readings[1], options)
        changes = None if before is None else compare_runs(before, result.gaps)
        say("Writing what was found ...")
        write_files(result, changes, json=json, xlsx=xlsx, csv=csv)
    Console().print(show_result(result, changes))


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
        json.write_text(write_document(result, changes), encoding="utf-8")
    if xlsx:
        xlsx.write_bytes(export_workbook(result))
    if csv:
        csv.write_bytes(export_gaps(result))


def read_side(path: Path, side: Side, profiles: Profiles, say: Callable[[str], None]) -> Reading:
    """Read one file as the side a person named it for."""
    say(f"Reading {path.name} ...")
    return read_lines(path.read_bytes(), path.name, profiles=profiles, side=side)


def ask_first(readings: list[Reading], paths: list[Path], profile: Path | None) -> None:
    """Show what must be answered before anything can be compared, and end."""
    console = Console(stderr=True)
    for reading, path in zip(readings, paths, strict=True):
        for question in reading.questions:
            console.print(f"{path.name}: ", end="")
            console.print(question_text(question, path, profile))
    if any(reading.questions for reading in readings):
        raise typer.Exit(UNANSWERED)
