"""Somebody opens their home, and presses something there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from bot.services.homes import Filters
from bot.services.ids import CaseId, PersonId, client_key
from bot.slack import names
from bot.slack.blocks import Block, option
from bot.slack.fields import modal
from bot.slack.heard import Click, Doing, read_click
from bot.slack.homes import Drawing, filters_from_text
from bot.slack.messenger import call
from bot.slack.room import Room
from bot.slack.texts import clean
from bot.slack.views.gap import gap_message
from bot.slack.views.home import EVERY, QUIET
from recon import GapKind

Body = dict[str, Any]
HOME, MOST_OPTIONS = "home", 100


def hear_home(app: App, room: Room) -> None:
    """Listen to homes being opened, filtered, turned over."""

    @app.event("app_home_opened")
    def opened(body: Body) -> None:
        event = body["event"]
        if event.get("tab") == HOME and body.get("team_id", room.workspace) == room.workspace:
            person = PersonId(event["user"])
            room.after(lambda: Drawing(room).open(person))

    def changed(ack: Ack, body: Body) -> None:
        change(room, read_click(body, room.workspace), body["view"].get("private_metadata", ""))
        ack()

    for action in FILTERS:
        app.action(action)(changed)
    app.action(names.ANY_PAGE)(changed)

    @app.action(names.OPEN_GAP)
    def looked(ack: Ack, body: Body) -> None:
        click = read_click(body, room.workspace)
        with room.minding(click.doing):
            room.must_be_colleague(click.doing)
            room.open(click.doing, gap_modal(room, CaseId(click.value)))
        ack()

    @app.options(names.HOME_CLIENT)
    def searched(ack: Ack, body: Body) -> None:
        ack(options=clients(room, body.get("value", "")))


def change(room: Room, click: Click, state: str) -> None:
    """Draw a home as somebody wants to see it."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        way = FILTERS.get(click.action, turn)
        wanted = way(filters_from_text(state), click.value)
        room.later(click.doing, lambda: Drawing(room).draw(click.doing.by.person, wanted))


def turn(filters: Filters, value: str) -> Filters:
    """Turn to another page."""
    which, page = value.split("|")
    return replace(filters, mine=int(page)) if which == "mine" else replace(filters, page=int(page))


FILTERS: Mapping[str, Callable[[Filters, str], Filters]] = {
    names.HOME_CLIENT: lambda filters, value: replace(filters, client=value, page=0),
    names.HOME_KIND: lambda filters, value: replace(filters, kind=None if value == EVERY else GapKind(value), page=0),
    names.HOME_OWNER: lambda filters, value: replace(filters, owner=PersonId(value), page=0),
    names.HOME_QUIET: lambda filters, value: replace(filters, quiet=value == QUIET, page=0),
    names.HOME_CLEAR: lambda filters, _: Filters(mine=filters.mine),
}


def show_again(room: Room, doing: Doing, case: CaseId) -> None:
    """Show at once what became of a gap, where it was decided outside of any message."""
    if doing.surface == HOME:
        drawing = Drawing(room)
        drawing.draw(doing.by.person, drawing.shown(doing.by.person))
    elif doing.view:
        view = gap_modal(room, case)
        call(lambda: room.messenger.client.views_update(view_id=doing.view, view=view))


def gap_modal(room: Room, case: CaseId) -> Block:
    """Show one gap with all that can be decided."""
    card = room.showing.case(case)
    return modal(names.OPEN_GAP, card.gap.client, gap_message(card).blocks, about=case, submit=None)


def clients(room: Room, typed: str) -> list[Block]:
    """Offer the clients that have gaps, those with most money first, and fit what was typed."""
    known = {client_key(case.gap.client): case.gap.client for case in room.services.looking.gaps(room.workspace)}
    fitting = ((key, name) for key, name in known.items() if typed.casefold() in name.casefold())
    return [option(clean(name), key) for key, name in fitting][:MOST_OPTIONS]
