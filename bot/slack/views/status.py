"""Where things stand: the sources and their age, what is open, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.slack.blocks import context, section, table
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import both_ways, counted, day, month_name
from recon import Money, Month, Side


@dataclass(frozen=True, slots=True)
class SourceState:
    """A system whose exports are expected, and when its newest came."""

    name: str
    side: Side
    month: Month | None
    came: date | None
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCard:
    """How a workspace stands."""

    month: Month | None  # of the last run; none before the first
    open_gaps: int = 0
    under: tuple[Money, ...] = ()
    over: tuple[Money, ...] = ()
    waiting: tuple[str, ...] = ()  # sentences: what is asked for and not answered yet
    sources: tuple[SourceState, ...] = ()


def status_message(card: StatusCard) -> Message:
    """Say where things stand, the money first."""
    words = standing(card)
    late = [one.name for one in card.sources if one.is_late]
    told = f"{words} Late: {', '.join(said(name) for name in late[:5])}." if late else words
    return message(
        told,
        section(f"*{words}*"),
        *([table(("Source", "Side", "Newest", "Came", ""), source_rows(card.sources))] if card.sources else []),
        *([context("\n".join(f"• {said(need, 200)}" for need in card.waiting[:10]))] if card.waiting else []),
    )


def standing(card: StatusCard) -> str:
    """Say what the last run left open."""
    if card.month is None:
        return "Nothing is compared yet: drop what a vendor says was bought and what the PSA bills."
    gaps = counted(card.open_gaps, "gap") if card.open_gaps else "no gaps"
    money = f", {both_ways(card.under, card.over)}" if card.under or card.over else ""
    return f"{month_name(card.month)}: {gaps} open{money}."


def source_rows(sources: Sequence[SourceState]) -> list[tuple[str, ...]]:
    """List the sources, those that are late on top."""
    return [
        (
            one.name,
            one.side.value,
            str(one.month or ""),
            day(one.came) if one.came else "never",
            "late" if one.is_late else "",
        )
        for one in sorted(sources, key=lambda one: (not one.is_late, one.name.casefold()))[:30]
    ]
