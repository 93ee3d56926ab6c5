"""`gapwatch audit verify`: whether what was written down is as it was written."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.books import open_books
from bot.commands.files import saying_what_stops
from bot.settings import read_settings
from bot.store.ledger import StoreLedger
from bot.store.verify import find_all_flaws

CHANGED = 1
app = typer.Typer(no_args_is_help=True, add_completion=False, help="Look after the record of who did what.")


@app.callback()
def audit() -> None:
    """Look after the record of who did what."""


@app.command()
def verify(
    database: Annotated[str | None, typer.Option(help="Another database than the one the settings name.")] = None,
) -> None:
    """Check every entry, every kept byte and every row people rely on, without a network; say which was changed.

    Exit codes: 0 everything is as it was written; 1 something was changed; 2 there are no books, or they can't be used.
    """
    with saying_what_stops():
        settings = read_settings(database_url=database) if database else read_settings()
        with open_books(settings) as ledger:
            flaws = _check(ledger)
    if flaws:
        raise typer.Exit(CHANGED)


def _check(ledger: StoreLedger) -> int:
    flaws = 0
    for workspace in ledger.workspaces():
        with ledger.look(workspace) as books:
            entries, _ = books.audit.end()
            found = list(find_all_flaws(books))
        for flaw in found:
            typer.echo(f"{workspace}: {flaw}.")
        if not found:
            told = f"all {entries:,} entries are as they were" if entries != 1 else "its one entry is as it was"
            typer.echo(f"{workspace}: {told} written.")
        flaws += len(found)
    return flaws
