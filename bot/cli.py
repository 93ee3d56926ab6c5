"""What can be typed after `gapwatch`."""

from importlib.metadata import version
from typing import Annotated

import typer

from bot.commands.audit import app as audit
from bot.commands.doctor import doctor
from bot.commands.inspect import inspect
from bot.commands.manifest import manifest
from bot.commands.match import match
from bot.commands.migrate import migrate_database
from bot.commands.reconcile import reconcile_files
from bot.commands.replay import replay_run
from bot.commands.trying import try_it
from bot.commands.up import release, up, web, worker
from bot.commands.why import why

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def show_version(*, asked: bool) -> None:
    """Answer `--version`."""
    if asked:
        typer.echo(f"gapwatch {version('gapwatch')}")
        raise typer.Exit


@app.callback()
def gapwatch(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Say which version.")
    ] = False,
) -> None:
    """Find where what you bought and what you bill disagree."""


app.command("reconcile")(reconcile_files)
app.command()(inspect)
app.command()(match)
app.command()(why)
app.command("replay")(replay_run)
app.command()(manifest)
app.command("migrate")(migrate_database)
app.command()(doctor)
app.command("try")(try_it)
app.command()(up)
app.command()(web)
app.command()(worker)
app.command()(release)
app.add_typer(audit, name="audit")
