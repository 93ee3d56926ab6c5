"""Messages that are to be said later."""

from collections.abc import Mapping
from dataclasses import replace

from bot.sandbox.api.calls import Call, Json, Method, Refused
from bot.sandbox.api.chat import WRITE, first_of_thread, open_to_bot, place_to_post, post_message
from bot.sandbox.api.drafts import draft_of
from bot.sandbox.state.records import Scheduled

FARTHEST = 120 * 24 * 3600


def schedule(call: Call) -> Json:
    """Say something later."""
    channel = open_to_bot(call, place_to_post(call))
    post_at = call.number("post_at", 0, most=10**12)
    if post_at <= call.world.now():
        raise Refused("time_in_past")
    if post_at > call.world.now() + FARTHEST:
        raise Refused("time_too_far")
    draft, warnings = draft_of(call, channel.id, first_of_thread(call, channel))
    asked = {name: call.given[name] for name in call.given if name != "token"} | {"channel": channel.id}
    waiting = call.world.state.scheduled.put(Scheduled(call.world.new_id("Q"), channel.id, post_at, asked))
    deliver_in_time(call, waiting)
    shown = {"text": draft.text, "bot_id": draft.bot_id, "type": "delayed_message", "subtype": "bot_message"}
    return {
        "ok": True,
        "channel": channel.id,
        "scheduled_message_id": waiting.id,
        "post_at": str(post_at),
        "message": shown,
        **warnings,
    }


def deliver_in_time(call: Call, waiting: Scheduled) -> None:
    """Post a message once its time has come, unless it was taken back or can no longer be posted."""

    def deliver() -> None:
        if call.world.state.scheduled.get(waiting.id):
            call.world.state.scheduled.take(waiting)
            try_to_post(replace(call, given=waiting.message))

    call.world.clock.at(waiting.post_at, deliver)


def try_to_post(call: Call) -> Json:
    """Post what was scheduled; Slack drops what can no longer be posted."""
    try:
        return post_message(call)
    except Refused as refused:
        return refused.answer


def is_own(call: Call, waiting: Scheduled) -> bool:
    """Tell whether a message waits in the caller's own workspace."""
    return call.world.state.channels[waiting.channel].team == call.caller.team


def list_scheduled(call: Call) -> Json:
    """List what will be said later."""
    waiting = [
        {"id": one.id, "channel_id": one.channel, "post_at": one.post_at, "text": one.message.get("text", "")}
        for one in sorted(call.world.state.scheduled, key=lambda one: one.post_at)
        if is_own(call, one)
    ]
    return {"ok": True, "scheduled_messages": waiting, "response_metadata": {"next_cursor": ""}}


def delete_scheduled(call: Call) -> Json:
    """Take back what was to be said later."""
    waiting = call.world.state.scheduled.get(call.text("scheduled_message_id"))
    if waiting is None or not is_own(call, waiting):
        raise Refused("invalid_scheduled_message_id")
    call.world.state.scheduled.take(waiting)
    return {"ok": True}


METHODS: Mapping[str, Method] = {
    "chat.scheduleMessage": Method(schedule, WRITE, per_minute=50),
    "chat.scheduledMessages.list": Method(list_scheduled, per_minute=50),
    "chat.deleteScheduledMessage": Method(delete_scheduled, WRITE, per_minute=50),
}
