"""One call of the Web API: who calls, with what, and how Slack says no."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.blocks.surfaces import Refusal
from bot.sandbox.state.channels import find_channel
from bot.sandbox.state.people import is_known
from bot.sandbox.state.records import Channel, Installation, Message, Person
from bot.sandbox.state.world import World

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - named for what happened
    """Slack says no."""

    def __init__(self, error: str, **more: object) -> None:
        """Say no with one of Slack's words, and what Slack adds to it."""
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}

    @classmethod
    def because(cls, error: str, problems: tuple[str, ...]) -> "Refused":
        """Say no, and name the parts that are wrong."""
        messages = [f"[ERROR] {problem}" for problem in problems]
        more: Json = {"response_metadata": {"messages": messages}} if problems else {}
        return cls(error, **({"errors": list(problems)} if error == "invalid_blocks" else {}), **more)


def check(refusal: Refusal | None) -> None:
    """Go on only if there is nothing to refuse."""
    if refusal:
        raise Refused.because(refusal.error, refusal.problems)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a token belongs to."""

    team: str = ""
    user: str = ""
    bot_id: str = ""
    app_id: str = ""
    scopes: tuple[str, ...] = ()

    @classmethod
    def of(cls, bot: Installation) -> "Caller":
        """Let a bot call."""
        return cls(bot.team, bot.bot_user, bot.bot_id, bot.app_id, bot.scopes)


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked, by whom, of which Slack."""

    world: World
    caller: Caller
    given: Mapping[str, object] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Read an argument as text; what was not given is empty."""
        value = self.given.get(name)
        return value if isinstance(value, str) else "" if value is None else json.dumps(value)

    def need(self, name: str) -> str:
        """Read an argument that must be there."""
        text = self.text(name)
        if not text:
            raise Refused.because("invalid_arguments", (f"missing required field: {name}",))
        return text

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read an argument as yes or no."""
        text = self.text(name).lower()
        return default if not text else text in ("true", "1")

    def number(self, name: str, default: int, *, most: int = 1000) -> int:
        """Read an argument as a whole number."""
        text = self.text(name) or str(default)
        if not text.lstrip("-").isdigit():
            raise Refused.because("invalid_arguments", (f"must provide an integer [json-pointer:/{name}]",))
        return max(1, min(int(text), most))

    def structure(self, name: str, *, wrong: str = "invalid_arguments") -> Any:  # noqa: ANN401 - any JSON
        """Read an argument that is JSON, or JSON in a text."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refused(wrong) from None

    def need_scope(self, *any_of: str) -> None:
        """Go on only if the token may do one of these things."""
        if any_of and not set(any_of) & set(self.caller.scopes):
            raise Refused("missing_scope", needed=",".join(any_of), provided=",".join(self.caller.scopes))

    def channel(self, name: str = "channel") -> Channel:
        """Find the channel that is meant, among those the bot may know of."""
        found = find_channel(self.world, self.text(name), self.caller.team, self.caller.user)
        if found is None:
            raise Refused("channel_not_found")
        return found

    def message(self, channel: Channel, name: str = "ts") -> Message:
        """Find the message that is meant."""
        found = self.world.state.messages.get(f"{channel.id}/{self.text(name)}")
        if found is None or found.only_for:
            raise Refused("message_not_found")
        return found

    def person(self, name: str = "user") -> Person:
        """Find the person that is meant."""
        found = self.world.state.people.get(self.text(name))
        if found is None or not is_known(self.world, found, self.caller.team):
            raise Refused("user_not_found")
        return found


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what it does, which scopes (any one) it needs, how often a minute it may be called (0: without end)."""

    do: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    per_minute: int = 100
    app_token: bool = False


def page(call: Call, found: list[Any], *, default: int = 100, most: int = 1000) -> tuple[list[Any], Json]:
    """Cut one page out of a list, with the cursor to the next."""
    start = call.text("cursor")
    if start and not start.removeprefix("next:").isdigit():
        raise Refused("invalid_cursor")
    first = int(start.removeprefix("next:") or 0) if start else 0
    last = first + call.number("limit", default, most=most)
    return found[first:last], {"next_cursor": f"next:{last}" if last < len(found) else ""}
