"""All that is open, or all of one client, most money first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.slack.blocks import context, section, table
from bot.slack.cards import GapCard
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.client import totals
from bot.slack.views.lists import MOST
from bot.slack.wording import counted, listed, shortfall, worth
from recon import Gap


@dataclass(frozen=True, slots=True)
class Beside:
    """The gaps that wait for no decision, and are not put right."""

    approved: Sequence[Gap] = ()  # and no later run shows it fixed
    snoozed: Sequence[Gap] = ()

    def sentences(self) -> Iterator[str]:
        """Say how many there are, and their money: none that is open is not to say that nothing is lost."""
        if self.approved:
            yield f"{counted(len(self.approved), 'gap')} approved, fix not verified yet: {totals(self.approved)}."
        if self.snoozed:
            yield f"{counted(len(self.snoozed), 'gap')} snoozed: {totals(self.snoozed)}."


NOTHING = Beside()


def gap_list(
    cards: Sequence[GapCard],
    *,
    clients: Sequence[str] = (),
    beside: Beside = NOTHING,
    quiet: Sequence[Gap] = (),
    is_mine: bool = False,
) -> Message:
    """List the gaps that wait for a decision, and say what else is not put right, and what is kept `quiet`."""
    rest = " ".join(["", *beside.sentences()]) + kept_quiet(quiet)
    whose = f" at {listed([said(client) for client in clients])}" if clients else ""
    whose = " for you to decide" if is_mine else whose
    if not cards:
        words = f"No gap is open{whose}.{rest}"
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
        context(f"{left}`/reconcile why GAP` explains one.{rest}"),
    )


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
