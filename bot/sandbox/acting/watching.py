"""Everything a page draws for one person, in one answer."""

from bot.sandbox.acting.acts import Act, Json
from bot.sandbox.acting.looking import belongs, see_messages, see_screen
from bot.sandbox.state.channels import other_of, sees
from bot.sandbox.state.manifests import at, has_home_tab
from bot.sandbox.state.reading import New, mark_read, new_to, read_until
from bot.sandbox.state.records import Channel, Person

MOST_MESSAGES = 200


async def watch(act: Act) -> Json:
    """See everything: the channels and what is new in them, one channel, one thread, the modal and the home tab."""
    person = act.person()
    return {
        "now": act.world.clock.now(),
        "team": act.world.state.teams[person.team].name,
        "me": person.id,
        "people": {one.id: face(act, one) for one in act.world.state.people},
        "app": app_of(act, person),
        "channels": [in_sidebar(act, person, one) for one in listed(act, person)],
        "place": await place(act, person) if act.text("channel") else None,
        "screen": await see_screen(act),
    }


def face(act: Act, person: Person) -> Json:
    """Tell what is shown of someone, and how much is new to them."""
    rooms = () if person.is_bot else act.world.state.channels
    news = [new_to(act.world, person, channel) for channel in rooms]
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "is_bot": person.is_bot,
        "deleted": person.deleted,
        "unread": sum(new.messages + sum(new.threads.values()) for new in news),
    }


def app_of(act: Act, person: Person) -> Json:
    """Tell what the app offers: its commands, its shortcuts, its home tab."""
    app, bot = act.world.app(), act.world.installation(person.team)
    return {
        "name": app.name,
        "user": bot.bot_user if bot else "",
        "has_home": has_home_tab(app),
        "commands": list(at(app.manifest, "features", "slash_commands") or ()),
        "shortcuts": list(at(app.manifest, "features", "shortcuts") or ()),
    }


def listed(act: Act, person: Person) -> list[Channel]:
    """List the channels someone may know of; direct messages only with something in them."""
    known = [one for one in act.world.state.channels if sees(person.id, one) and belongs(person, one)]
    return [one for one in known if one.kind in ("public", "private") or act.world.state.messages.of(one.id)]


def in_sidebar(act: Act, person: Person, channel: Channel) -> Json:
    """Tell what a sidebar shows of a channel."""
    new: New = new_to(act.world, person, channel)
    said = act.world.state.messages.of(channel.id)
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "other": other_of(channel, person.id) if channel.kind == "im" else "",
        "members": len(channel.members),
        "is_member": person.id in channel.members,
        "archived": channel.archived,
        "topic": channel.topic,
        "unread": new.messages,
        "unread_threads": new.threads,
        "latest": said[-1].ts if said else "",
    }


async def place(act: Act, person: Person) -> Json:
    """Read the channel that is open, from its newest messages, and the thread that is."""
    channel, thread = act.channel(person), act.text("thread")
    told = await see_messages(Act(act.slack, {**act.given, "thread": ""}))
    messages = told["messages"]
    in_thread = (await see_messages(act))["messages"] if thread else []
    most = int(act.given.get("most") or MOST_MESSAGES)
    return {
        "channel": channel.id,
        "read": read_until(act.world, person, channel.id),
        "earlier": max(0, len(messages) - most),
        "messages": messages[-most:],
        "thread": {
            "ts": thread,
            "read": read_until(act.world, person, f"{channel.id}/{thread}"),
            "messages": in_thread,
        }
        if in_thread
        else None,
    }


async def read(act: Act) -> Json:
    """Have read a channel, or a thread of it, up to a message."""
    person = act.person()
    channel, thread = act.channel(person), act.text("thread")
    mark_read(act.world, person, f"{channel.id}/{thread}" if thread else channel.id, act.text("ts"))
    return {}
