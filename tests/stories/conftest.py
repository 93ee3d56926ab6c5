"""A Slack in which people work with the bot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sandbox.kit import over_socket
from talking.salon import Salon, open_salon

from bot.sandbox import Sandbox
from bot.slack.manifest import Mode, write_manifest


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(manifest=write_manifest(Mode.SOCKET)) as running:
        yield running


@pytest.fixture
def salon(sqlite_url: str) -> Iterator[Salon]:
    with open_salon(sqlite_url, over_socket) as salon:
        yield salon
