"""Fetches the files that people drop, with the token that only Slack may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

from bot.services.failures import AskForAccess, Refused, TryLater
from bot.slack.messenger import call
from bot.slack.refusals import ANY_FAILURE
from bot.slack.texts import clean, shorten

BIGGEST = 200_000_000  # bytes; a month of a large MSP is a tenth of that
TIMEOUT = 60
PAGE_BEGINS = (b"<!doctype html", b"<html")
SCOPE = "The app lacks the scope files:read, so Slack showed me its sign-in page. Add it, and install the app again."


class StaysHere(HTTPRedirectHandler):
    """Follows nobody elsewhere: the token would go along."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - as the class it refines has it
        """Refuse to go."""


@dataclass(frozen=True, slots=True)
class Downloads:
    """Gets files from Slack."""

    client: WebClient

    def get(self, file: Mapping[str, Any]) -> bytes:
        """Fetch a file's bytes, or say why they can't be had."""
        if "url_private" not in file:
            file = call(lambda: self.client.files_info(file=file["id"]))["file"]
        name = shorten(clean(str(file.get("name") or "The file")), 80)
        if file.get("mode") in ("tombstone", "hidden_by_limit"):
            raise Refused(f"{name} was deleted.")
        if int(file.get("size") or 0) > BIGGEST:
            raise Refused(f"{name} is larger than the {BIGGEST // 1_000_000} MB I read.")
        return self._fetch(str(file.get("url_private_download") or file.get("url_private") or ""), name)

    def _fetch(self, url: str, name: str) -> bytes:
        if not self._is_slacks(url):
            raise Refused(f"{name} is kept outside Slack, where I can't fetch it. Download it, and drop it here.")
        asked = Request(url, headers={"Authorization": f"Bearer {self.client.token}"})  # noqa: S310 - checked above
        try:
            with build_opener(StaysHere).open(asked, timeout=TIMEOUT) as answer:
                kind, content = answer.headers.get_content_type(), answer.read(BIGGEST + 1)
        except ANY_FAILURE as flaw:
            raise TryLater(f"Slack did not hand me {name}: {flaw}. Please drop it again in a minute.") from flaw
        if kind == "text/html" and content.lstrip()[:20].lower().startswith(PAGE_BEGINS):
            raise AskForAccess(SCOPE)
        if len(content) > BIGGEST:
            raise Refused(f"{name} is larger than the {BIGGEST // 1_000_000} MB I read.")
        return bytes(content)

    def _is_slacks(self, url: str) -> bool:
        """Trust Slack's own addresses, and the one the Web API is at."""
        there, home = urlsplit(url), urlsplit(self.client.base_url)
        if (there.scheme, there.netloc) == (home.scheme, home.netloc):
            return True
        return there.scheme == "https" and (there.hostname or "").endswith(".slack.com")
