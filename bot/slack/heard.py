"""What Slack says that somebody did, read into values; Slack's own words stop here."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.services.failures import NotAllowed
from bot.services.ids import PersonId, WorkspaceId
from bot.services.people import Actor
from bot.slack.texts import clean

Json = Mapping[str, Any]
SPOKEN = (None, "file_share", "thread_broadcast")
"""The kinds of message in which a person says something new; the others are edits, joins and the like."""
LINK = re.compile(r"<(?:https?://|mailto:)[^|>]*\|([^>]*)>|<((?:https?://|mailto:)[^|>]*)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who did something, and where."""

    by: Actor
    team: str = ""  # of the person, who may belong to another company in a shared channel
    channel: str = ""
    ts: str = ""  # of the message clicked on or written
    thread: str = ""
    trigger: str = ""  # allows one modal, for three seconds
    surface: str = ""  # "home" or "modal", where it was done outside of any message
    view: str = ""  # the view it was done in, or the one under it
    answer_url: str = ""  # takes a few answers for this person alone, even where the bot is not


@dataclass(frozen=True, slots=True)
class Click:
    """A button pressed or something chosen from a list."""

    doing: Doing
    action: str
    value: str
    block: str
    label: str = ""  # what was pressed or chosen says
    shown: tuple[Json, ...] = ()  # the blocks of the message that was clicked on


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message that somebody wrote."""

    doing: Doing
    text: str
    files: tuple[Json, ...]
    is_direct: bool = False  # to the bot alone


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, and what was typed after it."""

    doing: Doing
    text: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A modal sent in: what it was about, and what was filled in or handed in under each name."""

    doing: Doing
    about: str
    values: Mapping[str, str]
    files: Mapping[str, tuple[str, ...]]


def plain(text: str) -> str:
    """Take away what Slack adds to what was typed: links, marks of a quote or of bold, signs written as entities."""
    typed = html.unescape(LINK.sub(lambda link: link[1] or link[2], text))
    return clean(typed).strip("`*_~ ") if typed.strip() else ""


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
        answer_url=body.get("response_url", ""),
        surface=(body.get("view") or {}).get("type", ""),
        view=(body.get("view") or {}).get("id", ""),
    )
    shown = tuple((body.get("message") or {}).get("blocks") or ())
    return Click(doing, action["action_id"], value_of(action), action.get("block_id", ""), label_of(action), shown)


def label_of(element: Json) -> str:
    """Read what a button, or the option that was chosen, says."""
    words = (element.get("selected_option") or element).get("text") or {}
    return html.unescape(str(words.get("text") or ""))


def value_of(element: Json) -> str:
    """Read what was pressed, chosen or filled in."""
    chosen = element.get("selected_option") or {}
    ticked = " ".join(one["value"] for one in element.get("selected_options") or ())
    picked = chosen.get("value") or element.get("selected_user") or element.get("selected_date") or ticked
    picked = picked or element.get("selected_time")
    return str(picked or element.get("selected_conversation") or element.get("value") or "")


def read_submission(body: Json, workspace: WorkspaceId) -> Submitted:
    """Read a modal that was sent in."""
    view, user = body["view"], body["user"]
    filled = view["state"]["values"]
    elements = {name: next(iter(block.values())) for name, block in filled.items()}
    files = {name: tuple(file["id"] for file in element.get("files") or ()) for name, element in elements.items()}
    by = Actor(workspace, PersonId(user["id"]), f"view:{view['id']}:{view.get('hash', '')}")
    doing = Doing(
        by=by,
        team=user.get("team_id", workspace),
        trigger=body.get("trigger_id", ""),
        view=view.get("previous_view_id") or "",
    )
    return Submitted(doing, view["private_metadata"], read_filled(view), files)


def read_filled(view: Json) -> dict[str, str]:
    """Read what is filled in in a modal, sent or not."""
    return {name: value_of(next(iter(block.values()))) for name, block in view["state"]["values"].items()}


def read_command(body: Json, workspace: WorkspaceId) -> Typed:
    """Read a command; what allows its one modal names it."""
    by = Actor(workspace, PersonId(body["user_id"]), f"command:{body['trigger_id']}")
    doing = Doing(
        by=by,
        team=body.get("team_id", workspace),
        channel=body.get("channel_id", ""),
        trigger=body["trigger_id"],
        answer_url=body.get("response_url", ""),
    )
    return Typed(doing, plain(body.get("text", "")))


def read_shortcut(body: Json, workspace: WorkspaceId) -> Spoken:
    """Read the shortcut on a message: whoever chose it, and the message it was chosen on."""
    user, said = body["user"], body["message"]
    doing = Doing(
        by=Actor(workspace, PersonId(user["id"]), f"shortcut:{user['id']}:{body['action_ts']}"),
        team=user.get("team_id", workspace),
        channel=body["channel"]["id"],
        ts=body["message_ts"],
        thread=said.get("thread_ts", ""),
        trigger=body.get("trigger_id", ""),
        answer_url=body.get("response_url", ""),
    )
    return Spoken(doing, said.get("text", ""), tuple(said.get("files", ())))


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
    is_direct = event.get("channel_type") == "im"
    return Spoken(doing, plain(event.get("text", "")), tuple(event.get("files", ())), is_direct)
