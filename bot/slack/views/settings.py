"""What is set, who may change it, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import names
from bot.slack.blocks import Block, actions, button, section
from bot.slack.messages import Message, message
from bot.slack.views.hours import CHANNELS, EVERYBODYS, MINE
from bot.slack.wording import Who, listed

NOTHING = "nothing"
EVERYBODY = (
    ("What if…", names.OPEN_WHAT_IF, "workspace"),
    ("My alerts and hours…", f"{names.OPEN_HOURS}.{MINE}", MINE),
)
"""What anybody may open: it changes nothing, or only what is theirs."""
ADMINS = (
    ("Thresholds…", names.OPEN_THRESHOLDS, "workspace"),
    ("Agreements…", names.OPEN_AGREEMENTS, "workspace"),
    ("Workspace…", names.OPEN_WORKPLACE, "workspace"),
    ("Roles…", names.OPEN_ROLE, "workspace"),
    ("Two signatures…", names.OPEN_SECOND, "workspace"),
    ("Owners…", names.OPEN_OWNER, "workspace"),
    ("Billing owner…", names.OPEN_BILLING, "workspace"),
    ("Schedule…", names.OPEN_SCHEDULE, "workspace"),
    ("Everybody's hours…", f"{names.OPEN_HOURS}.{EVERYBODYS}", EVERYBODYS),
    ("Reminders…", names.OPEN_REMINDERS, "workspace"),
)
CHANNEL = (("This channel…", f"{names.OPEN_HOURS}.{CHANNELS}", CHANNELS),)


def settings_buttons(*, is_admin: bool, in_channel: bool = False) -> Block:
    """Offer the settings that somebody may change; those of a channel are offered in it."""
    offered = (*ADMINS, *(CHANNEL if in_channel else ()), *EVERYBODY) if is_admin else EVERYBODY
    return actions(*(button(words, action, value) for words, action, value in offered))


def settings_words(*, is_admin: bool) -> str:
    """Say what somebody may change."""
    if is_admin:
        return "You are an admin. Every change is logged with its old value."
    return "Admins change how this works. Your own hours are yours to set; trying thresholds changes nothing."


def settings_message(*, is_admin: bool, in_channel: bool = False) -> Message:
    """Offer all settings at once."""
    words = settings_words(is_admin=is_admin)
    return message(words, section(words), settings_buttons(is_admin=is_admin, in_channel=in_channel))


def settings_set(changed: Mapping[str, tuple[str, str]], by: Who) -> Message:
    """Say what was changed, from what to what; the values come as they are to be shown."""
    told = [f"{name} from {was or NOTHING} to {now or NOTHING}" for name, (was, now) in changed.items()]
    words = f"Changed: {listed(told, most=len(told) or 1)}. Set by {by.plain}." if told else "Nothing was changed."
    return message(words, section(words))
