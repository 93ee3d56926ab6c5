"""What a whole message, modal or home tab may hold, and the error Slack answers when it holds more."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blocks.kinds import IN_HOME, IN_MESSAGE, IN_MODAL
from bot.sandbox.blocks.reading import every_block, every_element
from bot.sandbox.blocks.rules import TYPE, Check, each, flag, one_of, problem, string, thing, typed
from bot.sandbox.blocks.texts import plain

Json = dict[str, Any]

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_MARKDOWN = 12_000
MOST_BLOCK_TEXT = 13_200
MOST_CHARTS = 2
MOST_VIEW_BYTES = 250_000
TABLES = ("table", "data_table")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why Slack does not take these blocks."""

    error: str
    problems: tuple[str, ...] = ()


def refuse_message(blocks: object) -> Refusal | None:
    """Say why these cannot be a message's blocks, or nothing if they can."""
    if not isinstance(blocks, list):
        return Refusal("invalid_blocks_format")
    problems = [*each(typed(IN_MESSAGE), most=MOST_BLOCKS, least=0)(blocks, "/blocks")]
    if not problems:
        problems = [*same_ids_twice(blocks, "/blocks")]
    if problems:
        return Refusal("invalid_blocks", tuple(problems))
    return refuse_whole(blocks)


def refuse_whole(blocks: list[Json]) -> Refusal | None:
    """Say which rule about all blocks together is broken."""
    inside = list(every_block(blocks))
    if sum(block["type"] in TABLES for block in inside) > 1:
        return Refusal("invalid_attachments", ("only_one_table_allowed",))
    if sum(block["type"] == "data_visualization" for block in inside) > MOST_CHARTS:
        return Refusal("invalid_blocks", ("too many data_visualization blocks",))
    markdown = sum(len(block["text"]) for block in inside if block["type"] == "markdown")
    if markdown > MOST_MARKDOWN or text_in(blocks) > MOST_BLOCK_TEXT:
        return Refusal("msg_blocks_too_long")
    return None


def text_in(part: object) -> int:
    """Count the characters people would read."""
    if isinstance(part, list):
        return sum(text_in(inner) for inner in part)
    if isinstance(part, dict):
        return sum(
            len(inner) if name == "text" and isinstance(inner, str) else text_in(inner) for name, inner in part.items()
        )
    return 0


def same_ids_twice(blocks: list[Json], where: str) -> Iterator[str]:
    """Find block ids used twice, and action ids used twice in one block."""
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        known = block.get("block_id")
        if known in seen:
            yield problem(f'`block_id` "{known}" already exists', f"{where}/{place}/block_id")
        seen.update([known] if known else [])
        ids = [element.get("action_id") for _, element in every_element([block])]
        for index, action in enumerate(ids):
            if action and action in ids[:index]:
                yield problem(f'`action_id` "{action}" already exists', f"{where}/{place}/elements/{index}/action_id")


def view_shape(kinds: Mapping[str, Check], *, titled: bool) -> Check:
    """Describe a modal or a home tab."""
    blocks = each(typed(kinds), most=MOST_VIEW_BLOCKS, least=0)
    label = plain(24)
    return thing(
        {**TYPE, "blocks": blocks, **({"title": label} if titled else {})},
        {
            "title": label,
            "submit": label,
            "close": label,
            "private_metadata": string(3000, least=0),
            "callback_id": string(255, least=0),
            "external_id": string(255, least=0),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
    )


SHAPES = {"modal": view_shape(IN_MODAL, titled=True), "home": view_shape(IN_HOME, titled=False)}


def refuse_view(view: object, *, kinds: tuple[str, ...] = ("modal",)) -> Refusal | None:
    """Say why this cannot be such a view, or nothing if it can."""
    if not isinstance(view, dict):
        return Refusal("invalid_arguments", (problem("must provide an object", "/view"),))
    if view.get("type") not in kinds:
        return Refusal("invalid_arguments", tuple(one_of(*kinds)(view.get("type"), "/view/type")))
    if len(json.dumps(view)) > MOST_VIEW_BYTES:
        return Refusal("view_too_large")
    problems = [*SHAPES[view["type"]](view, "/view")]
    if not problems:
        problems = [*same_ids_twice(view["blocks"], "/view/blocks"), *inputs_without_submit(view)]
    return Refusal("invalid_arguments", tuple(problems)) if problems else None


def inputs_without_submit(view: Json) -> Iterator[str]:
    """Find inputs in a modal that nobody could send."""
    for place, block in enumerate(view["blocks"]):
        if view["type"] == "modal" and block["type"] == "input" and not view.get("submit"):
            yield problem("must define `submit` to use an `input` block in modals", f"/view/blocks/{place}/input")
