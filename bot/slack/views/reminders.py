"""What still waits for a decision: once more in its thread, and then to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks import context, section, table
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.client import totals
from bot.slack.views.gap import headline
from bot.slack.wording import Who, counted, worth
from recon import Gap

MOST_LINES, MOST_ROWS = 10, 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """A gap nobody has decided, for how many days, and who was asked."""

    gap: Gap
    days: int
    asked: Who | None = None
    signed: Who | None = None  # by one person; a second has to


def nudge(waiting: Sequence[Waiting], asks: Who | None) -> Message:
    """Speak once more of a client's gaps, and say how to have peace."""
    calls = f"{asks.mention} " if asks else ""
    client = said(waiting[0].gap.client)
    sums = totals([one.gap for one in waiting])
    oldest = counted(max(one.days for one in waiting), "day")
    words = f"Still undecided (oldest {oldest}): {sums}."
    lines = [f"• {headline(one.gap)}" for one in waiting[:MOST_LINES]]
    lines += [f"• and {counted(len(waiting) - MOST_LINES, 'more gap')}"] if len(waiting) > MOST_LINES else []
    how = "Reply `snooze 2 weeks` if it has to wait. I will not ask here again."
    return message(f"{calls}{client}: {words}", section("\n".join([f"{calls}*{words}*", *lines])), context(how))


def escalation(waiting: Sequence[Waiting]) -> Message:
    """Tell somebody else what waits, for how long, and who was asked."""
    words = f"{what_waits(waiting)}: {totals([one.gap for one in waiting])}."
    rows = [
        (
            one.gap.client,
            one.gap.product,
            worth(one.gap).removesuffix(" a month"),
            str(one.days),
            asked(one),
        )
        for one in waiting[:MOST_ROWS]
    ]
    return message(
        words,
        section(f"*{words}*"),
        table(("Client", "Product", "A month", "Days", "Asked"), rows, right=(2, 3)),
        context("Decide in the thread. I will not tell you of these again."),
    )


def what_waits(waiting: Sequence[Waiting]) -> str:
    """Say how many gaps nobody has decided, and how many wait for a second signature."""
    signed = sum(one.signed is not None for one in waiting)
    undecided = len(waiting) - signed
    told = [f"Nobody has decided about {counted(undecided, 'gap')}"] if undecided else []
    told += [f"{counted(signed, 'gap')} {'waits' if signed == 1 else 'wait'} for a second signature"] if signed else []
    return " and ".join(told)


def asked(one: Waiting) -> str:
    """Say who was asked, or who has signed."""
    if one.signed:
        return f"{one.signed.name} signed"
    return one.asked.name if one.asked else ""
