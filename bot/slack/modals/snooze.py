"""Until when a gap is quiet."""

from __future__ import annotations

from datetime import date, timedelta

from bot.slack import names
from bot.slack.blocks import Block, context
from bot.slack.cards import GapCard
from bot.slack.fields import day_field, field, modal
from bot.slack.texts import said
from bot.slack.views.gap import headline

USUAL_DAYS = 3


def snooze_form(card: GapCard, *, today: date) -> Block:
    """Ask for the day, a few days from now unless someone says otherwise."""
    day = day_field("A day", initial=today + timedelta(days=USUAL_DAYS))
    return modal(
        names.SNOOZE_FORM,
        "Snooze a gap",
        [context(f"{said(card.gap.client)}: {headline(card.gap)}"), field(names.UNTIL, "Quiet until", day)],
        about=card.id,
        submit="Snooze",
    )
