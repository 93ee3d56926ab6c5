"""What can be typed after `gapwatch`."""

from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.later import Later

COMMANDS = (
    Later(
        "reconcile",
        "bot.commands.reconcile:reconcile_files",
        "Find what was bought and not billed, and what is billed and not bought.",
    ),
    Later(
        "inspect",
        "bot.commands.inspect:inspect",
        "Show what a file is taken for: columns, side, lines, problems and questions.",
    ),
    Later(
        "match",
        "bot.commands.match:match",
        "Match two lists of names; every pair worth a look gets the chance that it is one thing.",
    ),
    Later(
        "why",
        "bot.commands.why:why",
        "Say why a gap is a gap: both raw rows, how the names became one, the arithmetic, what would settle it.",
    ),
    Later(
        "replay",
        "bot.commands.replay:replay_run",
        "Do a run again from the files, answers and rules it recorded, and compare the result byte for byte.",
    ),
    Later(
        "manifest",
        "bot.commands.manifest:manifest",
        "Print the app manifest: paste it at api.slack.com/apps, “Create New App”, “From a manifest”.",
    ),
    Later(
        "migrate",
        "bot.commands.migrate:migrate_database",
        "Bring the database that GAPWATCH_DATABASE_URL names up to date; it is safe to repeat.",
    ),
    Later("doctor", "bot.commands.doctor:doctor", "Say what works and what is missing, each in a sentence."),
    Later(
        "try",
        "bot.commands.trying:try_it",
        "Try Gapwatch in a workspace on this machine, with a sample month; "
        "Ctrl-C stops it, and the next start goes on.",
    ),
    Later(
        "up",
        "bot.commands.up:up",
        "Bring the database up to date, listen to Slack, and keep promises in a process beside, until stopped.",
    ),
    Later(
        "web",
        "bot.commands.up:web",
        "Only listen to Slack, over HTTP or a socket; `gapwatch worker` keeps what is promised.",
    ),
    Later("worker", "bot.commands.up:worker", "Only keep promises: compare months, post, edit."),
    Later(
        "release",
        "bot.commands.up:release",
        "Bring the database up to date before a new version starts: its tables, and those of the durable engine.",
    ),
    Later("audit", "bot.commands.audit:app", "Look after the record of who did what."),
)


class Commands(TyperGroup):
    """The commands, none of them loaded."""

    def __init__(self, **how: Any) -> None:  # noqa: ANN401 - what Typer makes a group of
        """Make the group of what there is."""
        super().__init__(**{**how, "commands": list(COMMANDS)})


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


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
