"""The command, and what its answers let people do."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.services.ids import DecisionId
from bot.slack import names
from bot.slack.blocks import Block, option
from bot.slack.commanding import Commanding
from bot.slack.heard import Click, Typed, read_click, read_command
from bot.slack.messages import Message
from bot.slack.room import Room
from bot.slack.texts import clean
from bot.slack.views.decided import decided_together
from bot.slack.views.failures import stopped
from bot.slack.wondering import ask_again
from recon import Stopped

Body = dict[str, Any]
LONGEST_VALUE = 150


def hear_commands(app: App, room: Room) -> None:
    """Listen to the command, and to what its answers offer."""

    @app.command(names.COMMAND)
    def typed(ack: Ack, body: Body) -> None:
        told = answer(room, read_command(body, room.workspace))
        ack(text=told.text, blocks=list(told.blocks), response_type="ephemeral") if told else ack()

    @app.action(names.TAKE_BACK)
    def taken_back(ack: Ack, body: Body) -> None:
        take_back(room, read_click(body, room.workspace))
        ack()

    @app.options(names.FIND_CLIENT)
    def searched(ack: Ack, body: Body) -> None:
        ack(options=clients(room, body.get("value", "")))


def answer(room: Room, typed: Typed) -> Message | None:
    """Answer the command; what stops us is the answer."""
    try:
        room.must_be_colleague(typed.doing)
        return Commanding(room, typed.doing).answer(typed.text)
    except Stopped as flaw:
        return stopped(str(flaw))


def take_back(room: Room, click: Click) -> None:
    """Take back a decision that stands, or those that were made with one click."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        named = [DecisionId(one) for one in click.value.split()]
        decisions = room.services.undo.take_back_all(named, click.doing.by)
        shown, case = [*filter(None, map(room.showing.decision, decisions))], decisions[-1].case
        said = decided_together(shown)
        words = f"Taken back: {said}." if said else "Taken back."
        room.later(click.doing, lambda: room.whisper(click.doing, Message(words)))
        room.later(click.doing, lambda: ask_again(room, decisions))
        if case:
            room.later(click.doing, lambda: room.redraw(case))


def clients(room: Room, typed: str) -> list[Block]:
    """Offer the clients that have gaps or owners, and fit what was typed."""
    known = {case.gap.client for case in room.services.looking.gaps(room.workspace)}
    known |= {owner.client for owner in room.services.owners.all(room.workspace)}
    fitting = sorted(one for one in known if typed.casefold() in one.casefold() and len(one) <= LONGEST_VALUE)
    return [option(clean(one), one) for one in fitting[:100]]
