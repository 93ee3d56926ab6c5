"""From how much on gaps speak: everybody's, or one client's."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, context, option
from bot.slack.fields import field, modal, number_field, search_field, tick_field
from bot.slack.views.thresholds import Threshold

AS_EVERYBODY = option("This client has no limits of its own any more", "usual")


def thresholds_form(now: Threshold, *, about: str) -> Block:
    """Ask for the limits; no client means everybody."""
    return modal(
        names.THRESHOLDS_FORM,
        "Thresholds",
        [
            field(names.CLIENT, "Client", search_field("Everybody", names.FIND_CLIENT), optional=True),
            field(
                names.MONEY,
                f"Quiet up to ({now.money.currency} a month)",
                number_field("75", initial=f"{now.money.amount:f}", decimals=True),
                hint="All gaps of a client together. Exactly this much is still quiet. In other currencies the same "
                "number counts.",
            ),
            field(names.SEATS, "Quiet below, in seats", number_field("2", initial=f"{now.seats:f}", decimals=True)),
            field(names.USUAL, "Or", tick_field([AS_EVERYBODY]), optional=True),
            context("Quiet gaps stay in the full report and are counted in each result."),
        ],
        about=about,
    )
