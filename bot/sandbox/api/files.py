"""Files: sent in three steps, described, deleted."""

from collections.abc import Mapping
from dataclasses import replace

from bot.sandbox.api.calls import Call, Json, Method, Refused, check
from bot.sandbox.api.chat import first_of_thread, place_to_post
from bot.sandbox.blocks.filling import with_defaults
from bot.sandbox.blocks.surfaces import refuse_message
from bot.sandbox.state.files import (
    begin_file,
    complete_file,
    delete_file,
    describe_file,
    may_see_file,
    share_file,
)
from bot.sandbox.state.messages import post
from bot.sandbox.state.records import Channel, File, Message
from bot.sandbox.state.views import new_block_id

BIGGEST = 1024**3


def get_upload_url(call: Call) -> Json:
    """Make room for a file, and tell where to send it."""
    size = call.number("length", 0, most=10**12)
    if call.text("length") in ("", "0"):
        raise Refused.because("invalid_arguments", ("missing required field: length",))
    if size > BIGGEST:
        raise Refused("file_upload_size_restricted")
    file = begin_file(call.world, call.caller.team, call.caller.user, call.need("filename"), size)
    return {"ok": True, "upload_url": f"{call.world.address}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Make files of what was sent, and share them in a message."""
    wanted = call.structure("files")
    if not isinstance(wanted, list) or not wanted:
        raise Refused.because("invalid_arguments", ("missing required field: files",))
    sent = [sent_file(call, one) for one in wanted]
    channel = place_to_share(call)
    thread = first_of_thread(call, channel) if channel else ""
    blocks = call.structure("blocks") if not call.text("initial_comment") else None
    check(refuse_message(blocks or []))
    done = [complete_file(call.world, file, title) for file, title in sent]
    if channel:
        done = share_all(call, channel, done, thread_ts=thread, blocks=blocks or [])
    return {"ok": True, "files": [describe_file(call.world, file) for file in done]}


def sent_file(call: Call, wanted: object) -> tuple[File, str]:
    """Find a file of the bot's own that was sent and not yet completed."""
    if not isinstance(wanted, dict):
        raise Refused("invalid_arguments")
    file = call.world.state.files.get(str(wanted.get("id")))
    if file is None or not file.uploaded or file.complete or file.user != call.caller.user:
        raise Refused("file_not_found")
    return file, str(wanted.get("title") or "")


def place_to_share(call: Call) -> Channel | None:
    """Find where files shall be seen, if anywhere."""
    name = call.text("channel_id") or call.text("channels").split(",")[0]
    if not name:
        return None
    channel = place_to_post(replace(call, given={**call.given, "channel": name}))
    if call.caller.user not in channel.members:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("posting_to_channel_denied")
    return channel


def share_all(call: Call, channel: Channel, files: list[File], *, thread_ts: str, blocks: list[Json]) -> list[File]:
    """Say it in the channel, with the files."""
    ts = call.world.new_ts()
    shared = [share_file(call.world, file, channel.id, ts) for file in files]
    said = Message(
        channel.id,
        ts,
        call.caller.user,
        call.text("initial_comment"),
        call.caller.team,
        bot_id=call.caller.bot_id,
        app_id=call.caller.app_id,
        subtype="file_share",
        thread_ts=thread_ts,
        blocks=with_defaults(blocks, new_block_id),
        files=tuple(file.id for file in shared),
    )
    post(call.world, said)
    return shared


def visible(call: Call) -> File:
    """Find a file that the bot may read."""
    file = call.world.state.files.get(call.text("file"))
    if file is None or not file.complete or not may_see_file(call.world, file, call.caller.user):
        raise Refused("file_not_found")
    if file.deleted:
        raise Refused("file_deleted")
    return file


def info(call: Call) -> Json:
    """Describe a file."""
    paging = {"count": 0, "total": 0, "page": 1, "pages": 0}
    file = describe_file(call.world, visible(call))
    return {"ok": True, "file": file, "comments": [], "paging": paging, "response_metadata": {"next_cursor": ""}}


def delete(call: Call) -> Json:
    """Delete a file of the bot's own."""
    file = visible(call)
    if file.user != call.caller.user:
        raise Refused("cant_delete_file")
    delete_file(call.world, file)
    return {"ok": True}


METHODS: Mapping[str, Method] = {
    "files.getUploadURLExternal": Method(get_upload_url, ("files:write",), per_minute=100),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",), per_minute=100),
    "files.info": Method(info, ("files:read",), per_minute=100),
    "files.delete": Method(delete, ("files:write",), per_minute=50),
}
