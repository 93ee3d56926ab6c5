"""The bot beside an independent emulator of Slack."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from emulator.emulated import Emulated, emulating
from emulator.installing import must_be_installed
from office import Office
from slack_bolt.adapter.wsgi import SlackRequestHandler
from talking.salon import Salon

from bot.sandbox import Sandbox
from bot.services.ids import WorkspaceId
from bot.serving.http import pages, serving
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def emulated(tmp_path: Path) -> Iterator[Emulated]:
    must_be_installed()
    with emulating(free_port(), free_port(), tmp_path / "seed.yaml") as running:
        yield running


@pytest.fixture
def salon(emulated: Emulated, sqlite_url: str) -> Iterator[Salon]:
    """Have the bot's parts at work in the emulator, as other tests have them in the sandbox."""
    engine, client = open_engine(sqlite_url, synchronous="OFF"), emulated.client()
    dana = emulated.person("dana").client
    dana.conversations_join(channel=emulated.billing)
    dana.conversations_invite(channel=emulated.billing, users=emulated.bot_user)
    office = Office(StoreLedger(engine), workspace=WorkspaceId(emulated.team)).begins()
    salon = Salon(cast("Sandbox", emulated), office, client)
    salon.bringing = replace(salon.bringing, home=emulated.billing)
    hears = SlackRequestHandler(salon.app(), path="/slack/events")
    with serving(pages({}, hears), emulated.events):  # as the bot does: while it speaks, it is told what it said
        yield salon
    engine.dispose()
