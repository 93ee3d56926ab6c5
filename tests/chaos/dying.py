"""The bot in a process that is killed at one of its points: before it commits something, calls Slack or answers it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass, field, replace
from itertools import count
from multiprocessing.synchronize import Event
from typing import Any, cast

from slack_bolt import App, BoltRequest, BoltResponse
from sqlalchemy import Connection, Engine, event
from stories.house import at_work

from bot.sandbox import Workspace

CALL = "urllib.Request"  # what the interpreter announces before anything is asked over HTTP


@dataclass
class Points:
    """The points this process comes to, whatever thread comes to them; at one of them it dies."""

    last: int
    passed: count[int] = field(default_factory=lambda: count(1))
    alone: threading.Lock = field(default_factory=threading.Lock)

    def pass_by(self) -> None:
        with self.alone:
            if next(self.passed) == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Mortal:
    """An app that may die when it has acted on what Slack sent, and Slack does not know it yet."""

    app: App
    points: Points

    def dispatch(self, asked: BoltRequest) -> BoltResponse:
        answer = self.app.dispatch(asked)
        self.points.pass_by()
        return answer

    def __getattr__(self, name: str) -> object:
        return getattr(self.app, name)


def live(url: str, slack: str, last: int, ready: Event) -> None:
    """Work until told to stop, or until the point of that number, at which it dies by kill -9."""
    stop, points = threading.Event(), Points(last)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    watch(points)
    with at_work(Workspace(slack), url, but=lambda house: replace(house, app=cast("App", Mortal(house.app, points)))):
        ready.set()
        stop.wait()


def watch(points: Points) -> None:
    """Come to a point before each commit that changes something, and before each call of Slack."""
    changed = set[int]()

    def notice(connection: Connection, _: object, statement: str, *__: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            changed.add(id(connection))

    def commits(connection: Connection) -> None:
        if id(connection) in changed:
            changed.discard(id(connection))
            points.pass_by()

    def announced(what: str, _: tuple[Any, ...]) -> None:
        if what == CALL:
            points.pass_by()

    event.listen(Engine, "before_cursor_execute", notice)
    event.listen(Engine, "commit", commits)
    sys.addaudithook(announced)
