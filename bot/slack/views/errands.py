"""What was set going, and where its outcome will be."""

from __future__ import annotations

from datetime import datetime

from bot.services.exporting import Subject, Wish
from bot.services.runs import Figures
from bot.slack.blocks import section
from bot.slack.messages import Message, message
from bot.slack.wording import both_ways, day, moment
from recon import Month


def comparing(month: Month) -> Message:
    """Say that a month is being compared."""
    words = f"I am comparing {month.name}; the result comes to the channel where results are told."
    return message(words, section(words))


def nothing_new(month: Month, at: datetime, figures: Figures) -> Message:
    """Say that comparing again would say the same, and what that is."""
    found = both_ways(figures.under, figures.over, estimated=figures.estimated) or "nothing found to correct"
    since = f"Nothing has changed for {month.name} since I last compared it"
    return message(
        f"{since} ({day(at)}): {found}.",
        section(f"{since} ({moment(at)}): *{found}*.\n`/reconcile export {month}` writes every line of it."),
    )


def writing(wish: Wish) -> Message:
    """Say that a file is being written."""
    month = wish.month.name if wish.month else ""
    titles = {
        Subject.MONTH: month,
        Subject.STATEMENT: f"the statement for {month}",
        Subject.FIXES: "the fix list",
        Subject.DECISIONS: "the decisions",
    }
    words = f"I am writing {titles[wish.subject]}. It comes here, or to your direct messages if I can't post here."
    return message(words, section(words))
