"""Runs migrations on the connection that `bot.store.schema` hands over."""

from alembic import context
from sqlalchemy import Connection

from bot.store.tables import metadata


def is_ours(_: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:  # noqa: FBT001 - Alembic's
    """Leave alone what others keep in the same database, as the durable engine does."""
    return not (kind in {"table", "index"} and reflected and compare_to is None and name not in metadata.tables)


connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, include_object=is_ours, render_as_batch=True)
context.run_migrations()
