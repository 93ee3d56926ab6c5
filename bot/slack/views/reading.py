"""What was read of a file: what it is, what it says, what could not be read, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.slack.blocks import Block, context, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import counted, month_name
from recon import Month, Problem, Reading, Side, read_month

MOST_PROBLEMS = 5
SIDES = {Side.BOUGHT: "what was bought", Side.BILLED: "what is billed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCard:
    """A file that was handed in."""

    name: str
    source: str | None  # an export that is known, as in "Pax8 invoice"
    side: Side | None
    month: Month | None
    lines: int
    clients: int
    problems: tuple[Problem, ...] = ()  # the first of them
    unreadable: int = 0  # rows that could not be read, all of them
    missing: tuple[str, ...] = ()  # sentences: what is needed before a run can start
    replaces: str = ""  # the older file of the same source and month
    seen_before: str = ""  # who handed the same bytes in, and when, in words


def card_of(reading: Reading, *, missing: tuple[str, ...] = (), replaces: str = "", seen_before: str = "") -> FileCard:
    """Say what was read of a file."""
    layout = reading.layout
    return FileCard(
        name=layout.name,
        source=layout.source,
        side=layout.side,
        month=read_month(layout.month) if layout.month else None,
        lines=reading.lines.height,
        clients=reading.lines["client"].n_unique(),
        problems=reading.problems[:MOST_PROBLEMS],
        unreadable=reading.set_aside.filter(reading.set_aside["reason"] == "unreadable").height,
        missing=missing,
        replaces=replaces,
        seen_before=seen_before,
    )


def file_read(card: FileCard) -> Message:
    """Answer a file."""
    words = " ".join(sentences(card))
    return message(
        f"{said(card.name)}: {words}".replace("*", ""),
        section(f"*{said(card.name)}*\n{words}"),
        *problem_blocks(card),
    )


def sentences(card: FileCard) -> Iterator[str]:
    """Say what it is in a line: `412 lines, 38 clients, Pax8 invoice, October 2026: what was bought.`."""
    parts = [
        counted(card.lines, "line"),
        counted(card.clients, "client"),
        said(card.source or "an export I have not met before"),
        month_name(card.month) if card.month else "no month named",
    ]
    yield f"{', '.join(parts)}: {SIDES[card.side]}." if card.side else f"{', '.join(parts)}. Is it bought or billed?"
    if card.seen_before:
        yield f"These very bytes were here before: {said(card.seen_before, 120)}. Nothing changed."
    if card.replaces:
        yield f"It replaces {said(card.replaces)}."
    if card.unreadable:
        yield f"{counted(card.unreadable, 'row')} could not be read; all others count."
    for need in card.missing:
        yield f"*{said(need, 200)}*"


def problem_blocks(card: FileCard) -> Iterator[Block]:
    """Show the first rows that could not be read, and why."""
    if card.problems:
        told = [f"• {said(problem.sentence, 200)}" for problem in card.problems[:MOST_PROBLEMS]]
        more = card.unreadable - len(told)
        told += [f"… and {counted(more, 'more row')}"] if more > 0 else []
        yield context("\n".join(told))
