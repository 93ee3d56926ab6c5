"""An app comes to a workspace, and leaves it."""

import secrets
from dataclasses import replace
from typing import Any, Literal

from bot.sandbox.state.manifests import at, bot_scopes
from bot.sandbox.state.records import App, Installation, Person
from bot.sandbox.state.world import World

Json = dict[str, Any]


def make_app(world: World, manifest: Json) -> App:
    """Make an app of its manifest, with secrets of its own; a known app keeps its secrets."""
    old = next(iter(world.state.apps), None)
    name = manifest["display_information"]["name"]
    if old:
        return world.state.apps.put(
            App(old.id, name, manifest, old.signing_secret, old.verification_token, old.app_token)
        )
    app_id = world.new_id("A")
    token = f"xapp-1-{app_id}-{secrets.randbelow(10**12)}-{secrets.token_hex(32)}"
    return world.state.apps.put(App(app_id, name, manifest, secrets.token_hex(16), secrets.token_hex(12), token))


def install(world: World, team: str) -> Installation:
    """Install the app in a workspace; installed again, it is the same bot, with a new token if the old was revoked."""
    app = world.app()
    old = world.installation(team)
    bot_user, bot_id = (old.bot_user, old.bot_id) if old else (world.new_id("U"), world.new_id("B"))
    name = at(app.manifest, "features", "bot_user", "display_name") or app.name.lower()
    world.state.people.put(
        Person(bot_user, team, name, app.name, is_bot=True, bot_id=bot_id, app_id=app.id, updated=world.now())
    )
    new_token = f"xoxb-{secrets.randbelow(10**12)}-{secrets.randbelow(10**12)}-{secrets.token_hex(12)}"
    token = old.bot_token if old and old.state == "active" else new_token
    granted = bot_scopes(app.manifest)
    return world.state.installations.put(Installation(team, app.id, bot_user, bot_id, token, granted))


def upgrade(world: World, manifest: Json) -> None:
    """Give the app another manifest, and install it anew wherever it is."""
    make_app(world, manifest)
    for bot in world.state.installations:
        install(world, bot.team)


def revoke(world: World, bot: Installation, state: Literal["token_revoked", "account_inactive"]) -> None:
    """Make a token worthless: given back, or the app was removed."""
    world.state.installations.put(replace(bot, state=state))
    event: Json = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot.bot_user]}, "event_ts": world.new_ts()}
    world.happened(bot.team, event)
    if state == "account_inactive":
        world.happened(bot.team, {"type": "app_uninstalled", "event_ts": world.new_ts()})
