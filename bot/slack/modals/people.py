"""Who may do what: a role and a limit for a person, and the amount from which on two must sign."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, context, option
from bot.slack.fields import choice_field, field, modal, number_field, person_field
from recon import Money

ROLES = {
    "admin": "Admin: sets everything, decides about every client",
    "approver": "Approver: decides about every client",
    "none": "Neither: decides about their own clients",
}


def role_form(currency: str, *, about: str) -> Block:
    """Ask for a person, what they may do, and up to how much they sign alone."""
    return modal(
        names.ROLE_FORM,
        "Change a role",
        [
            field(names.PERSON, "Who?", person_field("A person")),
            field(names.ROLE, "Role", choice_field([option(label, role) for role, label in ROLES.items()])),
            field(
                names.MONEY,
                f"Signs alone up to ({currency} a month)",
                number_field("500", decimals=True),
                hint="Empty means any amount. Above it a second person signs as well.",
                optional=True,
            ),
            context("Who set it, and what it was before, is written down."),
        ],
        about=about,
    )


def second_form(now: Money | None, currency: str, *, about: str) -> Block:
    """Ask from how much on two must sign."""
    amount = number_field("1000", initial=f"{now.amount:f}" if now else "", decimals=True)
    return modal(
        names.SECOND_FORM,
        "Two signatures",
        [
            field(
                names.MONEY,
                f"Two people sign above ({currency} a month)",
                amount,
                hint="Approvals, and dismissals, which waive the money. Empty means one signature is enough.",
                optional=True,
            ),
        ],
        about=about,
    )
