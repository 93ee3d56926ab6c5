"""What Slack says that somebody did, read into values; Slack's own words stop here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.services.failures import NotAllowed
from bot.services.ids import PersonId, WorkspaceId
from bot.services.people import Actor

Json = Mapping[str, Any]
SPOKEN = (None, "file_share", "thread_broadcast")
"""The kinds of message in which a person says something new; the others are edits, joins and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who did something, and where."""

    by: Actor
    team: str = ""  # of the person, who may belong to another company in a shared channel
    channel: str = ""
    ts: str = ""  # of the message clicked on or written
    thread: str = ""
    trigger: str = ""  # allows one modal, for three seconds


@dataclass(frozen=True, slots=True)
class Click:
    """A button pressed or something chosen from a list."""

    doing: Doing
    action: str
    value: str
    block: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message that somebody wrote."""

    doing: Doing
    text: str
    files: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A modal sent in: what it was about, and what was filled in under each name."""

    doing: Doing
    about: str
    values: Mapping[str, str]


def must_belong(doing: Doing) -> None:
    """Let people of this workspace through; those of another company, in a shared channel, decide nothing here."""
    if doing.team != doing.by.workspace:
        raise NotAllowed("You belong to another workspace, so you can't decide anything here.")


def read_click(body: Json, workspace: WorkspaceId) -> Click:
    """Read a click; its own time names it, so that the same one is known when it comes twice."""
    action, container, user = body["actions"][0], body.get("container", {}), body["user"]
    once = f"click:{user['id']}:{action.get('action_ts') or body.get('trigger_id')}"
    doing = Doing(
        by=Actor(workspace, PersonId(user["id"]), once),
        team=user.get("team_id", workspace),
        channel=(body.get("channel") or {}).get("id", ""),
        ts=container.get("message_ts", ""),
        thread=container.get("thread_ts", ""),
        trigger=body.get("trigger_id", ""),
    )
    return Click(doing, action["action_id"], value_of(action), action.get("block_id", ""))


def value_of(element: Json) -> str:
    """Read what was pressed, chosen or filled in."""
    chosen = element.get("selected_option") or {}
    picked = chosen.get("value") or element.get("selected_user") or element.get("selected_date")
    return str(picked or element.get("value") or "")


def read_submission(body: Json, workspace: WorkspaceId) -> Submitted:
    """Read a modal that was sent in."""
    view, user = body["view"], body["user"]
    filled = view["state"]["values"]
    values = {name: value_of(next(iter(block.values()))) for name, block in filled.items()}
    by = Actor(workspace, PersonId(user["id"]), f"view:{view['id']}:{view.get('hash', '')}")
    doing = Doing(by=by, team=user.get("team_id", workspace), trigger=body.get("trigger_id", ""))
    return Submitted(doing, view["private_metadata"], values)


def read_message(body: Json, workspace: WorkspaceId) -> Spoken | None:
    """Read a message that a person of this workspace wrote; none if nobody said anything new."""
    event = body["event"]
    if event.get("subtype") not in SPOKEN or event.get("bot_id") or not event.get("user"):
        return None
    if event.get("user_team", event.get("team", workspace)) != workspace:
        return None
    doing = Doing(
        by=Actor(workspace, PersonId(event["user"]), f"event:{body['event_id']}"),
        team=workspace,
        channel=event["channel"],
        ts=event["ts"],
        thread=event.get("thread_ts", ""),
    )
    return Spoken(doing, event.get("text", ""), tuple(event.get("files", ())))
