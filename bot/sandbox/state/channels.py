"""Channels: who is in them, who sees them, how Slack describes them."""

from dataclasses import replace
from typing import Any

from bot.sandbox.state.records import Channel, Kind, Person
from bot.sandbox.state.world import World

Json = dict[str, Any]

TYPES = {"public": "public_channel", "private": "private_channel", "im": "im", "mpim": "mpim"}
EVENT_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
SCOPES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
TWO = 2


def sees(person: str, channel: Channel) -> bool:
    """Tell whether someone may know of a channel."""
    return channel.kind == "public" or person in channel.members


def find_channel(world: World, name: str, team: str, seen_by: str) -> Channel | None:
    """Find a channel by id or name, among those that this person may know of."""
    known = world.state.channels.get(name)
    wanted = name.removeprefix("#")
    channels = [known] if known else [one for one in world.state.channels if one.name == wanted and wanted]
    mine = (one for one in channels if team in (one.team, *one.shared_with) and sees(seen_by, one))
    return next(mine, None)


def direct(world: World, team: str, people: tuple[str, ...], *, make: bool = True) -> Channel | None:
    """Find, or begin, the direct messages between these people."""
    kind: Kind = "im" if len(people) <= TWO else "mpim"
    for channel in world.state.channels.of(team):
        if channel.kind == kind and set(channel.members) == set(people):
            return channel
    if not make:
        return None
    name = "" if kind == "im" else "mpdm-" + "--".join(world.state.people[one].name for one in people) + "-1"
    made = Channel(world.new_id("D" if kind == "im" else "G"), team, name, kind, people, people[0], world.now())
    return world.state.channels.put(made)


def other_of(channel: Channel, bot: str) -> str:
    """Name the other side of a direct conversation."""
    return next((member for member in channel.members if member != bot), bot)


def describe_channel(world: World, channel: Channel, seen_by: str) -> Json:
    """Describe a channel as `conversations.info` does."""
    shared = bool(channel.shared_with)
    described: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_shared": shared,
        "is_ext_shared": shared,
        "is_org_shared": False,
        "context_team_id": channel.team,
        "updated": channel.created * 1000,
        "unlinked": 0,
    }
    if channel.kind == "im":
        other = world.state.people[other_of(channel, seen_by)]
        return {**described, "user": other.id, "is_user_deleted": other.deleted, "priority": 0}
    return {
        **described,
        "name": channel.name,
        "name_normalized": channel.name,
        "creator": channel.creator,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_general": channel.name == "general",
        "is_member": seen_by in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        "num_members": len(channel.members),
    }


def join(world: World, channel: Channel, person: Person, inviter: str = "") -> Channel:
    """Let someone into a channel."""
    if person.id in channel.members:
        return channel
    joined = world.state.channels.put(replace(channel, members=(*channel.members, person.id)))
    tell_move(world, channel, person, "member_joined_channel", {"inviter": inviter} if inviter else {})
    return joined


def leave(world: World, channel: Channel, person: Person) -> Channel:
    """Let someone out of a channel."""
    tell_move(world, channel, person, "member_left_channel", {})
    left = tuple(member for member in channel.members if member != person.id)
    return world.state.channels.put(replace(channel, members=left))


def tell_move(world: World, channel: Channel, person: Person, what: str, more: Json) -> None:
    """Tell the app that someone came or went."""
    kind = "C" if channel.kind == "public" else "G"
    who = {"type": what, "user": person.id, "channel": channel.id, "channel_type": kind, "team": channel.team}
    world.happened(channel.team, {**who, **more, "event_ts": world.new_ts()}, channel=channel.id)


def archive(world: World, channel: Channel, by: str, *, archived: bool = True) -> Channel:
    """Close a channel, or open it again."""
    put = world.state.channels.put(replace(channel, archived=archived))
    kind = f"{EVENT_TYPES[channel.kind]}_{'archive' if archived else 'unarchive'}"
    event = {"type": kind, "channel": channel.id, "user": by, "event_ts": world.new_ts()}
    world.happened(channel.team, event, channel=channel.id)
    return put
