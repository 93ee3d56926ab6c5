"""Which files to compare."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, context, option
from bot.slack.fields import choice_field, field, file_field, modal, text_field
from recon import Month, Side

KINDS = ("csv", "tsv", "txt", "xlsx", "gz")
TELL = "tell"
SIDES = {Side.BOUGHT.value: "Bought: a vendor's export", Side.BILLED.value: "Billed: the PSA's export"}


def reconcile_form(*, channel: str, month: Month | None = None) -> Block:
    """Ask for one export or for both; what the files say themselves need not be filled in."""
    unsure = option("Find out from the file", TELL)
    sides = [unsure, *(option(label, side) for side, label in SIDES.items())]
    return modal(
        names.RECONCILE_FORM,
        "Reconcile",
        [
            field(names.FILES, "Exports", file_field(KINDS, most=10), hint="CSV, TSV or XLSX; both sides, or one."),
            field(names.SIDE, "They say what was", choice_field(sides, initial=unsure), optional=True),
            field(
                names.MONTH,
                "Month",
                text_field("2026-10", initial=str(month or ""), most=7),
                hint="Leave it empty if the files tell.",
                optional=True,
            ),
            context("What I read, and what I could not, is answered in the channel you came from."),
        ],
        about=channel,
        submit="Reconcile",
    )
