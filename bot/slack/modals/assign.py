"""Who shall decide about a gap."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, context
from bot.slack.cards import GapCard
from bot.slack.fields import field, modal, person_field
from bot.slack.texts import said
from bot.slack.views.gap import headline


def assign_form(card: GapCard) -> Block:
    """Ask for the person, who is told."""
    return modal(
        names.ASSIGN_FORM,
        "Assign a gap",
        [
            context(f"{said(card.gap.client)}: {headline(card.gap)}"),
            field(names.PERSON, "Who decides?", person_field("A person"), hint="They are told in the thread."),
        ],
        about=card.id,
        submit="Assign",
    )
