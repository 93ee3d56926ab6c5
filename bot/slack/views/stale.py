"""Files that are too old, and how old those are that a result rests on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.stale import Wanted
from bot.slack.blocks import context, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import Who, counted, listed

MOST = 20


def files_wanted(wanted: Sequence[Wanted], asks: Who | None) -> Message:
    """Name what is too old, and ask whoever handed the last one in for a new one."""
    calls = f"{asks.mention} " if asks else ""
    lines = [sentence(one) for one in wanted[:MOST]]
    ask = "Drop a new one here." if len(wanted) == 1 else "Drop new ones here."
    return message(
        f"{calls}{' '.join(lines)} {ask}",
        section("\n".join([*(f"{calls}{line}" for line in lines[:1]), *lines[1:], ask])),
    )


def sentence(one: Wanted) -> str:
    """Say what is too old: `Pax8: the newest export is 9 days old.`."""
    old = (
        f"the newest export is {age(one)} old" if one.age is not None else f"the newest export is for {one.month.name}"
    )
    if one.lacks:
        return f"{said(one.name)}: nothing for {one.lacks.name} yet, and {old}."
    return f"{said(one.name)}: {old}."


def age(one: Wanted) -> str:
    """Write an age in days."""
    return counted(one.age.days if one.age else 0, "day")


def with_ages(result: Message, sources: Sequence[Wanted]) -> Message:
    """Add to a result how old the files are that it rests on."""
    if not sources:
        return result
    oldest = sorted(sources, key=lambda one: (-(one.age.days if one.age else 0), one.name))
    words = f"From files as they are: {listed([f'{said(one.name)} {age(one)} old' for one in oldest])}."
    return message(f"{result.text} {words}", *result.blocks, context(words))
