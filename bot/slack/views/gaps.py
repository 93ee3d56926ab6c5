"""All that is open, or all of one client, most money first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.blocks import context, section, table
from bot.slack.cards import GapCard
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.client import totals
from bot.slack.views.lists import MOST
from bot.slack.wording import counted, listed, shortfall, worth
from recon import Gap


def gap_list(
    cards: Sequence[GapCard],
    *,
    clients: Sequence[str] = (),
    quiet: Sequence[Gap] = (),
    approved: Sequence[Gap] = (),
    is_mine: bool = False,
) -> Message:
    """List the gaps that wait for a decision, and say beside them what is `approved` and what is kept `quiet`."""
    beside = to_verify(approved) + kept_quiet(quiet)
    whose = f" at {listed([said(client) for client in clients])}" if clients else ""
    whose = " for you to decide" if is_mine else whose
    if not cards:
        words = f"No gap is open{whose}.{beside}"
        return message(words, section(words))
    words = f"{counted(len(cards), 'gap')} open{whose}: {totals([card.gap for card in cards])}."
    shown = sorted(cards, key=lambda card: (-card.gap.monthly.amount, card.id))[:MOST]
    rows = [
        (
            worth(card.gap).removesuffix(" a month"),
            card.gap.client,
            card.gap.product,
            shortfall(card.gap),
            counted(card.days_open, "day") if card.days_open else "new",
            card.id[:8],
        )
        for card in shown
    ]
    left = f"{len(cards) - MOST:,} more: `/reconcile gaps CLIENT` lists one client's. " if len(cards) > MOST else ""
    return message(
        words,
        section(f"*{words}*"),
        table(("A month", "Client", "Product", "What", "Open", "Gap"), rows, right=(0, 4)),
        context(f"{left}`/reconcile why GAP` explains one.{beside}"),
    )


def to_verify(gaps: Sequence[Gap]) -> str:
    """Say what was approved, which is not to say that it is put right."""
    return f" {counted(len(gaps), 'gap')} approved, fix not verified yet: {totals(gaps)}." if gaps else ""


def kept_quiet(gaps: Sequence[Gap]) -> str:
    """Say what nobody is alerted to: none that is open is not to say that nothing is lost."""
    if not gaps:
        return ""
    return (
        f" {counted(len(gaps), 'gap')} below your thresholds kept quiet ({totals(gaps)}): “Quiet ones too” in my Home."
    )


def no_such_client(typed: str, near: Sequence[str], *, is_month: bool = False, is_mine: bool = False) -> Message:
    """Say that nobody is called that, which is not to say that all is well; and who is called nearly that."""
    if is_month and not near:
        words = "A gap is open until it is closed, whatever the month, so I list gaps of today only."
        told = f"`/reconcile gaps` lists every open gap, `/reconcile export {said(typed)}` what that month showed."
        return message(f"{words} {told.replace('`', '')}", section(f"{words}\n{told}"))
    perhaps = f" Did you mean {listed([said(name) for name in near], 'or')}?" if near else ""
    perhaps = " Did you mean gaps mine?" if is_mine and not near else perhaps
    words = f"I know no client called “{said(typed)}”.{perhaps}"
    return message(words, section(f"{words}\n`/reconcile gaps` lists every open gap."))
