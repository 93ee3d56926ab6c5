"""`gapwatch migrate`: the database's tables as this version needs them."""

from __future__ import annotations

import typer

from bot.commands.books import open_database
from bot.commands.files import saying_what_stops
from bot.settings import read_settings
from bot.store.schema import current, newest
from bot.wiring import migrate_all


def migrate_database() -> None:
    """Bring the database that GAPWATCH_DATABASE_URL names up to date; it is safe to repeat.

    Exit codes: 0 done; 2 the database can't be used.
    """
    with saying_what_stops(), open_database(settings := read_settings()) as engine:
        before = current(engine)
        migrate_all(engine, settings)
        if before == newest():
            typer.echo(f"{engine.url} is up to date ({before}).")
        else:
            typer.echo(f"{engine.url} is at {newest()} now; it was at {before or 'nothing'}.")
