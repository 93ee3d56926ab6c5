"""People: who they are, as Slack describes them to an app."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.state.records import Person
from bot.sandbox.state.world import World

Json = dict[str, Any]


def find_person(world: World, name: str, team: str = "") -> Person | None:
    """Find a person by id, by name, or by full name."""
    known = world.state.people.get(name)
    if known and (not team or known.team == team):
        return known
    wanted = name.removeprefix("@").casefold()
    people = world.state.people.of(team) if team else list(world.state.people)
    return next((one for one in people if wanted in (one.name.casefold(), one.real_name.casefold())), None)


def is_known(world: World, person: Person, team: str) -> bool:
    """Tell whether a team knows someone: one of their own, or met in a shared channel."""
    shared = (channel for channel in world.state.channels if channel.shared_with and person.id in channel.members)
    return person.team == team or any(team in (channel.team, *channel.shared_with) for channel in shared)


def describe_person(world: World, person: Person, scopes: tuple[str, ...]) -> Json:
    """Describe a person as `users.info` does; the address needs a scope of its own."""
    profile: Json = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name if person.is_bot else "",
        "display_name_normalized": person.name if person.is_bot else "",
        "title": person.title,
        "team": person.team,
    }
    if person.email and "users:read.email" in scopes:
        profile["email"] = person.email
    if person.is_bot:
        profile |= {"bot_id": person.bot_id, "api_app_id": person.app_id}
    described: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "updated": person.updated,
        "is_app_user": False,
    }
    return described if person.deleted else {**described, **of_the_living(world, person)}


def of_the_living(world: World, person: Person) -> Json:
    """Describe what Slack says only of people who are still there."""
    local = datetime.fromtimestamp(world.clock.now(), UTC).astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    return {
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": local.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": person.is_admin or person.is_owner,
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "color": "9f69e7",
    }


def deactivate(world: World, person: Person) -> Person:
    """Close a person's account; their messages stay."""
    gone = world.state.people.put(replace(person, deleted=True, updated=world.now()))
    for channel in world.state.channels.of(person.team):
        if person.id in channel.members and channel.kind in ("public", "private"):
            left = tuple(member for member in channel.members if member != person.id)
            world.state.channels.put(replace(channel, members=left))
    world.happened(
        person.team,
        {
            "type": "user_change",
            "user": describe_person(world, gone, ("users:read.email",)),
            "event_ts": world.new_ts(),
        },
    )
    return gone
