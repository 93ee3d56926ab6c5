"""Files: handed in, shared, described, taken away."""

import mimetypes
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bot.sandbox.state.channels import SCOPES, sees
from bot.sandbox.state.records import Channel, File
from bot.sandbox.state.world import World

Json = dict[str, Any]

MIME_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
}
PRETTY = {"csv": "CSV", "tsv": "TSV", "xlsx": "Excel Spreadsheet", "png": "PNG", "pdf": "PDF", "text": "Plain Text"}


def begin_file(world: World, team: str, user: str, name: str, size: int) -> File:
    """Make room for a file that will be sent."""
    return world.state.files.put(File(world.new_id("F"), team, user, name, name, size, world.now()))


def receive_file(world: World, file: File, contents: bytes) -> File:
    """Take in a file's bytes."""
    world.state.keep_contents(file.id, contents)
    return world.state.files.put(replace(file, uploaded=True, size=len(contents)))


def complete_file(world: World, file: File, title: str) -> File:
    """Make a file that was sent a file that exists."""
    done = world.state.files.put(replace(file, complete=True, title=title or file.name))
    event = {"type": "file_created", "file_id": done.id, "user_id": done.user, "file": {"id": done.id}}
    world.happened(done.team, {**event, "event_ts": world.new_ts()}, only_to=done.user)
    return done


def share_file(world: World, file: File, channel: str, ts: str) -> File:
    """Remember in which message a file is."""
    return world.state.files.put(replace(file, shares=(*file.shares, (channel, ts))))


def delete_file(world: World, file: File) -> None:
    """Take a file away; the messages it was in stay."""
    world.state.files.put(replace(file, deleted=True))
    for channel in {channel for channel, _ in file.shares} or {""}:
        event = {"type": "file_deleted", "file_id": file.id, "channel_ids": [channel], "event_ts": world.new_ts()}
        world.happened(file.team, event, channel=channel)


def may_see_file(world: World, file: File, person: str) -> bool:
    """Tell whether someone may read a file: their own, one handed to them, or one shared where they are."""
    places = (world.state.channels.get(channel) for channel, _ in file.shares)
    return person in (file.user, *file.handed_to) or any(place is not None and sees(person, place) for place in places)


def filetype_of(name: str) -> str:
    """Name a file's type as Slack does."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return "text" if ending in ("", "txt") else ending


def describe_file(world: World, file: File) -> Json:
    """Describe a file as `files.info` does."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    filetype = filetype_of(file.name)
    private = f"{world.address}/files-pri/{file.team}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": MIME_TYPES.get(filetype) or mimetypes.guess_type(file.name)[0] or "text/plain",
        "filetype": filetype,
        "pretty_type": PRETTY.get(filetype, filetype.upper()),
        "user": file.user,
        "user_team": file.team,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(channel.kind == "public" for channel in places_of(world, file)),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{private}/{quote(file.name)}",
        "url_private_download": f"{private}/download/{quote(file.name)}",
        "permalink": f"{world.address}/files/{file.user}/{file.id}/{quote(file.name)}",
        "file_access": "visible",
        **shares_of(world, file),
    }


def places_of(world: World, file: File) -> list[Channel]:
    """List the channels a file is shared in."""
    return [world.state.channels[channel] for channel in dict.fromkeys(channel for channel, _ in file.shares)]


def shares_of(world: World, file: File) -> Json:
    """Tell where a file is shared, in the two ways in which Slack tells it."""
    told: Json = {"channels": [], "groups": [], "ims": [], "shares": {}}
    for channel, ts in file.shares:
        kind = world.state.channels[channel].kind
        plural = "ims" if kind == "im" else SCOPES[kind] if kind != "mpim" else "groups"
        told[plural] = [*told[plural], channel] if channel not in told[plural] else told[plural]
        places = told["shares"].setdefault("public" if kind == "public" else "private", {})
        places.setdefault(channel, []).append({"ts": ts, "team_id": file.team, "reply_users": [], "reply_count": 0})
    return told
