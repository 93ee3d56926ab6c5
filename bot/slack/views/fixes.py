"""What was approved and has to be changed where clients are billed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.decisions import Correction
from bot.slack.blocks import context, section, table
from bot.slack.messages import Message, message
from bot.slack.views.lists import MOST
from bot.slack.wording import amounts, both_ways, counted, day, seats
from recon import Direction, Gap, GapKind, add_up, ways_estimated

Fix = tuple[Correction, Gap]
"""A change to make, and the gap it closes."""


def fix_list(fixes: Sequence[Fix]) -> Message:
    """List the changes to make, most money first."""
    if not fixes:
        none = "Nothing to fix: no approval waits to be carried out."
        return message(none, section(none))
    under, over = (add_up(fix.money for fix, gap in fixes if gap.direction is way) for way in Direction)
    sums = both_ways(under, over, estimated=ways_estimated(gap for _, gap in fixes))
    words = f"{counted(len(fixes), 'change')} to make: {sums}."
    shown = sorted(fixes, key=lambda one: -one[0].money.amount)[:MOST]
    rows = [
        (
            fix.client,
            fix.product,
            change(fix, gap),
            day(fix.effective),
            amounts([fix.money], exact=gap.exact),
            fix.lines,
        )
        for fix, gap in shown
    ]
    left = len(fixes) - len(shown)
    more = f"{left:,} more: `/reconcile export fixes` lists all. " if left else ""
    return message(
        words,
        section(f"*{words}*"),
        table(("Client", "Product", "Change", "From", "A month", "Where"), rows, right=(4,)),
        context(f"{more}A change counts as done when a later run shows it."),
    )


def change(fix: Correction, gap: Gap) -> str:
    """Say how many to bill instead of how many; where it is not the number that is wrong, what to do."""
    if is_number(fix, gap):
        return f"Bill {seats(fix.now)} instead of {seats(fix.was)}"
    return fix.todo.removesuffix(".")


def dated_change(fix: Correction, gap: Gap) -> str:
    """Say it as a sentence, and from when, where the number billed is what changes."""
    since = f" from {day(fix.effective)}" if is_number(fix, gap) else ""
    return f"{change(fix, gap)}{since}."


def is_number(fix: Correction, gap: Gap) -> bool:
    """Tell whether the number billed is all that is wrong; bundles are more than what is billed of one product."""
    return fix.was != fix.now and fix.now >= 0 and gap.kind is not GapKind.WRONG_PRODUCT
