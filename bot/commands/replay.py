"""`gapwatch replay`: a run done again from the evidence, to the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from bot.commands.books import open_books
from bot.commands.files import must_be_writable, saying_what_stops, write_whole
from bot.services.failures import NotFound
from bot.services.ids import RunId, WorkspaceId
from bot.services.reconcile import Reconcile, Replay
from bot.settings import read_settings
from bot.store.ledger import StoreLedger

DIFFERENT = 1


def replay_run(
    run: Annotated[str, typer.Argument(help="A run's id, or its beginning.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Write the result's JSON there.")] = None,
) -> None:
    """Do a run again from the files, answers and rules it recorded, and compare the result byte for byte.

    Exit codes: 0 the same bytes; 1 other bytes; 2 there is no such run, or its evidence is past its time.
    """
    with saying_what_stops(), open_books(read_settings()) as ledger:
        must_be_writable(out)
        replay = _replay(ledger, RunId(run))
        if out:
            write_whole(out, replay.document)
    if replay.is_same:
        typer.echo(f"Run {replay.run.id} of {replay.run.month}: the same {len(replay.document):,} bytes.")
        return
    weights = f"; the matcher was at {replay.run.weights} and is at {replay.weights}"
    typer.echo(f"Run {replay.run.id} of {replay.run.month}: the result is another now{weights}.")
    raise typer.Exit(DIFFERENT)


def _replay(ledger: StoreLedger, run: RunId) -> Replay:
    reconcile = Reconcile(ledger, lambda: datetime.now(UTC), lambda: uuid4().hex)
    for workspace in ledger.workspaces():
        if _has(ledger, workspace, run):
            return reconcile.replay(workspace, run)
    raise NotFound(f"No run has an id that begins with “{run}”.")


def _has(ledger: StoreLedger, workspace: WorkspaceId, run: RunId) -> bool:
    with ledger.look(workspace) as books:
        return any(run and known.id.startswith(run) for known in books.runs.all())
