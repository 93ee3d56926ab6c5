"""What was read of a file: what it is, what it says, what could not be read, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import Who, counted, listed
from recon import Month, Problem, Reading, Side, read_month

MOST_PROBLEMS, MOST_ABSENT, MOST_VALUE = 5, 5, 2000
SIDES = {Side.BOUGHT: "what was bought", Side.BILLED: "what is billed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCard:
    """A file that was handed in; `id` is what its buttons carry, if it has any."""

    id: str = ""
    is_asking: bool = False  # what it is must be said first
    name: str
    source: str | None  # an export that is known, as in "Pax8 invoice"
    side: Side | None
    month: Month | None
    lines: int
    clients: int
    problems: tuple[Problem, ...] = ()  # the first of them
    unreadable: int = 0  # rows that could not be read, all of them
    missing: tuple[str, ...] = ()  # sentences: what is needed before a run can start
    replaces: tuple[str, ...] = ()  # the older files of the same source and month
    beside: tuple[str, ...] = ()  # those of them that have other clients
    is_complete: bool = False  # both sides of its month are there
    is_short: bool = False  # much shorter than the one before
    absent: tuple[tuple[Side, str], ...] = ()  # sources its month waits for
    seen_before: str = ""  # who handed the same bytes in, and when, in words
    is_kept_again: bool = False  # they had been deleted when their time was over


def card_of(reading: Reading, *, missing: tuple[str, ...] = (), seen_before: str = "") -> FileCard:
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
        seen_before=seen_before,
    )


def file_read(card: FileCard) -> Message:
    """Answer a file."""
    words = " ".join(sentences(card))
    return message(
        f"{said(card.name)}: {words}".replace("*", ""),
        section(f"*{said(card.name)}*\n{words}"),
        *problem_blocks(card),
        *([actions(*offered)] if (offered := offers(card)) else []),
    )


def offers(card: FileCard) -> list[Block]:
    """Offer to say what the file does not."""
    if not card.id:
        return []
    whole = [button("File is complete", names.WHOLE_FILE, card.id)] if card.is_short else []
    gone = [
        button(f"Stop expecting {name}", f"{names.NO_MORE}.{place}", f"{side}/{name}"[:MOST_VALUE])
        for place, (side, name) in enumerate(card.absent[:MOST_ABSENT])
    ]
    wrong = [] if card.is_asking else [button("Wrong month or side…", names.SET_RIGHT, card.id)]
    return [*whole, *gone, *wrong, button("Ignore this file", names.LEAVE_OUT, card.id)]


def left_out(name: str, file: str, by: Who) -> Message:
    """Say that nothing of a file counts, and offer to take that back."""
    words = f"{by.plain} left {said(name)} out: nothing of it counts."
    return message(words, section(words), actions(button("Count it again", names.COUNT_AGAIN, file)))


def taken_in_again(name: str, by: Who) -> Message:
    """Say that a file counts after all; how it reads is told below."""
    words = f"{by.plain} put {said(name)} back: it counts again."
    return message(words, section(words))


def handed_in(by: Who, files: int) -> Message:
    """Say whose files are read in this thread."""
    words = f"{by.plain} handed {counted(files, 'file')} in. What I read is in the thread."
    return message(words, section(words))


def reading_now(files: int) -> Message:
    """Tell whoever asked for it that files are being read."""
    words = f"I am reading {counted(files, 'file')}; what I find is answered in the message's thread."
    return message(words, section(words))


def sentences(card: FileCard) -> Iterator[str]:
    """Say what it is in a line: `412 lines, 38 clients, Pax8 invoice, October 2026: what was bought.`."""
    is_read = card.lines > 0 or (card.side is not None and not card.is_asking)
    read = [counted(card.lines, "line"), counted(card.clients, "client")] if is_read else []
    parts = [
        *read,
        said(card.source or "an export of a system I don't know"),
        *([card.month.name] if card.month else ["no month named"] if card.side else []),  # until then it is not read
    ]
    yield f"{', '.join(parts)}: {SIDES[card.side]}." if card.side else f"{', '.join(parts)}. Is it bought or billed?"
    if card.is_kept_again:
        yield "I had deleted this file when its time was over. I keep it again."
    elif card.seen_before:
        yield f"I already have this exact file: {said(card.seen_before, 120)}. Nothing changed."
    if card.replaces:
        yield f"It replaces {listed([said(name) for name in card.replaces])}."
    if card.beside:
        every = "both" if len(card.beside) == 1 else "all"
        others = listed([said(name) for name in card.beside])
        yield f"It has no client in common with {others}, so {every} count. If only this one should, ignore the other."
    if card.unreadable:
        yield f"{counted(card.unreadable, 'row')} could not be read; all others count."
    for need in card.missing:
        yield f"*{said(need, 200)}*"
    if card.is_complete and card.month and (card.is_kept_again or not card.seen_before):
        yield f"Both sides of {card.month.name} are here, so I compare them now."


def problem_blocks(card: FileCard) -> Iterator[Block]:
    """Show the first rows that could not be read, and why."""
    if card.problems:
        told = [f"• {said(problem.sentence, 200)}" for problem in card.problems[:MOST_PROBLEMS]]
        more = card.unreadable - len(told)
        told += [f"… and {counted(more, 'more row')}"] if more > 0 else []
        yield context("\n".join(told))
