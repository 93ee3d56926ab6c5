"""Answering a call of the Web API: whose token, which method, how often, and then doing it."""

from collections.abc import Mapping

from bot.sandbox.api import chat, connections, conversations, files, people, scheduling, views
from bot.sandbox.api.calls import Call, Caller, Json, Method, Refused
from bot.sandbox.api.limits import Limits
from bot.sandbox.state.world import World

METHODS: Mapping[str, Method] = {
    **people.METHODS,
    **connections.METHODS,
    **chat.METHODS,
    **scheduling.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **views.METHODS,
}


def caller_of(world: World, token: str, method: Method) -> Caller:
    """Find out whose token this is, or refuse it."""
    if not token:
        raise Refused("not_authed")
    if token in {app.app_token for app in world.state.apps}:
        if not method.app_token:
            raise Refused("not_allowed_token_type")
        return Caller(scopes=("connections:write",))
    bot = next((one for one in world.state.installations if one.bot_token == token), None)
    if bot is None:
        raise Refused("invalid_auth")
    if bot.state != "active":
        raise Refused(bot.state)
    if method.app_token:
        raise Refused("not_allowed_token_type")
    return Caller.of(bot)


def answer(world: World, limits: Limits, name: str, token: str, given: Mapping[str, object]) -> Json:
    """Do what was asked, or say no as Slack does."""
    method = METHODS.get(name)
    if method is None:
        return {"ok": False, "error": "unknown_method", "req_method": name}
    try:
        call = Call(world, caller_of(world, token, method), given)
        wait = limits.seconds_to_wait(
            world.clock.now(), name, method.per_minute, (call.caller.team, call.text("channel"))
        )
        if wait:
            return {"ok": False, "error": "ratelimited", "retry_after": wait}
        call.need_scope(*method.scopes)
        return method.do(call)
    except Refused as refused:
        return refused.answer
