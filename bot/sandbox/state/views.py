"""Modals and home tabs: opened, stacked, redrawn, closed."""

import secrets
from dataclasses import replace
from typing import Any

from bot.sandbox.blocks.filling import full, with_defaults
from bot.sandbox.blocks.values import carried_over, first_values
from bot.sandbox.state.records import Screen, View
from bot.sandbox.state.world import World

Json = dict[str, Any]

MOST_MODALS = 3


def new_block_id() -> str:
    """Make an id for a block or an element that came without one."""
    return secrets.token_urlsafe(4)[:5]


def screen_of(world: World, person: str) -> Screen:
    """Find what the app shows someone."""
    return world.state.screens.get(person) or Screen(person)


def top_modal(world: World, person: str) -> View | None:
    """Find the modal that someone has before them."""
    modals = screen_of(world, person).modals
    return world.state.views[modals[-1]] if modals else None


def make_view(world: World, team: str, person: str, body: Json) -> View:
    """Make a view of what the app in one workspace described; the person may be of another."""
    drawn = drawn_body(body)
    first = first_values(drawn["blocks"])
    return View(world.new_id("V"), team, world.app().id, person, drawn, new_hash(world), first)


def drawn_body(body: Json) -> Json:
    """Bring a description into the form in which Slack hands it back."""
    drawn = full(body)
    drawn["blocks"] = list(with_defaults(body["blocks"], new_block_id))
    return drawn


def new_hash(world: World) -> str:
    """Mark one state of a view."""
    return f"{world.now()}.{secrets.token_hex(4)}"


def open_modal(world: World, team: str, person: str, body: Json) -> View:
    """Show someone a modal, in place of any they had."""
    view = make_view(world, team, person, body)
    screen = screen_of(world, person)
    for old in screen.modals:
        world.state.views.take(world.state.views[old])
    world.state.screens.put(replace(screen, modals=(view.id,)))
    return world.state.views.put(replace(view, root=view.id))


def push_modal(world: World, team: str, person: str, body: Json) -> View:
    """Show someone a modal on top of the one they have."""
    screen = screen_of(world, person)
    view = replace(make_view(world, team, person, body), root=screen.modals[0], previous=screen.modals[-1])
    world.state.screens.put(replace(screen, modals=(*screen.modals, view.id)))
    return world.state.views.put(view)


def update_view(world: World, view: View, body: Json) -> View:
    """Redraw a view; what was filled in stays where the same block still asks for it."""
    drawn = drawn_body(body)
    values = carried_over(view.values, drawn["blocks"])
    return world.state.views.put(replace(view, body=drawn, values=values, hash=new_hash(world)))


def publish_home(world: World, team: str, person: str, body: Json) -> View:
    """Show someone the app's home tab."""
    screen = screen_of(world, person)
    old = world.state.views.get(screen.home)
    if old:
        return update_view(world, old, body)
    view = make_view(world, team, person, body)
    world.state.screens.put(replace(screen, home=view.id))
    return world.state.views.put(replace(view, root=view.id))


def close_modals(world: World, person: str, *, everything: bool) -> tuple[View, ...]:
    """Take the top modal away, or all of them, and tell which went."""
    screen = screen_of(world, person)
    going = screen.modals if everything else screen.modals[-1:]
    world.state.screens.put(replace(screen, modals=screen.modals[: len(screen.modals) - len(going)]))
    gone = tuple(world.state.views[view] for view in reversed(going))
    for view in gone:
        world.state.views.take(view)
    return gone


def find_view(world: World, view_id: str, external_id: str) -> View | None:
    """Find a view by the id Slack gave it, or by the one the app did."""
    if view_id:
        return world.state.views.get(view_id)
    return next(
        (view for view in world.state.views if external_id and view.body.get("external_id") == external_id), None
    )


def describe_view(world: World, view: View) -> Json:
    """Describe a view as Slack does in answers and in what people do with it."""
    bot = world.installation(view.team)
    described: Json = {
        "id": view.id,
        "team_id": view.team,
        "type": view.body["type"],
        "blocks": view.body["blocks"],
        "private_metadata": view.body.get("private_metadata", ""),
        "callback_id": view.body.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": view.body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": view.body.get("clear_on_close", False),
        "notify_on_close": view.body.get("notify_on_close", False),
        "close": view.body.get("close"),
        "submit": view.body.get("submit"),
        "previous_view_id": view.previous or None,
        "root_view_id": view.root or view.id,
        "app_id": view.app_id,
        "external_id": view.body.get("external_id", ""),
        "app_installed_team_id": view.team,
        "bot_id": bot.bot_id if bot else "",
    }
    return described
