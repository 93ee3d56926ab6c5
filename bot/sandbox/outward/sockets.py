"""Reaching an app through the sockets it has opened."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.outward.lines import Answer, Parcel
from bot.sandbox.state.world import World

Json = dict[str, Any]

MOST_SOCKETS = 10
SECONDS_TO_LEAVE = 0.5
WITH_PAYLOAD = ("slash_commands", "interactive")


@dataclass(eq=False, slots=True)
class Socket:
    """One open socket, and what it has not yet acknowledged."""

    ws: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)
    leaving: bool = False


@dataclass(slots=True)
class SocketLine:
    """Sends each parcel down one of the open sockets, in turn."""

    world: World
    patience: float
    sockets: list[Socket] = field(default_factory=list)

    async def listen(self, request: web.Request) -> web.StreamResponse:
        """Let an app in that has a ticket, and hear what it acknowledges until it leaves."""
        if not self.world.passes.use_ticket(request.query.get("ticket", "")):
            return web.Response(status=404)
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        socket = Socket(ws)
        self.sockets.append(socket)
        try:
            await self.greet(socket)
            async for message in ws:
                if message.type == WSMsgType.TEXT:
                    self.acknowledged(socket, message.data)
        finally:
            self.sockets.remove(socket)
            for waiting in socket.waiting.values():
                finish(waiting, Answer(failure="connection_failed"))
        return ws

    async def greet(self, socket: Socket) -> None:
        """Say hello, or that there are too many."""
        if len(self.sockets) > MOST_SOCKETS:
            socket.leaving = True
            await socket.ws.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.ws.close()
            return
        await socket.ws.send_json(
            {
                "type": "hello",
                "num_connections": len(self.sockets),
                "debug_info": {"host": "applink-sandbox", "build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": self.world.app().id},
            }
        )

    def acknowledged(self, socket: Socket, text: str) -> None:
        """Take note of what the app says it has."""
        try:
            said = json.loads(text)
        except ValueError:
            return
        waiting = socket.waiting.get(str(said.get("envelope_id"))) if isinstance(said, dict) else None
        if waiting:
            finish(waiting, Answer(said.get("payload")))

    async def send(self, parcel: Parcel) -> Answer:
        """Send a parcel down a socket, and wait until it is acknowledged."""
        open_ones = [socket for socket in self.sockets if not socket.leaving]
        if not open_ones:
            return Answer(failure="connection_failed")
        socket = open_ones[0]
        self.sockets.remove(socket)
        self.sockets.append(socket)
        envelope_id = self.world.new_id("env-")
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        socket.waiting[envelope_id] = waiting
        try:
            await socket.ws.send_json(packed(parcel, envelope_id))
            return await asyncio.wait_for(waiting, self.patience)
        except TimeoutError:
            return Answer(failure="timeout")
        except ConnectionError:
            return Answer(failure="connection_failed")
        finally:
            del socket.waiting[envelope_id]

    async def refresh(self, reason: str) -> None:
        """Ask the app to open new sockets, as Slack does every few hours, and close the old ones soon after."""
        old = [socket for socket in self.sockets if not socket.ws.closed]
        for socket in old:
            socket.leaving = True
            debug = {"host": "applink-sandbox"}
            await socket.ws.send_json({"type": "disconnect", "reason": reason, "debug_info": debug})
        await asyncio.sleep(SECONDS_TO_LEAVE)
        for socket in old:
            await socket.ws.close()

    async def close(self) -> None:
        """Close all sockets."""
        for socket in list(self.sockets):
            await socket.ws.close()


def finish(waiting: asyncio.Future[Answer], answer: Answer) -> None:
    """Give an answer to whoever still waits for it."""
    if not waiting.done():
        waiting.set_result(answer)


def packed(parcel: Parcel, envelope_id: str) -> Json:
    """Write a parcel as it goes down a socket."""
    sent: Json = {
        "envelope_id": envelope_id,
        "payload": parcel.payload,
        "type": parcel.sort,
        "accepts_response_payload": parcel.sort in WITH_PAYLOAD,
    }
    if parcel.sort == "events_api":
        sent |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return sent
