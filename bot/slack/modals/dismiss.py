"""Why a gap is left as it is, and until when."""

from __future__ import annotations

from datetime import date

from bot.services.decisions import Reason
from bot.slack import names
from bot.slack.asked import EXPLAINED
from bot.slack.blocks import Block, context, option
from bot.slack.cards import GapCard
from bot.slack.fields import choice_field, day_field, field, modal, text_field
from bot.slack.texts import said
from bot.slack.views.gap import headline


def dismiss_form(card: GapCard, *, until: date | None = None) -> Block:
    """Ask for the reason; without a day it stays dismissed until its numbers change."""
    reasons = [option(reason.capitalize(), reason, EXPLAINED[reason]) for reason in Reason]
    return modal(
        names.DISMISS_FORM,
        "Dismiss a gap",
        [
            context(f"{said(card.gap.client)}: {headline(card.gap)}"),
            field(names.REASON, "Why?", choice_field(reasons)),
            field(
                names.UNTIL,
                "Until",
                day_field("No end", initial=until),
                hint="It comes back in its thread on that day, or sooner if its numbers change.",
                optional=True,
            ),
            field(names.NOTE, "Note", text_field("Anything the next person should know"), optional=True),
        ],
        about=card.id,
        submit="Dismiss",
    )
