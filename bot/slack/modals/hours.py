"""When someone is left in peace, and how long people have to decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from bot.services.aloud import Aloud
from bot.services.manners import Manner
from bot.services.quiet import Quiet
from bot.services.reminding import Patience
from bot.slack import names
from bot.slack.blocks import Block, context, option
from bot.slack.fields import choice_field, field, modal, number_field, tick_field, time_field
from bot.slack.modals.schedule import DAYS, read_days

USUAL = option("The same as everybody else", "usual")
ON, OFF = option("Yes, bring them", "on"), option("None at all", "off")
PERSON_OFF = (
    "None: no alerts, mentions, reminders, digests or scores. What concerns your clients goes to whoever else answers "
    "for them, or to the billing owner, who is told. Switched on again, what waited comes as one message."
)
CHANNEL_OFF = (
    "None: nothing is posted here unasked. Alerts go to those who answer for each client, results and summaries to the "
    "billing owner, who is told. Switched on again, what waited comes as one message."
)
SAID = {
    Aloud.JUMPS: option("When a gap comes back or doubles", Aloud.JUMPS.value),
    Aloud.RETURNS: option("When a gap comes back", Aloud.RETURNS.value),
    Aloud.NOTHING: option("Never: in its thread alone", Aloud.NOTHING.value),
}
MOST_A_DAY, MOST_DAYS = 1000, 90


def hours_form(title: str, quiet: Quiet, *, about: str, own: Manner | None = None, is_channel: bool = False) -> Block:
    """Ask how someone is spoken to; whoever is not everybody may keep everybody's hours, or want no alerts."""
    same = tick_field([USUAL], [] if own and own.quiet else [USUAL])
    choice = [field(names.USUAL, "Hours", same, optional=True)] if own else []
    off = [DAYS[day] for day in sorted(quiet.days_off)]
    return modal(
        names.HOURS_FORM,
        title,
        [
            *(alert_fields(own, is_channel=is_channel) if own else []),
            *choice,
            field(names.BEGINS, "Quiet from", time_field(quiet.begins)),
            field(names.ENDS, "Until", time_field(quiet.ends), hint="The same time in both: no quiet hours."),
            field(names.DAYS_OFF, "And all day on", tick_field(DAYS, off), optional=True),
            field(
                names.MOST,
                "Alerts a day, at most",
                number_field("5", initial=str(min(quiet.most, MOST_A_DAY)), most=MOST_A_DAY),
                hint="The rest comes as one digest, with every gap in its thread. 0: only the digest.",
            ),
            context("What I find in quiet hours is sent afterwards, if it is still true."),
        ],
        about=about,
    )


def alert_fields(own: Manner, *, is_channel: bool) -> list[Block]:
    """Ask whether alerts come at all and, of a channel, what is said in it beside the thread."""
    alerts = choice_field([ON, OFF], initial=OFF if own.is_silent else ON)
    aloud = choice_field([*SAID.values()], initial=SAID[own.aloud])
    return [
        field(names.ALERTS, "Alerts", alerts, hint=CHANNEL_OFF if is_channel else PERSON_OFF),
        *([field(names.ALOUD, "Say it in the channel as well", aloud)] if is_channel else []),
    ]


def read_manner(values: Mapping[str, str], was: Manner) -> Manner:
    """Read what was filled in; what an older form did not ask stays."""
    return Manner(
        quiet=read_hours(values),
        is_silent=values[names.ALERTS] == "off" if values.get(names.ALERTS) else was.is_silent,
        aloud=Aloud(values.get(names.ALOUD) or was.aloud),
    )


def read_hours(values: Mapping[str, str]) -> Quiet | None:
    """Read what was filled in; none is as everybody does."""
    if values.get(names.USUAL):
        return None
    return Quiet(
        begins=time.fromisoformat(values[names.BEGINS]),
        ends=time.fromisoformat(values[names.ENDS]),
        days_off=read_days(values[names.DAYS_OFF]),
        most=int(values[names.MOST]),
    )


def reminders_form(patience: Patience, *, about: str) -> Block:
    """Ask how long people have."""

    def days(name: str, label: str, now: int, hint: str) -> Block:
        return field(name, label, number_field("5", initial=str(now), most=MOST_DAYS), hint=hint)

    return modal(
        names.REMINDERS_FORM,
        "Reminders",
        [
            days(names.NUDGE_AFTER, "Remind in the thread after (days)", patience.nudge_after, "0 is never."),
            days(names.ESCALATE_AFTER, "Then tell the billing owner (days)", patience.escalate_after, "0 is never."),
        ],
        about=about,
    )


def read_reminders(values: Mapping[str, str]) -> Patience:
    """Read what was filled in."""
    return Patience(nudge_after=int(values[names.NUDGE_AFTER]), escalate_after=int(values[names.ESCALATE_AFTER]))
