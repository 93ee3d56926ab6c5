"""The way to a Slack that runs here or elsewhere."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, TypeVar
from urllib.parse import quote

from bot.sandbox.acting.acts import CannotDo

Json = dict[str, Any]
T = TypeVar("T")

LONG_ENOUGH = 60.0  # seconds; a slow machine is no failed test


class NeverCame(AssertionError):  # noqa: N818 - named for what happened
    """What was waited for did not happen in time."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The way to a running Slack's `/_/` addresses; any thread may use it."""

    address: str

    def do(self, act: str, **given: object) -> Json:
        """Do something, and read what came of it."""
        return self.send("POST", f"/_/{act}", json.dumps(given).encode(), "application/json")

    def hand_in(self, person: str, name: str, contents: bytes) -> str:
        """Hand a file in, and name it."""
        path = f"/_/upload?as={quote(person)}&name={quote(name)}"
        return str(self.send("POST", path, contents, "application/octet-stream")["id"])

    def send(self, verb: str, path: str, body: bytes = b"", kind: str = "") -> Json:
        """Send a request, and read the answer, unless it is that this cannot be done."""
        answer: Json = json.loads(self.fetch(path, verb, body, kind))
        if "error" in answer:
            raise CannotDo(answer["error"])
        return answer

    def fetch(self, path: str, verb: str = "GET", body: bytes = b"", kind: str = "") -> bytes:
        """Send a request, and take the bytes that come back."""
        connection = HTTPConnection(self.address.removeprefix("http://"), timeout=60)
        try:
            connection.request(verb, path, body, {"Content-Type": kind} if kind else {})
            return connection.getresponse().read()
        finally:
            connection.close()

    def waits_until(self, look: Callable[[], T | None], *, seconds: float = LONG_ENOUGH, what: str = "it") -> T:
        """Look again whenever something has changed, until there is something to see."""
        deadline = time.monotonic() + seconds
        version = self.news(-1, 0)
        while True:
            found = look()
            if found:
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise NeverCame(f"Waited {seconds:g} seconds, and {what} never came.")
            version = self.news(version, min(left, LONG_ENOUGH))

    def news(self, since: int, seconds: float) -> int:
        """Wait for a change, and tell its number."""
        return int(self.send("GET", f"/_/wait?since={since}&seconds={seconds}")["version"])
