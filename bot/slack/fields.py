"""What a person fills in: the inputs of a modal, and the modal around them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from bot.slack.blocks import LABEL, PLACEHOLDER, Block, plain
from bot.slack.names import VALUE

TITLE, MOST_VIEW_BLOCKS, METADATA, LONGEST_INPUT = 24, 100, 3000, 3000


def field(name: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """Ask for one thing; `name` is where the answer is found."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, LABEL),
        "element": {"action_id": VALUE, **element},
        "optional": optional,
    }
    return block | ({"hint": plain(hint, LABEL)} if hint else {})


def text_field(placeholder: str, *, initial: str = "", most: int = 500, lines: bool = False) -> Block:
    """Let a person write."""
    block: Block = {"type": "plain_text_input", "multiline": lines, "max_length": min(most, LONGEST_INPUT)}
    block["placeholder"] = plain(placeholder, PLACEHOLDER)
    return block | ({"initial_value": initial[:most]} if initial else {})


def number_field(
    placeholder: str, *, initial: str = "", decimals: bool = False, least: int = 0, most: int | None = None
) -> Block:
    """Let a person write a number from 0 on."""
    block: Block = {"type": "number_input", "is_decimal_allowed": decimals, "min_value": str(least)}
    block["placeholder"] = plain(placeholder, PLACEHOLDER)
    given = {"initial_value": initial, "max_value": "" if most is None else str(most)}
    return block | {name: value for name, value in given.items() if value}


def time_field(initial: time) -> Block:
    """Let a person pick a time of day."""
    return {"type": "timepicker", "initial_time": f"{initial:%H:%M}"}


def day_field(placeholder: str, *, initial: date | None = None) -> Block:
    """Let a person pick a day."""
    block: Block = {"type": "datepicker", "placeholder": plain(placeholder, PLACEHOLDER)}
    return block | ({"initial_date": initial.isoformat()} if initial else {})


def choice_field(options: Sequence[Block], *, initial: Block | None = None) -> Block:
    """Let a person choose one of a few, all of them in sight."""
    block: Block = {"type": "radio_buttons", "options": list(options[:10])}
    return block | ({"initial_option": initial} if initial else {})


def tick_field(options: Sequence[Block], ticked: Sequence[Block] = ()) -> Block:
    """Let a person tick what applies."""
    block: Block = {"type": "checkboxes", "options": list(options[:10])}
    return block | ({"initial_options": list(ticked)} if ticked else {})


def search_field(placeholder: str, action: str, *, letters: int = 0, initial: Block | None = None) -> Block:
    """Let a person choose one of those that are looked up while typing."""
    block: Block = {"type": "external_select", "action_id": action, "min_query_length": letters}
    block["placeholder"] = plain(placeholder, PLACEHOLDER)
    return block | ({"initial_option": initial} if initial else {})


def person_field(placeholder: str, *, initial: str | None = None) -> Block:
    """Let a person choose a person."""
    block: Block = {"type": "users_select", "placeholder": plain(placeholder, PLACEHOLDER)}
    return block | ({"initial_user": initial} if initial else {})


def channel_field(placeholder: str, *, initial: str = "") -> Block:
    """Let a person choose a channel of this company's."""
    shown = {"include": ["public", "private"], "exclude_external_shared_channels": True, "exclude_bot_users": True}
    block: Block = {"type": "conversations_select", "placeholder": plain(placeholder, PLACEHOLDER), "filter": shown}
    return block | ({"initial_conversation": initial} if initial else {})


def file_field(kinds: Sequence[str], *, most: int = 2) -> Block:
    """Let a person hand files in."""
    return {"type": "file_input", "filetypes": list(kinds), "max_files": most}


def modal(form: str, title: str, blocks: Sequence[Block], *, about: str = "", submit: str | None = "Save") -> Block:
    """Put a modal together; `about` comes back with the answers and names what they are about."""
    if len(about) > METADATA:
        raise ValueError(f"A modal can't carry {len(about)} signs: {about[:40]}...")
    view: Block = {
        "type": "modal",
        "callback_id": form,
        "title": plain(title, TITLE),
        "blocks": list(blocks[:MOST_VIEW_BLOCKS]),
        "close": plain("Cancel" if submit else "Close", TITLE),
        "private_metadata": about,
    }
    return view | ({"submit": plain(submit, TITLE)} if submit else {})
