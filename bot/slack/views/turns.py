"""What happened to a gap since people last saw it, as a short reply in its thread."""

from __future__ import annotations

from bot.services.known_again import Because
from bot.slack.blocks import section
from bot.slack.cards import GapCard, Verdict
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.decided import because
from bot.slack.views.gap import closing, headline
from bot.slack.wording import Who, numbers, worth
from recon import Gap, Month


def grown(card: GapCard, before: str, asks: Who | None = None) -> Message:
    """Say that it is worth more now, to whoever must act; `before` is the money as it was."""
    since = f" from {before}" if before else ""
    return reply(card, f"*Grew{since} to {worth(card.gap)}:* {what(card.gap)}", asks)


def closed(card: GapCard) -> Message:
    """Say that it is gone, and what that won."""
    return reply(card, f"{closing(card)} {said(card.gap.product)}.")


def reopened(card: GapCard, asks: Who | None = None) -> Message:
    """Say that it is back, where it was spoken of before."""
    return reply(
        card, f"*Open again: {headline(card.gap)}.* It was closed, and did not stick. {numbers(card.gap)}.", asks
    )


def woke(card: GapCard, asks: Who | None = None, *, is_time: bool = True) -> Message:
    """Say that what put it to rest is over: its date has passed, or its numbers changed."""
    why = "Its date has passed" if is_time else "Its numbers changed"
    return reply(card, f"*Back to decide: {headline(card.gap)}.* {why}. {numbers(card.gap)}.", asks)


def spoke(card: GapCard, asks: Who | None = None) -> Message:
    """Say that it is above the limits again."""
    return reply(card, f"*Above your thresholds again: {headline(card.gap)}.* {numbers(card.gap)}.", asks)


def not_fixed(card: GapCard, month: Month, asks: Who | None = None) -> Message:
    """Say that it was approved and still stands."""
    return reply(card, f"*Approved but not fixed:* {month.name} still shows {headline(card.gap)}.", asks)


def renamed(was: str, client: str, because: Because = Because.RENAMED) -> Message:
    """Say why a client has another name."""
    old, new = said(was), f"*{said(client)}*"
    words = {
        Because.RENAMED: f"{old} is called {new} in the PSA now.",
        Because.UNBILLED: f"The PSA bills {old} for nothing now; the vendor calls it {new}.",
        Because.NAMESAKE: f"Another client is called {old} too, so this one is shown as {new}.",
        Because.ALONE: f"No other client is called {new} any more, so this one is shown as that again.",
        Because.PARTED: f"{old} is another client after all; the vendor calls this one {new}.",
    }[because]
    return message(words.replace("*", ""), section(words))


def assigned(card: GapCard) -> Message:
    """Tell the person it was given to, in their direct messages."""
    return reply(card, f"*You were asked to decide:* {said(card.gap.client)}, {headline(card.gap)}.")


def signature_wanted(card: GapCard) -> Message:
    """Ask those who may sign beside somebody, in their direct messages."""
    first = card.decided.by.plain if card.decided else "Somebody"
    is_waiver = card.decided is not None and card.decided.verdict is Verdict.DISMISSED
    what = f"wants this dismissed ({because(card.decided)})" if card.decided and is_waiver else "approved this"
    return reply(card, f"*{first} {what}, and it needs a second person:* {headline(card.gap)}.")


def what(gap: Gap) -> str:
    """Name the product and the numbers."""
    return f"{said(gap.product)}. {numbers(gap)}."


def reply(card: GapCard, words: str, asks: Who | None = None) -> Message:
    """Say it, first calling on the one who must act; a notification names the client too, which the thread shows."""
    calls = f"{asks.mention} " if asks else ""
    return message(f"{calls}{said(card.gap.client)}: {words.replace('*', '')}", section(f"{calls}{words}"))
