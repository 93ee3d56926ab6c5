"""Reaching an app at its own addresses."""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.outward.lines import Answer, Parcel
from bot.sandbox.outward.signing import signed
from bot.sandbox.state.manifests import at, find_command
from bot.sandbox.state.world import World

Json = dict[str, Any]

FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class HttpLine:
    """Posts to the addresses in the app's manifest."""

    world: World
    session: aiohttp.ClientSession
    patience: float

    async def send(self, parcel: Parcel) -> Answer:
        """Post a parcel, signed; a redirect, an error or a long silence is no answer."""
        address = self.address_for(parcel)
        if not address:
            return Answer(failure="connection_failed")
        body, kind = packed(parcel)
        headers = {"Content-Type": kind, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        if parcel.attempt:
            headers |= {"X-Slack-Retry-Num": str(parcel.attempt), "X-Slack-Retry-Reason": parcel.reason}
        # The signature carries the real time, whatever this Slack's clock says: apps check it against their own.
        headers |= signed(body, self.world.app().signing_secret, time.time())
        return await self.post(address, body, headers)

    async def post(self, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Post, and read what came back."""
        patience = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with self.session.post(address, data=body, headers=headers, timeout=patience) as response:
                text = await response.text(errors="replace")
                no_retry = response.headers.get("X-Slack-No-Retry") == "1"
                return Answer(read(text)) if response.ok else Answer(failure="http_error", no_retry=no_retry)
        except TimeoutError:
            return Answer(failure="http_timeout")
        except aiohttp.TooManyRedirects:
            return Answer(failure="too_many_redirects")
        except aiohttp.ClientError:
            return Answer(failure="connection_failed")

    def address_for(self, parcel: Parcel) -> str:
        """Find where the app wants this."""
        app = self.world.app()
        if parcel.sort == "slash_commands":
            command = find_command(app, parcel.payload["command"]) or {}
            return str(command.get("url") or "")
        settings = app.manifest.get("settings", {})
        if parcel.sort == "events_api":
            return str(at(settings, "event_subscriptions", "request_url") or "")
        interactivity = at(settings, "interactivity")
        options = interactivity.get("message_menu_options_url") if parcel.payload["type"] == "block_suggestion" else ""
        return str(options or interactivity.get("request_url") or "")


def packed(parcel: Parcel) -> tuple[bytes, str]:
    """Write a parcel as Slack does: events as JSON, commands as a form, what people do as JSON in a form."""
    if parcel.sort == "events_api":
        return json.dumps(parcel.payload).encode(), "application/json"
    fields = parcel.payload if parcel.sort == "slash_commands" else {"payload": json.dumps(parcel.payload)}
    return urlencode(fields).encode(), FORM


def read(text: str) -> object:
    """Read an answer: JSON if it is, else the text itself."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


async def verify(line: HttpLine, address: str) -> bool:
    """Ask an address to prove that it is the app's, as Slack does before it sends events there."""
    challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CYPoM"
    token = line.world.app().verification_token
    body = json.dumps({"token": token, "challenge": challenge, "type": "url_verification"}).encode()
    headers = {"Content-Type": "application/json", **signed(body, line.world.app().signing_secret, time.time())}
    answer = await line.post(address, body, headers)
    return answer.body in (challenge, {"challenge": challenge}) and not answer.failure
