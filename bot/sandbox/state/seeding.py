"""The workspace there is before anybody has done anything: a small MSP."""

import copy
from typing import Any

from bot.sandbox.state.installing import install, make_app
from bot.sandbox.state.manifests import default_manifest
from bot.sandbox.state.records import Channel, Person, Team
from bot.sandbox.state.world import World

Json = dict[str, Any]

TEAM = Team("T0GAPWATCH1", "Copperline IT", "copperline-it")
EAST, LONDON, BERLIN = "America/New_York", "Europe/London", "Europe/Berlin"
MAIL = "copperline.example"
PEOPLE = (
    Person("U0OLIVIA001", TEAM.id, "olivia", "Olivia Hart", f"olivia@{MAIL}", EAST, title="Owner", is_owner=True),
    Person(
        "U0DANA00001", TEAM.id, "dana", "Dana Whitfield", f"dana@{MAIL}", EAST, title="Billing admin", is_admin=True
    ),
    Person("U0JO0000001", TEAM.id, "jo", "Jo Adams", f"jo@{MAIL}", EAST, title="Account manager"),
    Person("U0SAM000001", TEAM.id, "sam", "Sam Brook", f"sam@{MAIL}", LONDON, "en-GB", title="Account manager"),
    Person("U0FINN00001", TEAM.id, "finn", "Finn Keller", f"finn@{MAIL}", BERLIN, "de-DE", title="Finance lead"),
)
EVERYBODY = tuple(person.id for person in PEOPLE)


def seed(world: World, manifest: Json | None = None) -> None:
    """Fill an empty world with a team, its people, two channels, and the app in one of them."""
    world.state.teams.put(TEAM)
    for person in PEOPLE:
        world.state.people.put(person)
    make_app(world, manifest or default_manifest())
    bot = install(world, TEAM.id).bot_user
    created = world.now()
    for channel in (
        Channel("C0GENERAL01", TEAM.id, "general", "public", EVERYBODY, EVERYBODY[0], created),
        Channel("C0BILLING01", TEAM.id, "billing", "public", (*EVERYBODY, bot), EVERYBODY[0], created),
        Channel("C0FINANCE01", TEAM.id, "finance", "private", (EVERYBODY[0], EVERYBODY[4]), EVERYBODY[0], created),
    ):
        world.state.channels.put(channel)


def set_addresses(world: World, address: str) -> None:
    """Let the app listen at one address for everything."""
    manifest = copy.deepcopy(world.app().manifest)
    settings = manifest.setdefault("settings", {})
    settings["socket_mode_enabled"] = False
    settings.setdefault("event_subscriptions", {})["request_url"] = address
    settings.setdefault("interactivity", {}).update(request_url=address, message_menu_options_url=address)
    for command in manifest.get("features", {}).get("slash_commands", []):
        command["url"] = address
    make_app(world, manifest)
