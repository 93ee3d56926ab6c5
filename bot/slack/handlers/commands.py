"""The command, and what its answers let people do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from slack_bolt import Ack, App

from bot.services.failures import Refused
from bot.services.ids import DecisionId
from bot.services.thresholds import LimitsChanged
from bot.slack import names
from bot.slack.blocks import Block, option
from bot.slack.commanding import Commanding, threshold_of
from bot.slack.heard import Click, Submitted, must_belong, read_click, read_submission
from bot.slack.messages import Message
from bot.slack.messenger import call
from bot.slack.modals.thresholds import thresholds_form
from bot.slack.room import Room
from bot.slack.texts import clean
from bot.slack.views.decided import decided_words
from bot.slack.views.failures import stopped, stopped_modal
from bot.slack.views.thresholds import threshold_set
from recon import Limits, Stopped

Body = dict[str, Any]
LONGEST_VALUE = 150


def hear_commands(app: App, room: Room) -> None:
    """Listen to the command, and to what its answers offer."""

    @app.command(names.COMMAND)
    def typed(ack: Ack, body: Body) -> None:
        told = answer(room, body)
        ack(text=told.text, blocks=list(told.blocks), response_type="ephemeral")

    @app.action(names.TAKE_BACK)
    def taken_back(ack: Ack, body: Body) -> None:
        take_back(room, read_click(body, room.workspace))
        ack()

    @app.action(names.OPEN_THRESHOLDS)
    def opened(ack: Ack, body: Body) -> None:
        open_thresholds(room, read_click(body, room.workspace))
        ack()

    @app.view(names.THRESHOLDS_FORM)
    def sent(ack: Ack, body: Body) -> None:
        flaw = set_thresholds(room, read_submission(body, room.workspace))
        ack(response_action="update", view=flaw) if flaw else ack()

    @app.options(names.FIND_CLIENT)
    def searched(ack: Ack, body: Body) -> None:
        ack(options=clients(room, body.get("value", "")))


def answer(room: Room, body: Body) -> Message:
    """Answer the command; what stops us is the answer."""
    if body.get("team_id", room.workspace) != room.workspace:
        return stopped("You belong to another workspace, so I can't tell you anything here.")
    try:
        return Commanding(room).answer(body.get("text", ""))
    except Stopped as flaw:
        return stopped(str(flaw))


def take_back(room: Room, click: Click) -> None:
    """Take back a decision that stands."""
    with room.minding(click.doing):
        must_belong(click.doing)
        decision = room.services.undo.take_back(DecisionId(click.value), click.doing.by)
        shown, case = room.showing.decision(decision), decision.case
        words = f"Taken back: {decided_words(shown)}." if shown else "Taken back."
        room.later(click.doing, lambda: room.whisper(click.doing, Message(words)))
        if case:
            room.later(click.doing, lambda: room.redraw(case))


def open_thresholds(room: Room, click: Click) -> None:
    """Open the modal with the limits as they are."""
    with room.minding(click.doing):
        must_belong(click.doing)
        agreed = room.services.thresholds.agreed(room.workspace)
        form = thresholds_form(threshold_of(agreed.usual, agreed.currency), about=click.doing.channel)
        call(lambda: room.messenger.client.views_open(trigger_id=click.doing.trigger, view=form))


def set_thresholds(room: Room, sent: Submitted) -> Block | None:
    """Set the limits; what stops us is said in the modal."""
    try:
        must_belong(sent.doing)
        limits = Limits(number(sent.values[names.MONEY]), number(sent.values[names.SEATS]))
        client = sent.values.get(names.CLIENT) or None
        changed = room.services.thresholds.set_limits(limits, sent.doing.by, client=client)
        say_thresholds(room, sent, client, changed)
    except Stopped as flaw:
        return stopped_modal(str(flaw))
    return None


def say_thresholds(room: Room, sent: Submitted, client: str | None, changed: LimitsChanged) -> None:
    """Say what the limits were and are, where the form was opened."""
    currency = room.services.thresholds.agreed(room.workspace).currency
    old, new = (threshold_of(one, currency) if one else None for one in (changed.old, changed.new))
    told = threshold_set(client or "", old, new, room.showing.who(sent.doing.by.person))
    where = replace(sent.doing, channel=sent.about)
    room.later(where, lambda: room.whisper(where, told))


def number(text: str) -> Decimal:
    """Read a number as it was filled in."""
    try:
        return Decimal(text)
    except InvalidOperation as flaw:
        raise Refused(f"“{text}” is not a number.") from flaw


def clients(room: Room, typed: str) -> list[Block]:
    """Offer the clients that have gaps or owners, and fit what was typed."""
    known = {case.gap.client for case in room.services.looking.gaps(room.workspace)}
    known |= {owner.client for owner in room.services.owners.all(room.workspace)}
    fitting = sorted(one for one in known if typed.casefold() in one.casefold() and len(one) <= LONGEST_VALUE)
    return [option(clean(one), one) for one in fitting[:100]]
