"""Saying, changing and taking back messages."""

from collections.abc import Mapping
from dataclasses import replace

from bot.sandbox.api.calls import Call, Json, Method, Refused
from bot.sandbox.api.drafts import draft_of, metadata_of, parts_of, text_of
from bot.sandbox.state.channels import direct
from bot.sandbox.state.messages import change, delete, describe_message, permalink, post
from bot.sandbox.state.records import Channel, Message

LONGEST_UPDATE = 4000


def place_to_post(call: Call) -> Channel:
    """Find where a message shall go; a person's id means the direct messages with them."""
    person = call.world.state.people.get(call.text("channel"))
    if person and person.team == call.caller.team:
        conversation = direct(call.world, call.caller.team, (call.caller.user, person.id))
        if conversation is None:
            raise Refused("channel_not_found")
        return conversation
    return call.channel()


def open_to_bot(call: Call, channel: Channel) -> Channel:
    """Go on only where the bot may speak."""
    if channel.archived:
        raise Refused("is_archived")
    if call.caller.user not in channel.members and "chat:write.public" not in call.caller.scopes:
        raise Refused("not_in_channel")
    return channel


def first_of_thread(call: Call, channel: Channel) -> str:
    """Name the message under which a reply goes; a reply's own thread when a reply is named."""
    ts = call.text("thread_ts")
    if not ts:
        return ""
    first = call.world.state.messages.get(f"{channel.id}/{ts}")
    if first is None or first.only_for:
        raise Refused("cannot_reply_to_message")
    return first.thread_ts or first.ts


def post_message(call: Call) -> Json:
    """Say something in a channel."""
    channel = open_to_bot(call, place_to_post(call))
    draft, warnings = draft_of(call, channel.id, first_of_thread(call, channel))
    said = post(call.world, draft)
    shown = describe_message(call.world, said)
    return {"ok": True, "channel": channel.id, "ts": said.ts, "message": shown, **warnings}


def post_ephemeral(call: Call) -> Json:
    """Say something that one person sees."""
    channel = open_to_bot(call, call.channel())
    person = call.person()
    if person.id not in channel.members:
        raise Refused("user_not_in_channel")
    draft, warnings = draft_of(call, channel.id, first_of_thread(call, channel))
    said = post(call.world, replace(draft, only_for=person.id, metadata=None))
    return {"ok": True, "message_ts": said.ts, **warnings}


def update(call: Call) -> Json:
    """Change a message of the bot's own; text without blocks takes the old blocks away."""
    channel = call.channel()
    old = call.message(channel)
    if channel.archived:
        raise Refused("is_inactive")
    if old.user != call.caller.user or old.subtype == "tombstone":
        raise Refused("cant_update_message")
    changed = changed_message(call, old)
    change(call.world, old, changed)
    shown = describe_message(call.world, changed)
    return {"ok": True, "channel": channel.id, "ts": changed.ts, "text": changed.text, "message": shown}


def changed_message(call: Call, old: Message) -> Message:
    """Work out what a message becomes."""
    parts = parts_of(call)
    text, _ = text_of(call)
    if len(text) > LONGEST_UPDATE:
        raise Refused("msg_too_long")
    if not parts and not text:
        raise Refused("no_text")
    keeps = not text and "blocks" not in parts
    edited = None if parts.get("blocks") else {"user": call.caller.user, "ts": call.world.new_ts()}
    return replace(
        old,
        text=text or old.text,
        blocks=old.blocks if keeps else parts.get("blocks", ()),
        attachments=parts.get("attachments", old.attachments),
        metadata=metadata_of(call) if "metadata" in call.given else old.metadata,
        edited=edited or old.edited,
    )


def take_back(call: Call) -> Json:
    """Delete a message of the bot's own."""
    channel = call.channel()
    old = call.message(channel)
    if old.user != call.caller.user or old.subtype == "tombstone":
        raise Refused("cant_delete_message")
    delete(call.world, old)
    return {"ok": True, "channel": channel.id, "ts": old.ts}


def get_permalink(call: Call) -> Json:
    """Tell a message's address."""
    channel = call.channel()
    found = call.message(channel, "message_ts")
    return {"ok": True, "channel": channel.id, "permalink": permalink(call.world, found)}


WRITE = ("chat:write",)
METHODS: Mapping[str, Method] = {
    "chat.postMessage": Method(post_message, WRITE, per_minute=0),
    "chat.postEphemeral": Method(post_ephemeral, WRITE, per_minute=100),
    "chat.update": Method(update, WRITE, per_minute=50),
    "chat.delete": Method(take_back, WRITE, per_minute=50),
    "chat.getPermalink": Method(get_permalink, per_minute=0),
}
