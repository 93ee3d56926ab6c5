"""Somebody says how small a gap must be to stay quiet."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.services.failures import Refused
from bot.slack import names
from bot.slack.commanding import threshold_of
from bot.slack.forms import read_limit, sending
from bot.slack.heard import Click, Submitted, read_click
from bot.slack.messages import Message
from bot.slack.messenger import call
from bot.slack.modals.thresholds import thresholds_form
from bot.slack.room import Room
from bot.slack.views.thresholds import threshold_set
from recon import Limits

Body = dict[str, Any]


def hear_thresholds(app: App, room: Room) -> None:
    """Listen to the form being opened and sent in."""

    @app.action(names.OPEN_THRESHOLDS)
    def opened(ack: Ack, body: Body) -> None:
        open_thresholds(room, read_click(body, room.workspace))
        ack()

    app.view(names.THRESHOLDS_FORM)(sending(room, set_thresholds, names.CLIENT))


def open_thresholds(room: Room, click: Click) -> None:
    """Open the modal with the limits as they are."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        agreed = room.services.thresholds.agreed(room.workspace)
        form = thresholds_form(threshold_of(agreed.usual, agreed.currency), about=click.doing.channel)
        call(lambda: room.messenger.client.views_open(trigger_id=click.doing.trigger, view=form))


def set_thresholds(room: Room, sent: Submitted) -> Message:
    """Set everybody's limits, one client's, or let everybody's hold for a client again."""
    client = sent.values.get(names.CLIENT) or None
    is_usual = sent.values.get(names.USUAL)
    limits = None if is_usual else Limits(read_limit(sent, names.MONEY), read_limit(sent, names.SEATS))
    if limits is None and client is None:
        raise Refused("Choose the client for whom everybody's limits hold again.")
    changed = room.services.thresholds.set_limits(limits, sent.doing.by, client=client)
    currency = room.services.thresholds.agreed(room.workspace).currency
    old, new = (threshold_of(one, currency) if one else None for one in (changed.old, changed.new))
    return threshold_set(client or "", old, new, room.showing.who(sent.doing.by.person))
