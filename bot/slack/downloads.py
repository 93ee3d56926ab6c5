"""Fetches the files that people drop, with the token that only Slack may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

from bot.services.failures import AskForAccess, Refused, TryLater
from bot.slack.messenger import again_if_unclear, call
from bot.slack.refusals import ANY_FAILURE
from bot.slack.texts import clean, shorten

BIGGEST = 200_000_000  # bytes; a month of a large MSP is a tenth of that
TIMEOUT = 60
GONE, CLOSED = (404, 410), (401, 403)
PAGE_BEGINS = (b"<!doctype html", b"<html")
SCOPE = "The app lacks the scope files:read, so Slack showed me its sign-in page. Add it, and install the app again."
POSTS = frozenset({"post", "space", "docs", "quip", "canvas", "list"})
WRITTEN_IN_SLACK = "{} is a post written in Slack, not an export. Download it as a CSV or XLSX, and drop that here."
EMPTY = "{} is empty: there is nothing in it to read. Export it again, and drop it here."
ELSEWHERE = "{} is kept outside Slack, where I can't fetch it. Download it, and drop it here."
NO_ACCESS = "Slack lets me see that {} is there, but not what is in it. Its owner can drop it here."
TOO_OLD = "{} is hidden by the limit of the workspace's Slack plan. Drop it here again."


class StaysHere(HTTPRedirectHandler):
    """Follows nobody elsewhere: the token would go along."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - as the class it refines has it
        """Refuse to go."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Downloads:
    """Gets files from Slack."""

    client: WebClient

    def get(self, file: str) -> Fetched:
        """Fetch a file, or say why it can't be had; what an event tells of it may be out of date, so it is asked."""
        with again_if_unclear():
            told = call(lambda: self.client.files_info(file=file))["file"]
        name = must_be_readable(told)
        url = str(told.get("url_private_download") or told.get("url_private") or "")
        return Fetched(str(told.get("name") or "export"), self._fetch(url, name))

    def _fetch(self, url: str, name: str) -> bytes:
        if not self._is_slacks(url):
            raise Refused(ELSEWHERE.format(name))
        asked = Request(url, headers={"Authorization": f"Bearer {self.client.token}"})  # noqa: S310 - checked above
        try:
            with build_opener(StaysHere).open(asked, timeout=TIMEOUT) as answer:
                kind, content = answer.headers.get_content_type(), answer.read(BIGGEST + 1)
        except ANY_FAILURE as flaw:
            raise _why_not(flaw, name) from flaw
        if kind == "text/html" and content.lstrip()[:20].lower().startswith(PAGE_BEGINS):
            raise AskForAccess(SCOPE)
        if len(content) > BIGGEST:
            raise Refused(_too_large(name))
        return bytes(content)

    def _is_slacks(self, url: str) -> bool:
        """Trust Slack's own addresses, and the one the Web API is at."""
        there, home = urlsplit(url), urlsplit(self.client.base_url)
        if (there.scheme, there.netloc) == (home.scheme, home.netloc):
            return True
        return there.scheme == "https" and (there.hostname or "").endswith(".slack.com")


def must_be_readable(told: Mapping[str, Any]) -> str:
    """Give a file's name, or say what keeps it from being read, going by what Slack tells of it."""
    name, mode = shorten(clean(str(told.get("name") or "The file")), 80), told.get("mode")
    reasons = (
        (mode == "tombstone", f"{name} was deleted."),
        (mode == "hidden_by_limit", TOO_OLD.format(name)),
        (told.get("file_access", "visible") != "visible", NO_ACCESS.format(name)),
        (mode in POSTS or told.get("filetype") in POSTS, WRITTEN_IN_SLACK.format(name)),
        (bool(told.get("is_external")) or mode in ("external", "remote"), ELSEWHERE.format(name)),
        (int(told.get("size") or 0) > BIGGEST, _too_large(name)),
        ("size" in told and not told["size"], EMPTY.format(name)),
    )
    for is_so, sentence in reasons:
        if is_so:
            raise Refused(sentence)
    return name


def _too_large(name: str) -> str:
    return f"{name} is larger than the {BIGGEST // 1_000_000} MB I read."


def _why_not(flaw: Exception, name: str) -> Refused | AskForAccess | TryLater:
    """Say what it means that there are no bytes; to be sent elsewhere is to be sent to the sign-in page."""
    status = flaw.code if isinstance(flaw, HTTPError) else 0
    if status in GONE:
        return Refused(f"{name} was deleted.")
    if status in CLOSED or 300 <= status < 400:  # noqa: PLR2004 - HTTP's redirections
        return AskForAccess(SCOPE)
    return TryLater(f"Slack did not hand me {name}: {flaw}. Please drop it again in a minute.")
