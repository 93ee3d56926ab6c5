"""Who answers for a client, and for those nobody answers for."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, context, option
from bot.slack.fields import channel_field, field, modal, person_field, search_field, tick_field

DIRECTLY = option("Direct messages again, in no channel", "direct")


def owner_form(*, about: str) -> Block:
    """Ask for a client's people; what is left empty stays as it was."""
    return modal(
        names.OWNER_FORM,
        "Who answers for it?",
        [
            field(names.CLIENT, "Client", search_field("Type to search", names.FIND_CLIENT)),
            field(names.PERSON, "Account manager", person_field("A person"), optional=True),
            field(names.BILLING, "Billing owner", person_field("A person"), optional=True),
            field(
                names.CHANNEL,
                "Channel",
                channel_field("A channel I am in"),
                hint="Its alerts go there instead of direct messages.",
                optional=True,
            ),
            field(names.DIRECT, "Or", tick_field([DIRECTLY]), optional=True),
            context("What is left empty stays as it was."),
        ],
        about=about,
    )


def billing_form(now: str | None, *, about: str) -> Block:
    """Ask who hears of the clients nobody answers for."""
    return modal(
        names.BILLING_FORM,
        "Billing owner",
        [
            field(
                names.PERSON,
                "Who?",
                person_field("A person", initial=now),
                hint="Hears of clients that nobody answers for, and of what waits too long.",
            )
        ],
        about=about,
    )
