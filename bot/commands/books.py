"""The database a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.services.failures import Refused
from bot.settings import Settings
from bot.store.engine import open_engine, read_url, say_url
from bot.store.ledger import StoreLedger
from recon import Stopped


@contextmanager
def open_database(settings: Settings) -> Iterator[Engine]:
    """Connect, and say in a sentence why that or what follows is not possible."""
    engine = open_engine(settings.database_url.get_secret_value(), synchronous=settings.sqlite_synchronous)
    try:
        yield engine
    except SQLAlchemyError as trouble:
        cause = str(getattr(trouble, "orig", None) or trouble).strip().splitlines()[0]
        raise Stopped(f"The database at {say_url(engine.url)} can't be used: {cause}.") from trouble
    finally:
        engine.dispose()


def is_there(url: URL) -> bool:
    """Say whether there is a file to look into: SQLite makes one where there is none. Of a server nobody knows yet."""
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()


@contextmanager
def open_books(settings: Settings) -> Iterator[StoreLedger]:
    """Open the books that are there; a database that holds none is refused, and a file that is not there not made."""
    url = read_url(settings.database_url.get_secret_value())
    if not is_there(url):
        raise Refused(f"There is no database at {say_url(url)}. Is the address right?")
    with open_database(settings) as engine:
        ledger = StoreLedger(engine)
        if not ledger.workspaces():
            raise Refused(f"The database at {say_url(url)} holds no books yet. Is the address right?")
        yield ledger
