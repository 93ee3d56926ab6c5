"""The inbox as rows: in SQLite a file of its own, so that nobody who clicks waits for a long write of a run."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.services.inbox import Envelope
from bot.store.engine import for_reading, open_engine, read_url

metadata = MetaData()
inbox = Table(
    "inbox",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("once", String, nullable=False, unique=True),
    Column("workspace", String, nullable=False),
    Column("holder", String, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_inbox_workspace_holder_number", "workspace", "holder", "number"),
)
"""Envelopes; the number is their order, the holder is the process that acts on them."""


def open_inbox(text: str, *, synchronous: str = "FULL") -> Engine:
    """Connect to where the inbox is: a table among the others, or in SQLite a file, made if it is not there."""
    url = read_url(text)
    if url.get_backend_name() != "sqlite":
        return open_engine(text, synchronous=synchronous)
    beside = Path(str(url.database))
    url = url.set(database=str(beside.with_name(f"{beside.stem}-inbox{beside.suffix}")))
    engine = open_engine(url.render_as_string(hide_password=False), synchronous=synchronous)
    metadata.create_all(engine)
    return engine


@dataclass(slots=True)
class Waiting:
    """An envelope that somebody waits for to be safe."""

    envelope: Envelope
    is_safe: bool = False


@dataclass(slots=True)
class StoreInbox:
    """The inbox of one process, in one workspace."""

    engine: Engine
    workspace: str
    holder: str
    came: list[Waiting] = field(default_factory=list)
    coming: threading.Lock = field(default_factory=threading.Lock)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def put(self, envelope: Envelope) -> None:
        """Write an envelope down; those that come meanwhile are written in one go by whoever is next."""
        mine = Waiting(envelope)
        with self.coming:
            self.came.append(mine)
        with self.writing:
            if mine.is_safe:
                return
            with self.coming:
                some, self.came = self.came, []
            try:
                self._write([one.envelope for one in some])
            except BaseException:
                with self.coming:
                    self.came = [one for one in some if one is not mine] + self.came
                raise
            for one in some:
                one.is_safe = True

    def waiting(self, most: int) -> Sequence[Envelope]:
        """List what waits for this process, the oldest first."""
        asked = select(inbox.c.once, inbox.c.body).where(*self._mine()).order_by(inbox.c.number).limit(most)
        with self.engine.connect() as connection, for_reading(connection).begin():
            return [Envelope(once, json.loads(body)) for once, body in connection.execute(asked)]

    def done(self, once: str) -> None:
        """Forget what was acted on."""
        with self.engine.begin() as connection:
            connection.execute(delete(inbox).where(inbox.c.once == once))

    def adopt(self, living: set[str]) -> int:
        """Take on what processes left that are no more; say how much it was."""
        orphaned = inbox.c.holder.not_in(living | {self.holder})
        with self.engine.begin() as connection:
            taken = update(inbox).where(inbox.c.workspace == self.workspace, orphaned).values(holder=self.holder)
            return connection.execute(taken).rowcount

    def depth(self) -> int:
        """Count what waits, for any process."""
        asked = select(func.count()).where(inbox.c.workspace == self.workspace)
        with self.engine.connect() as connection, for_reading(connection).begin():
            return connection.execute(asked).scalar_one()

    def _mine(self) -> tuple[ColumnElement[bool], ...]:
        return inbox.c.workspace == self.workspace, inbox.c.holder == self.holder

    def _write(self, envelopes: Sequence[Envelope]) -> None:
        rows = [
            {"once": one.once, "workspace": self.workspace, "holder": self.holder, "body": json.dumps(one.body)}
            for one in envelopes
        ]
        dialect = sqlite if self.engine.dialect.name == "sqlite" else postgresql
        written = dialect.insert(inbox).on_conflict_do_nothing(index_elements=["once"])
        with self.engine.begin() as connection:
            connection.execute(written, rows)
