"""Where things stand: the sources and their age, what is open, what waits."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.freshness import Light, SourceHealth
from bot.slack.blocks import context, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.client import totals
from bot.slack.views.gaps import NOTHING, Beside
from bot.slack.views.sources import source_lines
from bot.slack.wording import counted, listed
from recon import Gap, Month


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCard:
    """How a workspace stands."""

    month: Month | None  # of the last run; none before the first
    open: tuple[Gap, ...] = ()
    beside: Beside = NOTHING
    waiting: tuple[str, ...] = ()  # sentences: what is asked for and not answered yet
    sources: tuple[SourceHealth, ...] = ()


def status_message(card: StatusCard) -> Message:
    """Say where things stand, the money first."""
    words, beside = standing(card), " ".join(["", *card.beside.sentences()])
    late = [said(one.name) for one in card.sources if one.light is not Light.GREEN]
    told = f"{words}{beside} Late: {listed(late)}." if late else f"{words}{beside}"
    return message(
        told,
        section(f"*{words}*{beside}"),
        *([section("\n".join(source_lines(card.sources)))] if card.sources else []),
        *([context("\n".join(f"• {said(need, 200)}" for need in card.waiting[:10]))] if card.waiting else []),
    )


def standing(card: StatusCard) -> str:
    """Say what the last run left open."""
    if card.month is None:
        return "Nothing is compared yet: drop what a vendor says was bought and what the PSA bills."
    gaps = f"{counted(len(card.open), 'gap')} open, {totals(card.open)}" if card.open else "no gaps open"
    return f"{card.month.name}: {gaps}."
