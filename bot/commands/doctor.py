"""`gapwatch doctor`: what works, what is missing, and what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import typer
from cryptography.fernet import Fernet
from pydantic import SecretStr
from rich.console import Console
from rich.text import Text

from bot.commands.books import is_there, open_database
from bot.commands.files import saying_what_stops
from bot.listening import say_why
from bot.services.failures import AskForAccess, Refused
from bot.services.presence import is_stale
from bot.settings import Settings, missing_for_slack, read_settings
from bot.slack.home import find_home
from bot.slack.messenger import call, posting_client
from bot.store.engine import WITH_SUBSECONDS, read_url, say_url
from bot.store.instances import StoreInstances
from bot.store.schema import current, must_be_known, newest
from bot.store.secrets import Safe
from bot.wiring import now, slack_client, who_am_i
from recon import Stopped

UNWELL = 1
WITH_RETURNING = (3, 35)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at."""

    is_well: bool
    sentence: str


def doctor(
    *, new_key: Annotated[bool, typer.Option("--new-key", help="Only make a key for GAPWATCH_SECRET_KEYS.")] = False
) -> None:
    """Say what works and what is missing, each in a sentence.

    Exit codes: 0 all is well; 1 something is missing; 2 the settings can't be read.
    """
    if new_key:
        typer.echo(Fernet.generate_key().decode())
        return
    with saying_what_stops():
        findings = list(examine(read_settings()))
    console = Console(soft_wrap=True, highlight=False)
    for finding in findings:
        console.print(Text.assemble(("✓ ", "green") if finding.is_well else ("✗ ", "bold red"), finding.sentence))
    raise typer.Exit(0 if all(finding.is_well for finding in findings) else UNWELL)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything the bot needs."""
    yield _sqlite()
    yield from _database(settings)
    yield _keys(settings)
    for name, what in missing_for_slack(settings).items():
        yield Finding(is_well=False, sentence=f"{name} is not set: {what}.")
    if settings.slack_bot_token:
        yield from _slack(settings)
    if settings.slack_app_token:
        yield _socket(settings.slack_app_token, settings.slack_api_url)


def _slack(settings: Settings) -> Iterator[Finding]:
    try:
        client = slack_client(settings)
        identity = who_am_i(client)
        yield Finding(is_well=True, sentence=f"Slack knows me in {identity.workspace.name}, with the scopes I need.")
        home = find_home(client, settings.home_channel)
    except Stopped as stopped:
        yield Finding(is_well=False, sentence=str(stopped))
        return
    if home:
        yield Finding(is_well=True, sentence=f"Results are told in {home}.")
    else:
        yield Finding(is_well=False, sentence="I am in no channel yet: invite me to one with /invite.")


def _socket(token: SecretStr, url: str) -> Finding:
    """Ask for a socket as `gapwatch up` does; one that nobody opens ends by itself."""
    try:
        call(partial(posting_client("", url).apps_connections_open, app_token=token.get_secret_value()))
    except Stopped as stopped:
        return Finding(is_well=False, sentence=str(say_why(stopped)))
    return Finding(is_well=True, sentence="Slack lets me open a socket, to hear of what people do.")


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < WITH_RETURNING:
        return Finding(is_well=False, sentence=f"SQLite {version} is too old; I need 3.35, or PostgreSQL.")
    old = sqlite3.sqlite_version_info < WITH_SUBSECONDS
    note = "; it lacks unixepoch('subsec'), which I make up for" if old else ""
    return Finding(is_well=True, sentence=f"SQLite is {version}{note}.")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        url = read_url(settings.database_url.get_secret_value())
        if not is_there(url):
            missing = (
                f"There is no database at {say_url(url)} yet: if the address is right, gapwatch migrate makes one."
            )
            yield Finding(is_well=False, sentence=missing)
            return
        with open_database(settings) as engine:
            stands = current(engine)
    except Stopped as stopped:
        yield Finding(is_well=False, sentence=f"{stopped} Is GAPWATCH_DATABASE_URL right?")
        return
    yield Finding(is_well=True, sentence=f"The database at {say_url(url)} answers.")
    if stands == newest():
        yield Finding(is_well=True, sentence=f"Its tables are up to date ({stands}).")
        yield from _processes(settings)
    else:
        yield Finding(is_well=False, sentence=_what_they_lack(stands))


def _what_they_lack(stands: str | None) -> str:
    """Say how the tables get where they should be; those of a newer version do not."""
    try:
        was = f"at {must_be_known(stands)}" if stands else "not there"
    except Refused as flaw:
        return str(flaw)
    return f"Its tables are {was}, and should be at {newest()}: gapwatch migrate"


def _processes(settings: Settings) -> Iterator[Finding]:
    """Say who is at work, and who seems to have died there."""
    with open_database(settings) as engine:
        for one in StoreInstances(engine).all():
            if is_stale(one, now()):
                yield Finding(
                    is_well=True, sentence=f"{one} gave its last sign of life at {one.beat_at:%d %b %H:%M} UTC."
                )
            else:
                yield Finding(is_well=True, sentence=f"{one} is alive.")


def _keys(settings: Settings) -> Finding:
    keys = tuple(key.get_secret_value() for key in settings.secret_keys)
    if not keys:
        return Finding(is_well=True, sentence="GAPWATCH_SECRET_KEYS is not set, and nothing that needs it is kept.")
    try:
        Safe(keys).seal("test")
    except AskForAccess as missing:
        return Finding(is_well=False, sentence=str(missing))
    return Finding(is_well=True, sentence=f"Secrets are sealed; I have {len(keys)} key{'s' * (len(keys) > 1)}.")
