"""A month's statement: what was open, what came, what became of it, what is open; it adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.services.flows import Flow
from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, section, table
from bot.slack.messages import Message, message
from bot.slack.wording import amounts, cells, won
from recon import Direction, Money, Month, add_up

ROWS: tuple[tuple[str, Callable[[Flow], Money]], ...] = (
    ("Open before", lambda flow: flow.opened),
    ("+ Detected", lambda flow: flow.detected),
    ("− Recovered or avoided", lambda flow: flow.fixed),
    ("− Waived", lambda flow: flow.waived),
    ("− No gap after all", lambda flow: flow.unreal),
    ("− Closed by itself", lambda flow: flow.lost),
    ("= Open after", lambda flow: flow.closed),
)
PARTS: tuple[tuple[str, Callable[[Flow], Money]], ...] = (
    ("of it still open", lambda flow: flow.still),
    ("of it to be verified", lambda flow: flow.pending),
    ("of it kept quiet", lambda flow: flow.quiet),
)
APPROVED: tuple[str, Callable[[Flow], Money]] = ("Approved meanwhile", lambda flow: flow.approved)
MONTHS_A_YEAR = 12
LEGEND = (
    "All amounts are a month. It counts what happened on the days of the month, whichever month the files are of. "
    "Recovered: approved, and a later run shows it. Closed by itself: a later month no longer shows it, put right "
    "without an approval or gone. What comes back is taken off again, so no gap counts twice."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCard:
    """One billing month, and all there ever was until its end."""

    month: Month
    is_over: bool
    flows: tuple[Flow, ...]
    ever: tuple[Flow, ...]
    estimated: tuple[Flow, ...] = ()  # what of these sums is estimated
    ever_estimated: tuple[Flow, ...] = ()
    lines: int
    other_months: tuple[Month, ...] = ()
    found_in: Month | None = None  # when what its own files show was found, if that was later


def statement_message(card: StatementCard) -> Message:
    """State what became of the money."""
    words = f"{card.month.name}{'' if card.is_over else ', so far'}"
    if not card.flows:
        told = f"{words}: {nothing(card)}"
        return message(f"{told}{others(card)}", section(f"*{told}*{others(card)}"))
    told = f"{words}: {earned(card.flows, card.estimated)}"
    ever = earned(card.ever, card.ever_estimated)
    return message(
        f"{told}. Since the beginning: {ever}.",
        section(f"*{told}*\nSince the beginning: {ever}.{a_year(card)}"),
        table(("A month", "Not billed", "Billed too much"), rows_of(card), right=(1, 2)),
        *([actions(workbook(card))] if card.lines else []),
        context(f"{LEGEND}{others(card)}"),
    )


def workbook(card: StatementCard) -> Block:
    """Offer every line that these sums are made of."""
    lines = "its one line" if card.lines == 1 else f"its {card.lines:,} lines"
    return button(f"Workbook with {lines}", names.STATEMENT_FILE, str(card.month))


def nothing(card: StatementCard) -> str:
    """Say that there is nothing to state, and when what the month's own files show was found."""
    if card.found_in is None:
        return "nothing was open and nothing was found."
    return f"nothing was open or found on its days. What its files show was found in {card.found_in.name}."


def others(card: StatementCard) -> str:
    """Name the months that can be asked for."""
    rest = [str(month) for month in card.other_months if month != card.month][-MONTHS_A_YEAR:]
    return f" Also: `/reconcile statement {'`, `'.join(rest)}`." if rest else ""


def earned(flows: Sequence[Flow], estimated: Sequence[Flow]) -> str:
    """Say what was won: `$88.00 a month recovered and $22.00 a month of over-billing avoided`."""
    under, over = (sums(flows, way, fixed) for way in Direction)
    return won(under, over, estimated=unsure_ways(estimated, fixed))


def a_year(card: StatementCard) -> str:
    """Say what is recovered a month comes to in a year, if anything is."""
    yearly = [money * MONTHS_A_YEAR for money in sums(card.ever, Direction.UNDER, fixed)]
    exact = not sums(card.ever_estimated, Direction.UNDER, fixed)
    return f" What is recovered comes to {amounts(yearly, exact=exact)} a year." if yearly else ""


def fixed(flow: Flow) -> Money:
    """Give what was recovered or avoided."""
    return flow.fixed


def rows_of(card: StatementCard) -> list[tuple[str, ...]]:
    """Lay the account out, each direction by itself."""
    parts = [(name, amount) for name, amount in PARTS if any(both(card, amount))]
    return [(name, *both(card, amount)) for name, amount in (*ROWS, *parts, APPROVED)]


def both(card: StatementCard, amount: Callable[[Flow], Money]) -> tuple[str, str]:
    """Write one row."""
    under, over = (sums(card.flows, way, amount) for way in Direction)
    return cells(under, over, unsure_ways(card.estimated, amount))


def sums(flows: Sequence[Flow], direction: Direction, amount: Callable[[Flow], Money]) -> tuple[Money, ...]:
    """Give one row of one direction, a sum a currency; what is nothing is left out."""
    found = add_up(amount(flow) for flow in flows if flow.direction is direction)
    return tuple(money for money in found if money.amount)


def unsure_ways(estimated: Sequence[Flow], amount: Callable[[Flow], Money]) -> list[Direction]:
    """Name the directions of which an estimate is part of one row."""
    return [way for way in Direction if sums(estimated, way, amount)]
