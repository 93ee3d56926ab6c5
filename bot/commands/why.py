"""`gapwatch why`: all that led to one gap of a result that was kept as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from bot.commands.files import read_text, saying_what_stops
from bot.commands.report import PATHS
from recon import UnknownGap, UnreadableAnswers, read_document

A_TRIFLE, FINE = 1e-6, 4
NEARLY = 0.999  # what only looks certain is not called so
CERTAIN = ("judgement", "id", "none")


def why(
    result: Annotated[Path, typer.Argument(help="A result written by `gapwatch reconcile --json`.")],
    gap: Annotated[str, typer.Argument(help="A gap's id, or its beginning.")],
) -> None:
    """Say why a gap is a gap: both raw rows, how the names became one, the arithmetic, what would settle it.

    Exit codes: 0 done; 2 there is no such result or gap.
    """
    with saying_what_stops():
        told = tell_why(find_gap(read_document(read_text(result)), gap))
        Console(soft_wrap=True, highlight=False).print(told)


def find_gap(document: dict[str, Any], wanted: str) -> dict[str, Any]:
    """Find the one gap whose id begins so."""
    found: list[dict[str, Any]] = [gap for gap in document["gaps"] if gap["id"].startswith(wanted)]
    if len(found) != 1:
        known = ", ".join(gap["id"][:8] for gap in document["gaps"][:5])
        have = f"{len(found)} gaps have" if found else "No gap has"
        raise UnknownGap(f"{have} an id that begins with “{wanted}”. Known are {known or 'none'}.")
    return found[0]


def tell_why(gap: dict[str, Any]) -> Text:
    """Tell the story of a gap, or say that somebody has changed what I wrote of it."""
    try:
        return show_why(gap)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as flaw:
        raise UnreadableAnswers(f"This is not a result as I wrote it: gap {gap['id']} can't be told.") from flaw


def show_why(gap: dict[str, Any]) -> Text:
    """Tell the story of a gap from top to bottom."""
    told = gap["why"]
    text = Text.assemble((gap["sentence"], "bold"), "\n")
    sure = "exact" if gap["exact"] else f"estimated: {gap['estimated_because']}"
    money = f"{'' if gap['exact'] else 'about '}{gap['monthly']:,.2f} {gap['currency']} a month"
    text.append(f"{gap['kind']}, {money} ({gap['basis']}, {sure})\n")
    for step in gap["arithmetic"]:
        text.append(f"  {step}\n")
    for line in told["evidence"]:
        text.append(f"\n{line['side']}: {line['source']}, row {line['row']}", "bold").append(
            f" ({line['counted_as']})\n"
        )
        for header, cell in line["cells"].items():
            text.append(f"  {header}: ", "dim").append(f"{cell}\n")
        text.append(f"  counted as {_say_counted(line)}\n")
    text.append("\nHow the names became one\n", "bold")
    for path in (told["client"], *told["products"]):
        text.append(f"  {_say_path(path)}\n")
    for reason in gap["reasons"]:
        text.append(f"  {reason}\n")
    return text.append("\nWhat would settle it\n", "bold").append(f"  {told['settled_by']}\n")


def _say_counted(line: dict[str, Any]) -> str:
    """Say what a line came to: `3 seats, price 162 for 12 months, which is 13.50 a month`."""
    months = int(line.get("months", 1))
    money = [_say_price(name, line[name], months) for name in ("price", "cost") if line[name] is not None]
    return ", ".join([f"{line['seats']:,} seat{'' if line['seats'] == 1 else 's'}", *money])


def _say_price(name: str, monthly: float, months: int) -> str:
    stated = f"{_plain(monthly * months)} for {months} months, which is " if months > 1 else ""
    return f"{name} {stated}{_plain(monthly)} a month"


def _plain(amount: float) -> str:
    """Write an amount with its cents, and with more only where there is more: `162.00`, `3.1925`."""
    cents = round(amount, 2)
    return f"{cents:,.2f}" if abs(amount - cents) < A_TRIFLE else f"{round(amount, FINE if amount > 1 else 6):,}"


def _say_path(path: dict[str, Any]) -> str:
    names = " = ".join(f"“{name}”" for name in (path["bought"], path["billed"]) if name)
    is_likely = path["probability"] is not None and path["by"] not in CERTAIN
    chance = f", {min(path['probability'], NEARLY):.1%} sure" if is_likely else ""
    how = "no match" if path["by"] == "none" else f"by {PATHS.get(path['by'], path['by'])}"
    return f"{names}: {how}{chance} ({'; '.join(path['reasons'])})"
