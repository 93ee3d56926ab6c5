"""A month's statement: what was open, what came, what became of it, what is open; it adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.services.flows import Flow
from bot.slack import names
from bot.slack.blocks import actions, button, context, section, table
from bot.slack.messages import Message, message
from bot.slack.wording import amounts, month_name, won
from recon import Direction, Money, Month, add_up

ROWS: tuple[tuple[str, Callable[[Flow], Money]], ...] = (
    ("Open before", lambda flow: flow.opened),
    ("+ Detected", lambda flow: flow.detected),
    ("− Recovered or avoided", lambda flow: flow.fixed),
    ("− Waived", lambda flow: flow.waived),
    ("− No gap after all", lambda flow: flow.unreal),
    ("− Lost", lambda flow: flow.lost),
    ("= Open after", lambda flow: flow.closed),
    ("Approved meanwhile", lambda flow: flow.approved),
)
MONTHS_A_YEAR = 12
LEGEND = (
    "All amounts are a month. Recovered: approved, and a later run shows it. Lost: a later month no longer shows it, "
    "and nobody had approved it. What comes back is taken off again, so no gap counts twice."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCard:
    """One billing month, and all there ever was until its end."""

    month: Month
    is_over: bool
    flows: tuple[Flow, ...]
    ever: tuple[Flow, ...]
    lines: int
    other_months: tuple[Month, ...] = ()


def statement_message(card: StatementCard) -> Message:
    """State what became of the money."""
    words = f"{month_name(card.month)}{'' if card.is_over else ', so far'}"
    if not card.flows:
        return message(f"{words}: nothing was open and nothing was found.{others(card)}", section(nothing(words, card)))
    told = f"{words}: {earned(card.flows)}"
    return message(
        f"{told}. Since the beginning: {earned(card.ever)}.",
        section(f"*{told}*\nSince the beginning: {earned(card.ever)}.{a_year(card.ever)}"),
        table(("A month", "Not billed", "Billed too much"), rows_of(card.flows), right=(1, 2)),
        actions(button(f"Workbook with its {card.lines:,} lines", names.STATEMENT_FILE, str(card.month))),
        context(f"{LEGEND}{others(card)}"),
    )


def nothing(words: str, card: StatementCard) -> str:
    """Say that there is nothing to state, and where there is something."""
    return f"*{words}: nothing was open and nothing was found.*{others(card)}"


def others(card: StatementCard) -> str:
    """Name the months that can be asked for."""
    rest = [str(month) for month in card.other_months if month != card.month][-MONTHS_A_YEAR:]
    return f" Also: `/reconcile statement {'`, `'.join(rest)}`." if rest else ""


def earned(flows: Sequence[Flow]) -> str:
    """Say what was won: `$88.00 a month recovered and $22.00 a month of over-billing avoided`."""
    return won(*(sums(flows, way, lambda flow: flow.fixed) for way in Direction))


def a_year(flows: Sequence[Flow]) -> str:
    """Say what is recovered a month comes to in a year, if anything is."""
    yearly = [money * MONTHS_A_YEAR for money in sums(flows, Direction.UNDER, lambda flow: flow.fixed)]
    return f" What is recovered comes to {amounts(yearly)} a year." if yearly else ""


def rows_of(flows: Sequence[Flow]) -> list[tuple[str, ...]]:
    """Lay the account out, each direction by itself."""
    return [(name, *(written(sums(flows, way, amount)) for way in Direction)) for name, amount in ROWS]


def sums(flows: Sequence[Flow], direction: Direction, amount: Callable[[Flow], Money]) -> tuple[Money, ...]:
    """Give one row of one direction, a sum a currency; what is nothing is left out."""
    found = add_up(amount(flow) for flow in flows if flow.direction is direction)
    return tuple(money for money in found if money.amount)


def written(money: Sequence[Money]) -> str:
    """Write a sum, or nothing."""
    return amounts(money) if money else ""
