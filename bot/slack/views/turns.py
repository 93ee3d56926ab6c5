"""What happened to a gap since people last saw it, as a short reply in its thread."""

from __future__ import annotations

from bot.slack.blocks import section
from bot.slack.cards import GapCard
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.gap import closing, headline
from bot.slack.wording import Who, month_name, numbers, worth
from recon import Gap, Month


def grown(card: GapCard, before: Gap, asks: Who | None = None) -> Message:
    """Say that it is worth more now, to whoever must act."""
    return reply(card, f"*Grew from {before.monthly} to {worth(card.gap)}:* {what(card.gap)}", asks)


def shrunk(card: GapCard, before: Gap) -> Message:
    """Say that it is worth less now; nobody need act on that."""
    return reply(card, f"Shrank from {before.monthly} to {worth(card.gap)}: {what(card.gap)}")


def closed(card: GapCard) -> Message:
    """Say that it is gone, and what that won."""
    return reply(card, f"{closing(card)} {said(card.gap.product)}.")


def reopened(card: GapCard, last: Month, asks: Who | None = None) -> Message:
    """Say that it is back, where it was spoken of before."""
    return reply(
        card, f"*Open again: {headline(card.gap)}.* It was closed in {month_name(last)}. {numbers(card.gap)}.", asks
    )


def woke(card: GapCard, *, has_changed: bool, asks: Who | None = None) -> Message:
    """Say that a dismissal or a snooze is over, and why."""
    why = "its numbers are no longer those that were dismissed" if has_changed else "its time of quiet is over"
    return reply(card, f"*Awake again: {headline(card.gap)}*, because {why}. {numbers(card.gap)}.", asks)


def not_fixed(card: GapCard, month: Month, asks: Who | None = None) -> Message:
    """Say that it was approved and still stands."""
    return reply(card, f"*Approved but not fixed:* {month_name(month)} still shows {headline(card.gap)}.", asks)


def quiet(card: GapCard) -> Message:
    """Say that it is too small to speak of now."""
    return reply(card, f"Below your limits now, so I am quiet about it: {worth(card.gap)}, {what(card.gap)}")


def assigned(card: GapCard, to: Who, by: Who) -> Message:
    """Tell the person it was given to."""
    return reply(card, f"{by.plain} asks you to decide: {headline(card.gap)}. {numbers(card.gap)}.", to)


def taken_back(card: GapCard, by: Who, what_was: str) -> Message:
    """Say that a decision no longer holds; the words are the decision's own."""
    return reply(card, f"{by.plain} took back: {what_was}. {headline(card.gap)} is open again.")


def what(gap: Gap) -> str:
    """Name the product and the numbers."""
    return f"{said(gap.product)}. {numbers(gap)}."


def reply(card: GapCard, words: str, asks: Who | None = None) -> Message:
    """Say it, first calling on the one who must act; a notification names the client too, which the thread shows."""
    calls = f"{asks.mention} " if asks else ""
    return message(f"{calls}{said(card.gap.client)}: {words.replace('*', '')}", section(f"{calls}{words}"))
