"""What Slack adds to blocks it has taken: ids where the app gave none, and its own defaults."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.sandbox.blocks.reading import every_block, every_element

Json = dict[str, Any]


def with_defaults(blocks: Sequence[Json], new_id: Callable[[], str]) -> tuple[Json, ...]:
    """Give blocks the form in which Slack hands them back."""
    copies = [full(block) for block in blocks]
    for block in every_block(copies):
        block.setdefault("block_id", new_id())
    for _, element in every_element(copies):
        element.setdefault("action_id", new_id())
    return tuple(copies)


def full(part: Json) -> Json:
    """Copy a part of a block, saying aloud what was left unsaid about its texts."""
    copy = {name: filled(inner) for name, inner in part.items() if inner is not None}
    if isinstance(copy.get("text"), str):
        if copy.get("type") == "plain_text":
            copy.setdefault("emoji", True)
        elif copy.get("type") == "mrkdwn":
            copy.setdefault("verbatim", False)
    return copy


def filled(part: object) -> object:
    """Copy whatever stands in a field."""
    if isinstance(part, list):
        return [filled(inner) for inner in part]
    return full(part) if isinstance(part, dict) else part
