"""Buttons on a gap, and the modals that some of them open."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt import Ack, App

from bot.services.decisions import Reason
from bot.services.failures import Refused
from bot.services.ids import CaseId
from bot.slack import names
from bot.slack.asked import Approve, Asked, Assign, Dismiss, History, NotSame, SameAs, Snooze, Undo, Why
from bot.slack.blocks import Block
from bot.slack.deciding import Deciding
from bot.slack.heard import Click, Submitted, must_belong, read_click, read_submission
from bot.slack.messenger import call
from bot.slack.modals.assign import assign_form
from bot.slack.modals.dismiss import dismiss_form
from bot.slack.modals.same import chosen, offer, same_form
from bot.slack.modals.snooze import snooze_form
from bot.slack.room import Room
from bot.slack.views.failures import stopped_modal, waiting_modal
from recon import Kind, Stopped

Body = dict[str, Any]
AT_ONCE: dict[str, Asked] = {names.APPROVE: Approve(), names.UNDO: Undo(), names.WHY: Why(), names.HISTORY: History()}
REFUSALS: dict[str, Asked] = {
    names.NOT_SAME_CLIENT: NotSame(Kind.CLIENT),
    names.NOT_SAME_PRODUCT: NotSame(Kind.PRODUCT),
}
FORMS = (names.DISMISS, names.SAME, names.SNOOZE, names.ASSIGN)
SENT = (names.DISMISS_FORM, names.SAME_FORM, names.SNOOZE_FORM, names.ASSIGN_FORM)


def hear_gaps(app: App, room: Room) -> None:
    """Listen to everything that can be pressed about a gap."""

    def pressed(ack: Ack, body: Body) -> None:
        press(room, read_click(body, room.workspace))
        ack()

    def opened(ack: Ack, body: Body) -> None:
        open_form(room, read_click(body, room.workspace))
        ack()

    def sent(ack: Ack, body: Body) -> None:
        flaw = submit(room, body["view"]["callback_id"], read_submission(body, room.workspace))
        ack(response_action="update", view=flaw) if flaw else ack()

    def searched(ack: Ack, body: Body) -> None:
        case = CaseId(body["view"]["private_metadata"])
        ack(**offer(Deciding(room).candidates(case, body.get("value", "")), body.get("value", "")))

    for action in (*AT_ONCE, *REFUSALS):
        app.action(action)(pressed)
    for action in FORMS:
        app.action(action)(opened)
    for form in SENT:
        app.view(form)(sent)
    app.options(names.FIND_NAME)(searched)


def press(room: Room, click: Click) -> None:
    """Decide at once; the messages are redrawn when Slack has its answer."""
    case, asked = CaseId(click.value), (AT_ONCE | REFUSALS)[names.todays(click.action)]
    with room.minding(click.doing, case):
        must_belong(click.doing)
        told = Deciding(room).do(asked, case, click.doing.by)
        if told:
            room.later(click.doing, lambda: room.whisper(click.doing, told))
        else:
            room.later(click.doing, lambda: room.redraw(case))


def open_form(room: Room, click: Click) -> None:
    """Open the modal that asks for the rest."""
    case = CaseId(click.value)
    with room.minding(click.doing, case):
        must_belong(click.doing)
        if click.action == names.SAME:
            open_search(room, click, case)
            return
        form = form_for(room, click.action, case)
        call(lambda: room.messenger.client.views_open(trigger_id=click.doing.trigger, view=form))


def open_search(room: Room, click: Click, case: CaseId) -> None:
    """Open the search at once, and fill it when the candidates are scored: three seconds may be too short for that."""
    views, waiting = room.messenger.client, waiting_modal("Same as…")
    opened = call(lambda: views.views_open(trigger_id=click.doing.trigger, view=waiting))["view"]["id"]

    def fill() -> None:
        form = same_form(room.showing.case(case), Deciding(room).candidates(case))
        call(lambda: views.views_update(view_id=opened, view=form))

    room.later(click.doing, fill)


def form_for(room: Room, action: str, case: CaseId) -> Block:
    """Choose the modal."""
    card = room.showing.case(case)
    if action == names.DISMISS:
        return dismiss_form(card)
    if action == names.SNOOZE:
        return snooze_form(card, today=room.today)
    return assign_form(card)


def submit(room: Room, form: str, sent: Submitted) -> Block | None:
    """Decide what a modal asked; what stops us is said in the modal itself."""
    case = CaseId(sent.about)
    try:
        must_belong(sent.doing)
        Deciding(room).do(asked_in(room, form, sent), case, sent.doing.by)
    except Stopped as flaw:
        return stopped_modal(str(flaw))
    finally:
        room.later(sent.doing, lambda: room.redraw(case))
    return None


def asked_in(room: Room, form: str, sent: Submitted) -> Asked:
    """Read what a modal asks for."""
    day = date.fromisoformat(sent.values[names.UNTIL]) if sent.values.get(names.UNTIL) else None
    if form == names.DISMISS_FORM:
        return Dismiss(Reason(sent.values[names.REASON]), day, sent.values.get(names.NOTE, ""))
    if form == names.ASSIGN_FORM:
        return Assign(sent.values[names.PERSON])
    if form == names.SNOOZE_FORM and day:
        return Snooze(day)
    found = chosen(Deciding(room).candidates(CaseId(sent.about)), sent.values.get(names.CANDIDATE, ""))
    if found is None:
        raise Refused("That name is no longer among the candidates. Open the search again.")
    kind, candidate = found
    return SameAs(candidate.value, kind)
