"""What Slack tells an app of what a person did: actions, submissions, commands, shortcuts."""

from typing import Any

from bot.sandbox.state.messages import describe_message
from bot.sandbox.state.passes import ANSWER_SECONDS, AnswerPlace
from bot.sandbox.state.records import Channel, Message, Person, View
from bot.sandbox.state.views import describe_view
from bot.sandbox.state.world import World

Json = dict[str, Any]


def common(world: World, person: Person, channel: Channel | None = None) -> Json:
    """Tell who did it, and in which of the workspaces that have the app."""
    places = (person.team, channel.team) if channel else (person.team,)
    team = world.state.teams[world.nearest_installation(*places).team]
    return {
        "team": {"id": team.id, "domain": team.domain},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team},
        "api_app_id": world.app().id,
        "token": world.app().verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(channel: Channel) -> str:
    """Name a channel as payloads do, which hide private names."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


def answer_url(world: World, person: Person, channel: Channel, message: Message | None = None) -> str:
    """Make the address at which the app may answer."""
    ts, thread = (message.ts, message.thread_ts) if message else ("", "")
    place = AnswerPlace(person.team, channel.id, person.id, world.clock.now() + ANSWER_SECONDS, ts, thread)
    return f"{world.address}/actions/{person.team}/{world.passes.new_answer(place)}"


def trigger(world: World, person: Person, *, from_modal: bool = False) -> str:
    """Give the app leave to open a modal."""
    return world.passes.new_trigger(person.id, world.clock.now(), from_modal=from_modal)


def in_message(world: World, person: Person, message: Message) -> Json:
    """Tell in which message something was done; of a message for one person Slack sends no copy."""
    channel = world.state.channels[message.channel]
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    copy = {} if message.only_for else {"message": describe_message(world, message)}
    return {
        **common(world, person, channel),
        "container": {**container, **thread},
        "channel": {"id": channel.id, "name": channel_name(channel)},
        **copy,
    }


def in_view(world: World, person: Person, view: View) -> Json:
    """Tell in which view something was done."""
    return {
        **common(world, person),
        "container": {"type": "view", "view_id": view.id},
        "view": describe_view(world, view),
    }


def slash_command(world: World, person: Person, channel: Channel, command: str, text: str) -> Json:
    """Tell that someone typed a command."""
    told = common(world, person, channel)
    return {
        "token": told["token"],
        "team_id": told["team"]["id"],
        "team_domain": told["team"]["domain"],
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": told["api_app_id"],
        "is_enterprise_install": "false",
        "response_url": answer_url(world, person, channel),
        "trigger_id": trigger(world, person),
    }


def message_shortcut(world: World, person: Person, message: Message, callback_id: str) -> Json:
    """Tell that someone chose the app's shortcut on a message."""
    channel = world.state.channels[message.channel]
    return {
        **common(world, person, channel),
        "type": "message_action",
        "callback_id": callback_id,
        "action_ts": world.new_ts(),
        "trigger_id": trigger(world, person),
        "response_url": answer_url(world, person, channel, message),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message_ts": message.ts,
        "message": describe_message(world, message),
    }


def global_shortcut(world: World, person: Person, callback_id: str) -> Json:
    """Tell that someone chose the app's shortcut from the menu."""
    told = {"type": "shortcut", "callback_id": callback_id, "action_ts": world.new_ts()}
    return {**common(world, person), **told, "trigger_id": trigger(world, person)}


def view_submission(world: World, person: Person, view: View) -> Json:
    """Tell that someone sent a modal in."""
    told = {"type": "view_submission", "trigger_id": trigger(world, person, from_modal=True), "response_urls": []}
    return {**common(world, person), **told, "view": describe_view(world, view)}


def view_closed(world: World, person: Person, view: View, *, cleared: bool) -> Json:
    """Tell that someone closed a modal."""
    told = {"type": "view_closed", "view": describe_view(world, view), "is_cleared": cleared}
    return {**common(world, person), **told}
