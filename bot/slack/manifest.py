"""The app as Slack is told of it: what it may do, what it hears, and why it needs each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.slack import names
from recon import Stopped

Json = dict[str, Any]

SCOPES: Mapping[str, str] = {
    "chat:write": "say what was found, in the channels it is invited to and in direct messages",
    "commands": f"hear {names.COMMAND} and “Reconcile this file”",
    "files:read": "read the exports people drop",
    "files:write": "attach the workbook with every line",
    "channels:history": "hear of files and replies in public channels it is in; find a post whose answer was lost",
    "groups:history": "the same in private channels",
    "im:history": "the same in direct messages",
    "im:write": "open a direct message with an account manager",
    "channels:read": "see whether a channel is archived or shared with another company before money is named in it",
    "groups:read": "the same for private channels",
    "users:read": "know names, time zones and who has left",
    "users:read.email": "find the owners a CSV names by their addresses",
}
"""Every scope, and what would not work without it."""

EVENTS: Mapping[str, str] = {
    "message.channels": "files and replies in public channels it is in",
    "message.groups": "the same in private channels",
    "message.im": "the same in direct messages",
    "app_home_opened": "somebody looks at their queue",
    "app_uninstalled": "it was removed",
    "tokens_revoked": "its token no longer works",
}
"""Every event, and what it tells."""


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"  # the bot calls Slack: no public address is needed
    HTTP = "http"


class NoAddress(Stopped):
    """Slack must know where to reach the bot over HTTP. Give --url, as in https://gapwatch.example.com/slack/events."""


def write_manifest(mode: Mode, url: str = "") -> Json:
    """Describe the app for either mode."""
    if mode is Mode.HTTP and not url.startswith("https://"):
        raise NoAddress
    asked = {"request_url": url} if mode is Mode.HTTP else {}
    options = {"message_menu_options_url": url} if mode is Mode.HTTP else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Gapwatch",
            "description": "Finds what was bought and not billed, asks who can decide, and remembers the answer.",
            "background_color": "#1f3a4d",
        },
        "features": _features({"url": url} if mode is Mode.HTTP else {}),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**asked, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **asked, **options},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode is Mode.SOCKET,
            "token_rotation_enabled": False,
        },
    }


def _features(where: Json) -> Json:
    """Say what people see of the app: its home, its name, its command and what a message's menu offers."""
    command = {
        "command": names.COMMAND,
        "description": "Compare what was bought with what is billed",
        "usage_hint": "[run | status | gaps | why | decisions | fixes | export | summary | statement | help]",
        "should_escape": True,
        **where,
    }
    shortcut = {
        "name": "Reconcile this file",
        "type": "message",
        "callback_id": names.RECONCILE_FILE,
        "description": "Compare the export in this message",
    }
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Gapwatch", "always_online": True},
        "slash_commands": [command],
        "shortcuts": [shortcut],
    }
