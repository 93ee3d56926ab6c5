"""Somebody agrees on something, or ends what was agreed."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.services.agreements import TooWide
from bot.slack import names
from bot.slack.forms import Unfit, sending
from bot.slack.heard import Click, Submitted, read_click
from bot.slack.messages import Message
from bot.slack.messenger import call
from bot.slack.modals.agreement import agreement_form, read_agreement
from bot.slack.room import MODAL, Room
from bot.slack.views.agreements import agreement_added, agreement_ended, agreements_modal
from recon import RuleKind

Body = dict[str, Any]


def hear_agreements(app: App, room: Room) -> None:
    """Listen to the list being opened and pressed, and to the form."""

    def pressed(ack: Ack, body: Body) -> None:
        click = read_click(body, room.workspace)
        with room.minding(click.doing):
            room.must_be_colleague(click.doing)
            WAYS[click.action](room, click)
        ack()

    for action in WAYS:
        app.action(action)(pressed)
    app.view(names.AGREEMENT_FORM)(sending(room, add, names.UNTIL))


def open_list(room: Room, click: Click) -> None:
    """Show what is agreed."""
    room.open(click.doing, agreements_modal(room.services.agreements.all(room.workspace)))


def open_form(room: Room, click: Click) -> None:
    """Ask for what the chosen kind needs."""
    room.open(click.doing, agreement_form(RuleKind(click.value), about=click.doing.channel))


def end(room: Room, click: Click) -> None:
    """End one, and show what is left where the list is a modal."""
    ended = room.services.agreements.end(click.value, click.doing.by)
    told = agreement_ended(ended, room.showing.who(click.doing.by.person))
    if click.doing.surface == MODAL:
        left = agreements_modal(room.services.agreements.all(room.workspace))
        call(lambda: room.messenger.client.views_update(view_id=click.doing.view, view=left))
    else:
        room.later(click.doing, lambda: room.whisper(click.doing, told))


def add(room: Room, sent: Submitted) -> Message:
    """Agree on something."""
    stated = read_agreement(RuleKind(sent.about.partition(" ")[2]), sent.values)
    try:
        added = room.services.agreements.add(stated, sent.doing.by)
    except TooWide as flaw:
        raise Unfit({names.PRODUCT: str(flaw)}) from flaw
    return agreement_added(added, room.showing.who(sent.doing.by.person))


WAYS = {names.OPEN_AGREEMENTS: open_list, names.AGREE: open_form, names.END_AGREEMENT: end}
