"""How many were bought and billed over the months, as a small chart in letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.slack.blocks import section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import seats
from recon import Month

MOST_MONTHS, WIDTH = 12, 16
EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class Point:
    """One month of which both sides' files were there; whoever is not in a file has nought."""

    month: Month
    bought: Decimal
    billed: Decimal


@dataclass(frozen=True, slots=True)
class HistoryCard:
    """The quantities of one client's product, oldest first."""

    client: str
    product: str
    points: tuple[Point, ...]


def history_message(card: HistoryCard) -> Message:
    """Show the newest months."""
    title = f"{said(card.client)}, {said(card.product)}"
    points = card.points[-MOST_MONTHS:]
    if not points:
        return message(f"{title}: no history yet.", section(f"*{title}*\nNo history yet: this is the first month."))
    last = points[-1]
    words = f"{title}: {seats(last.bought)} bought and {seats(last.billed)} billed in {last.month.name}."
    return message(words, section(f"*{title}*\n```{chr(10).join(chart(points))}```"))


def chart(points: tuple[Point, ...]) -> Iterator[str]:
    """Draw two bars a month, all to one scale."""
    top = max(abs(number) for point in points for number in (point.bought, point.billed))
    for point in points:
        yield f"{point.month} bought {bar(point.bought, top)} {seats(point.bought)}"
        yield f"        billed {bar(point.billed, top)} {seats(point.billed)}"


def bar(number: Decimal, top: Decimal) -> str:
    """Draw a number to an eighth of a letter; what is below nought has no bar."""
    if number <= 0:
        return " " * WIDTH
    eighths = max(1, int(number * WIDTH * 8 / top))
    full, rest = divmod(eighths, 8)
    return ("█" * full + (EIGHTHS[rest] if rest else "")).ljust(WIDTH)
