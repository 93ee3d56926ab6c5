"""The tables as they should be by now, and how they get there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, select

from bot.services.failures import Refused
from bot.services.ids import WorkspaceId
from bot.store.engine import for_reading
from bot.store.seals import seal_everything
from bot.store.shelf import Shelf
from bot.store.tables import workspaces

MIGRATIONS = Path(__file__).parents[2] / "migrations"
ONE_AT_A_TIME = 7_420_351  # PostgreSQL's advisory lock: two releases may start at once


def migrate(engine: Engine) -> None:
    """Bring the tables up to date, or leave them as they are if that fails."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _migrate_sqlite(connection)
        else:
            with connection.begin():
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
                _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    """Bring the tables up to date; what a migration may have changed is sealed again."""
    was = must_be_known(_stands_at(connection))
    command.upgrade(config(connection), "head")
    if was != _stands_at(connection):
        for workspace in connection.execute(select(workspaces.c.workspace)).scalars().all():
            seal_everything(Shelf(connection, WorkspaceId(workspace)))


def must_be_known(revision: str | None) -> str | None:
    """Refuse tables that a newer version has changed: what it did to them can't be known here."""
    known = {one.revision for one in ScriptDirectory.from_config(config()).walk_revisions()}
    if revision is None or revision in known:
        return revision
    raise Refused(
        f"The tables are of a newer version than this program: they are at {revision}, and it knows them up to "
        f"{newest()}. Start the newer version again, or bring back a copy of the database from before it."
    )


def _stands_at(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _migrate_sqlite(connection: Connection) -> None:
    """Foreign keys are off meanwhile: a table that is rebuilt would take the rows that refer to it with it."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - it is connected
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            _upgrade(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise Refused(f"After the migration {len(broken)} rows of {broken[0][0]} would refer to nothing.")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def config(connection: Connection | None = None) -> Config:
    """Point Alembic at the migrations; they run on the connection given."""
    if not MIGRATIONS.is_dir():
        raise Refused("The migrations are not installed; run this from a checkout.")
    found = Config()
    found.set_main_option("script_location", str(MIGRATIONS))
    found.attributes["connection"] = connection
    return found


def newest() -> str | None:
    """Name the newest migration there is."""
    return ScriptDirectory.from_config(config()).get_current_head()


def current(engine: Engine) -> str | None:
    """Name the migration the tables stand at; none if there are none."""
    with engine.connect() as connection, for_reading(connection).begin():
        return _stands_at(connection)
