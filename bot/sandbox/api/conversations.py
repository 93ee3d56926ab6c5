"""Channels and direct messages: listing, opening, joining, reading back."""

from collections.abc import Iterable, Mapping

from bot.sandbox.api.calls import Call, Json, Method, Refused, page
from bot.sandbox.state.channels import SCOPES, TYPES, describe_channel, direct, join, leave, sees
from bot.sandbox.state.messages import describe_message, in_channel, replies_to
from bot.sandbox.state.records import Channel, Message, Person

MOST_PEOPLE = 8


def scopes_for(what: str) -> tuple[str, ...]:
    """Name the scopes of which a method on any kind of channel needs one."""
    return tuple(f"{kind}:{what}" for kind in SCOPES.values())


def readable(call: Call, what: str) -> Channel:
    """Find a channel of a kind that the token may read."""
    channel = call.channel()
    call.need_scope(f"{SCOPES[channel.kind]}:{what}")
    return channel


def info(call: Call) -> Json:
    """Describe one channel."""
    channel = readable(call, "read")
    described = describe_channel(call.world, channel, call.caller.user)
    if not call.flag("include_num_members"):
        described.pop("num_members", None)
    if call.flag("include_locale"):
        described["locale"] = "en-US"
    return {"ok": True, "channel": described}


def listed(call: Call, person: str) -> Json:
    """List the channels of these kinds that the bot may know of, and that someone is in."""
    kinds = [one.strip() for one in (call.text("types") or "public_channel").split(",")]
    if set(kinds) - set(TYPES.values()):
        raise Refused("invalid_types")
    for kind, name in TYPES.items():
        if name in kinds:
            call.need_scope(f"{SCOPES[kind]}:read")
    found = [
        channel
        for channel in call.world.state.channels.of(call.caller.team)
        if TYPES[channel.kind] in kinds
        and sees(call.caller.user, channel)
        and (not person or person in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    some, more = page(call, found)
    described = [describe_channel(call.world, channel, call.caller.user) for channel in some]
    return {"ok": True, "channels": described, "response_metadata": more}


def list_all(call: Call) -> Json:
    """List channels."""
    return listed(call, "")


def list_mine(call: Call) -> Json:
    """List the channels someone is in."""
    return listed(call, call.person().id if call.text("user") else call.caller.user)


def members(call: Call) -> Json:
    """List who is in a channel."""
    channel = readable(call, "read")
    some, more = page(call, list(channel.members))
    return {"ok": True, "members": some, "response_metadata": more}


def open_direct(call: Call) -> Json:
    """Open the direct messages with someone, or with a few."""
    if call.text("channel"):
        channel = call.channel()
        if channel.kind not in ("im", "mpim"):
            raise Refused("method_not_supported_for_channel_type")
        return {"ok": True, "no_op": True, "already_open": True, "channel": {"id": channel.id}}
    people = people_named(call)
    make = not call.flag("prevent_creation")
    call.need_scope("im:write" if len(people) == 1 else "mpim:write")
    channel_or_none = direct(call.world, call.caller.team, (call.caller.user, *people), make=make)
    if channel_or_none is None:
        raise Refused("channel_not_found")
    whole = describe_channel(call.world, channel_or_none, call.caller.user)
    return {"ok": True, "channel": whole if call.flag("return_im") else {"id": channel_or_none.id}}


def people_named(call: Call) -> list[str]:
    """Read the people with whom to talk; with those who have left nobody can."""
    names = [name for name in call.text("users").split(",") if name]
    if not names:
        raise Refused("users_list_not_supplied")
    if len(names) > MOST_PEOPLE:
        raise Refused("too_many_users")
    found = [call.world.state.people.get(name) for name in names]
    known = [one for one in found if isinstance(one, Person) and one.team == call.caller.team]
    if len(known) < len(names):
        raise Refused("user_not_found")
    if any(one.deleted for one in known):
        raise Refused("user_disabled")
    return [one.id for one in known]


def join_channel(call: Call) -> Json:
    """Let the bot into a public channel."""
    channel = call.channel()
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    already: Json = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    was_in = call.caller.user in channel.members
    joined = join(call.world, channel, call.world.state.people[call.caller.user])
    described = describe_channel(call.world, joined, call.caller.user)
    return {"ok": True, "channel": described, **(already if was_in else {})}


def leave_channel(call: Call) -> Json:
    """Let the bot out of a channel."""
    channel = call.channel()
    if channel.kind == "im":
        raise Refused("method_not_supported_for_channel_type")
    if call.caller.user not in channel.members:
        return {"ok": False, "not_in_channel": True}
    leave(call.world, channel, call.world.state.people[call.caller.user])
    return {"ok": True}


def in_time(call: Call, said: Iterable[Message]) -> list[Message]:
    """Keep what was said between two moments."""
    oldest, latest = moment(call, "oldest", "0"), moment(call, "latest", "inf")
    if call.flag("inclusive"):
        return [one for one in said if oldest <= float(one.ts) <= latest]
    return [one for one in said if oldest < float(one.ts) < latest]


def moment(call: Call, name: str, default: str) -> float:
    """Read a time stamp as a number."""
    try:
        return float(call.text(name) or default)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def readable_history(call: Call) -> Channel:
    """Find a channel whose past the bot may read."""
    channel = readable(call, "history")
    if call.caller.user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def told(call: Call, found: list[Message], default: int = 100) -> Json:
    """Answer with one page of messages."""
    some, more = page(call, found, default=default, most=999)
    metadata = call.flag("include_all_metadata")
    described = [describe_message(call.world, one, metadata=metadata) for one in some]
    has_more = bool(more["next_cursor"])
    return {"ok": True, "messages": described, "has_more": has_more} | ({"response_metadata": more} if has_more else {})


def history(call: Call) -> Json:
    """Read a channel back, newest first."""
    channel = readable_history(call)
    found = in_time(call, in_channel(call.world, channel))
    return {**told(call, found[::-1]), "pin_count": 0}


def replies(call: Call) -> Json:
    """Read a thread back, its first message first."""
    channel = readable_history(call)
    first = call.world.state.messages.get(f"{channel.id}/{call.need('ts')}")
    if first is None or first.only_for:
        raise Refused("thread_not_found")
    if first.thread_ts and first.thread_ts != first.ts:
        return told(call, [first])
    return told(call, [first, *in_time(call, replies_to(call.world, first))], default=1000)


METHODS: Mapping[str, Method] = {
    "conversations.info": Method(info, scopes_for("read"), per_minute=50),
    "conversations.list": Method(list_all, scopes_for("read"), per_minute=20),
    "users.conversations": Method(list_mine, scopes_for("read"), per_minute=50),
    "conversations.members": Method(members, scopes_for("read"), per_minute=100),
    "conversations.open": Method(
        open_direct, ("channels:manage", "groups:write", "im:write", "mpim:write"), per_minute=50
    ),
    "conversations.join": Method(join_channel, ("channels:join",), per_minute=50),
    "conversations.leave": Method(leave_channel, ("channels:manage", "groups:write", "mpim:write"), per_minute=50),
    "conversations.history": Method(history, scopes_for("history"), per_minute=50),
    "conversations.replies": Method(replies, scopes_for("history"), per_minute=50),
}
