"""The channel in which results are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient

from bot.services.failures import Refused
from bot.slack.messenger import call
from bot.slack.room import Room

LIKELY = ("gapwatch", "gap", "billing")
"""Words in the name of a channel that is made for this."""
PAGE = 200
Json = Mapping[str, Any]


def find_home(client: WebClient, wanted: str = "") -> str:
    """Find the channel that is wanted, or the likeliest of those the bot is in; none if it is in none."""
    there = list(channels_of(client))
    if wanted:
        found = [one["id"] for one in there if wanted.removeprefix("#") in (one["id"], one["name"])]
        if not found:
            raise Refused(f"I am not in the channel {wanted} that GAPWATCH_HOME_CHANNEL names. Invite me with /invite.")
        return str(found[0])
    ranked = sorted(there, key=lambda one: (likelihood(str(one["name"])), one["name"]))
    return str(ranked[0]["id"]) if ranked else ""


def home_of(room: Room, usual: str) -> str:
    """Say where results are told: in the channel that was set, else in the usual one."""
    return room.services.reports.workplaces.of(room.workspace).home or usual


def channels_of(client: WebClient) -> Iterator[Json]:
    """List the channels the bot is in; those shared with another company are no place for billing."""
    cursor = ""
    asked: dict[str, Any] = {"types": "public_channel,private_channel", "exclude_archived": True, "limit": PAGE}
    while True:
        page = call(lambda: client.users_conversations(cursor=cursor, **asked))  # noqa: B023 - called at once
        yield from (one for one in page["channels"] if not one.get("is_ext_shared"))
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return


def likelihood(name: str) -> int:
    """Rank a name: the lower, the likelier."""
    return next((rank for rank, word in enumerate(LIKELY) if word in name), len(LIKELY))
