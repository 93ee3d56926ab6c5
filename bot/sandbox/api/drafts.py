"""Making a message of what an app sent, or refusing it as Slack does."""

from typing import Any

from bot.sandbox.api.calls import Call, Json, Refused, check
from bot.sandbox.blocks.filling import with_defaults
from bot.sandbox.blocks.surfaces import refuse_message
from bot.sandbox.state.records import Message
from bot.sandbox.state.views import new_block_id

LONGEST_TEXT = 40_000
LONGEST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
MOST_METADATA = 16_000
NO_WORDS = "This content can't be displayed."


def text_of(call: Call) -> tuple[str, Json]:
    """Read the text; what is too long is cut, with a warning."""
    text = call.text("text") or call.text("markdown_text")
    if call.text("markdown_text"):
        if call.text("text") or call.given.get("blocks"):
            raise Refused("markdown_text_conflict")
        if len(text) > LONGEST_MARKDOWN:
            raise Refused("msg_too_long")
    if len(text) > LONGEST_TEXT:
        warning = {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
        return text[:LONGEST_TEXT], warning
    return text, {}


def parts_of(call: Call) -> dict[str, Any]:
    """Read blocks and attachments, where they were given."""
    parts: dict[str, Any] = {}
    blocks = call.structure("blocks", wrong="invalid_blocks_format")
    if blocks is not None:
        check(refuse_message(blocks))
        parts["blocks"] = with_defaults(blocks, new_block_id)
    attachments = call.structure("attachments", wrong="invalid_attachments")
    if attachments is not None:
        parts["attachments"] = tuple(attached(attachments))
    return parts


def attached(attachments: object) -> list[Json]:
    """Read attachments, and the blocks in them."""
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise Refused("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    taken = []
    for place, one in enumerate(attachments, start=1):
        check(refuse_message(one.get("blocks") or []))
        blocks = {"blocks": list(with_defaults(one["blocks"], new_block_id))} if one.get("blocks") else {}
        taken.append({"id": place, "fallback": "[no preview available]", **one, **blocks})
    return taken


def metadata_of(call: Call) -> Json | None:
    """Read the metadata; an empty object takes it away."""
    given = call.structure("metadata", wrong="invalid_metadata_format")
    if given in (None, {}):
        return None
    if not isinstance(given, dict) or set(given) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format")
    if "entities" not in given and not (
        isinstance(given.get("event_type"), str) and is_flat(given.get("event_payload"))
    ):
        raise Refused("invalid_metadata_schema")
    if len(str(given)) > MOST_METADATA:
        raise Refused("metadata_too_large")
    return given


def is_flat(payload: object) -> bool:
    """Tell whether a payload is an object that holds words, numbers and lists of them, and nothing deeper."""
    return isinstance(payload, dict) and all(is_shallow(inner, 1) for inner in payload.values())


def is_shallow(part: object, depth: int) -> bool:
    """Tell whether a part goes no deeper than this."""
    if isinstance(part, dict | list):
        inside = part.values() if isinstance(part, dict) else part
        return depth > 0 and all(is_shallow(inner, depth - 1) for inner in inside)
    return isinstance(part, str | int | float)


def draft_of(call: Call, channel: str, thread_ts: str) -> tuple[Message, Json]:
    """Make a message of the bot's, with Slack's warnings about it."""
    text, warnings = text_of(call)
    parts = parts_of(call)
    if not text and not any(parts.values()):
        raise Refused("no_text")
    text = text or NO_WORDS
    draft = Message(
        channel,
        call.world.new_ts(),
        call.caller.user,
        text,
        call.caller.team,
        bot_id=call.caller.bot_id,
        app_id=call.caller.app_id,
        metadata=metadata_of(call),
        thread_ts=thread_ts,
        broadcast=call.flag("reply_broadcast") and bool(thread_ts),
        **persona(call),
        **parts,
    )
    return draft, warnings


def persona(call: Call) -> dict[str, Any]:
    """Read the name and the picture a message goes under, which need a scope of their own."""
    icon = {"emoji": call.text("icon_emoji")} if call.text("icon_emoji") else {"image_48": call.text("icon_url")}
    if not call.text("username") and not any(icon.values()):
        return {}
    call.need_scope("chat:write.customize")
    return {"username": call.text("username"), "icons": icon if any(icon.values()) else None}
