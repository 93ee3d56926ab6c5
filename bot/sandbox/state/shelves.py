"""Where records stand: by their name, in the order they came, remembering which have changed."""

from collections.abc import Callable, Iterator
from dataclasses import Field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from bot.sandbox.state.records import (
    Addition,
    App,
    Channel,
    Correction,
    File,
    Installation,
    Mark,
    Message,
    Moment,
    Person,
    Scheduled,
    Screen,
    Team,
    Tick,
    View,
)


class Record(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Record)


class Shelf(Generic[T]):
    """Records of one kind; those of one group, such as a channel's messages, are found without a search."""

    def __init__(
        self, kind: type[T], key: Callable[[T], str], groups: Callable[[T], tuple[str, ...]] = lambda _: ()
    ) -> None:
        """Start empty."""
        self.kind = kind
        self.key = key
        self.groups = groups
        self.by_key: dict[str, T] = {}
        self.by_group: dict[str, dict[str, T]] = {}
        self.changed: dict[str, None] = {}

    def put(self, record: T) -> T:
        """Set a record in its place, instead of the one of that name."""
        key = self.key(record)
        old = self.by_key.get(key)
        for group in self.groups(old) if old is not None else ():
            if group not in self.groups(record):
                del self.by_group[group][key]
        for group in self.groups(record):
            self.by_group.setdefault(group, {})[key] = record
        self.by_key[key] = record
        self.changed[key] = None
        return record

    def take(self, record: T) -> None:
        """Remove a record."""
        key = self.key(record)
        for group in self.groups(self.by_key.pop(key)):
            del self.by_group[group][key]
        self.changed[key] = None

    def get(self, key: str) -> T | None:
        """Find a record by its name."""
        return self.by_key.get(key)

    def of(self, group: str) -> list[T]:
        """List the records of one group, in the order they came."""
        return list(self.by_group.get(group, {}).values())

    def __getitem__(self, key: str) -> T:
        """Find a record that must be there."""
        return self.by_key[key]

    def __iter__(self) -> Iterator[T]:
        """Walk through the records, in the order they came."""
        return iter(list(self.by_key.values()))


class State:
    """Everything this Slack knows."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.teams = Shelf(Team, lambda team: team.id)
        self.people = Shelf(Person, lambda person: person.id, lambda person: (person.team,))
        self.channels = Shelf(Channel, lambda channel: channel.id, lambda channel: (channel.team,))
        self.messages = Shelf(Message, lambda message: message.key, places_of)
        self.files = Shelf(File, lambda file: file.id)
        self.views = Shelf(View, lambda view: view.id)
        self.screens = Shelf(Screen, lambda screen: screen.person)
        self.apps = Shelf(App, lambda app: app.id)
        self.installations = Shelf(Installation, lambda installation: installation.team)
        self.scheduled = Shelf(Scheduled, lambda scheduled: scheduled.id)
        self.marks = Shelf(Mark, lambda mark: mark.key)
        self.ticks = Shelf(Tick, lambda tick: tick.step)
        self.additions = Shelf(Addition, lambda addition: addition.id)
        self.corrections = Shelf(Correction, lambda correction: correction.key)
        self.moments = Shelf(Moment, lambda moment: moment.id)
        self.contents: dict[str, bytes] = {}
        self.new_contents: set[str] = set()

    def shelves(self) -> dict[str, Shelf[Any]]:
        """Name all shelves."""
        return {name: shelf for name, shelf in vars(self).items() if isinstance(shelf, Shelf)}

    def keep_contents(self, file_id: str, contents: bytes) -> None:
        """Keep a file's bytes."""
        self.contents[file_id] = contents
        self.new_contents.add(file_id)


def places_of(message: Message) -> tuple[str, ...]:
    """Name the channel a message is in, and its thread."""
    thread = f"{message.channel}/{message.thread_ts}"
    return (message.channel, thread) if message.thread_ts else (message.channel,)
