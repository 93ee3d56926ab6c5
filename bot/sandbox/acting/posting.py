"""People write: messages, replies, files; they change and delete what they wrote."""

import re
import uuid
from dataclasses import replace

from bot.sandbox.acting.acts import Act, CannotDo, Json
from bot.sandbox.state.channels import join, leave
from bot.sandbox.state.files import begin_file, complete_file, receive_file, share_file
from bot.sandbox.state.messages import change, delete, describe_message, post
from bot.sandbox.state.people import find_person
from bot.sandbox.state.records import File, Message, Person
from bot.sandbox.state.world import World


def typed(world: World, person: Person, text: str) -> str:
    """Turn what someone types into what Slack sends: signs made harmless, names turned into mentions."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def mention(found: re.Match[str]) -> str:
        known = find_person(world, found[1], person.team)
        return f"<@{known.id}>" if known else found[0]

    return re.sub(r"(?<![\w.])@([\w.\-]+\w)", mention, re.sub(r"(https?://[^\s|]+)", r"<\1>", safe))


def rich(text: str) -> Json:
    """Make the block that goes with every message a person writes."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": "b0", "elements": [section]}


async def say(act: Act) -> Json:
    """Write a message, or a reply, perhaps with files."""
    person = act.person()
    channel = act.place(person)
    files = [file_to_share(act, person, name) for name in act.given.get("files") or ()]
    text = typed(act.world, person, act.text("text"))
    if not text and not files:
        raise CannotDo("There is nothing to say.")
    first = act.message(person, "thread") if act.text("thread") else None
    said = Message(
        channel.id,
        act.world.new_ts(),
        person.id,
        text,
        person.team,
        subtype="file_share" if files else "",
        blocks=(rich(act.text("text")),) if text else (),
        thread_ts=(first.thread_ts or first.ts) if first else "",
        broadcast=bool(act.given.get("broadcast")) and first is not None,
        files=tuple(file.id for file in files),
        client_msg_id=str(uuid.uuid4()),
    )
    for file in files:
        share_file(act.world, file, channel.id, said.ts)
    return {**describe_message(act.world, post(act.world, said)), "channel": channel.id}


def file_to_share(act: Act, person: Person, name: str) -> File:
    """Find a file that someone has handed in."""
    file = act.world.state.files.get(name)
    if file is None or file.user != person.id or file.deleted:
        raise CannotDo(f"{person.real_name} has no file {name!r}.")
    return file


def hand_in(world: World, person: Person, name: str, contents: bytes) -> File:
    """Take a file that someone drops; it is in no channel yet."""
    file = begin_file(world, person.team, person.id, name, len(contents))
    return complete_file(world, receive_file(world, file, contents), "")


def own(act: Act, person: Person) -> Message:
    """Find a message of one's own."""
    message = act.message(person)
    if message.user != person.id:
        raise CannotDo(f"{person.real_name} did not write that message.")
    return message


async def edit(act: Act) -> Json:
    """Change what one wrote."""
    person = act.person()
    old = own(act, person)
    text = typed(act.world, person, act.text("text"))
    edited = {"user": person.id, "ts": act.world.new_ts()}
    changed = replace(old, text=text, blocks=(rich(act.text("text")),), edited=edited)
    return describe_message(act.world, change(act.world, old, changed))


async def unsay(act: Act) -> Json:
    """Delete what one wrote."""
    delete(act.world, own(act, act.person()))
    return {}


async def enter(act: Act) -> Json:
    """Join a channel."""
    person = act.person()
    channel = act.channel(person)
    if channel.kind != "public":
        raise CannotDo(f"{person.real_name} cannot join #{channel.name}; someone there must invite them.")
    return {"members": list(join(act.world, channel, person).members)}


async def invite(act: Act) -> Json:
    """Bring someone, such as the bot, into a channel."""
    person = act.person()
    channel = act.place(person)
    return {"members": list(join(act.world, channel, act.someone("whom"), person.id).members)}


async def remove(act: Act) -> Json:
    """Put someone out of a channel, or leave it."""
    person = act.person()
    channel = act.place(person)
    return {"members": list(leave(act.world, channel, act.someone("whom") if act.text("whom") else person).members)}
