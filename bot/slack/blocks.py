"""Slack's blocks, each within its limits; words of ours come in as markup, words from files through `said`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.slack.texts import clean, cut, shorten

Block = dict[str, Any]
"""A block or a part of one, as Slack takes it."""

Style = Literal["primary", "danger"]
Align = Literal["left", "right"]

SECTION, CELL, LABEL, ALT, HEADING = 3000, 120, 2000, 2000, 150
BUTTON, OPTION, OPTION_VALUE, VALUE = 75, 75, 150, 2000
MOST_CONTEXT, MOST_ACTIONS, MOST_OPTIONS, MOST_ROWS, MOST_COLUMNS = 10, 25, 100, 100, 20
PLACEHOLDER, CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 150, 100, 300, 30
NOTHING = "–"


def mrkdwn(text: str, most: int = SECTION) -> Block:
    """Write markup; addresses and names of channels in it are not made links."""
    return {"type": "mrkdwn", "text": cut(text, most), "verbatim": True}


def plain(text: str, most: int) -> Block:
    """Write words as they are, whatever signs are in them."""
    return {"type": "plain_text", "text": shorten(clean(text), most), "emoji": False}


def section(text: str, accessory: Block | None = None) -> Block:
    """Say something."""
    block: Block = {"type": "section", "text": mrkdwn(text), "expand": True}
    return block | ({"accessory": accessory} if accessory else {})


def header(words: str) -> Block:
    """Write a heading; a view may have several."""
    return {"type": "header", "text": plain(words, HEADING)}


def divider() -> Block:
    """Draw a line between two parts."""
    return {"type": "divider"}


def context(*texts: str) -> Block:
    """Say something in small letters."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:MOST_CONTEXT]]}


def actions(*elements: Block, name: str = "") -> Block:
    """Put buttons and selects in a row, which comes back with each click by its name."""
    row: Block = {"type": "actions", "elements": list(elements[:MOST_ACTIONS])}
    return row | ({"block_id": name} if name else {})


@dataclass(frozen=True, slots=True)
class Confirm:
    """What to ask before a click counts; words in it may come from a file as they are."""

    title: str
    text: str
    yes: str
    no: str = "Not now"

    @property
    def block(self) -> Block:
        """Write it for Slack."""
        return {
            "title": plain(self.title, CONFIRM_TITLE),
            "text": plain(self.text, CONFIRM_TEXT),
            "confirm": plain(self.yes, CONFIRM_BUTTON),
            "deny": plain(self.no, CONFIRM_BUTTON),
        }


def button(words: str, action: str, value: str, *, style: Style | None = None, confirm: Confirm | None = None) -> Block:
    """Offer something to press; the value names what it is about and nothing else."""
    if len(value) > VALUE:
        raise ValueError(f"A button's value of {len(value)} signs can't be sent: {value[:40]}...")
    block: Block = {"type": "button", "text": plain(words, BUTTON), "action_id": action, "value": value}
    more = {"style": style, "confirm": confirm.block if confirm else None}
    return block | {name: part for name, part in more.items() if part}


def option(label: str, value: str, description: str = "") -> Block:
    """Offer one of a list."""
    if len(value) > OPTION_VALUE:
        raise ValueError(f"An option's value of {len(value)} signs can't be sent: {value[:40]}...")
    block: Block = {"text": plain(label, OPTION), "value": value}
    return block | ({"description": plain(description, OPTION)} if description else {})


def select(placeholder: str, action: str, options: Sequence[Block], *, initial: Block | None = None) -> Block:
    """Offer a list to choose one from."""
    block: Block = {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(placeholder, PLACEHOLDER),
        "options": list(options[:MOST_OPTIONS]),
    }
    return block | ({"initial_option": initial} if initial else {})


def people_select(placeholder: str, action: str, *, initial: str | None = None) -> Block:
    """Offer everybody."""
    block: Block = {"type": "users_select", "action_id": action, "placeholder": plain(placeholder, PLACEHOLDER)}
    return block | ({"initial_user": initial} if initial else {})


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> Block:
    """Lay words from files and numbers out in columns, those in `right` to the right."""
    aligned = set(right)
    lines = [headings, *rows][:MOST_ROWS]
    return {
        "type": "table",
        "column_settings": [
            {"align": "right" if place in aligned else "left", "is_wrapped": place not in aligned}
            for place in range(len(headings[:MOST_COLUMNS]))
        ],
        "rows": [[cell(words) for words in line[:MOST_COLUMNS]] for line in lines],
    }


def image(file: str, alt: str) -> Block:
    """Show a picture that was uploaded; those who can't see it are read its words."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": shorten(clean(alt), ALT)}


def cell(words: str) -> Block:
    """Write one cell; Slack refuses empty ones."""
    return {"type": "raw_text", "text": shorten(clean(words), CELL) if words else NOTHING}
