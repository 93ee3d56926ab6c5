"""One message in three renderings: Slack at its best, plain sections, and words alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.slack.blocks import Block, context, section
from bot.slack.texts import cut, escape

MOST_BLOCKS = 50
MOST_TEXT = 12_000  # a little less than the 13,200 at which Slack refuses blocks
LONGEST_WORDS = 3_800  # Slack advises 4,000, and refuses more when a message is edited
MORE = "There is more than fits in a message."
INSTEAD = "\nReply `help` in this thread to see what you can answer."
ROOM = 2  # blocks: one for the word that there is more, and one to spare


class Rendering(StrEnum):
    """How richly a message is shown."""

    RICH = "rich"
    SIMPLE = "simple"  # sections and bare buttons, for a Slack that refuses more
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Message:
    """What to say: words that say it all on a phone, and blocks that say it better."""

    text: str
    blocks: tuple[Block, ...] = ()

    def words(self, rendering: Rendering) -> str:
        """Give the text; where no button can be seen, it says how to do without."""
        needs_words = rendering is Rendering.TEXT and any(block["type"] == "actions" for block in self.blocks)
        return self.text + INSTEAD if needs_words else self.text

    def rendered(self, rendering: Rendering) -> list[Block]:
        """Give the blocks of one rendering; words alone have none."""
        match rendering:
            case Rendering.RICH:
                return list(self.blocks)
            case Rendering.SIMPLE:
                return simplify(self.blocks)
            case Rendering.TEXT:
                return []


def message(text: str, *blocks: Block) -> Message:
    """Put a message together that Slack takes; what does not fit is left out, its buttons never."""
    return Message(cut(text, LONGEST_WORDS), tuple(fit(blocks)))


def fit(blocks: Iterable[Block]) -> list[Block]:
    """Keep as many blocks as fit, from the top; rows of buttons are kept in any case."""
    blocks = list(blocks)
    if len(blocks) <= MOST_BLOCKS and count_text(blocks) <= MOST_TEXT:
        return blocks
    pressed = [block for block in blocks if block["type"] == "actions"]
    places = MOST_BLOCKS - ROOM - len(pressed)
    room = MOST_TEXT - count_text(pressed) - len(MORE)
    kept, is_full = [], False
    for block in blocks:
        if block["type"] == "actions":
            kept.append(block)
            continue
        places, room = places - 1, room - count_text(block)
        if not is_full and (places < 0 or room < 0):
            is_full = True
            kept.append(context(MORE))
        elif not is_full:
            kept.append(block)
    return kept


def count_text(part: object) -> int:
    """Count the signs a person would read."""
    if isinstance(part, dict):
        words = part.get("text")
        inside = sum(count_text(inner) for inner in part.values())
        return inside + (len(words) if isinstance(words, str) else 0)
    return sum(count_text(inner) for inner in part) if isinstance(part, list | tuple) else 0


def simplify(blocks: Iterable[Block]) -> list[Block]:
    """Say the same in sections and bare buttons; what can only be chosen from a list is left out."""
    return fit([simple for block in blocks for simple in simpler(block)])


def simpler(block: Block) -> Iterator[Block]:
    """Say one block more simply."""
    match block["type"]:
        case "section":
            yield section(block["text"]["text"])
        case "context":
            yield section("\n".join(element["text"] for element in block["elements"]))
        case "table":
            yield section("\n".join(escape(" · ".join(cell["text"] for cell in row)) for row in block["rows"]))
        case "actions":
            bare = [bare_button(element) for element in block["elements"] if element["type"] == "button"]
            if bare:
                yield block | {"elements": bare}
        case _:
            return


def bare_button(button: Block) -> Block:
    """Leave a button its words and its meaning."""
    return {name: button[name] for name in ("type", "text", "action_id", "value")}
