"""How far people have read, and what is new to them."""

from dataclasses import dataclass

from bot.sandbox.state.channels import sees
from bot.sandbox.state.records import Channel, Mark, Message, Person
from bot.sandbox.state.world import World

NEVER = "0"


@dataclass(frozen=True, slots=True)
class New:
    """What is new to someone in a channel: outside threads, and in each thread they follow."""

    messages: int
    threads: dict[str, int]


def read_until(world: World, person: Person, place: str) -> str:
    """Tell how far someone has read in a channel, or in a thread named `channel/ts`."""
    mark = world.state.marks.get(f"{person.id}/{place}")
    return mark.ts if mark else NEVER


def mark_read(world: World, person: Person, place: str, ts: str) -> None:
    """Remember that someone has read so far; nobody unreads by looking at something older."""
    if ts > read_until(world, person, place):
        world.state.marks.put(Mark(person.id, place, ts))


def is_for(message: Message, person: Person) -> bool:
    """Tell whether someone may see a message, in the channel they are in."""
    return message.only_for in ("", person.id)


def is_reply(message: Message) -> bool:
    """Tell whether a message stands in a thread, below its first message."""
    return message.thread_ts not in ("", message.ts)


def new_to(world: World, person: Person, channel: Channel) -> New:
    """Count what someone has not read in a channel."""
    if person.id not in channel.members or not sees(person.id, channel):
        return New(0, {})
    others = [one for one in world.state.messages.of(channel.id) if is_for(one, person) and one.user != person.id]
    seen = read_until(world, person, channel.id)
    shown = sum(one.ts > seen for one in others if not is_reply(one) or one.broadcast)
    threads = {one.thread_ts for one in others if is_reply(one)}
    counted = {thread: new_in_thread(world, person, channel, thread, others) for thread in threads}
    return New(shown, {thread: count for thread, count in counted.items() if count})


def new_in_thread(world: World, person: Person, channel: Channel, thread: str, others: list[Message]) -> int:
    """Count the new replies of a thread, for someone who follows it."""
    place = f"{channel.id}/{thread}"
    if not follows(world, person, channel, place):
        return 0
    seen = read_until(world, person, place)
    return sum(one.ts > seen for one in others if one.thread_ts == thread and is_reply(one))


def follows(world: World, person: Person, channel: Channel, place: str) -> bool:
    """Tell whether someone follows a thread: in direct messages, or by having written or been named there."""
    if channel.kind in ("im", "mpim"):
        return True
    first = world.state.messages.get(place)
    said = [*([first] if first else []), *world.state.messages.of(place)]
    return any(person.id in (one.user, one.only_for) or f"<@{person.id}>" in one.text for one in said)
