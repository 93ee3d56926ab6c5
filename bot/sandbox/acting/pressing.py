"""People press buttons and choose from lists, in messages, modals and home tabs."""

from dataclasses import replace

from bot.sandbox.acting.acts import Act, CannotDo, Json
from bot.sandbox.acting.choosing import chosen, suggested
from bot.sandbox.acting.payloads import answer_url, in_message, in_view, trigger
from bot.sandbox.acting.surfaces import Surface, found_element, surface
from bot.sandbox.blocks.values import FIELDS, first_values
from bot.sandbox.outward.lines import Answer, Parcel
from bot.sandbox.state.records import View

EXTERNAL = ("external_select", "multi_external_select")


async def press(act: Act) -> Json:
    """Press a button; with a question first, if it has one and the person does not say yes, nothing happens."""
    seen = surface(act)
    block, button = found_element(seen, act.text("what"), ("button", "icon_button", "workflow_button"))
    confirm = button.get("confirm")
    if confirm and act.given.get("confirming") is False:
        return {"asked": confirm["title"]["text"], "ok": True}
    action: Json = {name: button[name] for name in ("text", "value", "style") if name in button}
    answer = await send(act, seen, block, button, action)
    return outcome(answer) | ({"asked": confirm["title"]["text"]} if confirm else {})


async def choose(act: Act) -> Json:
    """Choose from a list, a calendar or boxes; in a modal the choice stays, in a message it is told at once."""
    seen = surface(act)
    block, element = found_element(seen, act.text("what"), ("overflow", *FIELDS))
    value = await chosen(act, seen, block, element)
    if seen.view and element["type"] in FIELDS:
        seen = replace(seen, view=remembered(act, seen.view, block, element, value))
        if block["type"] == "input" and not block.get("dispatch_action"):
            return {"ok": True}
    return outcome(await send(act, seen, block, element, value))


async def offer(act: Act) -> Json:
    """Type into a list whose choices the app makes, and see them."""
    seen = surface(act)
    block, element = found_element(seen, act.text("what"), EXTERNAL)
    return {"options": await suggested(act, seen, block, element, act.text("typing"))}


def remembered(act: Act, view: View, block: Json, element: Json, value: Json) -> View:
    """Keep a choice in the view, as it is by now: the app may have redrawn it while it was asked what to offer."""
    now = act.world.state.views.get(view.id)
    if now is None:
        raise CannotDo("The modal is gone.")
    chosen_there = {**now.values.get(block["block_id"], {}), element["action_id"]: value}
    return act.world.state.views.put(replace(now, values={**now.values, block["block_id"]: chosen_there}))


async def send(act: Act, seen: Surface, block: Json, element: Json, value: Json) -> Answer:
    """Tell the app what was pressed."""
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        **value,
        "action_ts": act.world.new_ts(),
    }
    told = {"type": "block_actions", "actions": [action], **where(act, seen)}
    if seen.message:
        state = first_values(seen.blocks)
        if element["type"] in FIELDS:
            state[block["block_id"]][element["action_id"]] = {"type": element["type"], **value}
        told["state"] = {"values": state}
    act.slack.commit()
    return await act.slack.courier.ask(Parcel("interactive", told))


def where(act: Act, seen: Surface) -> Json:
    """Tell where something was pressed, and how the app may answer."""
    if seen.message:
        channel = act.world.state.channels[seen.message.channel]
        url = answer_url(act.world, seen.person, channel, seen.message)
        told = in_message(act.world, seen.person, seen.message)
        return {**told, "response_url": url, "trigger_id": trigger(act.world, seen.person)}
    if seen.view is None:
        raise CannotDo("There is nothing to press.")
    modal = seen.view.body["type"] == "modal"
    told = in_view(act.world, seen.person, seen.view)
    return {**told, "trigger_id": trigger(act.world, seen.person, from_modal=modal)}


def outcome(answer: Answer) -> Json:
    """Tell the person whether the app took it; if not, Slack shows a warning sign."""
    return {"ok": not answer.failure, "failure": answer.failure}
