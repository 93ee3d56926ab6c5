"""The alert about one client: its money first, then its gaps; each gap has a message of its own in the thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.slack.blocks import Block, context, section, table
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import Who, both_ways, capital, counted, seats, shortfall, won, worth
from recon import Direction, Gap, Money, Month, add_up, ways_estimated

MOST_GAPS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """A client's open gaps of one month, most money first, and who is asked about them."""

    client: str
    gaps: tuple[Gap, ...]
    month: Month | None = None
    asks: Who | None = None  # called on by name; nobody in a direct message, who is alone there anyway
    approved: tuple[Gap, ...] = ()  # decided, and not seen fixed yet
    left: int = 0  # dismissed or put off
    closed: int = 0
    recovered: tuple[Money, ...] = ()  # a month, by those that closed
    avoided: tuple[Money, ...] = ()  # over-billing
    estimated: tuple[Direction, ...] = ()  # of which of these two the sum is an estimate


def client_alert(card: ClientCard) -> Message:
    """Tell whoever answers for a client what leaks there."""
    calls = f"{card.asks.mention} " if card.asks else ""
    if not card.gaps:
        rest = "; ".join(settled(card)) or "no gap is left"
        return message(
            f"{said(card.client)}: nothing to decide. {capital(rest)}.",
            section(f"*{said(card.client)}*: nothing to decide.\n{capital(rest)}."),
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
    under, over = (add_up(gap.monthly for gap in gaps if gap.direction is way) for way in Direction)
    return both_ways(under, over, estimated=ways_estimated(gaps))


def gap_table(gaps: Sequence[Gap]) -> Block:
    """Lay the gaps out, the costliest on top; a phone shows the first columns only, so the money is among them."""
    rows = [
        (gap.product, worth(gap).removesuffix(" a month"), shortfall(gap), seats(gap.bought), gap.billed_in_all)
        for gap in gaps[:MOST_GAPS]
    ]
    return table(("Product", "A month", "What", "Bought", "Billed"), rows, right=(1, 3, 4))


def settled(card: ClientCard) -> Iterator[str]:
    """Say what became of the other gaps; what is approved counts as fixed only when a later month shows it."""
    if card.approved:
        yield f"{len(card.approved):,} approved, fix not verified yet: {totals(card.approved)}"
    if card.left:
        yield f"{card.left:,} dismissed, snoozed or below your thresholds"
    if card.closed:
        gained = (
            f", {won(card.recovered, card.avoided, estimated=card.estimated)}" if card.recovered or card.avoided else ""
        )
        yield f"{card.closed:,} closed{gained}"


def footer(card: ClientCard) -> list[str]:
    """Say the month, what is not shown, and where to decide; a later month that changes nothing redraws nothing."""
    said_here = [f"as found in {card.month.name}"] if card.month else []
    said_here += [f"{len(card.gaps) - MOST_GAPS:,} more in the thread"] if len(card.gaps) > MOST_GAPS else []
    said_here += list(settled(card))
    return [" · ".join([*said_here, "decide in the thread"])]
