"""What was approved and has to be changed where clients are billed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.slack.blocks import context, section, table
from bot.slack.messages import Message, message
from bot.slack.views.lists import MOST
from bot.slack.wording import amounts, counted, day, seats
from recon import Money, add_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One change to make."""

    client: str
    product: str
    was: Decimal
    now: Decimal
    effective: date
    monthly: Money
    where: str = ""  # the billed lines, as in `additions.csv row 12`


def fix_list(fixes: Sequence[Fix]) -> Message:
    """List the changes to make, most money first."""
    if not fixes:
        return message("Nothing to fix: every approval is done.", section("Nothing to fix: every approval is done."))
    total = amounts(add_up(fix.monthly for fix in fixes))
    words = f"{counted(len(fixes), 'change')} to make, {total} a month."
    shown = sorted(fixes, key=lambda fix: -fix.monthly.amount)[:MOST]
    rows = [
        (
            fix.client,
            fix.product,
            f"{seats(fix.was)} → {seats(fix.now)}",
            day(fix.effective),
            str(fix.monthly),
            fix.where,
        )
        for fix in shown
    ]
    left = len(fixes) - len(shown)
    return message(
        words,
        section(f"*{words}*"),
        table(("Client", "Product", "Billed", "From", "A month", "Where"), rows, right=(4,)),
        context(
            f"{f'{left:,} more are in the file. ' if left else ''}A change counts as done when a later run shows it."
        ),
    )
