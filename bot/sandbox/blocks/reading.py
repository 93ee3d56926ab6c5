"""Walking through blocks: what is in them, and what a person could press."""

from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

NOT_PRESSED = ("image", "plain_text", "mrkdwn")


def every_block(blocks: Sequence[Json]) -> Iterator[Json]:
    """Walk through the blocks and those inside them."""
    for block in blocks:
        yield block
        inside = block.get("child_blocks") or (block.get("elements") if block.get("type") == "carousel" else None)
        yield from every_block(inside or [])


def every_element(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Walk through what people can press or fill in, each with its block."""
    for block in every_block(blocks):
        for element in elements_of(block):
            if element.get("type") not in NOT_PRESSED:
                yield block, element


def elements_of(block: Json) -> list[Json]:
    """List the elements that stand directly in a block."""
    match block.get("type"):
        case "section":
            return [block["accessory"]] if block.get("accessory") else []
        case "input":
            return [block["element"]]
        case "actions" | "context_actions":
            return list(block["elements"])
        case "card":
            return list(block.get("actions") or [])
        case _:
            return []


def choices_of(element: Json) -> list[Json]:
    """List the options that come with an element, groups unfolded."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]
