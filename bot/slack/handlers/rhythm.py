"""People say when things happen, when they are left in peace, and how long they have to decide."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App

from bot.services.calls import CHANNEL, to_channel
from bot.services.failures import Refused
from bot.services.hours import EVERYBODY
from bot.services.manners import MannerChanged, manner_from_text, manner_to_text
from bot.services.people import Actor
from bot.services.runs import canonical
from bot.slack import names
from bot.slack.blocks import Block
from bot.slack.forms import Act, sending
from bot.slack.heard import Click, Submitted, read_click, read_filled
from bot.slack.messages import Message
from bot.slack.messenger import call
from bot.slack.modals.hours import hours_form, read_manner, read_reminders, reminders_form
from bot.slack.modals.schedule import read_schedule, schedule_form, zones
from bot.slack.pacing import Pacing
from bot.slack.room import Room
from bot.slack.views.advice import advice_left, advice_taken
from bot.slack.views.hours import CHANNELS, EVERYBODYS, MINE, reminders_set
from bot.slack.views.manners import MannerCard, manner_set
from bot.slack.views.schedule import schedule_set

Body = dict[str, Any]
TITLES = {MINE: "My alerts and hours", EVERYBODYS: "Everybody's hours", CHANNELS: "This channel"}


def hear_rhythm(app: App, room: Room) -> None:
    """Listen to everything that sets the pace."""
    for action, opening in OPENINGS.items():
        app.action(action)(_opening(room, opening))
    for form, setting in SETTINGS.items():
        app.view(form)(sending(room, setting, FIELDS[form]))

    @app.action(names.PREVIEW)
    def previewed(ack: Ack, body: Body) -> None:
        preview(room, read_click(body, room.workspace), body["view"])
        ack()

    @app.action(names.PUT_BACK)
    def undone(ack: Ack, body: Body) -> None:
        put_back(room, read_click(body, room.workspace))
        ack()

    @app.action(names.TAKE_ADVICE)
    def taken(ack: Ack, body: Body) -> None:
        answer_advice(room, read_click(body, room.workspace), is_taken=True)
        ack()

    @app.action(names.LEAVE_ADVICE)
    def left(ack: Ack, body: Body) -> None:
        answer_advice(room, read_click(body, room.workspace), is_taken=False)
        ack()

    @app.options(names.FIND_ZONE)
    def searched(ack: Ack, body: Body) -> None:
        ack(options=zones(body.get("value", "")))


def _opening(room: Room, opening: Opening) -> Callable[[Ack, Body], None]:
    def opened(ack: Ack, body: Body) -> None:
        click = read_click(body, room.workspace)
        with room.minding(click.doing):
            room.must_be_colleague(click.doing)
            form = opening(room, click)
            call(lambda: room.messenger.client.views_open(trigger_id=click.doing.trigger, view=form))
        ack()

    return opened


def open_schedule(room: Room, click: Click) -> Block:
    """Show the form with the schedule as it is."""
    card = Pacing(room, click.doing).card(room.services.rhythm.planning.plan(room.workspace))
    return schedule_form(card.plan, card.runs, about=click.doing.channel)


def open_hours(room: Room, click: Click) -> Block:
    """Show the form with the hours of whoever the button names."""
    rhythm, to = room.services.rhythm, whose_hours(click)
    return hours_form(
        TITLES[click.value],
        rhythm.hours.of(room.workspace, to),
        about=f"{click.doing.channel} {to}",
        own=None if to == EVERYBODY else rhythm.manners.of(room.workspace, to),
        is_channel=to.startswith(CHANNEL),
    )


def open_reminders(room: Room, click: Click) -> Block:
    """Show the form with the reminders as they are."""
    return reminders_form(room.services.rhythm.reminding.patience(room.workspace), about=click.doing.channel)


def whose_hours(click: Click) -> str:
    """Say whose hours a button opens."""
    known = {MINE: click.doing.by.person, EVERYBODYS: EVERYBODY, CHANNELS: to_channel(click.doing.channel)}
    if click.value not in known:
        raise Refused("I don't know whose hours these are.")
    return known[click.value]


def preview(room: Room, click: Click, view: Mapping[str, Any]) -> None:
    """Show in the form what it comes to as it is filled in so far."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        planning, flaw = room.services.rhythm.planning, ""
        change = read_schedule(read_filled(view))
        try:
            plan = planning.preview(change)
        except Refused as refused:
            plan, flaw = planning.plan(room.workspace), str(refused)
        card = Pacing(room, click.doing).card(plan)
        form = schedule_form(plan, card.runs, about=view["private_metadata"], flaw=flaw)
        call(lambda: room.messenger.client.views_update(view_id=view["id"], hash=view["hash"], view=form))


def set_schedule(room: Room, sent: Submitted) -> Message:
    """Change the schedule."""
    plan = room.services.rhythm.planning.change(read_schedule(sent.values), sent.doing.by)
    return schedule_set(Pacing(room, sent.doing).card(plan), room.showing.who(sent.doing.by.person))


def set_hours(room: Room, sent: Submitted) -> Message:
    """Change how somebody is spoken to."""
    manners, to = room.services.rhythm.manners, sent.about.partition(" ")[2]
    wanted = read_manner(sent.values, manners.of(room.workspace, to))
    return told_of(room, manners.change(wanted, sent.doing.by, to), sent.doing.by, to)


def told_of(room: Room, changed: MannerChanged, by: Actor, to: str) -> Message:
    """Say how somebody is spoken to now; its button carries what was and what is."""
    is_channel = to.startswith(CHANNEL)
    whose = "Everybody" if to == EVERYBODY else "This channel" if is_channel else "You"
    who, usual = room.showing.who, room.services.rhythm.hours.of(room.workspace)
    heirs = tuple(who(one) for one in changed.heirs)
    undo = canonical([to, manner_to_text(changed.was), manner_to_text(changed.now)])
    card = MannerCard(whose=whose, changed=changed, usual=usual, is_channel=is_channel, heirs=heirs, undo=undo)
    return manner_set(card, who(by.person))


def put_back(room: Room, click: Click) -> None:
    """Set how somebody is spoken to back to what it was."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        to, was, now = json.loads(click.value)
        manners, by = room.services.rhythm.manners, click.doing.by
        changed = manners.put_back(manner_from_text(was), manner_from_text(now), by, to)
        told = told_of(room, changed, by, to)
        room.later(click.doing, lambda: room.whisper(click.doing, told))


def set_reminders(room: Room, sent: Submitted) -> Message:
    """Change how long people have."""
    patience = read_reminders(sent.values)
    room.services.rhythm.reminding.set(patience, sent.doing.by)
    return reminders_set(patience, room.showing.who(sent.doing.by.person))


def answer_advice(room: Room, click: Click, *, is_taken: bool) -> None:
    """Set what was proposed, or leave all as it is; the message says which."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        advising, currency = room.services.rhythm.advising, room.services.thresholds.agreed(room.workspace).currency
        who = room.showing.who(click.doing.by.person)
        if is_taken:
            told = advice_taken(advising.accept(click.doing.by), currency, who)
        else:
            advising.refuse(click.doing.by)
            told = advice_left(who)
        room.later(click.doing, lambda: room.replace(click.doing, told))


Opening = Callable[[Room, Click], Block]
OPENINGS: Mapping[str | re.Pattern[str], Opening] = {
    names.OPEN_SCHEDULE: open_schedule,
    names.ANY_HOURS: open_hours,
    names.OPEN_REMINDERS: open_reminders,
}
SETTINGS: Mapping[str, Act] = {
    names.SCHEDULE_FORM: set_schedule,
    names.HOURS_FORM: set_hours,
    names.REMINDERS_FORM: set_reminders,
}
FIELDS = {
    names.SCHEDULE_FORM: names.WEEKDAYS,
    names.HOURS_FORM: names.DAYS_OFF,
    names.REMINDERS_FORM: names.NUDGE_AFTER,
}
"""The field below which it is said what can't be."""
