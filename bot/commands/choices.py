"""What a person may type after `gapwatch reconcile`, and how it is read."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

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


BOUGHT = Annotated[Path, typer.Argument(help="What vendors say was bought: CSV, TSV or XLSX, also gzipped.")]
BILLED = Annotated[Path, typer.Argument(help="What the PSA bills.")]
MONTH = Annotated[
    str, typer.Option(help="The month, like 2026-10 or October 2026; if not given, the one most lines are in.")
]
JUDGEMENTS = Annotated[Path | None, typer.Option(help="What people said of names: JSON or CSV.")]
RULES = Annotated[Path | None, typer.Option(help="Bundles, minimums and other agreements: JSON.")]
PROFILE = Annotated[Path | None, typer.Option(help="Answers about columns, kept by `gapwatch inspect`.")]
MIN_MONEY = Annotated[
    Decimal, typer.Option(parser=read_amount, metavar="NUMBER", help="Keep clients quiet up to this much a month.")
]
MIN_SEATS = Annotated[
    Decimal, typer.Option(parser=read_amount, metavar="NUMBER", help="Keep gaps of fewer seats quiet.")
]
CURRENCY = Annotated[
    str, typer.Option(parser=read_currency, metavar="CODE", help="Of amounts where no file names one.")
]
GRACE_DAYS = Annotated[int, typer.Option(help="Younger changes are waited for.", min=0, max=366)]
SINCE = Annotated[Path | None, typer.Option(help="An earlier --json, to say what changed.")]
JSON = Annotated[Path | None, typer.Option(help="Write everything as JSON.")]
XLSX = Annotated[Path | None, typer.Option(help="Write a workbook.")]
CSV = Annotated[Path | None, typer.Option(help="Write the gaps as CSV.")]
