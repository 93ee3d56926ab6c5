"""One running Slack: its world, its way to the app, its bad days, and its memory."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.api.faults import Faults
from bot.sandbox.api.limits import Limits
from bot.sandbox.outward.courier import Courier
from bot.sandbox.state.keeping import Folder
from bot.sandbox.state.world import World

Json = dict[str, Any]


@dataclass(slots=True)
class Slack:
    """All parts of one Slack; used only on its own thread."""

    world: World
    courier: Courier
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    folder: Folder | None = None
    version: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def commit(self) -> None:
        """Keep what has changed, and let those know who wait for news."""
        shelves = self.world.state.shelves().values()
        if not any(shelf.changed for shelf in shelves):
            return
        if self.folder:
            self.folder.save(self.world.state)
        for shelf in shelves:
            shelf.changed.clear()
        self.version += 1
        self.news.set()
        self.news = asyncio.Event()

    async def newer_than(self, version: int, seconds: float) -> int:
        """Wait until something has changed since, or until the time is up."""
        try:
            async with asyncio.timeout(seconds):
                while self.version <= version:
                    await self.news.wait()
        except TimeoutError:
            pass
        return self.version
