"""One thing a person does: who, where, with what; and why it cannot be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack import Slack
from bot.sandbox.state.channels import direct, find_channel
from bot.sandbox.state.people import find_person
from bot.sandbox.state.records import Channel, Message, Person, View
from bot.sandbox.state.views import screen_of, top_modal
from bot.sandbox.state.world import World

Json = dict[str, Any]


class CannotDo(Exception):  # noqa: N818 - named for what happened
    """A person cannot do this here."""


@dataclass(frozen=True, slots=True)
class Act:
    """What someone does, as it came in."""

    slack: Slack
    given: Mapping[str, Any]

    @property
    def world(self) -> World:
        """The world it is done in."""
        return self.slack.world

    def text(self, name: str) -> str:
        """Read a word or a sentence; what was not given is empty."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def person(self, name: str = "as") -> Person:
        """Find who does it; who has left does nothing."""
        found = self.someone(name)
        if found.deleted:
            raise CannotDo(f"{found.real_name} is deactivated and can do nothing.")
        return found

    def someone(self, name: str) -> Person:
        """Find someone, still there or not."""
        found = find_person(self.world, self.text(name))
        if found is None:
            raise CannotDo(f"There is nobody called {self.text(name)!r}.")
        return found

    def channel(self, person: Person, name: str = "channel") -> Channel:
        """Find where it is done: a channel, or the direct messages with someone, as `@name`."""
        wanted = self.text(name)
        if wanted.startswith("@"):
            other = find_person(self.world, wanted, person.team)
            conversation = other and direct(self.world, person.team, (person.id, other.id))
            if not conversation:
                raise CannotDo(f"There is nobody called {wanted!r} to talk to.")
            return conversation
        found = find_channel(self.world, wanted, person.team, person.id)
        if found is None:
            raise CannotDo(f"{person.real_name} sees no channel called {wanted!r}.")
        return found

    def place(self, person: Person) -> Channel:
        """Find where someone can speak."""
        channel = self.channel(person)
        if person.id not in channel.members:
            raise CannotDo(f"{person.real_name} is not in #{channel.name}.")
        if channel.archived:
            raise CannotDo(f"#{channel.name} is archived.")
        return channel

    def message(self, person: Person, name: str = "ts") -> Message:
        """Find a message that someone sees."""
        channel = self.channel(person)
        found = self.world.state.messages.get(f"{channel.id}/{self.text(name)}")
        if found is None or found.only_for not in ("", person.id):
            raise CannotDo(f"{person.real_name} sees no message {self.text(name)!r} in {channel.name or 'there'}.")
        return found

    def modal(self, person: Person) -> View:
        """Find the modal that someone has before them."""
        view = top_modal(self.world, person.id)
        if view is None:
            raise CannotDo(f"{person.real_name} has no modal open.")
        return view

    def home(self, person: Person) -> View:
        """Find the home tab that someone has."""
        view = self.world.state.views.get(screen_of(self.world, person.id).home)
        if view is None:
            raise CannotDo(f"The app has not drawn a home tab for {person.real_name}.")
        return view
