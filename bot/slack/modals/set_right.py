"""What a file really is: its month, its side."""

from __future__ import annotations

from bot.services.exports import KeptFile
from bot.slack import names
from bot.slack.blocks import Block, context, option
from bot.slack.fields import choice_field, field, modal, text_field
from bot.slack.texts import said
from recon import Side

SIDES = {Side.BOUGHT: "Bought: a vendor's export", Side.BILLED: "Billed: the PSA's export"}


def set_right_form(file: KeptFile) -> Block:
    """Ask for the month and the side, as they are taken for now."""
    month = file.month.name if file.month else ""
    sides = {side: option(label, side) for side, label in SIDES.items()}
    return modal(
        names.SET_RIGHT_FORM,
        "Set right",
        [
            context(said(file.name)),
            field(names.MONTH, "Month", text_field("October 2026", initial=month, most=40), optional=True),
            field(
                names.SIDE,
                "It says what was",
                choice_field([*sides.values()], initial=sides[file.side] if file.side else None),
                hint="Remembered for every file with these headers.",
                optional=True,
            ),
            context("The month it was taken for is compared again without it."),
        ],
        about=file.id,
        submit="Set right",
    )
