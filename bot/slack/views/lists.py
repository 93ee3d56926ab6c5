"""Long lists in short messages: the first ones, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.slack.blocks import Block, context
from bot.slack.wording import counted

MOST = 20


def first(blocks: Iterable[Block], total: int, thing: str, where: str) -> Iterator[Block]:
    """Show the first of many, and say where the rest is."""
    for place, block in enumerate(blocks):
        if place == MOST:
            yield context(f"… and {counted(total - MOST, f'more {thing}')}: {where}")
            return
        yield block
