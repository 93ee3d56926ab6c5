"""Starting and stopping this Slack, on a thread of its own."""

import asyncio
import errno
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.sandbox.api.calls import Call, Caller
from bot.sandbox.api.scheduling import deliver_in_time
from bot.sandbox.outward.courier import Courier
from bot.sandbox.outward.http import HttpLine
from bot.sandbox.outward.sockets import SocketLine
from bot.sandbox.psa.sheet import read_additions
from bot.sandbox.slack import Slack
from bot.sandbox.state.guides import read_guide
from bot.sandbox.state.installing import upgrade
from bot.sandbox.state.keeping import Folder
from bot.sandbox.state.seeding import seed
from bot.sandbox.state.world import World
from bot.sandbox.web import Web

Json = dict[str, Any]

PATIENCE = 3.0
HOST = "127.0.0.1"
UNUSABLE = {errno.EADDRINUSE: "the port is taken", errno.EACCES: "the port is not for everybody to use"}
"""Why nobody can listen at a port."""


@dataclass(frozen=True, slots=True)
class Start:
    """How to start: where to listen, what to keep and where, which app to have, which samples to guide through."""

    port: int = 0
    data: Path | None = None
    manifest: Json | None = None
    guide: Path | None = None


@asynccontextmanager
async def running(start: Start) -> AsyncIterator[Slack]:
    """Have a Slack that listens, until the block ends."""
    world = World(guide=read_guide(start.guide) if start.guide else None)
    folder = Folder(start.data) if start.data else None
    http = HttpLine(world, aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)), PATIENCE)
    courier = Courier(world, http, SocketLine(world, PATIENCE))
    slack = Slack(world, courier, folder=folder)
    if folder is None or not folder.load(world.state):
        begin(world, start.manifest)
    elif start.manifest:
        upgrade(world, start.manifest)
    world.tell = courier.tell
    runner = web.AppRunner(Web(slack).application(), access_log=None, shutdown_timeout=0.1, handle_signals=False)
    ticking = asyncio.create_task(tick(slack))
    try:
        await runner.setup()
        await listen(runner, start.port)
        world.address = f"http://{HOST}:{runner.addresses[0][1]}"
        resume(slack)
        yield slack
    finally:
        ticking.cancel()
        await courier.close()
        await runner.cleanup()
        slack.commit()
        if folder:
            folder.close()


async def listen(runner: web.AppRunner, port: int) -> None:
    """Begin to listen, or say why nobody can there."""
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as failure:
        if failure.errno not in UNUSABLE:
            raise
        raise PortTaken(failure.errno, UNUSABLE[failure.errno]) from failure


def begin(world: World, manifest: Json | None) -> None:
    """Fill an empty world; with a guide its time and its PSA begin as the guide has them."""
    if world.guide:
        world.clock.shift = world.guide.begins - world.clock.real()
        world.remember_the_time()
        for addition in read_additions(world.guide.read(world.guide.billed[0]).decode("utf-8-sig")):
            world.state.additions.put(addition)
    seed(world, manifest)


def resume(slack: Slack) -> None:
    """Go on with the time and the promises that were kept."""
    slack.world.recall_the_time()
    for waiting in slack.world.state.scheduled:
        bot = slack.world.installation(slack.world.state.channels[waiting.channel].team)
        if bot:
            deliver_in_time(Call(slack.world, Caller.of(bot)), waiting)
    slack.commit()


async def tick(slack: Slack) -> None:
    """Do things when they are due."""
    woken = asyncio.Event()
    slack.world.clock.wake = woken.set
    while True:
        woken.clear()
        slack.world.clock.ring()
        slack.commit()
        seconds = slack.world.clock.seconds_to_next()
        try:
            async with asyncio.timeout(seconds):
                await woken.wait()
        except TimeoutError:
            continue


class PortTaken(OSError):  # noqa: N818 - named for what happened
    """Somebody else listens there."""


class Thread:
    """A Slack on a thread of its own."""

    def __init__(self, start: Start) -> None:
        """Know how to start; nothing runs yet."""
        self.start = start
        self.address = ""

    def open(self) -> str:
        """Start, and tell the address once it answers; what keeps it from starting is raised here."""
        self.ready, self.leave = threading.Event(), asyncio.Event()
        self.pool = ThreadPoolExecutor(1, "sandbox-slack")
        self.served = self.pool.submit(lambda: asyncio.run(self.serve()))
        self.served.add_done_callback(lambda _: self.ready.set())
        self.ready.wait()
        if self.served.done():
            self.close()
        return self.address

    def now(self) -> float:
        """Read its clock; any thread may, and once it has ended its clock stands where it stood."""
        return self.clock.now()

    async def serve(self) -> None:
        """Serve until told to leave."""
        self.loop = asyncio.get_running_loop()
        async with running(self.start) as slack:
            self.address, self.clock = slack.world.address, slack.world.clock
            # The port is kept, so that a restart is found where it was.
            self.start = replace(self.start, port=int(self.address.rpartition(":")[2]))
            self.ready.set()
            await self.leave.wait()

    def close(self) -> None:
        """Stop, and wait until everything is put away."""
        if not self.served.done():
            self.loop.call_soon_threadsafe(self.leave.set)
        self.pool.shutdown()
        self.served.result()
