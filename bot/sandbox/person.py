"""Acting as a person in a Slack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.desk import LONG_ENOUGH, Desk
from bot.sandbox.seen import Outcome, Screen, Seen, outcome_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in a Slack, known by name."""

    desk: Desk
    name: str

    def do(self, act: str, **given: object) -> Json:
        """Do something as this person."""
        return self.desk.do(act, **{"as": self.name}, **given)

    @property
    def id(self) -> str:
        """The id that apps know this person by."""
        everybody = self.desk.do("people")["people"]
        return next(str(one["id"]) for one in everybody if one["name"] == self.name)

    def says(
        self, text: str, channel: str, *, thread: Seen | None = None, files: Iterable[str] = (), broadcast: bool = False
    ) -> Seen:
        """Write a message, or a reply in a message's thread."""
        first = thread.ts if thread else ""
        said = self.do("say", text=text, channel=channel, thread=first, files=list(files), broadcast=broadcast)
        return Seen(said)

    def drops(self, name: str, contents: bytes, channel: str, *, text: str = "", thread: Seen | None = None) -> Seen:
        """Drop a file in a channel."""
        return self.says(text, channel, thread=thread, files=[self.hands_in(name, contents)])

    def hands_in(self, name: str, contents: bytes) -> str:
        """Have a file ready for a message or a modal, and name it."""
        return self.desk.hand_in(self.name, name, contents)

    def edits(self, message: Seen, text: str) -> None:
        """Change what one wrote."""
        self.do("edit", channel=message.channel, ts=message.ts, text=text)

    def deletes(self, message: Seen) -> None:
        """Take back what one wrote."""
        self.do("unsay", channel=message.channel, ts=message.ts)

    def presses(
        self,
        what: str,
        message: Seen | None = None,
        *,
        home: bool = False,
        confirming: bool = True,
        stale: bool = False,
    ) -> Outcome:
        """Press a button in a message, in the home tab or in the modal; `stale` presses what was seen before."""
        where = {"channel": message.channel, "ts": message.ts} if message else {"home": home}
        seen = {"as_seen": message.blocks} if message and stale else {}
        return outcome_of(self.do("press", what=what, confirming=confirming, **where, **seen))

    def chooses(
        self, what: str, value: object, message: Seen | None = None, *, home: bool = False, typing: str = ""
    ) -> Outcome:
        """Choose from a list, after typing into it if the app makes the choices."""
        where = {"channel": message.channel, "ts": message.ts} if message else {"home": home}
        return outcome_of(self.do("choose", what=what, value=value, typing=typing, **where))

    def is_offered(self, what: str, typing: str = "", message: Seen | None = None) -> list[str]:
        """Type into a list whose choices the app makes, and read what it offers."""
        where = {"channel": message.channel, "ts": message.ts} if message else {}
        return [str(one["text"]["text"]) for one in self.do("options", what=what, typing=typing, **where)["options"]]

    def fills(self, values: Mapping[str, object]) -> Screen:
        """Fill the modal in, without sending it."""
        return Screen(self.do("fill", values=dict(values)))

    def submits(self, values: Mapping[str, object] | None = None) -> Outcome:
        """Fill the modal in, and send it."""
        return outcome_of(self.do("submit", values=dict(values or {})))

    def closes(self, *, everything: bool = False) -> None:
        """Close the modal, or all that lie on each other."""
        self.do("close", everything=everything)

    def types(self, command: str, channel: str) -> Outcome:
        """Type a slash command."""
        return outcome_of(self.do("command", text=command, channel=channel))

    def uses(self, shortcut: str, message: Seen | None = None) -> Outcome:
        """Choose one of the app's shortcuts, on a message or from the menu."""
        where = {"channel": message.channel, "ts": message.ts} if message else {}
        return outcome_of(self.do("shortcut", what=shortcut, **where))

    def opens_home(self, tab: str = "home") -> None:
        """Open the app's home tab, or its messages."""
        self.do("home", tab=tab)

    def joins(self, channel: str) -> None:
        """Join a channel."""
        self.do("enter", channel=channel)

    def invites(self, whom: str, channel: str) -> None:
        """Bring someone into a channel."""
        self.do("invite", whom=whom, channel=channel)

    def removes(self, whom: str, channel: str) -> None:
        """Put someone out of a channel."""
        self.do("remove", whom=whom, channel=channel)

    @property
    def channels(self) -> list[str]:
        """The names of the channels one may know of; direct messages have none."""
        return [str(one["name"]) for one in self.do("channels")["channels"] if one.get("name")]

    def sees(self, channel: str, thread: Seen | None = None) -> list[Seen]:
        """Read a channel, or a thread of it, from the top."""
        read = self.do("messages", channel=channel, thread=thread.ts if thread else "")
        return [Seen(one) for one in read["messages"]]

    def waits_for(self, words: str, channel: str, thread: Seen | None = None, *, seconds: float = LONG_ENOUGH) -> Seen:
        """Wait until there is a message with these words, and take the newest."""

        def look() -> Seen | None:
            return next((one for one in reversed(self.sees(channel, thread)) if words in one.words), None)

        return self.desk.waits_until(look, seconds=seconds, what=f"a message with {words!r}")

    @property
    def modal(self) -> Screen | None:
        """The modal that is open."""
        body = self.do("screen")["modal"]
        return Screen(body) if body else None

    @property
    def home(self) -> Screen | None:
        """The app's home tab."""
        body = self.do("screen")["home"]
        return Screen(body) if body else None

    def waits_for_modal(self, words: str = "", *, seconds: float = LONG_ENOUGH) -> Screen:
        """Wait until a modal is open that says this."""
        return self.desk.waits_until(lambda: having(self.modal, words), seconds=seconds, what=f"a modal with {words!r}")

    def waits_for_home(self, words: str = "", *, seconds: float = LONG_ENOUGH) -> Screen:
        """Wait until the home tab says this."""
        return self.desk.waits_until(lambda: having(self.home, words), seconds=seconds, what=f"a home with {words!r}")

    def reads_file(self, file_id: str) -> bytes:
        """Open a file."""
        return self.desk.fetch(f"/_/file/{file_id}")


def having(screen: Screen | None, words: str) -> Screen | None:
    """Keep a screen that says this."""
    return screen if screen and words in screen.words else None
