"""What an app answers to what a person did: at the address it was given, or in the same breath."""

from dataclasses import replace
from typing import Any

from bot.sandbox.api.calls import Call, Caller, Json, Refused
from bot.sandbox.api.drafts import draft_of, parts_of, text_of
from bot.sandbox.state.messages import change, delete, post
from bot.sandbox.state.passes import AnswerPlace
from bot.sandbox.state.records import Message
from bot.sandbox.state.world import World


def as_bot(world: World, place: AnswerPlace, given: Json) -> Call:
    """Let the app speak without a token, as these addresses do."""
    bot = world.nearest_installation(place.team, world.state.channels[place.channel].team)
    return Call(world, Caller.of(bot), given)


def answer_at(world: World, name: str, given: Json) -> tuple[int, Json | None]:
    """Do what was posted to an address, and tell what is wrong with it, if anything, with its HTTP status."""
    place = world.passes.use_answer(name, world.clock.now())
    if isinstance(place, str):
        return 404, {"ok": False, "error": place}
    try:
        answer(world, place, given)
    except Refused as refused:
        return 400, refused.answer
    return 200, None


def answer(world: World, place: AnswerPlace, given: Json) -> None:
    """Post, replace or delete, as the app asks."""
    call = as_bot(world, place, given)
    original = world.state.messages.get(f"{place.channel}/{place.ts}")
    if call.flag("delete_original"):
        if original:
            delete(world, original)
    elif call.flag("replace_original") and original:
        put_in_place(call, original)
    else:
        post(world, answered(call, place))


def answered(call: Call, place: AnswerPlace) -> Message:
    """Make the message of an answer: for that one person, unless the app wants it in the channel."""
    thread = call.text("thread_ts") or place.thread_ts
    draft, _ = draft_of(call, place.channel, thread)
    return draft if call.text("response_type") == "in_channel" else replace(draft, only_for=place.person)


def put_in_place(call: Call, original: Message) -> None:
    """Put an answer in place of the message that was acted on."""
    parts: dict[str, Any] = parts_of(call)
    text, _ = text_of(call)
    if not text and not parts:
        raise Refused("no_text")
    parts = {"blocks": (), "attachments": (), **parts}
    change(call.world, original, replace(original, text=text, **parts))


def answer_in_one_breath(world: World, place: AnswerPlace, body: object) -> None:
    """Show what an app answered to a command while acknowledging it."""
    given = {"text": body} if isinstance(body, str) else body
    if isinstance(given, dict) and given:
        answer(world, place, given)
