"""The two ways to reach an app, and what comes back."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

Json = dict[str, Any]
Sort = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered, or why there is no answer."""

    body: object = None
    failure: str = ""
    no_retry: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something for the app, and which try this is."""

    sort: Sort
    payload: Json
    attempt: int = 0
    reason: str = ""


class Line(Protocol):
    """A way to reach the app."""

    async def send(self, parcel: Parcel) -> Answer:
        """Bring a parcel, and wait for the app to say that it has it."""
        ...
