"""How small a gap must be to stay quiet, for everybody and for single clients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.slack import names
from bot.slack.blocks import actions, button, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.lists import first
from bot.slack.wording import Who, seats
from recon import Money


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how much a month and how many seats on a gap speaks."""

    money: Money
    seats: Decimal

    def __str__(self) -> str:
        """Say it: `more than $75.00 a month, in gaps of at least 2 seats`."""
        return f"more than {self.money} a month" + (f", in gaps of at least {self.some_seats}" if self.seats else "")

    @property
    def in_short(self) -> str:
        """Say it as it is set: `$75.00 and 2 seats`."""
        return f"{self.money}" + (f" and {self.some_seats}" if self.seats else "")

    @property
    def some_seats(self) -> str:
        """Write the seats: `2 seats`."""
        return f"{seats(self.seats)} {'seat' if self.seats == 1 else 'seats'}"


def threshold_list(everybody: Threshold, clients: Sequence[tuple[str, Threshold]]) -> Message:
    """Say what speaks, and offer to change it."""
    words = f"I alert when a client's gaps come to {everybody}."
    lines = (section(f"*{said(client)}*: {threshold}") for client, threshold in clients)
    return message(
        words,
        section(f"*{words}*"),
        *first(lines, len(clients), "client", "open the form and search for it."),
        actions(
            button("Change…", names.OPEN_THRESHOLDS, "workspace"),
            button("What if…", names.OPEN_WHAT_IF, "workspace"),
        ),
    )


def threshold_set(client: str, old: Threshold | None, new: Threshold | None, by: Who) -> Message:
    """Say who changed what; no client means everybody, and no limits means that the usual ones hold."""
    whose = said(client) if client else "Everybody"
    before = str(old) if old else "the usual thresholds"
    words = f"{whose}: I now alert at {new or 'the usual thresholds'}. Before: {before}. Set by {by.plain}."
    return message(words, section(words))
