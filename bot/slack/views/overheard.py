"""Money that is not told in a channel, because outsiders can read it."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, Confirm, actions, button, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import Who

SURE = Confirm("Post amounts there?", "Everybody in that channel will see what clients are billed.", "Post them")


def overheard(channel: str, why: str, *, may_allow: bool = True) -> Message:
    """Say once where nothing is told, and let an admin decide otherwise where that can be decided."""
    what = "I don't post amounts in" if may_allow else "I can't post in"
    words = f"{what} <#{channel}>: {said(why, 200)}. I send direct messages instead."
    return message(words, section(words), *([actions(tell_it(channel))] if may_allow else []))


def allowed(channel: str, by: Who) -> Message:
    """Say who allowed it."""
    words = f"I post amounts in <#{channel}> from now on. Allowed by {by.plain}."
    return message(words, section(words), actions(button("Stop posting amounts", names.FORBID_CHANNEL, channel)))


def forbidden(channel: str, by: Who) -> Message:
    """Say who takes it back, and let it be allowed again."""
    words = f"I no longer post amounts in <#{channel}>, as {by.plain} asked. I send direct messages instead."
    return message(words, section(words), actions(tell_it(channel)))


def tell_it(channel: str) -> Block:
    """Offer to tell money in a channel all the same."""
    return button("Post them there anyway", names.ALLOW_CHANNEL, channel, style="danger", confirm=SURE)
