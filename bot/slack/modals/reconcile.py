"""Which files to compare."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import Block, context, option
from bot.slack.fields import field, file_field, modal, text_field, tick_field
from recon import Month

KINDS = ("csv", "tsv", "txt", "xlsx", "xls", "xml", "html", "htm", "gz", "zip")
HINT = "CSV, TSV, XLSX or XLS, also gzipped, and the web pages and XML that some portals call XLS."
MOST_FILES = 10
WHOLE = "whole"
FIELDS = {names.BOUGHT: "Bought: what vendors say", names.BILLED: "Billed: what the PSA says"}


def reconcile_form(*, channel: str, month: Month | None = None) -> Block:
    """Ask for the exports of both sides, or of one; what the files say themselves need not be filled in."""
    whole = option("They are whole, even if much shorter than last month's", WHOLE)
    exports = file_field(KINDS, most=MOST_FILES)
    return modal(
        names.RECONCILE_FORM,
        "Reconcile",
        [
            *(field(name, label, exports, hint=HINT, optional=True) for name, label in FIELDS.items()),
            field(
                names.MONTH,
                "Month",
                text_field("October 2026", initial=month.name if month else "", most=40),
                hint="Leave it empty if the files tell.",
                optional=True,
            ),
            field(names.WHOLE, "The files", tick_field([whole]), optional=True),
            context("What I read, and what I could not, is answered in the channel you came from."),
        ],
        about=channel,
        submit="Reconcile",
    )
