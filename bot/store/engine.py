"""A database that tells the truth: SQLite or PostgreSQL, written to by one at a time, kept before it is answered."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from bot.services.failures import Refused

PATIENCE = 30  # seconds another writer is waited for
READING = "gapwatch_reading"
"""An execution option: this connection only reads, and keeps nobody waiting."""
WITH_SUBSECONDS = (3, 42)
"""Older SQLites lack `unixepoch('subsec')`, which the durable engine's tables ask for."""
DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg", "sqlite": "sqlite+pysqlite"}


def read_url(text: str) -> URL:
    """Read a database's address; `postgres://` as hosting services write it is understood."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as flaw:
        raise Refused(
            "The database address can't be read; it is like sqlite:///gapwatch.db, or like "
            "postgresql://name:password@host/gapwatch, where a / in the password is written %2F, and a # %23."
        ) from flaw
    url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
    if url.drivername not in DRIVERS.values():
        raise Refused(f"I keep my books in SQLite or PostgreSQL, not in {url.drivername}.")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise Refused("A SQLite database needs a file to be kept in, as in sqlite:///gapwatch.db.")
    return url


def say_url(url: URL) -> str:
    """Write an address as a person would, without its password: `sqlite:///gapwatch.db`."""
    return str(url.set(drivername=url.get_backend_name()))


def _connect(url: URL) -> Engine:
    how: dict[str, Any] = {"pool_pre_ping": True}
    if url.get_backend_name() == "sqlite":
        how = {"connect_args": {"timeout": PATIENCE}}
    return create_engine(url, hide_parameters=True, **how)  # a statement that fails is logged; its values are clients'


def open_engine(text: str, *, synchronous: str = "FULL") -> Engine:
    """Connect to a database; nothing is sent before it is first used."""
    url = read_url(text)
    engine = _connect(url)
    if url.get_backend_name() == "postgresql":
        return engine
    event.listen(engine, "connect", lambda connection, _: _prepare_sqlite(connection, synchronous))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, synchronous: str) -> None:  # noqa: ANN401 - whatever the driver's connection is
    # The driver would begin at the first write only, after what was read could have changed: we begin ourselves.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _make_up_for_age(connection)


def open_beside(text: str) -> Engine:
    """Connect once more, for a library that begins its transactions itself.

    What it writes by itself may be lost when the power fails, not when the process is killed: it can be told again
    from the books, and what it writes in their transaction is as safe as they are.
    """
    url = read_url(text)
    engine = _connect(url)
    if url.get_backend_name() == "postgresql":
        return engine
    event.listen(engine, "connect", lambda connection, _: _prepare_beside(connection))
    return engine


def _prepare_beside(connection: Any) -> None:  # noqa: ANN401 - whatever the driver's connection is
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _make_up_for_age(connection)


def _make_up_for_age(connection: Any) -> None:  # noqa: ANN401 - whatever the driver's connection is
    if sqlite3.sqlite_version_info < WITH_SUBSECONDS:
        connection.create_function("unixepoch", -1, _unixepoch)


def _unixepoch(*asked: str) -> float:
    """Say what time it is, as newer SQLites do; the one way it is asked here is `unixepoch('subsec')`."""
    now = datetime.now(UTC).timestamp()
    return now if "subsec" in asked else int(now)


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def for_reading(connection: Connection) -> Connection:
    """Make a connection see everything as it is at one moment, and change nothing."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection.execution_options(**{READING: True})
