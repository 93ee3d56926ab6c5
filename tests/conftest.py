"""Fixtures that several rooms of tests share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import Lite, Postgres, connect_alike, postgres_server, watch_tenants
from hypothesis import settings
from office import Office
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bot.store import engine as store_engine
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger

settings.register_profile("house", deadline=None, print_blob=True)  # a slow machine is no failed test
settings.load_profile("house")


TOGETHER = (
    "tests/browser/test_page.py",
    "tests/emulator/",  # where two processes would install the same at once
    "tests/stories/test_quarter.py",
)  # what they begin with takes long

FIRST = (
    "tests/stories/test_quarter.py",
    "tests/chaos/test_kill_matrix.py",
    "tests/browser/test_guided_month.py",
    "tests/stories/test_processes.py",
    "tests/stories/test_clocks.py",
    "tests/test_try_command.py",
    "tests/services/test_statement_laws.py",
    "tests/services/test_what_if.py",
)  # tests that take long, each: with one of them last, all other processes would wait for it


class OneByOne(LoadScopeScheduling):  # type: ignore[misc] # xdist is not typed
    """Hand each test to whichever process is free, but some places whole, since their tests share what takes long."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneByOne:
    """Share tests out so; pytest 9.2 does not heed the marks that pytest-xdist has for this."""
    return OneByOne(config, log)


def pytest_configure() -> None:
    """Collect no garbage while tests are collected: next to nothing is thrown away."""
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


def pytest_collection_finish() -> None:
    """Collect garbage of the tests alone, and seldom from all that they made: it is what takes long."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(*gc.get_threshold()[:2], 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person accept what messages have become."""
    parser.addoption("--golden-update", action="store_true", help="accept the messages as they are now")
    parser.addoption("--kill-at", default="", help="kill the bot at these of its points, as in 1-400, instead of a few")


@pytest.fixture(scope="session", autouse=True)
def alike() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store_engine, "create_engine", connect_alike)
        yield


@pytest.fixture(scope="session")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Lite:
    return Lite(tmp_path_factory.mktemp("lite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield Postgres(server)


@pytest.fixture
def sqlite_url(lite: Lite, tmp_path: Path) -> str:
    return lite.copy_to(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database of each kind, migrated and empty."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.copy() as url:
        yield url


@pytest.fixture
def ledger(database_url: str) -> Iterator[StoreLedger]:
    """Open books on each kind of database; a statement that names no workspace fails the test."""
    engine = open_engine(database_url)
    watch_tenants(engine)
    yield StoreLedger(engine)
    engine.dispose()


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """Open an office for a story, on SQLite: the store's own tests hold PostgreSQL to the same."""
    engine = open_engine(sqlite_url, synchronous="OFF")
    watch_tenants(engine)
    yield Office(StoreLedger(engine)).begins()
    engine.dispose()
