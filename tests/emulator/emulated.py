"""An independent emulator of Slack, the bot over HTTP beside it, and people who act in it by its own API."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

from emulator.installing import HOME, MODULES, NODE
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.slack.manifest import SCOPES

Json = dict[str, Any]

HERE = Path(__file__).parent
SECRET = "an-emulated-secret"  # noqa: S105 - of an emulator
BOT = "xoxb-gapwatch"


@dataclass(frozen=True)
class Human:
    """Somebody who acts with a token of their own."""

    name: str
    client: WebClient

    @property
    def id(self) -> str:
        """The id Slack gave them."""
        return str(self.client.auth_test()["user_id"])


@dataclass(frozen=True)
class Emulated:
    """A running emulator, as the rest of the tests know a Slack; the bot listens at `events`."""

    address: str
    events: int
    signing_secret: str = SECRET

    @property
    def base_url(self) -> str:
        """Where its Web API is."""
        return f"{self.address}/api/"

    def client(self, token: str = BOT) -> WebClient:
        """Make a client for somebody."""
        return WebClient(token=token, base_url=self.base_url, retry_handlers=[])

    @property
    def bot_user(self) -> str:
        """The user that the bot is."""
        return str(self.client().auth_test()["user_id"])

    @property
    def billing(self) -> str:
        """The channel for billing."""
        channels = self.client().conversations_list()["channels"]
        return next(str(one["id"]) for one in channels if one["name"] == "billing")

    def person(self, name: str) -> Human:
        """Act as somebody."""
        return Human(name, self.client(f"xoxp-{name}"))

    def sends(self, payload: Json, secret: str = SECRET) -> tuple[int, str]:
        """Send the bot what a person did, signed as Slack signs; the emulator has no buttons of its own."""
        body = f"payload={quote(json.dumps(payload))}"
        stamp = str(int(time.time()))
        signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": str(signature),
        }
        connection = HTTPConnection("127.0.0.1", self.events, timeout=30)
        connection.request("POST", "/slack/events", body, headers)
        answer = connection.getresponse()
        told = (answer.status, answer.read().decode())
        connection.close()
        return told

    def clicks(self, person: Human, message: Json, action: str, trigger: str = "") -> tuple[int, str]:
        """Press a button of a message as somebody."""
        block, element = found(message, action)
        pressed = {name: element[name] for name in ("type", "action_id", "value", "text") if name in element}
        return self.sends(
            {
                "type": "block_actions",
                "team": {"id": self.team, "domain": "copperline-it"},
                "user": {"id": person.id, "team_id": self.team, "username": person.name},
                "api_app_id": "A0GAPWATCH",
                "trigger_id": trigger or self.trigger(person),
                "container": {
                    "type": "message",
                    "message_ts": message["ts"],
                    "channel_id": self.billing,
                    "thread_ts": message.get("thread_ts", ""),
                },
                "channel": {"id": self.billing, "name": "billing"},
                "message": message,
                "actions": [{**pressed, "block_id": block.get("block_id", ""), "action_ts": f"{time.time():.6f}"}],
                "response_url": f"{self.address}/nowhere",
            }
        )

    @property
    def team(self) -> str:
        """The workspace."""
        return str(self.client().auth_test()["team_id"])

    def trigger(self, person: Human) -> str:
        """Get leave to open a modal."""
        told = self.client().api_call("views.generateTriggerId", json={"user_id": person.id})
        return str(told["trigger_id"])

    def thread(self, ts: str) -> list[Json]:
        """Read a thread as the bot does."""
        return list(self.client().conversations_replies(channel=self.billing, ts=ts)["messages"])

    def channel(self) -> list[Json]:
        """Read the channel, the newest first."""
        return list(self.client().conversations_history(channel=self.billing)["messages"])


def found(message: Json, action: str) -> tuple[Json, Json]:
    """Find a button in a message."""
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    pairs = ((block, element) for block in rows for element in block["elements"])
    return next((block, element) for block, element in pairs if element["action_id"] == action)


def port_of(emulated: Emulated) -> int:
    """Read where it listens."""
    return int(emulated.address.rpartition(":")[2])


@contextmanager
def emulating(port: int, events: int, seed: Path) -> Iterator[Emulated]:
    """Start the emulator; it sends its events to the bot."""
    scopes = ", ".join(SCOPES)
    seed.write_text((HERE / "seed.yaml").read_text("utf-8").replace("BOT_SCOPES", scopes), encoding="utf-8")
    dist = MODULES / "emulate" / "dist"
    address = f"http://127.0.0.1:{port}"
    program = [str(part) for part in (NODE, "--import", HERE / "preload.mjs", dist / "index.js")]
    asked = ["start", "--service", "slack", "--port", str(port), "--base-url", address, "--seed", str(seed)]
    settings = {"EMULATOR_DIST": str(dist), "EMULATOR_EVENTS_URL": f"http://127.0.0.1:{events}/slack/events"}
    with subprocess.Popen(
        [*program, *asked], cwd=HOME, env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    ) as process:
        try:
            emulated = Emulated(address, events)
            wait_for(emulated)
            yield emulated
        finally:
            process.kill()


def wait_for(emulated: Emulated) -> None:
    """Wait until it answers."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port_of(emulated))):
            return
        time.sleep(0.1)
    raise AssertionError("the emulator does not answer")
