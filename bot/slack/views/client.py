"""The alert about one client: its money first, then its gaps; each gap has a message of its own in the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks import Block, context, section, table
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import Who, amounts, counted, leaks, month_name, seats, worth
from recon import Direction, Gap, Month, add_up

MOST_GAPS = 15
DIRECTIONS = {Direction.UNDER: "not billed", Direction.OVER: "billed too much"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """A client's open gaps of one month, most money first, and who is asked about them."""

    client: str
    gaps: tuple[Gap, ...]
    month: Month | None = None
    asks: Who | None = None  # called on by name; nobody in a direct message, who is alone there anyway
    settled: int = 0  # gaps of this thread that are decided or closed


def client_alert(card: ClientCard) -> Message:
    """Tell whoever answers for a client what leaks there."""
    calls = f"{card.asks.mention} " if card.asks else ""
    if not card.gaps:
        return message(
            f"{said(card.client)}: nothing open, {counted(card.settled, 'gap')} settled.",
            section(f"*{said(card.client)}*: nothing open, {counted(card.settled, 'gap')} settled."),
        )
    sums = totals(card.gaps)
    return message(
        f"{calls}{said(card.client)}: {sums}. {counted(len(card.gaps), 'gap')} to decide.",
        section(f"{calls}*{said(card.client)}*: *{sums}*."),
        gap_table(card.gaps),
        context(*footer(card)),
    )


def totals(gaps: Sequence[Gap]) -> str:
    """Add up each direction by itself, never netted: `$144.00 a month not billed, $20.00 billed too much`."""
    parts = []
    for direction, words in DIRECTIONS.items():
        mine = [gap for gap in gaps if gap.direction is direction]
        if mine:
            sums = amounts(add_up(gap.monthly for gap in mine))
            unsure = "" if all(gap.exact for gap in mine) else "about "
            parts.append(f"{unsure}{sums} a month {words}")
    return ", ".join(parts)


def gap_table(gaps: Sequence[Gap]) -> Block:
    """Lay the gaps out, the costliest on top."""
    rows = [
        (gap.product, seats(gap.bought), seats(gap.billed), worth(gap).removesuffix(" a month"), leaks(gap))
        for gap in gaps[:MOST_GAPS]
    ]
    return table(("Product", "Bought", "Billed", "A month", "What"), rows, right=(1, 2, 3))


def footer(card: ClientCard) -> list[str]:
    """Say the month, what is not shown, and where to decide."""
    said_here = [month_name(card.month)] if card.month else []
    said_here += [f"{len(card.gaps) - MOST_GAPS:,} more in the thread"] if len(card.gaps) > MOST_GAPS else []
    said_here += [f"{counted(card.settled, 'gap')} settled"] if card.settled else []
    return [" · ".join([*said_here, "decide in the thread"])]
