"""Money that is not told in a channel, because strangers read along there."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, Confirm, actions, button, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import Who

SURE = Confirm("Tell money there?", "Everybody in that channel will see what clients are billed.", "Tell it there")


def overheard(channel: str, why: str, *, may_allow: bool = True) -> Message:
    """Say once where nothing is told, and let an admin decide otherwise where that can be decided."""
    what = "I tell no money in" if may_allow else "I can't post in"
    words = f"{what} <#{channel}>: {said(why, 200)}. What belongs there goes to direct messages instead."
    return message(words, section(words), *([actions(tell_it(channel))] if may_allow else []))


def allowed(channel: str, by: Who) -> Message:
    """Say who allowed it."""
    words = f"Money is told in <#{channel}> from now on, says {by.plain}."
    return message(words, section(words), actions(button("Not any more", names.FORBID_CHANNEL, channel)))


def forbidden(channel: str, by: Who) -> Message:
    """Say who takes it back, and let it be allowed again."""
    words = f"No money is told in <#{channel}> any more, says {by.plain}. It goes to direct messages instead."
    return message(words, section(words), actions(tell_it(channel)))


def tell_it(channel: str) -> Block:
    """Offer to tell money in a channel all the same."""
    return button("Tell it there all the same", names.ALLOW_CHANNEL, channel, style="danger", confirm=SURE)
