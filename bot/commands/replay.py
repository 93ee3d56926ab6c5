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
from bot.services.replaying import Differences
from bot.settings import read_settings
from bot.store.ledger import StoreLedger

DIFFERENT = 1
MOST_FIELDS = 5


def replay_run(
    run: Annotated[str, typer.Argument(help="A run's id, or its beginning.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Write the result's JSON there.")] = None,
) -> None:
    """Do a run again from the files, answers and rules it recorded, and compare the result byte for byte.

    Exit codes: 0 the same bytes, or the same result beside fields that are new; 1 another result; 2 there is no such
    run, or its evidence is past its time.
    """
    with saying_what_stops(), open_books(read_settings()) as ledger:
        must_be_writable(out)
        replay = _replay(ledger, RunId(run))
        if out:
            write_whole(out, replay.document)
    about = f"Run {replay.run.id} of {replay.run.month}"
    if replay.differences is None:
        typer.echo(f"{about}: the same {len(replay.document):,} bytes.")
        return
    typer.echo(f"{about}: {say_difference(replay, replay.differences)}")
    if replay.differences.other:
        raise typer.Exit(DIFFERENT)


def say_difference(replay: Replay, found: Differences) -> str:
    """Say where a result is another now, and whether the matcher is; a field that came since makes none of it."""
    if not found.other:
        beside = f" What is new since stands beside: {', '.join(found.new)}." if found.new else ""
        return f"the same result, in other bytes.{beside}"
    more = f" and {len(found.other) - MOST_FIELDS} more" if len(found.other) > MOST_FIELDS else ""
    fields = f"{', '.join(found.other[:MOST_FIELDS])}{more}"
    matcher = f"; the matcher was at {replay.run.weights} and is at {replay.weights}"
    return f"the result is another now, in {fields}{matcher if replay.run.weights != replay.weights else ''}."


def _replay(ledger: StoreLedger, run: RunId) -> Replay:
    reconcile = Reconcile(ledger, lambda: datetime.now(UTC), lambda: uuid4().hex)
    for workspace in ledger.workspaces():
        if _has(ledger, workspace, run):
            return reconcile.replay(workspace, run)
    raise NotFound(f"No run has an id that begins with “{run}”.")


def _has(ledger: StoreLedger, workspace: WorkspaceId, run: RunId) -> bool:
    with ledger.look(workspace) as books:
        return any(run and known.id.startswith(run) for known in books.runs.all())
