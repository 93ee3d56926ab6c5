"""Why a gap is a gap: the arithmetic, both raw rows, how the names became one, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack import names
from bot.slack.blocks import actions, button, context, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import counted
from recon import Why

BY = {
    "judgement": "somebody said so",
    "id": "the same id",
    "exact": "the same name",
    "catalogue": "a known product",
    "scored": "alike",
    "none": "no match",
}
CERTAIN = ("judgement", "id", "none")
MOST_LINES, MOST_CELLS, MOST_STEPS = 6, 20, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSeen:
    """One line of a file, as it stands there."""

    side: str
    source: str
    row: int
    cells: tuple[tuple[str, str], ...]
    counted_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesSeen:
    """Two names, and what made them one."""

    bought: str | None
    billed: str | None
    by: str
    probability: float | None
    reasons: tuple[str, ...]

    @property
    def is_of_two_names(self) -> bool:
        """Say whether somebody might think otherwise: the sides write it differently."""
        return bool(self.bought and self.billed) and self.bought != self.billed


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyCard:
    """All that led to a gap."""

    id: str
    sentence: str
    arithmetic: tuple[str, ...]
    rows: tuple[RowSeen, ...]
    paths: tuple[NamesSeen, ...]  # of the client, then of the product; and of the sibling billed instead of it
    reasons: tuple[str, ...]
    settled_by: str


def card_of(why: Why, *, about: str) -> WhyCard:
    """Show an explanation that was just made."""
    return WhyCard(
        id=about,
        sentence=why.gap.sentence,
        arithmetic=why.gap.arithmetic,
        rows=tuple(
            RowSeen(side=row.side, source=row.source, row=row.row, cells=row.cells, counted_as=row.counted_as)
            for row in why.evidence
        ),
        paths=tuple(
            NamesSeen(
                bought=path.bought, billed=path.billed, by=path.by, probability=path.probability, reasons=path.reasons
            )
            for path in (why.client, *why.products)
        ),
        reasons=why.gap.reasons,
        settled_by=why.settled_by,
    )


def card_from_document(stated: Mapping[str, Any], *, about: str) -> WhyCard:
    """Show an explanation that was kept: one gap of a result's document."""
    told = stated["why"]
    row_fields, path_fields = ("side", "source", "row", "counted_as"), ("bought", "billed", "by", "probability")
    return WhyCard(
        id=about,
        sentence=stated["sentence"],
        arithmetic=tuple(stated["arithmetic"]),
        rows=tuple(
            RowSeen(**{name: row[name] for name in row_fields}, cells=tuple(row["cells"].items()))
            for row in told["evidence"]
        ),
        paths=tuple(
            NamesSeen(**{name: path[name] for name in path_fields}, reasons=tuple(path["reasons"]))
            for path in (told["client"], *told["products"])
        ),
        reasons=tuple(stated["reasons"]),
        settled_by=told["settled_by"],
    )


def why_message(card: WhyCard) -> Message:
    """Explain a gap from top to bottom."""
    offered = [button("History", names.HISTORY, card.id)]
    refusals = (("Not the same client", names.NOT_SAME_CLIENT), ("Not the same product", names.NOT_SAME_PRODUCT))
    for path, (words, action) in zip(card.paths, refusals, strict=False):
        if path.is_of_two_names:
            offered.append(button(words, action, card.id))
    return message(
        f"Why: {said(card.sentence, 400)} {said(card.settled_by, 300)}",
        section(f"*{said(card.sentence, 400)}*\n" + lines(card.arithmetic[:MOST_STEPS])),
        *[section(row_text(row)) for row in card.rows[:MOST_LINES]],
        *(
            [context(f"… and {counted(len(card.rows) - MOST_LINES, 'more line')}")]
            if len(card.rows) > MOST_LINES
            else []
        ),
        section("*How the names became one*\n" + lines([*map(path_text, card.paths), *card.reasons])),
        section(f"*What would settle it*\n{said(card.settled_by, 300)}"),
        actions(*offered),
    )


def lines(sentences: Sequence[str]) -> str:
    """List sentences below each other."""
    return "\n".join(f"• {said(sentence, 300)}" for sentence in sentences) or "•"


def row_text(row: RowSeen) -> str:
    """Show a row with the words of its file."""
    cells = [f"{said(header, 40)}: {said(text, 60)}" for header, text in row.cells[:MOST_CELLS]]
    more = [counted(len(row.cells) - MOST_CELLS, "more column")] if len(row.cells) > MOST_CELLS else []
    return f"*{row.side}: {said(row.source)}, row {row.row}* ({said(row.counted_as, 60)})\n" + " · ".join(cells + more)


def path_text(path: NamesSeen) -> str:
    """Say how two names became one, or that a side has none."""
    return "".join(path_parts(path))


def path_parts(path: NamesSeen) -> Iterator[str]:
    """Say the names, by what they are one, how sure that is, and the reasons."""
    yield " = ".join(f"“{name[:60]}”" for name in (path.bought, path.billed) if name)
    yield f": {BY.get(path.by, path.by)}"
    if path.probability is not None and path.by not in CERTAIN:
        yield f", {min(path.probability, 0.999):.1%} sure"
    yield f" ({'; '.join(path.reasons)})" if path.reasons else ""
