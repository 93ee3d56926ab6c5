"""Which happenings an app hears of, and the envelope they come in."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.state.manifests import EVENT_SCOPES, bot_events
from bot.sandbox.state.records import Channel, Installation
from bot.sandbox.state.world import Happening, World

Json = dict[str, Any]

PLURALS = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
HEARD_WHEN_GONE = ("tokens_revoked", "app_uninstalled")
HEARD_OUTSIDE = ("channel_archive", "channel_unarchive")


def envelopes(world: World, happening: Happening) -> Iterator[Json]:
    """Put a happening in an envelope for every bot that may hear of it."""
    channel = world.state.channels.get(happening.channel)
    teams = (happening.team, *(channel.shared_with if channel else ()))
    for bot in (world.installation(team) for team in teams):
        if bot and hears(world, bot, channel, happening):
            yield envelope(world, bot, channel, happening)


def subscription(event: Json) -> str:
    """Name an event as a manifest does; messages are told apart by where they are."""
    if event["type"] == "message":
        return f"message.{PLURALS[event['channel_type']]}"
    return str(event["type"])


def hears(world: World, bot: Installation, channel: Channel | None, happening: Happening) -> bool:
    """Tell whether a bot has asked for an event, may know of it, and is there."""
    name = subscription(happening.event)
    scopes = EVENT_SCOPES.get(name, ())
    if name not in bot_events(world.app()) or (scopes and not set(scopes) & set(bot.scopes)):
        return False
    if bot.state != "active" and name not in HEARD_WHEN_GONE:
        return False
    if happening.only_to and happening.only_to != bot.bot_user:
        return False
    return channel is None or bot.bot_user in channel.members or (name in HEARD_OUTSIDE and channel.kind == "public")


def envelope(world: World, bot: Installation, channel: Channel | None, happening: Happening) -> Json:
    """Put a happening in the envelope for one bot."""
    authorization = {
        "enterprise_id": None,
        "team_id": bot.team,
        "user_id": bot.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": world.app().verification_token,
        "team_id": bot.team,
        "context_team_id": happening.team,
        "context_enterprise_id": None,
        "api_app_id": bot.app_id,
        "event": happening.event,
        "type": "event_callback",
        "event_id": world.new_id("Ev"),
        "event_time": world.now(),
        "authorizations": [authorization],
        "is_ext_shared_channel": bool(channel and channel.shared_with),
        "event_context": f"4-{world.new_id('ctx')}",
    }
