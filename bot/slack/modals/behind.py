"""The gaps behind a sum, a page at a time; what they come to together is the sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.shares import Heading
from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, section
from bot.slack.fields import modal
from bot.slack.texts import said
from bot.slack.views.weekly import TITLES
from bot.slack.wording import amounts, both_ways, capital, counted, day, leaks, numbers
from recon import Direction, Gap, Money, add_up, ways_estimated

A_PAGE = 15


@dataclass(frozen=True, slots=True)
class Part:
    """One gap's part of a sum; `id` is what its buttons carry."""

    id: str
    gap: Gap
    money: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BehindCard:
    """A sum of a week, and all the gaps behind it, most money first."""

    monday: date
    heading: Heading
    parts: tuple[Part, ...]
    page: int = 0


def behind_list(card: BehindCard) -> Block:
    """Show a page of the gaps behind a sum."""
    start = card.page * A_PAGE
    shown = card.parts[start : start + A_PAGE]
    return modal(
        names.BEHIND,
        TITLES[card.heading],
        [
            section(f"*{total(card.parts)}*\n{counted(len(card.parts), 'gap')}, week of {day(card.monday)}."),
            *(part_line(part) for part in shown),
            *turning(card, start),
        ],
        submit=None,
    )


def total(parts: Sequence[Part]) -> str:
    """Add the parts up, each direction by itself."""
    under, over = (add_up(part.money for part in parts if part.gap.direction is way) for way in Direction)
    return both_ways(under, over, estimated=ways_estimated(part.gap for part in parts)) or "Nothing"


def part_line(part: Part) -> Block:
    """Show one gap."""
    gap = part.gap
    money = amounts([part.money], exact=gap.exact)
    words = f"*{capital(money)}* a month {leaks(gap)} · {said(gap.client)}: {said(gap.product)}\n{numbers(gap)}."
    return section(words, button("Why?", names.WHY, part.id))


def turning(card: BehindCard, start: int) -> list[Block]:
    """Say which page this is, and turn to others."""
    if len(card.parts) <= A_PAGE:
        return []
    last = min(start + A_PAGE, len(card.parts))
    value = f"{card.monday}|{card.heading.value}|"
    pages = [("Back", card.page - 1, start > 0), ("More", card.page + 1, last < len(card.parts))]
    turns = [button(words, f"{names.BEHIND_PAGE}.{page}", f"{value}{page}") for words, page, there in pages if there]
    return [context(f"{start + 1:,} to {last:,} of {len(card.parts):,}"), actions(*turns)]
