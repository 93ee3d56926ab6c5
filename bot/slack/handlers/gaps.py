"""Buttons on a gap, and the modals that some of them open."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt import Ack, App

from bot.services.decisions import Reason
from bot.services.failures import DayHasPassed, TwoProducts
from bot.services.ids import CaseId
from bot.slack import names
from bot.slack.asked import Approve, Asked, Assign, Dismiss, History, NotSame, Sign, Snooze, Undo, Why
from bot.slack.blocks import Block
from bot.slack.deciding import Deciding
from bot.slack.handlers.home import show_again
from bot.slack.heard import Click, Submitted, read_click, read_submission
from bot.slack.messenger import call
from bot.slack.modals.assign import assign_form
from bot.slack.modals.dismiss import dismiss_form
from bot.slack.modals.same import offer, same_form, same_sure_form
from bot.slack.modals.snooze import snooze_form
from bot.slack.room import Room
from bot.slack.views.failures import shown_modal, waiting_modal
from bot.slack.wishing import try_to
from recon import Kind, Stopped

Body = dict[str, Any]
AT_ONCE: dict[str, Asked] = {
    names.SIGN: Sign(),
    names.UNDO: Undo(),
    names.WHY: Why(),
    names.HISTORY: History(),
}
REFUSALS: dict[str, Asked] = {
    names.NOT_SAME_CLIENT: NotSame(Kind.CLIENT),
    names.NOT_SAME_PRODUCT: NotSame(Kind.PRODUCT),
}
FORMS = (names.DISMISS, names.SAME, names.SNOOZE, names.ASSIGN)
SENT = (names.DISMISS_FORM, names.SAME_FORM, names.SAME_SURE_FORM, names.SNOOZE_FORM, names.ASSIGN_FORM)


def hear_gaps(app: App, room: Room) -> None:
    """Listen to everything that can be pressed about a gap."""

    def pressed(ack: Ack, body: Body) -> None:
        press(room, read_click(body, room.workspace))
        ack()

    def opened(ack: Ack, body: Body) -> None:
        open_form(room, read_click(body, room.workspace))
        ack()

    def sent(ack: Ack, body: Body) -> None:
        ack(**submit(room, body["view"]["callback_id"], read_submission(body, room.workspace)))

    def searched(ack: Ack, body: Body) -> None:
        case = CaseId(body["view"]["private_metadata"])
        ack(**offer(Deciding(room).candidates(case, body.get("value", "")), body.get("value", "")))

    for action in (names.APPROVE, *AT_ONCE, *REFUSALS):
        app.action(action)(pressed)
    for action in FORMS:
        app.action(action)(opened)
    for form in SENT:
        app.view(form)(sent)
    app.options(names.FIND_NAME)(searched)


def press(room: Room, click: Click) -> None:
    """Decide at once; the messages are redrawn when Slack has its answer."""
    case, asked = CaseId(click.value), asked_by(click)
    with room.minding(click.doing, case):
        room.must_be_colleague(click.doing)
        told = try_to(room, asked, case, click.doing)
        if told:
            room.later(click.doing, lambda: room.whisper(click.doing, told))
        else:
            room.later(click.doing, lambda: room.redraw(case))
            room.later(click.doing, lambda: show_again(room, click.doing, case))


def asked_by(click: Click) -> Asked:
    """Read what a button asks for; an approval is for what was shown above it."""
    action = names.todays(click.action)
    return Approve(names.seen_version(click.block)) if action == names.APPROVE else (AT_ONCE | REFUSALS)[action]


def open_form(room: Room, click: Click) -> None:
    """Open the modal that asks for the rest."""
    case = CaseId(click.value)
    with room.minding(click.doing, case):
        room.must_be_colleague(click.doing)
        if click.action == names.SAME:
            open_search(room, click, case)
            return
        room.open(click.doing, form_for(room, click.action, case))


def open_search(room: Room, click: Click, case: CaseId) -> None:
    """Open the search at once, and fill it when the candidates are scored: three seconds may be too short for that."""
    opened = room.open(click.doing, waiting_modal("Same as…"))

    def fill() -> None:
        form = same_form(room.showing.case(case), Deciding(room).candidates(case))
        call(lambda: room.messenger.client.views_update(view_id=opened, view=form))

    room.later(click.doing, fill)


def form_for(room: Room, action: str, case: CaseId) -> Block:
    """Choose the modal."""
    card = room.showing.case(case)
    if action == names.DISMISS:
        return dismiss_form(card)
    if action == names.SNOOZE:
        return snooze_form(card, today=room.today)
    return assign_form(card)


def submit(room: Room, form: str, sent: Submitted) -> Block:
    """Decide what a modal asked; what stops us is said in the modal itself, a wrong day below its field."""
    case = gap_in(sent)
    try:
        room.must_be_colleague(sent.doing)
        try_to(room, asked_in(room, form, sent), case, sent.doing)
    except TwoProducts as flaw:
        view = same_sure_form(flaw.told, f"{case} {sent.values[names.CANDIDATE]}")
        return {"response_action": "update", "view": view}
    except DayHasPassed as flaw:
        return {"response_action": "errors", "errors": {names.UNTIL: str(flaw)}}
    except Stopped as flaw:
        return {"response_action": "update", "view": shown_modal("That did not work", room.refusal(flaw))}
    finally:
        room.later(sent.doing, lambda: room.redraw(case))
        room.later(sent.doing, lambda: show_again(room, sent.doing, case))
    return {}


def asked_in(room: Room, form: str, sent: Submitted) -> Asked:
    """Read what a modal asks for."""
    day = date.fromisoformat(sent.values[names.UNTIL]) if sent.values.get(names.UNTIL) else None
    if form == names.DISMISS_FORM:
        return Dismiss(Reason(sent.values[names.REASON]), day, sent.values.get(names.NOTE, ""))
    if form == names.ASSIGN_FORM:
        return Assign(sent.values[names.PERSON])
    if form == names.SNOOZE_FORM and day:
        return Snooze(day)
    if form == names.SAME_SURE_FORM:
        return Deciding(room).named(gap_in(sent), sent.about.partition(" ")[2], is_sure=True)
    return Deciding(room).named(gap_in(sent), sent.values.get(names.CANDIDATE, ""))


def gap_in(sent: Submitted) -> CaseId:
    """Read which gap a modal is about; what was chosen in the one before may stand behind it."""
    return CaseId(sent.about.partition(" ")[0])
