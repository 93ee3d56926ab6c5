"""The people of a workspace, as Slack knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.services.failures import Refused
from bot.services.ids import PersonId, WorkspaceId
from bot.services.meeting import Met
from bot.services.people import Person, Workspace
from bot.slack.messenger import call

PAGE = 200
GUESTS = ("is_restricted", "is_ultra_restricted", "is_stranger")
"""How Slack says that somebody is let in for a channel or two, or belongs to another company."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose token this is."""

    workspace: Workspace
    bot: str  # the bot's own id
    scopes: frozenset[str]  # what the token may do; empty where Slack does not say


@dataclass(frozen=True, slots=True)
class Directory:
    """Looks people up in Slack."""

    client: WebClient

    def identity(self) -> Identity:
        """Ask whose token this is."""
        known = call(self.client.auth_test)
        told = {name.casefold(): value for name, value in known.headers.items()}.get("x-oauth-scopes", "")
        name = str(known.get("team") or known["team_id"])
        return Identity(
            Workspace(id=WorkspaceId(known["team_id"]), name=name),
            str(known["user_id"]),
            frozenset(scope.strip() for scope in told.split(",") if scope.strip()),
        )

    def everyone(self) -> Iterator[Met]:
        """List all people, those who have left among them; bots are none."""
        cursor = ""
        while True:
            page = call(lambda: self.client.users_list(limit=PAGE, cursor=cursor))  # noqa: B023 - called at once
            for member in page["members"]:
                if not member.get("is_bot") and member["id"] != "USLACKBOT":
                    yield met(member)
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def by_email(self, workspace: WorkspaceId, email: str) -> Person | None:  # noqa: ARG002 - the token's is the one
        """Find someone by their address."""
        try:
            return met(call(lambda: self.client.users_lookupByEmail(email=email))["user"]).person
        except Refused:
            return None


def met(member: Json) -> Met:
    """Read a person; guests and people of other companies are met, and given no rights."""
    profile = member.get("profile") or {}
    person = Person(
        id=PersonId(member["id"]),
        name=str(profile.get("display_name") or member.get("real_name") or profile.get("real_name") or member["name"]),
        email=(profile.get("email") or "").lower() or None,
        is_active=not member.get("deleted", False),
        is_guest=any(member.get(kind) for kind in GUESTS),
    )
    return Met(
        person,
        time_zone=str(member.get("tz") or ""),
        is_admin=bool(member.get("is_admin") or member.get("is_owner")),
        is_first=bool(member.get("is_primary_owner")),
    )
