"""Bringing things to the app: events again and again until it has them, what people do just once."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.outward.envelopes import envelopes
from bot.sandbox.outward.http import HttpLine
from bot.sandbox.outward.lines import Answer, Line, Parcel
from bot.sandbox.outward.sockets import SocketLine
from bot.sandbox.state.manifests import is_interactive, uses_socket
from bot.sandbox.state.world import Happening, World

Json = dict[str, Any]

RETRY_AFTER = (0, 60, 300)
REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try at bringing an event, and how it went."""

    event_id: str
    type: str
    attempt: int
    failure: str


@dataclass(slots=True)
class Courier:
    """Brings everything that goes to the app."""

    world: World
    http: HttpLine
    sockets: SocketLine
    under_way: set[asyncio.Task[None]] = field(default_factory=set)
    log: deque[Delivery] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    sent: deque[Json] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def line(self) -> Line:
        """Choose the way this app wants to be reached."""
        return self.sockets if uses_socket(self.world.app()) else self.http

    def tell(self, happening: Happening) -> None:
        """Begin to bring an event to every bot that hears of it."""
        for envelope in envelopes(self.world, happening):
            self.sent.append(envelope)
            self.begin(self.bring(Parcel("events_api", envelope)))

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside everything else."""
        task = asyncio.get_running_loop().create_task(work)
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    async def bring(self, parcel: Parcel) -> None:
        """Bring an event; if the app does not take it, come again by this Slack's clock."""
        answer = await self.line().send(parcel)
        event = parcel.payload
        self.log.append(Delivery(event["event_id"], event["event"]["type"], parcel.attempt, answer.failure))
        if answer.failure and not answer.no_retry and parcel.attempt < len(RETRY_AFTER):
            again = Parcel(parcel.sort, event, parcel.attempt + 1, answer.failure)
            due = self.world.clock.now() + RETRY_AFTER[parcel.attempt]
            self.world.clock.at(due, lambda: self.begin(self.bring(again)))

    def send_again(self, event_type: str) -> int:
        """Send the events of a type once more, as retries, and tell how many there were."""
        again = [one for one in self.sent if one["event"]["type"] == event_type]
        for envelope in again:
            self.begin(self.bring(Parcel("events_api", envelope, 1, "http_timeout")))
        return len(again)

    async def ask(self, parcel: Parcel) -> Answer:
        """Bring what a person did, once, and answer with what the app says."""
        if parcel.sort == "interactive" and not is_interactive(self.world.app()):
            return Answer(failure="interactivity_disabled")
        return await self.line().send(parcel)

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self.under_way:
            await asyncio.wait(self.under_way)

    async def close(self) -> None:
        """Drop what is under way."""
        for task in list(self.under_way):
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)
        await self.sockets.close()
        await self.http.session.close()
