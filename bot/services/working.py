"""The heavy part of a run, from bytes to what is written down: it may be done here, or in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.services.clients import Client, clients_of
from bot.services.computing import (
    add_up_figures,
    compute,
    count_quantities,
    places_in_question,
    put_at_hand,
    say_nothing,
    state_gaps,
    weights_of,
)
from bot.services.ids import Digest
from bot.services.packing import Packed, pack
from bot.services.runs import Counted, Figures, Inputs, Say, Step
from recon import Gap, Reconciliation, export_workbook, write_document

Contents = Mapping[Digest, bytes]
"""The files of a month, by their digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """All that a run writes down."""

    document: Packed
    at_hand: Packed
    gaps: list[tuple[Gap, str]]  # each with a document of its own
    quantities: Mapping[Counted, Decimal]
    clients: tuple[Client, ...]
    in_question: frozenset[Counted]  # by every name a client goes by
    figures: Figures
    weights: str


Work = Callable[[Inputs, Contents, Say], Worked]
"""Works a month out."""
Write = Callable[[Inputs, Contents], bytes]
"""Writes a month's workbook."""


class Latest:
    """Has the month at hand that was worked out last: its workbook is asked for next."""

    def __init__(self) -> None:
        """Have none yet."""
        self.known: tuple[Inputs, Reconciliation] | None = None

    def result(self, inputs: Inputs, contents: Contents, say: Say = say_nothing) -> Reconciliation:
        """Give the result of these inputs, which name their files by what is in them."""
        known = self.known  # read once: another thread may put its own in place
        if known and known[0] == inputs:
            return known[1]
        result = compute(inputs, contents.__getitem__, say)
        self.known = (inputs, result)
        return result


latest = Latest()


def work_out(inputs: Inputs, contents: Contents, say: Say = say_nothing) -> Worked:
    """Work a month out."""
    result = latest.result(inputs, contents, say)
    say(Step.WRITING, result.lines.height)
    document = write_document(result)
    return Worked(
        document=pack(document.encode()),
        at_hand=pack(put_at_hand(result, document).encode()),
        gaps=state_gaps(document),
        quantities=count_quantities(result),
        clients=clients_of(result),
        in_question=places_in_question(result),
        figures=add_up_figures(result),
        weights=weights_of(result),
    )


def write_book(inputs: Inputs, contents: Contents) -> bytes:
    """Write a month's workbook: every line of both sides with its class."""
    return export_workbook(latest.result(inputs, contents))
