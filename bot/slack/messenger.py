"""Brings messages to Slack: once, as richly as it takes them, and with a clear word on what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.services.failures import Refused, TryLater, Unclear, Unreachable
from bot.slack import names
from bot.slack.messages import Message, Rendering
from bot.slack.refusals import ANY_FAILURE, BlocksRefused, Left, NoPlace, Unexpected, failure_of

TIMEOUT = 15  # seconds; shorter than the outbox waits before it looks for a lost post
SKEW = timedelta(minutes=1)  # by which Slack's clock and ours may differ
PAGE, MOST_PAGES = 200, 10
QUIETLY: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}
Got = TypeVar("Got", SlackResponse, WebhookResponse)


class Drowned(Unreachable):
    """So much was said there since that I can't find out whether my message arrived."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message is, and how richly it is shown; `complaints` are Slack's about what it did not take."""

    channel: str
    ts: str
    rendering: Rendering = Rendering.RICH
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """Someone's direct messages, and the time zone they live in, if they say so."""

    channel: str
    zone: str


def posting_client(token: str, base_url: str) -> WebClient:
    """Make a client that never sends a second time by itself: a lost answer does not mean a lost message."""
    return WebClient(token=token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[])


@dataclass(frozen=True, slots=True)
class Messenger:
    """Posts, edits, whispers and attaches."""

    client: WebClient

    def post(self, channel: str, message: Message, *, key: str, thread: str = "", broadcast: bool = False) -> Posted:
        """Say something once; `key` is how it is found again if Slack's answer is lost."""
        mark = {"event_type": names.POSTED, "event_payload": {"key": key}}
        place: dict[str, Any] = {
            "channel": channel,
            "thread_ts": thread or None,
            "reply_broadcast": broadcast and bool(thread),
        }

        def send(text: str, blocks: list[Any]) -> SlackResponse:
            return self.client.chat_postMessage(text=text, blocks=blocks, metadata=mark, **place, **QUIETLY)

        with told_if_unexpected():
            return fall_down(message, send)

    def find(self, channel: str, key: str, *, since: datetime, thread: str = "") -> Posted | None:
        """Look for a message whose answer was lost, among what was said since shortly before it was sent."""
        with again_if_unclear():
            for said in self._said_since(channel, since - SKEW, thread):
                mark = said.get("metadata") or {}
                if mark.get("event_type") == names.POSTED and mark.get("event_payload", {}).get("key") == key:
                    return Posted(channel, str(said["ts"]))
        return None

    def edit(self, posted: Posted, message: Message) -> Posted:
        """Change a message; doing so twice is doing so once, so a lost answer is simply tried again."""

        def send(text: str, blocks: list[Any]) -> SlackResponse:
            return self.client.chat_update(channel=posted.channel, ts=posted.ts, text=text, blocks=blocks)

        with again_if_unclear():
            return fall_down(message, send)

    def take_away(self, posted: Posted) -> None:
        """Take back a message of ours; one that is gone already, or that the workspace keeps, is left."""
        with again_if_unclear(), suppress(Refused, NoPlace):
            call(lambda: self.client.chat_delete(channel=posted.channel, ts=posted.ts))

    def whisper(self, channel: str, person: str, message: Message, *, thread: str = "") -> None:
        """Tell one person something in a channel; it is gone when they reload, so nothing may depend on it."""

        def send(text: str, blocks: list[Any]) -> SlackResponse:
            return self.client.chat_postEphemeral(
                channel=channel, user=person, text=text, blocks=blocks, thread_ts=thread or None
            )

        fall_down(message, send)

    def answer(self, url: str, message: Message) -> None:
        """Tell one person something at the address that came with what they did; the bot need not be there."""
        asked = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])
        for rendering in Rendering:
            words, blocks = message.words(rendering), message.rendered(rendering)
            told: dict[str, Any] = {"text": words, "blocks": blocks}
            got = call(lambda: asked.send(**told, response_type="ephemeral", replace_original=False))  # noqa: B023 - called at once
            if got.status_code == HTTPStatus.OK:
                return
        raise Refused(f"Slack did not take my answer: {got.body[:200]}")

    def attach(self, channel: str, name: str, content: bytes, *, title: str, thread: str = "") -> str:
        """Put a file in a channel or thread, and name it; files carry no key, so a lost one can't be looked for."""
        with told_if_unexpected():
            sent = call(
                lambda: self.client.files_upload_v2(
                    channel=channel, filename=name, content=content, title=title, thread_ts=thread or None
                )
            )
        return str(sent["files"][0]["id"])

    def upload(self, name: str, content: bytes, *, title: str, alt: str) -> str:
        """Hand Slack a picture that a message will show, and name it; until then nobody sees it."""
        with again_if_unclear():
            sent = call(lambda: self.client.files_upload_v2(filename=name, content=content, title=title, alt_txt=alt))
            return str(sent["files"][0]["id"])

    def find_files(self, channel: str, name: str, *, since: datetime, thread: str = "") -> list[str]:
        """Look for files of ours that are called so: one whose answer was lost may be among them."""
        with again_if_unclear():
            said = [one for one in self._said_since(channel, since - SKEW, thread) if one.get("bot_id")]
            files = [file for one in said for file in one.get("files") or ()]
            return [str(file["id"]) for file in files if file.get("name") == name]

    def direct(self, person: str) -> str:
        """Open the direct messages with someone."""
        return self.meet(person).channel

    def meet(self, person: str) -> Met:
        """Open the direct messages with someone; whoever has left would get them and never read them."""
        with again_if_unclear():
            known = call(lambda: self.client.users_info(user=person))["user"]
            if known.get("deleted"):
                raise Left(f"{known.get('real_name') or known.get('name') or person} has left this workspace.")
            channel = call(lambda: self.client.conversations_open(users=person))["channel"]["id"]
            return Met(str(channel), str(known.get("tz") or ""))

    def link(self, posted: Posted) -> str:
        """Give a message's address."""
        with again_if_unclear():
            found = call(lambda: self.client.chat_getPermalink(channel=posted.channel, message_ts=posted.ts))
            return str(found["permalink"])

    def _said_since(self, channel: str, since: datetime, thread: str) -> Iterator[dict[str, Any]]:
        read = self.client.conversations_replies if thread else self.client.conversations_history
        asked: dict[str, Any] = {"channel": channel, "oldest": f"{since.timestamp():.6f}", "limit": PAGE}
        asked |= {"include_all_metadata": True, "inclusive": True} | ({"ts": thread} if thread else {})
        for _ in range(MOST_PAGES):
            page = call(lambda: read(**asked))
            yield from page["messages"]
            asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not asked["cursor"]:
                return
        raise Drowned


@contextmanager
def again_if_unclear() -> Iterator[None]:
    """Simply try again what may be done twice without harm."""
    try:
        yield
    except Unclear as unclear:
        raise TryLater("Slack did not answer in time.") from unclear


@contextmanager
def told_if_unexpected() -> Iterator[None]:
    """Let somebody hear of what Slack does not take for a reason that is not known here."""
    try:
        yield
    except Unexpected as flaw:
        raise Unreachable(str(flaw)) from flaw


def call(ask: Callable[[], Got]) -> Got:
    """Ask Slack, and say what a failure means."""
    try:
        return ask()
    except ANY_FAILURE as flaw:
        raise failure_of(flaw) from flaw


def fall_down(message: Message, send: Callable[[str, list[Any]], SlackResponse]) -> Posted:
    """Send the richest rendering that Slack takes: an alert in plain words is better than none."""
    complaints: list[str] = []
    for rendering in Rendering:
        blocks = message.rendered(rendering)
        try:
            sent = call(lambda: send(message.words(rendering), blocks))  # noqa: B023 - called at once
        except BlocksRefused as refused:
            complaints.append(f"{rendering}: {refused}")
            continue
        where = (str(sent.get("channel") or ""), str(sent.get("ts") or sent.get("message_ts") or ""))
        return Posted(*where, rendering, tuple(complaints))
    raise Unexpected(f"Slack took the message in no form. {' '.join(complaints)}")
