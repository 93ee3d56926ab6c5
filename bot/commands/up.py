"""`gapwatch up`, `web`, `worker`, `release`: the bot at work."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Annotated

import typer

from bot.commands.beside import live_beside, trying_again, worker_beside
from bot.commands.books import open_database
from bot.commands.files import saying_what_stops
from bot.listening import hear_slack, serve_pages
from bot.logs import write_logs
from bot.services.presence import Role
from bot.settings import Settings, read_settings
from bot.wiring import House, build_house, migrate_all

log = logging.getLogger(__name__)
SHARING = 0.0005  # seconds a thread has to itself: whoever answers Slack is not kept waiting by those who work


def up() -> None:
    """Bring the database up to date, listen to Slack, and keep promises in a process beside, until stopped.

    Exit codes: 0 stopped; 2 something is missing, said in a sentence.
    """
    with saying_what_stops(), stopped_by_signals() as stop:
        settings = begin()
        with open_database(settings) as engine:
            migrate_all(engine, settings)
        with open_house(settings) as house, worker_beside(stop), at_work(house, Role.WEB, stop):
            greet(house)
            stop.wait()


def web() -> None:
    """Only listen to Slack, over HTTP or a socket; `gapwatch worker` keeps what is promised.

    Exit codes: 0 stopped; 2 something is missing, said in a sentence.
    """
    with (
        saying_what_stops(),
        stopped_by_signals() as stop,
        open_house(begin()) as house,
        at_work(house, Role.WEB, stop),
    ):
        greet(house)
        stop.wait()


def worker(*, beside: Annotated[bool, typer.Option("--beside", hidden=True)] = False) -> None:
    """Only keep promises: compare months, post, edit.

    Exit codes: 0 stopped; 2 something is missing, said in a sentence.
    """
    with saying_what_stops(), stopped_by_signals() as stop:
        settings = begin(port=None) if beside else begin()
        with trying_again(is_beside=beside), open_house(settings) as house, at_work(house, Role.WORKER, stop):
            live_beside() if beside else greet(house)
            stop.wait()


def release() -> None:
    """Bring the database up to date before a new version starts: its tables, and those of the durable engine.

    Exit codes: 0 done; 2 the database can't be used.
    """
    with saying_what_stops():
        settings = read_settings()
        with open_database(settings) as engine:
            migrate_all(engine, settings)
            typer.echo(f"{engine.url} is up to date.")


def begin(**given: object) -> Settings:
    """Read the settings, and write logs as they say."""
    settings = read_settings(**given)
    write_logs(settings.log_level)
    return settings


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """Put the bot together, and let go of everything when the block ends."""
    sys.setswitchinterval(SHARING)
    house = build_house(settings)
    try:
        yield house
    finally:
        house.close()


@contextmanager
def at_work(house: House, role: Role, stop: threading.Event) -> Iterator[None]:
    """Do a role's work until the block ends: what is in hand then is ended, what is not waits for the next start."""
    hearing = nullcontext() if role is Role.WORKER else hear_slack(house)
    with house.working(role, on_loss=stop.set), serve_pages(house, role), hearing:
        log.info("%s is at work for %s", role, house.workspace)
        yield
        log.info("stopping")


def greet(house: House) -> None:
    """Say that all is well."""
    typer.echo(f"Gapwatch is at work in {house.identity.workspace.name}. Ctrl-C stops it.", err=True)


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """Hand out an event that SIGTERM and Ctrl-C set."""
    stop = threading.Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
