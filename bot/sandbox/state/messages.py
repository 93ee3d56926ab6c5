"""Messages: said, changed, deleted, and put in threads."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.sandbox.state.channels import EVENT_TYPES
from bot.sandbox.state.files import describe_file
from bot.sandbox.state.records import Channel, Message
from bot.sandbox.state.world import World

Json = dict[str, Any]

TOMBSTONE = "tombstone"


def post(world: World, message: Message) -> Message:
    """Say something, and tell the app; what is for one person alone is told to nobody."""
    put = world.state.messages.put(message)
    if not message.only_for:
        tell_message(world, put, describe_message(world, put, metadata=False))
        tell_mention(world, put)
        tell_files(world, put)
    return put


def tell_message(world: World, message: Message, body: Json) -> None:
    """Tell the app of a message, or of a change to one."""
    channel = world.state.channels[message.channel]
    where = {"channel": channel.id, "channel_type": EVENT_TYPES[channel.kind]}
    world.happened(channel.team, {**body, **where, "event_ts": body["ts"]}, channel=channel.id)


def tell_mention(world: World, message: Message) -> None:
    """Tell the app that it was spoken to; in direct messages Slack does not."""
    channel = world.state.channels[message.channel]
    bot = world.installation(channel.team)
    if bot and f"<@{bot.bot_user}>" in message.text and message.user != bot.bot_user and channel.kind != "im":
        body = describe_message(world, message, metadata=False)
        mention = {**body, "type": "app_mention", "channel": channel.id, "event_ts": message.ts}
        mention.pop("subtype", None)
        world.happened(channel.team, mention, channel=channel.id)


def tell_files(world: World, message: Message) -> None:
    """Tell the app of the files in a message."""
    for file in message.files:
        event = {
            "type": "file_shared",
            "channel_id": message.channel,
            "file_id": file,
            "user_id": message.user,
            "file": {"id": file},
            "event_ts": world.new_ts(),
        }
        world.happened(world.state.channels[message.channel].team, event, channel=message.channel)


def change(world: World, message: Message, changed: Message) -> Message:
    """Put a changed message in place of the old one."""
    before = describe_message(world, message, metadata=False)
    put = world.state.messages.put(changed)
    if not put.only_for:
        after = describe_message(world, put, metadata=False)
        tell_message(world, put, aside(world, "message_changed", message=after, previous_message=before))
    return put


def delete(world: World, message: Message) -> None:
    """Take a message back; a thread keeps the place of its first message."""
    before = describe_message(world, message, metadata=False)
    if not message.only_for and replies_to(world, message):
        gone = Message(message.channel, message.ts, "USLACKBOT", "This message was deleted.", message.team)
        world.state.messages.put(replace(gone, subtype=TOMBSTONE, thread_ts=message.ts))
    else:
        world.state.messages.take(message)
    if not message.only_for:
        deleted = aside(world, "message_deleted", deleted_ts=message.ts, previous_message=before)
        tell_message(world, message, deleted)


def aside(world: World, subtype: str, **more: object) -> Json:
    """Describe a change to a message, which Slack tells as a hidden message."""
    return {"type": "message", "subtype": subtype, "hidden": True, "ts": world.new_ts(), **more}


def replies_to(world: World, message: Message) -> list[Message]:
    """List what was said in a message's thread."""
    return [one for one in world.state.messages.of(message.key) if one.ts != message.ts and not one.only_for]


def in_channel(world: World, channel: Channel) -> list[Message]:
    """List what everybody in a channel sees outside its threads, oldest first."""
    said = world.state.messages.of(channel.id)
    return [one for one in said if not one.only_for and (one.thread_ts in ("", one.ts) or one.broadcast)]


def thread_facts(world: World, message: Message) -> Json:
    """Tell what a thread's first message says of its replies."""
    replies = replies_to(world, message) if message.thread_ts in ("", message.ts) else []
    if not replies:
        return {}
    users = list(dict.fromkeys(one.user for one in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users[:5],
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def describe_message(world: World, message: Message, *, metadata: bool = True) -> Json:
    """Describe a message as `conversations.history` does."""
    described: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    described |= {name: value for name, value in optional_parts(world, message, metadata=metadata) if value}
    return described | thread_facts(world, message)


def optional_parts(world: World, message: Message, *, metadata: bool) -> Iterator[tuple[str, object]]:
    """Name the parts that only some messages have."""
    yield "subtype", message.subtype or ("thread_broadcast" if message.broadcast else "")
    yield "team", message.team
    yield "client_msg_id", message.client_msg_id
    yield "bot_id", message.bot_id
    yield "app_id", message.app_id
    yield "bot_profile", bot_profile(world, message) if message.bot_id else None
    yield "username", message.username
    yield "icons", message.icons
    yield "blocks", list(message.blocks)
    yield "attachments", list(message.attachments)
    yield "files", [describe_file(world, world.state.files[file]) for file in message.files]
    yield "edited", message.edited
    yield "reactions", list(message.reactions)
    yield "is_ephemeral", bool(message.only_for)
    if metadata:
        yield "metadata", message.metadata
    if message.thread_ts:
        yield "thread_ts", message.thread_ts
        first = world.state.messages.get(f"{message.channel}/{message.thread_ts}")
        yield "parent_user_id", first.user if first and first.ts != message.ts else ""


def bot_profile(world: World, message: Message) -> Json:
    """Describe the bot that said something."""
    app = world.state.apps.get(message.app_id)
    return {
        "id": message.bot_id,
        "app_id": message.app_id,
        "name": app.name if app else "",
        "icons": {},
        "deleted": False,
        "updated": 0,
        "team_id": message.team,
    }


def permalink(world: World, message: Message) -> str:
    """Make the address by which people open a message."""
    team = world.state.teams[world.state.channels[message.channel].team]
    link = f"https://{team.domain}.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}"
    return link
