"""Who reads along in a channel besides colleagues: people of another company, and guests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from bot.services.ids import Clock, PersonId, WorkspaceId
from bot.services.joining import Joining
from bot.services.meeting import Meeting
from bot.services.people import Person
from bot.slack.directory import met
from bot.slack.messenger import again_if_unclear, call
from bot.slack.refusals import NoPlace
from bot.slack.wording import listed

FRESH = timedelta(minutes=1)
PAGE, MOST_PAGES, MOST_NAMED = 1000, 10, 3
DIRECT = "D"  # how direct messages are called; there is one person in them, who was chosen
ARCHIVED = "it is archived"
ABSENT = "I am not in it; invite me with /invite"
UNSEEN = "I can't see it: it was deleted, or it is private and I was not invited"
SHARED = "it is shared with another company"


@dataclass(frozen=True, slots=True)
class Company:
    """Knows who is who, and who is where; what Slack said of a channel is believed for a minute."""

    client: WebClient
    workspace: WorkspaceId
    meeting: Meeting
    joining: Joining
    clock: Clock
    bots: set[str] = field(default_factory=set)
    shut: dict[str, str] = field(default_factory=dict)
    there: dict[str, frozenset[str]] = field(default_factory=dict)
    heard: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    def strangers(self, channel: str) -> str:
        """Say why money had better not be told in a channel; empty where only colleagues are."""
        if channel.startswith(DIRECT):
            return ""
        at, why = self.heard.get(channel, (None, ""))
        if at is None or at + FRESH < self.clock():
            why = self._look(channel)
            self.heard[channel] = (self.clock(), why)
        return why

    def closed(self, channel: str) -> str:
        """Say why nothing can be told in a channel; empty where it can."""
        self.strangers(channel)
        return self.shut.get(channel, "")

    def forget(self, channel: str) -> None:
        """Look again before believing anything of a channel."""
        self.heard.pop(channel, None)

    def is_there(self, person: PersonId, channel: str) -> bool:
        """Say whether somebody reads a channel; a mention does not reach those who don't."""
        self.strangers(channel)
        return channel.startswith(DIRECT) or person in self.there.get(channel, frozenset([person]))

    def someone(self, person: PersonId) -> Person | None:
        """Give somebody as they are known, asking Slack who it is where nobody knows; a bot is nobody."""
        known = self.joining.known(self.workspace, person)
        if known or person in self.bots:
            return known
        with again_if_unclear():
            told = call(lambda: self.client.users_info(user=person))["user"]
        if told.get("is_bot"):
            self.bots.add(person)
            return None
        found = met(told)
        self.meeting.one(self.workspace, found)
        return found.person

    def _look(self, channel: str) -> str:
        self.shut.pop(channel, None)
        try:
            with again_if_unclear():
                told = call(lambda: self.client.conversations_info(channel=channel))["channel"]
                if told.get("is_archived") or told.get("is_member") is False:
                    self.shut[channel] = ARCHIVED if told.get("is_archived") else ABSENT
                    return ""
                if told.get("is_ext_shared") or told.get("is_pending_ext_shared"):
                    return SHARED
                guests = [one.name for one in self._people(channel) if one.is_guest]
        except NoPlace:
            self.shut[channel] = UNSEEN
            return ""
        some = listed(guests[:MOST_NAMED]) + (" and more" if len(guests) > MOST_NAMED else "")
        return f"{some} {'is a guest' if len(guests) == 1 else 'are guests'} there" if guests else ""

    def _people(self, channel: str) -> Iterator[Person]:
        members = frozenset(self._members(channel))
        self.there[channel] = members
        found = (self.someone(PersonId(member)) for member in sorted(members))
        yield from (person for person in found if person and person.is_active)

    def _members(self, channel: str) -> Iterator[str]:
        cursor = ""
        for _ in range(MOST_PAGES):
            asked: dict[str, Any] = {"channel": channel, "limit": PAGE, "cursor": cursor}
            page = call(lambda: self.client.conversations_members(**asked))  # noqa: B023 - called at once
            yield from page["members"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return
