"""Modals and home tabs, asked for by the app."""

from collections.abc import Mapping

from bot.sandbox.api.calls import Call, Json, Method, Refused, check
from bot.sandbox.blocks.surfaces import refuse_view
from bot.sandbox.state.manifests import has_home_tab
from bot.sandbox.state.passes import Trigger
from bot.sandbox.state.records import View
from bot.sandbox.state.views import (
    MOST_MODALS,
    describe_view,
    find_view,
    open_modal,
    publish_home,
    push_modal,
    screen_of,
    update_view,
)


def view_given(call: Call, *kinds: str, instead_of: View | None = None) -> Json:
    """Read the view that the app described; its own id for it must be new, or that of the view it replaces."""
    body = call.structure("view")
    check(refuse_view(body, kinds=kinds))
    taken = find_view(call.world, "", str(body.get("external_id") or ""))
    if taken and taken != instead_of:
        raise Refused("duplicate_external_id")
    view: Json = body
    return view


def triggered(call: Call) -> Trigger:
    """Use up the trigger."""
    trigger = call.world.passes.use_trigger(call.need("trigger_id"), call.world.clock.now())
    if isinstance(trigger, str):
        raise Refused(trigger)
    return trigger


def answer(call: Call, view: View) -> Json:
    """Answer with the view as it now is."""
    return {"ok": True, "view": describe_view(call.world, view)}


def open_view(call: Call) -> Json:
    """Open a modal."""
    body = view_given(call, "modal")
    trigger = triggered(call)
    return answer(call, open_modal(call.world, call.caller.team, trigger.person, body))


def push(call: Call) -> Json:
    """Put a modal on top of the one from which the trigger came."""
    body = view_given(call, "modal")
    trigger = triggered(call)
    stack = screen_of(call.world, trigger.person).modals
    if not trigger.from_modal or not stack:
        sentence = "must match the `type` of the root view whose stack we're pushing onto [json-pointer:/view/type]"
        raise Refused.because("invalid_arguments", (sentence,))
    if len(stack) >= MOST_MODALS:
        raise Refused("push_limit_reached")
    return answer(call, push_modal(call.world, call.caller.team, trigger.person, body))


def check_hash(call: Call, view: View | None) -> None:
    """Go on only if the view is still as the app last saw it."""
    if call.text("hash") and view and view.hash != call.text("hash"):
        raise Refused("hash_conflict")


def update(call: Call) -> Json:
    """Redraw a view."""
    if not call.text("view_id") and not call.text("external_id"):
        raise Refused.because("invalid_arguments", ("missing required field: view_id",))
    view = find_view(call.world, call.text("view_id"), call.text("external_id"))
    body = view_given(call, "modal", "home", instead_of=view)
    if view is None or view.team != call.caller.team:
        raise Refused("not_found")
    if body["type"] != view.body["type"]:
        raise Refused.because("invalid_arguments", ("must match the `type` of the view [json-pointer:/view/type]",))
    check_hash(call, view)
    return answer(call, update_view(call.world, view, body))


def publish(call: Call) -> Json:
    """Draw someone's home tab."""
    person = call.world.state.people.get(call.need("user_id"))
    old = call.world.state.views.get(screen_of(call.world, person.id).home) if person else None
    body = view_given(call, "home", instead_of=old)
    if person is None or person.team != call.caller.team:
        raise Refused.because("invalid_arguments", ("invalid `user_id`",))
    if not has_home_tab(call.world.app()):
        raise Refused("not_enabled")
    check_hash(call, old)
    return answer(call, publish_home(call.world, person.team, person.id, body))


METHODS: Mapping[str, Method] = {
    "views.open": Method(open_view, per_minute=100),
    "views.push": Method(push, per_minute=100),
    "views.update": Method(update, per_minute=100),
    "views.publish": Method(publish, per_minute=100),
}
