"""The workspace's settings are changed: what can't be is said below its field, and what was where it was opened."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.services.agreed import CURRENCY, GRACE_DAYS
from bot.services.workplace import HOME, KEEP_DAYS, Workplace, find_flaws
from bot.slack import names
from bot.slack.forms import Unfit, sending
from bot.slack.heard import Submitted, read_click
from bot.slack.home import channels_of
from bot.slack.messages import Message
from bot.slack.modals.workplace import read_workplace, workplace_form
from bot.slack.room import Room
from bot.slack.texts import said
from bot.slack.views.settings import settings_set

Body = dict[str, Any]
FIELDS = {CURRENCY: names.CURRENCY, GRACE_DAYS: names.GRACE, KEEP_DAYS: names.KEEP}
NOT_THERE = "I am not in that channel. Type /invite and my name there, then save again."


def hear_settings(app: App, room: Room) -> None:
    """Listen to the settings being opened and sent in."""

    @app.action(names.OPEN_WORKPLACE)
    def opened(ack: Ack, body: Body) -> None:
        click = read_click(body, room.workspace)
        with room.minding(click.doing):
            room.must_be_colleague(click.doing)
            now = room.services.reports.workplaces.of(room.workspace)
            room.open(click.doing, workplace_form(now, about=click.doing.channel))
        ack()

    app.view(names.WORKPLACE_FORM)(sending(room, change, names.CHANNEL))


def flaws_of(room: Room, wanted: Workplace) -> dict[str, str]:
    """Say of each field what can't be; a channel that is set already is not asked about."""
    flaws = {FIELDS[name]: flaw for name, flaw in find_flaws(wanted).items()}
    known = ("", room.services.reports.workplaces.of(room.workspace).home)
    there = wanted.home in known or wanted.home in {str(one["id"]) for one in channels_of(room.messenger.client)}
    return flaws if there else flaws | {names.CHANNEL: NOT_THERE}


def change(room: Room, sent: Submitted) -> Message:
    """Change the settings, and say from what to what."""
    wanted = read_workplace(sent.values)
    flaws = flaws_of(room, wanted)
    if flaws:
        raise Unfit(flaws)
    found = room.services.reports.workplaces.change(wanted, sent.doing.by)
    shown = {name: (show(name, was), show(name, now)) for name, (was, now) in found.items()}
    return settings_set(shown, room.showing.who(sent.doing.by.person))


def show(name: str, value: str) -> str:
    """Write a setting as people read it."""
    if name == HOME and value:
        return f"<#{value}>"
    return said(value, 60) if value else ""
