"""What a person has before their eyes: a message, a modal, what came of a click."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blocks.reading import every_element

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message, as one person sees it."""

    body: Json

    @property
    def ts(self) -> str:
        """The time stamp by which it is known."""
        return str(self.body["ts"])

    @property
    def channel(self) -> str:
        """The channel it is in."""
        return str(self.body["channel"])

    @property
    def user(self) -> str:
        """Who wrote it."""
        return str(self.body["user"])

    @property
    def text(self) -> str:
        """Its text, which stands for the blocks in notifications."""
        return str(self.body["text"])

    @property
    def thread(self) -> str:
        """The first message of the thread it is in, if it is in one."""
        return str(self.body.get("thread_ts", ""))

    @property
    def is_ephemeral(self) -> bool:
        """Whether only this person sees it."""
        return bool(self.body.get("is_ephemeral"))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, those of attachments among them."""
        attached = [block for one in self.body.get("attachments", []) for block in one.get("blocks", [])]
        return [*self.body.get("blocks", []), *attached]

    @property
    def files(self) -> list[Json]:
        """Its files."""
        return list(self.body.get("files", []))

    @property
    def buttons(self) -> list[str]:
        """What its buttons say."""
        return buttons_in(self.blocks)

    @property
    def words(self) -> str:
        """Everything there is to read in it."""
        return "\n".join([self.text, *words_in(self.blocks)])


@dataclass(frozen=True, slots=True)
class Screen:
    """A modal or a home tab, as one person sees it."""

    body: Json

    @property
    def id(self) -> str:
        """The name Slack gave it."""
        return str(self.body["id"])

    @property
    def title(self) -> str:
        """What stands at its top."""
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.body["blocks"])

    @property
    def buttons(self) -> list[str]:
        """What its buttons say."""
        return buttons_in(self.blocks)

    @property
    def words(self) -> str:
        """Everything there is to read in it."""
        return "\n".join([self.title, *words_in(self.blocks)])

    @property
    def values(self) -> Json:
        """What is filled in."""
        return dict(self.body["state"]["values"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something a person did."""

    ok: bool
    failure: str = ""
    trouble: str = ""
    asked: str = ""
    errors: tuple[tuple[str, str], ...] = ()


def outcome_of(body: Json) -> Outcome:
    """Read what came of it."""
    words = {name: str(body.get(name) or "") for name in ("failure", "trouble", "asked")}
    return Outcome(bool(body.get("ok")), **words, errors=tuple((body.get("errors") or {}).items()))


def buttons_in(blocks: list[Json]) -> list[str]:
    """List what the buttons in these blocks say."""
    return [str(element["text"]["text"]) for _, element in every_element(blocks) if element["type"] == "button"]


def words_in(part: object) -> Iterator[str]:
    """Walk through all texts."""
    if isinstance(part, list):
        for inner in part:
            yield from words_in(inner)
    elif isinstance(part, dict):
        for name, inner in part.items():
            if name in ("text", "alt_text", "caption") and isinstance(inner, str):
                yield inner
            elif name != "initial_value":
                yield from words_in(inner)
