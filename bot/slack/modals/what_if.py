"""Which thresholds to try."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, context
from bot.slack.fields import field, modal, number_field
from bot.slack.views.thresholds import Threshold


def what_if_form(now: Threshold, *, about: str) -> Block:
    """Ask for the limits to try; nothing is set by it."""
    return modal(
        names.WHAT_IF_FORM,
        "What if…",
        [
            field(
                names.MONEY,
                f"Quiet up to ({now.money.currency} a month)",
                number_field("75", initial=f"{now.money.amount:f}", decimals=True),
            ),
            field(names.SEATS, "Quiet below, in seats", number_field("2", initial=f"{now.seats:f}", decimals=True)),
            context("I replay the runs of the last 90 days with these thresholds. Nothing is changed."),
        ],
        about=about,
        submit="Try",
    )
