"""People say what names mean: by a button below a result, or by a search."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from bot.services.decisions import Decision
from bot.services.failures import Refused
from bot.services.ids import RunId
from bot.services.wondering import NameQuestion
from bot.slack import names
from bot.slack.blocks import Block
from bot.slack.heard import Click, Submitted, read_click, read_submission
from bot.slack.messenger import call
from bot.slack.modals.name import name_form
from bot.slack.modals.same import offer
from bot.slack.room import Room
from bot.slack.views.failures import stopped_modal
from bot.slack.views.names import asked_more, name_settled, shown
from bot.slack.views.questions import digest
from recon import Candidate, Stopped

Body = dict[str, Any]


def hear_names(app: App, room: Room) -> None:
    """Listen to answers about names."""

    @app.action(names.IGNORE)
    def refused(ack: Ack, body: Body) -> None:
        refuse(room, read_click(body, room.workspace))
        ack()

    @app.action(names.MORE_NAMES)
    def wanted(ack: Ack, body: Body) -> None:
        ask_more(room, read_click(body, room.workspace))
        ack()

    @app.action(names.SEARCH)
    def opened(ack: Ack, body: Body) -> None:
        open_search(room, read_click(body, room.workspace))
        ack()

    @app.options(names.FIND_OTHER)
    def searched(ack: Ack, body: Body) -> None:
        question = body["view"]["private_metadata"].split("/")[0]
        ack(**search(room, question, body.get("value", "")))

    @app.view(names.NAME_FORM)
    def sent(ack: Ack, body: Body) -> None:
        flaw = submit(room, read_submission(body, room.workspace))
        ack(response_action="update", view=flaw) if flaw else ack()


def answer_name(room: Room, click: Click) -> None:
    """Keep that two names are one, and put that in the place of the question."""
    _, question, picked = click.value.split("/")
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        asked = room.services.wondering.one(room.workspace, question)
        found = next((one for one in asked.candidates if digest(one) == picked), None)
        if found is None:
            raise Refused("That name is no longer among the candidates. Search for it.")
        settle(room, click, asked, found.value)


def settle(room: Room, click: Click, asked: NameQuestion, other: str) -> None:
    """Say that a name is another one."""
    decision = room.services.speak.same(asked.names(other), click.doing.by)
    put(room, click, f"the same as {other}", decision)


def put(room: Room, click: Click, words: str, *decisions: Decision) -> None:
    """Put what was said in the place of the question; all of it is taken back together."""
    first = dict(click.shown[0]) if click.shown else None
    told = name_settled(first, words, room.showing.who(click.doing.by.person), " ".join(one.id for one in decisions))
    room.later(click.doing, lambda: room.replace(click.doing, told))


def refuse(room: Room, click: Click) -> None:
    """Keep that a name is none of those that were offered."""
    question = click.value.rpartition("/")[2]
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        asked = room.services.wondering.one(room.workspace, question)
        pairs = [asked.names(one.value) for _, one in shown(asked)]
        decisions = room.services.speak.none_of(pairs, click.doing.by)
        listed = " or ".join(one.label for _, one in shown(asked))
        put(room, click, f"not the same as {listed}", *decisions)


def ask_more(room: Room, click: Click) -> None:
    """Ask the next few in the same thread."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        where = {"channel": click.doing.channel, "thread": click.doing.thread or click.doing.ts}
        room.services.wondering.ask_next(RunId(click.value), click.doing.by, **where)
        told = asked_more(room.showing.who(click.doing.by.person))
        room.later(click.doing, lambda: room.replace(click.doing, told))


def open_search(room: Room, click: Click) -> None:
    """Open the search for any other name."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        asked = room.services.wondering.one(room.workspace, click.value.rpartition("/")[2])
        form = name_form(asked, about=f"{asked.id}/{click.doing.channel}/{click.doing.ts}")
        call(lambda: room.messenger.client.views_open(trigger_id=click.doing.trigger, view=form))


def search(room: Room, question: str, typed: str) -> Block:
    """Offer the names of the other side, best first with why."""
    asked = room.services.wondering.one(room.workspace, question)
    found = room.services.looking.candidates(room.workspace, asked.about, side=asked.side, kind=asked.kind, typed=typed)
    return offer({asked.kind: [Candidate(one.name, one.name, one.probability, one.reasons) for one in found]}, typed)


def submit(room: Room, sent: Submitted) -> Block | None:
    """Keep what was found by searching; what stops us is said in the modal."""
    question, channel, ts = sent.about.split("/")
    where = replace(sent.doing, channel=channel, ts=ts)
    try:
        room.must_be_colleague(sent.doing)
        asked = room.services.wondering.one(room.workspace, question)
        key = sent.values.get(names.CANDIDATE, "").rpartition("/")[2]
        others = room.services.looking.other_names(room.workspace, side=asked.side, kind=asked.kind)
        other = next((one for one in others if digest(Candidate(one, one)) == key), None)
        if other is None:
            raise Refused("That name is no longer there. Open the search again.")
        decision = room.services.speak.same(asked.names(other), sent.doing.by)
    except Stopped as flaw:
        return stopped_modal(str(flaw))
    told = name_settled(None, f"{asked.about} is the same as {other}", room.showing.who(where.by.person), decision.id)
    room.later(where, lambda: room.replace(where, told))
    return None
