"""The gaps behind a week's figures are opened, and the lines behind a statement written."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt import Ack, App

from bot.services.exporting import Subject, Wish
from bot.services.exports import Place
from bot.services.shares import Heading
from bot.slack import names
from bot.slack.blocks import Block
from bot.slack.heard import Click, read_click
from bot.slack.messenger import call
from bot.slack.modals.behind import behind_list
from bot.slack.reporting import Reporting
from bot.slack.room import Room
from bot.slack.views.errands import writing
from bot.slack.views.failures import waiting_modal
from bot.slack.views.weekly import TITLES
from recon import read_month

Body = dict[str, Any]


def hear_weeks(app: App, room: Room) -> None:
    """Listen to the figures being pressed."""

    @app.action(names.ANY_BEHIND)
    def opened(ack: Ack, body: Body) -> None:
        open_list(room, read_click(body, room.workspace))
        ack()

    @app.action(names.ANY_BEHIND_PAGE)
    def turned(ack: Ack, body: Body) -> None:
        turn_page(room, read_click(body, room.workspace))
        ack()

    @app.action(names.STATEMENT_FILE)
    def wanted(ack: Ack, body: Body) -> None:
        write_file(room, read_click(body, room.workspace))
        ack()


def write_file(room: Room, click: Click) -> None:
    """Promise a statement's workbook, which comes where it was asked for."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        wish = Wish(Subject.STATEMENT, read_month(click.value))
        place = Place(click.doing.channel, click.doing.thread)
        told = writing(room.services.exporting.ask(wish, place, click.doing.by))
        room.later(click.doing, lambda: room.whisper(click.doing, told))


def open_list(room: Room, click: Click) -> None:
    """Open a modal at once, and list the gaps behind a sum in it when they are found."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        opened = room.open(click.doing, waiting_modal(TITLES[Heading(click.value.split("|")[1])]))
        room.later(click.doing, lambda: show_list(room, click, opened))


def turn_page(room: Room, click: Click) -> None:
    """Show another page of them."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        room.later(click.doing, lambda: show_list(room, click, click.doing.view))


def show_list(room: Room, click: Click, view_id: str) -> None:
    """Show the gaps behind a sum in a modal that is open."""
    view = list_of(room, click.value)
    call(lambda: room.messenger.client.views_update(view_id=view_id, view=view))


def list_of(room: Room, value: str) -> Block:
    """Look up what a button names: the week, the heading, the page."""
    monday, heading, page = (*value.split("|"), "0")[:3]
    reporting = Reporting(room.workspace, room.services.reports)
    return behind_list(reporting.behind(date.fromisoformat(monday), Heading(heading), int(page)))
