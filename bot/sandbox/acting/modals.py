"""People fill modals in, send them, and close them."""

from dataclasses import replace
from typing import Any

from bot.sandbox.acting.acts import Act, CannotDo, Json
from bot.sandbox.acting.choosing import chosen
from bot.sandbox.acting.payloads import view_closed, view_submission
from bot.sandbox.acting.pressing import remembered
from bot.sandbox.acting.surfaces import Surface, found_element
from bot.sandbox.blocks.reading import every_element
from bot.sandbox.blocks.surfaces import refuse_view
from bot.sandbox.blocks.values import FIELDS
from bot.sandbox.outward.lines import Parcel
from bot.sandbox.state.records import Person, View
from bot.sandbox.state.views import (
    close_modals,
    describe_view,
    push_modal,
    screen_of,
    top_modal,
    update_view,
)

TROUBLE = "We had some trouble connecting. Try again?"
EMPTY: tuple[Any, ...] = (None, "", [])


async def fill(act: Act) -> Json:
    """Fill fields in, each named by its label, its action id or its block id."""
    person = act.person()
    view = act.modal(person)
    for name, value in (act.given.get("values") or {}).items():
        seen = Surface(person, view.body["blocks"], view=view)
        block, element = found_element(seen, name, tuple(FIELDS))
        one = Act(act.slack, {**act.given, "value": value, "typing": act.text("typing") or str(value)})
        view = remembered(act, view, block, element, await chosen(one, seen, block, element))
    return describe_view(act.world, view)


def missing(view: View) -> dict[str, str]:
    """List the fields that must be filled in and are not."""
    empty: dict[str, str] = {}
    for block, element in every_element(view.body["blocks"]):
        if block["type"] == "input" and not block.get("optional") and element["type"] in FIELDS:
            value = view.values.get(block["block_id"], {}).get(element["action_id"], {})
            if value.get(FIELDS[element["type"]][0]) in EMPTY:
                empty[block["block_id"]] = "Please complete this required field."
    return empty


async def submit(act: Act) -> Json:
    """Send the modal in, and do what the app answers."""
    await fill(act)
    person = act.person()
    view = act.modal(person)
    if not view.body.get("submit"):
        raise CannotDo("The modal has nothing to send it with.")
    if missing(view):
        return {"ok": False, "errors": missing(view)}
    hand_over_files(act, view)
    act.slack.commit()
    answer = await act.slack.courier.ask(Parcel("interactive", view_submission(act.world, person, view)))
    if answer.failure:
        return {"ok": False, "failure": answer.failure, "trouble": TROUBLE}
    return obey(act, person, view, answer.body if isinstance(answer.body, dict) else {})


def hand_over_files(act: Act, view: View) -> None:
    """Let the app read the files in the modal."""
    bot = act.world.nearest_installation(view.team).bot_user
    for block in view.values.values():
        for value in block.values():
            for described in value.get("files") or ():
                file = act.world.state.files[described["id"]]
                act.world.state.files.put(replace(file, handed_to=(*file.handed_to, bot)))


def obey(act: Act, person: Person, view: View, body: Json) -> Json:
    """Do with the modal what the app wants; without a word from it, the modal goes."""
    match body.get("response_action"):
        case "errors":
            known = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
            errors = body.get("errors") or {}
            wrong = not errors or set(errors) - known
            return {"ok": False, "trouble": TROUBLE} if wrong else {"ok": False, "errors": errors}
        case "clear":
            close_modals(act.world, person.id, everything=True)
        case "update" | "push" as how:
            refusal = refuse_view(body.get("view"))
            if refusal:
                return {"ok": False, "trouble": TROUBLE, "why": list(refusal.problems)}
            redraw(act, view, how, body["view"])
        case None if view.id in screen_of(act.world, person.id).modals[-1:]:
            close_modals(act.world, person.id, everything=False)
        case _:
            pass
    top = top_modal(act.world, person.id)
    return {"ok": True, "view": describe_view(act.world, top) if top else None}


def redraw(act: Act, view: View, how: str, body: Json) -> None:
    """Put another modal in place of this one, or on top of it, if it is still there."""
    now = act.world.state.views.get(view.id)
    if how == "push" and now:
        push_modal(act.world, now.team, now.person, body)
    elif now:
        update_view(act.world, now, body)


async def close(act: Act) -> Json:
    """Close the modal, or all; the app hears of it only if it wants to."""
    person = act.person()
    top = act.modal(person)
    everything = bool(act.given.get("everything")) or bool(top.body.get("clear_on_close"))
    gone = close_modals(act.world, person.id, everything=everything)
    for view in gone:
        if view.body.get("notify_on_close"):
            told = view_closed(act.world, person, view, cleared=everything)
            await act.slack.courier.ask(Parcel("interactive", told))
    left = top_modal(act.world, person.id)
    return {"view": describe_view(act.world, left) if left else None}
