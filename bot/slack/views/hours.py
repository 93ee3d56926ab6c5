"""When people are left in peace, and how long they have to decide."""

from __future__ import annotations

from collections.abc import Iterator

from bot.services.aloud import Aloud
from bot.services.manners import Manner
from bot.services.quiet import Quiet
from bot.services.reminding import Patience
from bot.slack import names
from bot.slack.blocks import actions, button, section
from bot.slack.messages import Message, message
from bot.slack.views.schedule import weekdays
from bot.slack.wording import Who, counted

MINE, EVERYBODYS, CHANNELS = "mine", "everybody", "channel"
"""Whose hours a button opens."""
SIGNED = "A gap that waits as long for a second signature: one message to somebody who can sign."


SAID_ALOUD = {
    Aloud.JUMPS: "a gap that comes back or doubles is shown in the channel as well as in its thread",
    Aloud.RETURNS: "only a gap that comes back is shown in the channel as well as in its thread",
    Aloud.NOTHING: "what happens to a gap is said in its thread alone",
}
NO_ALERTS = "no alerts at all"


def hours_message(everybodys: Quiet, own: Manner, channels: Manner | None = None) -> Message:
    """Say when everybody is left in peace, the one who asks, and the channel, if it is one; offer to change it."""
    lines = [f"Everybody: {in_words(everybodys)}"]
    lines += [f"You: {manner}" for manner in manner_in_words(own)]
    lines += [f"This channel: {manner}" for manner in (manner_in_words(channels) if channels else ())]
    held = "What I find in quiet hours is sent afterwards, if it is still true."
    return message(
        " ".join([*lines, held]),
        section("\n".join([*lines, held])),
        actions(
            button("My alerts and hours…", f"{names.OPEN_HOURS}.{MINE}", MINE),
            button("Everybody's…", f"{names.OPEN_HOURS}.{EVERYBODYS}", EVERYBODYS),
            *([button("This channel's…", f"{names.OPEN_HOURS}.{CHANNELS}", CHANNELS)] if channels else []),
        ),
    )


def manner_in_words(manner: Manner) -> Iterator[str]:
    """Say what is set for somebody alone, in sentences."""
    if manner.is_silent:
        yield f"{NO_ALERTS}; what waits is in /reconcile gaps."
        return
    if manner.quiet:
        yield in_words(manner.quiet)
    if manner.aloud is not Aloud.JUMPS:
        yield f"{SAID_ALOUD[manner.aloud]}."


def in_words(quiet: Quiet) -> str:
    """Write hours: `quiet from 18:00 to 08:00 and every Saturday and Sunday; at most 5 alerts a day, ...`."""
    nights = f"from {quiet.begins:%H:%M} to {quiet.ends:%H:%M}" if quiet.begins != quiet.ends else ""
    off = weekdays(quiet.days_off) if quiet.days_off else ""
    parts = " and ".join(filter(None, [nights, off]))
    silence = f"quiet {parts}" if parts else "at any hour"
    if not quiet.most:
        return f"{silence}; no alerts, one digest a day."
    return f"{silence}; at most {counted(quiet.most, 'alert')} a day, the rest in one digest."


def reminders_message(patience: Patience) -> Message:
    """Say how long people have, and offer to change it."""
    words = patience_in_words(patience)
    return message(words, section(words), actions(button("Change…", names.OPEN_REMINDERS, "workspace")))


def reminders_set(patience: Patience, by: Who) -> Message:
    """Say how it is now, and who changed it."""
    words = f"{patience_in_words(patience)} Set by {by.plain}."
    return message(words, section(words))


def patience_in_words(patience: Patience) -> str:
    """Say how long people have to decide."""
    if not patience.nudge_after:
        return "I never remind anybody of an undecided gap."
    first = f"Undecided for {counted(patience.nudge_after, 'day')}: one reminder in its thread"
    if not patience.escalate_after:
        return f"{first}. {SIGNED}"
    return f"{first}; {counted(patience.escalate_after, 'day')} later, one message to the billing owner. {SIGNED}"
