"""Slack's ways of saying no, told apart by what happens next."""

from __future__ import annotations

import socket
from datetime import timedelta
from http.client import HTTPException
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.services.failures import AskForAccess, Refused, TryLater, Unclear, Unreachable
from recon import Stopped

ANY_FAILURE = (SlackApiError, SlackRequestError, HTTPException, OSError)
TOO_MANY, SERVER = 429, 500
USUAL_WAIT, LONGER_WAIT = timedelta(seconds=30), timedelta(minutes=2)

BLOCKS_REFUSED = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments", "too_many_attachments"}
)
DISCONNECTED = frozenset({"token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed"})
NO_ACCESS = frozenset({"no_permission", "access_denied", "ekm_access_denied", "not_allowed_token_type"})
MAYBE_DONE = frozenset({"fatal_error", "internal_error", "service_unavailable"})
PASSING = {
    "team_added_to_org": "Slack is moving this workspace into an organisation.",
    "org_login_required": "Slack is moving this workspace into an organisation.",
    "request_timeout": "Slack did not get all of what I sent.",
}
GONE = frozenset({"message_not_found", "thread_not_found", "cannot_reply_to_message", "cant_update_message"})
FILES = {
    "file_not_found": "I can't see the file. If it is where I am not, invite me there with /invite, or drop it here.",
    "file_deleted": "The file was deleted.",
}
PLACES = {
    "is_archived": "The channel is archived. Unarchive it, or choose another one.",
    "is_inactive": "The channel is archived. Unarchive it, or choose another one.",
    "channel_not_found": "I can't see the channel: it was deleted, or it is private and I was not invited.",
    "not_in_channel": "I am not in the channel. Invite me with /invite.",
    "user_not_in_channel": "This person is not in the channel.",
    "user_not_found": "There is no such person in this workspace.",
    "cannot_dm_bot": "This is a bot, and bots can't be written to.",
    "messages_tab_disabled": "Direct messages to me are switched off in the app's settings.",
    "posting_to_channel_denied": "I may not post in this channel.",
    "restricted_action": "The workspace does not let me post in this channel.",
    "restricted_action_read_only_channel": "The channel can only be read.",
    "restricted_action_thread_only_channel": "The channel allows replies only.",
    "restricted_action_non_threadable_channel": "The channel allows no threads.",
}


class Disconnected(AskForAccess):
    """Slack no longer knows my token. Install the app again and start me with its new one; all that I know is kept."""


class NoPlace(Unreachable):
    """I can't post there."""


class Left(NoPlace):
    """Whoever this was has left the workspace."""


class Vanished(Refused):
    """The message is no longer there, or no longer mine to change."""


class Unexpected(Refused):
    """Slack refused, and nobody expected it to."""


class BlocksRefused(Refused):
    """Slack did not take these blocks."""


def failure_of(flaw: Exception) -> Stopped:
    """Say what a failed call means."""
    if isinstance(flaw, SlackApiError):
        return _answered(flaw)
    reason = flaw.reason if isinstance(flaw, URLError) else flaw
    if isinstance(reason, ConnectionRefusedError | socket.gaierror):
        return TryLater(f"I can't reach Slack: {reason}.", after=USUAL_WAIT)
    return Unclear()


def _answered(flaw: SlackApiError) -> Stopped:
    """Read an answer of Slack's; one without JSON has nothing but its status."""
    answer = flaw.response
    status = answer.status_code if isinstance(answer.status_code, int) else 0
    error = str(answer.get("error") or "") if isinstance(answer.data, dict) else ""
    if status == TOO_MANY or error in ("ratelimited", "rate_limited"):
        return TryLater("Slack asks me to slow down.", after=wait_of(answer.headers))
    if error in PASSING:
        return TryLater(PASSING[error], after=LONGER_WAIT)
    if status >= SERVER or error in MAYBE_DONE:
        return Unclear()
    return _refused(error, str(answer.get("needed") or ""), details_of(answer.data))


def _refused(error: str, needed: str, details: str) -> Stopped:
    if error in BLOCKS_REFUSED:
        return BlocksRefused(f"{error}: {details}" if details else error)
    if error in DISCONNECTED:
        return Disconnected()
    if error == "missing_scope" or error in NO_ACCESS:
        lacking = f"The app lacks the scope {needed}. Add it in the app's settings, and install it again."
        denied = f"Slack does not let the app do this ({error}). An owner of the workspace can."
        return AskForAccess(denied if error in NO_ACCESS else lacking)
    if error in PLACES:
        return NoPlace(PLACES[error])
    if error in GONE:
        return Vanished()
    return Refused(FILES[error]) if error in FILES else Unexpected(f"Slack refused: {error or 'no reason given'}.")


def wait_of(headers: dict[str, str]) -> timedelta:
    """Read for how long Slack wants to be left alone."""
    told = {name.casefold(): value for name, value in headers.items()}.get("retry-after", "")
    return timedelta(seconds=max(1, int(told))) if str(told).isdigit() else LONGER_WAIT


def details_of(answer: object) -> str:
    """Read which parts of a message Slack complains of."""
    metadata = answer.get("response_metadata") if isinstance(answer, dict) else None
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return "; ".join(str(one) for one in messages[:3]) if isinstance(messages, list) else ""
