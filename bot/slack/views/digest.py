"""What there was no room for by itself: one line a client, most money first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.slack.blocks import Block, context, section, table
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.client import totals
from bot.slack.wording import counted, listed
from recon import Gap

MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A client's gaps that wait."""

    client: str
    gaps: tuple[Gap, ...]
    unfixed: int = 0  # of them, approved and not fixed


@dataclass(frozen=True, slots=True)
class DigestCard:
    """The rest of a day, or what waited while somebody wanted no alerts."""

    rows: tuple[DigestRow, ...]
    unowned: tuple[str, ...] = ()
    in_thread: int = 0
    has_waited: bool = False


def digest_message(card: DigestCard) -> Message:
    """Tell the rest of a day: the sum, a line a client, and where to decide."""
    gaps = [gap for row in card.rows for gap in row.gaps]
    what = "client" if card.has_waited else "more client"
    clients = f"{counted(len(gaps), 'gap')} at {counted(len(card.rows), what)}"
    headline = "While you had alerts off" if card.has_waited else "The rest of today"
    words = f"{headline}: {totals(gaps)}, {clients}." if gaps else f"{headline}."
    blocks = [section(f"*{words}*")]
    if card.rows:
        blocks.append(client_table(card.rows))
    told = [*footer(card, len(gaps))]
    return message(" ".join([words, *told]), *blocks, *([context(*told)] if told else []))


def client_table(rows: Sequence[DigestRow]) -> Block:
    """Lay the clients out; what is more than a gap to decide has a column only if there is any."""
    shown = [(row.client, str(len(row.gaps)), totals(row.gaps), notes(row)) for row in rows[:MOST_ROWS]]
    width = 4 if any(row.unfixed for row in rows) else 3
    return table(("Client", "Gaps", "A month", "Also")[:width], [one[:width] for one in shown], right=(1,))


def notes(row: DigestRow) -> str:
    """Say of a client what is more than a gap to decide."""
    return f"{row.unfixed} approved and not fixed" if row.unfixed else ""


def footer(card: DigestCard, gaps: int) -> Iterator[str]:
    """Say where to decide, what is not shown, and whom nobody answers for."""
    if card.in_thread:
        yield "Decide in the thread."
    if gaps > card.in_thread:
        yield f"{counted(gaps - card.in_thread, 'more gap')}: /reconcile gaps."
    if card.unowned:
        names = listed([said(client) for client in card.unowned])
        yield f"Nobody answers for {names} yet: /reconcile owners."
