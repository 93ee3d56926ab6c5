"""The database a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from bot.store.engine import open_engine
from recon import Stopped


@contextmanager
def open_database(settings: Settings) -> Iterator[Engine]:
    """Connect, and say in a sentence why that or what follows is not possible."""
    engine = open_engine(settings.database_url.get_secret_value(), synchronous=settings.sqlite_synchronous)
    try:
        yield engine
    except SQLAlchemyError as trouble:
        cause = str(getattr(trouble, "orig", None) or trouble).strip().splitlines()[0]
        raise Stopped(f"The database at {engine.url} can't be used: {cause}.") from trouble
    finally:
        engine.dispose()
