"""What an app's manifest says it can do."""

from typing import Any

from bot.sandbox.state.records import App

Json = dict[str, Any]

# Which scope (any one) an app needs to be told of an event; what is not named here needs none.
EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "file_shared": ("files:read",),
    "file_created": ("files:read",),
    "file_deleted": ("files:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
}
SETTINGS_EVENTS = ["app_home_opened", "app_uninstalled", "tokens_revoked"]
EVERY_SCOPE = [
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "chat:write.customize",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "mpim:write",
    "reactions:write",
    "team:read",
    "users:read",
    "users:read.email",
]


def default_manifest(*, name: str = "Gapwatch", command: str = "/reconcile") -> Json:
    """Describe an app that may do everything and hears everything, over a socket."""
    return {
        "display_information": {"name": name},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": name.lower(), "always_online": True},
            "slash_commands": [{"command": command, "description": "Reconcile", "should_escape": True}],
            "shortcuts": [
                {"name": "Reconcile this file", "type": "message", "callback_id": "reconcile_file", "description": "-"}
            ],
        },
        "oauth_config": {"scopes": {"bot": EVERY_SCOPE}},
        "settings": {
            "event_subscriptions": {"bot_events": [*EVENT_SCOPES, *SETTINGS_EVENTS]},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


def at(part: Json, *path: str) -> Any:  # noqa: ANN401 - any JSON
    """Read a part of a manifest that may not be there."""
    for name in path:
        part = part.get(name) or {}
    return part


def bot_scopes(manifest: Json) -> tuple[str, ...]:
    """List the scopes an app asks for."""
    return tuple(at(manifest, "oauth_config", "scopes", "bot") or ())


def bot_events(app: App) -> list[str]:
    """List the events an app asks to hear of."""
    return list(at(app.manifest, "settings", "event_subscriptions", "bot_events") or ())


def has_home_tab(app: App) -> bool:
    """Tell whether an app has a home tab."""
    return bool(at(app.manifest, "features", "app_home", "home_tab_enabled"))


def uses_socket(app: App) -> bool:
    """Tell whether an app listens on a socket, and not at an address."""
    return bool(at(app.manifest, "settings", "socket_mode_enabled"))


def is_interactive(app: App) -> bool:
    """Tell whether an app wants to hear of clicks and submissions."""
    return bool(at(app.manifest, "settings", "interactivity", "is_enabled"))


def find_command(app: App, command: str) -> Json | None:
    """Find a slash command that an app has."""
    return next(
        (one for one in at(app.manifest, "features", "slash_commands") or () if one["command"] == command), None
    )


def find_shortcut(app: App, name: str) -> Json | None:
    """Find a shortcut that an app has, by its name or its callback id."""
    shortcuts = at(app.manifest, "features", "shortcuts") or ()
    return next((one for one in shortcuts if name in (one["name"], one["callback_id"])), None)
