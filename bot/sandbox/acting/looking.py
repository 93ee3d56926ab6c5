"""What a person sees: channels, messages, threads, modals, the home tab."""

from typing import Any

from bot.sandbox.acting.acts import Act, Json
from bot.sandbox.state.channels import describe_channel, sees
from bot.sandbox.state.messages import describe_message, permalink
from bot.sandbox.state.people import describe_person
from bot.sandbox.state.records import Channel, Message, Person
from bot.sandbox.state.views import describe_view, screen_of, top_modal


async def see_people(act: Act) -> Json:
    """See everybody there is."""
    scopes = ("users:read.email",)
    return {"people": [describe_person(act.world, one, scopes) for one in act.world.state.people]}


async def see_channels(act: Act) -> Json:
    """See the channels one may know of."""
    person = act.person()
    seen = [one for one in act.world.state.channels if sees(person.id, one) and belongs(person, one)]
    return {"channels": [describe_channel(act.world, one, person.id) for one in seen]}


def belongs(person: Person, channel: Channel) -> bool:
    """Tell whether a channel is in someone's workspace, or shared with it."""
    return person.team in (channel.team, *channel.shared_with)


async def see_messages(act: Act) -> Json:
    """See a channel, or one thread of it, with what only oneself sees."""
    person = act.person()
    channel = act.channel(person)
    thread = act.text("thread")
    shown = [one for one in act.world.state.messages.of(channel.id) if shows(one, person, thread)]
    return {"channel": channel.id, "messages": [with_link(act, one) for one in sorted(shown, key=lambda one: one.ts)]}


def shows(message: Message, person: Person, thread: str) -> bool:
    """Tell whether someone who looks at a channel, or at a thread, sees a message there."""
    if message.only_for not in ("", person.id):
        return False
    if thread:
        return thread in (message.ts, message.thread_ts)
    return message.thread_ts in ("", message.ts) or message.broadcast


def with_link(act: Act, message: Message) -> Json:
    """Describe a message, with its address and what was attached for machines."""
    return {
        **describe_message(act.world, message),
        "channel": message.channel,
        "permalink": permalink(act.world, message),
    }


async def see_screen(act: Act) -> Json:
    """See the modal one has open, how many lie under it, and the home tab."""
    person = act.person()
    screen = screen_of(act.world, person.id)
    top = top_modal(act.world, person.id)
    home = act.world.state.views.get(screen.home)
    seen: dict[str, Any] = {"depth": len(screen.modals)}
    seen["modal"] = describe_view(act.world, top) if top else None
    seen["home"] = describe_view(act.world, home) if home else None
    return seen
