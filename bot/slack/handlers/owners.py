"""Somebody says who answers for a client, and where money may be told."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.services.failures import Refused
from bot.services.ids import PersonId, client_key
from bot.services.people import Owner
from bot.slack import names
from bot.slack.heard import Click, read_click
from bot.slack.room import Room
from bot.slack.views.overheard import allowed, forbidden
from bot.slack.views.owners import owner_set

Body = dict[str, Any]


def hear_owners(app: App, room: Room) -> None:
    """Listen to people being picked."""

    @app.action(names.ALLOW_CHANNEL)
    def permitted(ack: Ack, body: Body) -> None:
        allow_channel(room, read_click(body, room.workspace))
        ack()

    @app.action(names.FORBID_CHANNEL)
    def taken_back(ack: Ack, body: Body) -> None:
        forbid_channel(room, read_click(body, room.workspace))
        ack()

    @app.action(names.SET_OWNER)
    def picked(ack: Ack, body: Body) -> None:
        set_owner(room, read_click(body, room.workspace))
        ack()


def allow_channel(room: Room, click: Click) -> None:
    """Let money be told in a channel though strangers read along."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        room.services.overhearing.allow(click.value, click.doing.by)
        shown = allowed(click.value, room.showing.who(click.doing.by.person))
        room.later(click.doing, lambda: room.replace(click.doing, shown))


def forbid_channel(room: Room, click: Click) -> None:
    """Let money be told there no more."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        room.services.overhearing.forbid(click.value, click.doing.by)
        shown = forbidden(click.value, room.showing.who(click.doing.by.person))
        room.later(click.doing, lambda: room.replace(click.doing, shown))


def set_owner(room: Room, click: Click) -> None:
    """Let a person answer for the client that the block names."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        unowned = room.services.owners.unowned(room.workspace)
        asked = client_key(room.services.owners.name_now(room.workspace, click.block))
        client = next((one for one in unowned if client_key(one) == asked), None)
        if client is None:
            raise Refused("This client has an owner by now, or no gaps any more.")
        room.services.owners.set_owner(Owner(client=client, manager=PersonId(click.value)), click.doing.by)
        shown = owner_set(client, room.showing.who(PersonId(click.value)), room.showing.who(click.doing.by.person))
        room.later(click.doing, lambda: room.replace(click.doing, shown))
