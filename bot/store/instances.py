"""The processes of the bot, as rows; they belong to no workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select, update

from bot.services.presence import Instance, IsGone, Role
from bot.store.engine import for_reading
from bot.store.tables import instances

ONE_AT_A_TIME = 7_420_352  # PostgreSQL's advisory lock: two may start at once


@dataclass(frozen=True, slots=True)
class StoreInstances:
    """Keeps who is there."""

    engine: Engine

    def enter(self, choose: Callable[[list[Instance]], Instance], is_gone: IsGone) -> Instance:
        """Let a newcomer choose its place, and forget those whose place it takes, or who are gone."""
        with self.engine.connect() as connection, connection.begin():
            if self.engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
            there = _all(connection)
            chosen = choose(there)
            forgotten = [one.token for one in there if one.slot == chosen.slot is not None or is_gone(one)]
            connection.execute(delete(instances).where(instances.c.token.in_(forgotten)))
            connection.execute(insert(instances), _row(chosen))
            return chosen

    def beat(self, token: str, at: datetime) -> bool:
        """Write down a sign of life; say whether the place is still there."""
        with self.engine.connect() as connection, connection.begin():
            beaten = update(instances).where(instances.c.token == token).values(beat_at=at)
            return connection.execute(beaten).rowcount == 1

    def leave(self, token: str) -> None:
        """Take one out."""
        with self.engine.connect() as connection, connection.begin():
            connection.execute(delete(instances).where(instances.c.token == token))

    def all(self) -> list[Instance]:
        """List everyone."""
        with self.engine.connect() as connection, for_reading(connection).begin():
            return _all(connection)


def _all(connection: Connection) -> list[Instance]:
    return [_instance(row) for row in connection.execute(select(instances).order_by(instances.c.since)).mappings()]


def _instance(row: RowMapping) -> Instance:
    return Instance(**{**row, "role": Role(row["role"])})


def _row(instance: Instance) -> dict[str, object]:
    names = [column.name for column in instances.columns]
    return {name: getattr(instance, name) for name in names} | {"role": instance.role.value}
