"""What holds for the whole workspace."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.workplace import LEAST_KEPT, MOST_GRACE, MOST_KEPT, Look, Workplace
from bot.slack import names
from bot.slack.blocks import Block, option
from bot.slack.fields import channel_field, choice_field, field, modal, number_field, text_field

LOOKS = {Look.LIGHT: option("Light", Look.LIGHT.value), Look.DARK: option("Dark", Look.DARK.value)}
LETTERS = 3


def workplace_form(now: Workplace, *, about: str) -> Block:
    """Ask for the settings, filled in with what they are."""
    keep = str(now.keep_days or "")
    return modal(
        names.WORKPLACE_FORM,
        "Settings",
        [
            field(
                names.CHANNEL,
                "Results and weekly summaries go to",
                channel_field("As installed", initial=now.home),
                hint="Invite me there first.",
                optional=True,
            ),
            field(
                names.CURRENCY,
                "Currency, where a file names none",
                text_field("USD", initial=now.currency, most=LETTERS),
            ),
            field(
                names.GRACE,
                "Days a change may take to settle",
                number_field("7", initial=str(now.grace_days), most=MOST_GRACE),
            ),
            field(
                names.KEEP,
                "Days evidence is kept",
                number_field("As installed", initial=keep, least=LEAST_KEPT, most=MOST_KEPT),
                optional=True,
            ),
            field(names.LOOK, "Pictures", choice_field([*LOOKS.values()], initial=LOOKS[now.look])),
        ],
        about=about,
    )


def read_workplace(values: Mapping[str, str]) -> Workplace:
    """Read what was filled in."""
    keep = values.get(names.KEEP, "")
    return Workplace(
        home=values.get(names.CHANNEL, ""),
        currency=values[names.CURRENCY].strip().upper(),
        grace_days=int(values[names.GRACE]),
        keep_days=int(keep) if keep else None,
        look=Look(values[names.LOOK]),
    )
