"""How each source does: its newest file, how old that is, and whether it is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.services.freshness import Light, SourceHealth
from bot.slack.texts import said
from bot.slack.wording import counted, span_words

MOST_SOURCES = 8
LAMPS = {Light.GREEN: ":large_green_circle:", Light.YELLOW: ":large_yellow_circle:", Light.RED: ":red_circle:"}


def source_lines(sources: Sequence[SourceHealth]) -> Iterator[str]:
    """Say how each source does, in words beside the colour."""
    for one in sources[:MOST_SOURCES]:
        age = f"{span_words(one.age)} ago" if one.age is not None else "its file is no longer kept"
        newest = f"newest file is for {one.month.name} ({age})"
        yield f"{LAMPS[one.light]} {said(one.name, 40)}: {one.light.value}, {newest}"
    if len(sources) > MOST_SOURCES:
        yield f"… and {counted(len(sources) - MOST_SOURCES, 'more source')}"
