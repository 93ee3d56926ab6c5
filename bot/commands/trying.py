"""`gapwatch try`: the whole bot in a workspace of its own, with nothing outside one folder."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.books import open_database
from bot.commands.browsing import open_browser
from bot.commands.files import saying_what_stops
from bot.commands.folder import TryFolder, hold_folder
from bot.commands.up import stopped_by_signals
from bot.listening import hear_slack
from bot.logs import write_logs
from bot.sandbox import PortTaken, Sandbox
from bot.services.failures import Refused
from bot.services.presence import Role
from bot.services.quiet import ALWAYS
from bot.settings import Settings, read_settings
from bot.slack.manifest import Mode, write_manifest
from bot.wiring import build_house, migrate_all

SAMPLE = Path(__file__).parents[1] / "sample"
USUAL_PORT = 8420


def try_it(
    *,
    folder: Annotated[Path, typer.Option(help="Where everything is kept.")] = Path("gapwatch-try"),
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Where the page is; any free port if the usual one is taken."),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew, without what was kept.")] = False,
) -> None:
    """Try Gapwatch in a workspace on this machine, with a sample month; Ctrl-C stops it, and the next start goes on.

    Exit codes: 0 stopped; 2 it can't start, said in a sentence.
    """
    with saying_what_stops(), stopped_by_signals() as stop, ExitStack() as ending:
        kept = ending.enter_context(hold_folder(folder, fresh=fresh))
        write_logs("INFO", ending.enter_context(kept.log.open("a", encoding="utf-8")))
        slack = start_slack(ending, kept, port)
        slack.limits()
        house = build_house(settings_for(slack, kept), clock=slack.clock)
        ending.callback(house.close)
        house.services.rhythm.hours.begin(house.workspace, ALWAYS)
        ending.enter_context(house.working(Role.UP, on_loss=stop.set))
        ending.enter_context(hear_slack(house))
        typer.echo(f"Gapwatch is at {slack.address} (kept in {kept.path}). Ctrl-C stops it.")
        if browser and not open_browser(slack.address):
            typer.echo("I can't open a browser here: open that address yourself.")
        stop.wait()


def start_slack(ending: ExitStack, kept: TryFolder, port: int | None) -> Sandbox:
    """Start the workspace where it is wanted, or anywhere if nobody said where."""
    try:
        return ending.enter_context(open_slack(kept, USUAL_PORT if port is None else port))
    except PortTaken as flaw:
        if port is not None:
            raise Refused(f"I can't listen at {port}: {flaw.strerror}. Leave it out, and I take a free one.") from None
        return ending.enter_context(open_slack(kept, 0))


def open_slack(kept: TryFolder, port: int) -> Sandbox:
    """Have a workspace with the sample month, and the bot in it."""
    return Sandbox(data=kept.slack, manifest=write_manifest(Mode.SOCKET), guide=SAMPLE, port=port)


def settings_for(slack: Sandbox, kept: TryFolder) -> Settings:
    """Set everything as an installer would, whatever the environment says, and bring the tables up to date."""
    settings = read_settings(
        database_url=kept.database,
        secret_keys=kept.key(),
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_signing_secret=slack.signing_secret,
        slack_api_url=slack.base_url,
        home_channel="billing",
        port=None,
    )
    with open_database(settings) as engine:
        migrate_all(engine, settings)
    return settings
