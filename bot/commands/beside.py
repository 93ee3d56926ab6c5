"""A worker in a process of its own, for as long as whoever started it: who answers Slack shares nothing with it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.commands.files import REFUSED
from bot.jobs.aside import leave_with_parent
from bot.services.failures import TryLater, Unclear

log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "bot", "worker", "--beside")
AT_WORK = b"at work\n"  # what a worker tells whoever started it
LOOKS = 2.0  # seconds between looks whether it is alive
LONGEST = 60.0  # seconds to the next start of one that dies again and again
SECONDS_TO_END = 20
PASSING = 75  # what kept a worker from beginning passes by itself
GENTLY = 5  # how much less urgent it is than answering
Worker = subprocess.Popen[bytes]


@contextmanager
def worker_beside(stop: threading.Event) -> Iterator[None]:
    """Have a worker until the block ends; one that dies is started again, one that ends by itself stops everything."""
    watching = Watching(stop, start_worker())
    watching.start()
    try:
        yield
    finally:
        stop.set()
        watching.join()
        code = end_worker(watching.worker)
    if code == REFUSED:
        raise typer.Exit(REFUSED)


class Watching(threading.Thread):
    """Looks after a worker until told to stop; the sooner one dies again, the longer the next start waits."""

    def __init__(self, stop: threading.Event, worker: Worker) -> None:
        """Know whom to look after."""
        super().__init__(name="worker", daemon=True)
        self.stop, self.worker = stop, worker

    def run(self) -> None:
        """Look again and again."""
        began, rest = time.monotonic(), 0.0
        while not self.stop.wait(LOOKS):
            code = self.worker.poll()
            if code in (0, REFUSED):
                self.stop.set()
            elif code is not None:
                rest = rest_after(time.monotonic() - began, rest)
                log.error("the worker died (%d), so I start it again in %d seconds", code, rest)
                end_worker(self.worker)
                if not self.stop.wait(rest):
                    self._start_again()
                    began = time.monotonic()

    def _start_again(self) -> None:
        try:
            self.worker = begin_worker()
        except OSError:
            log.exception("the worker could not be started, so I will try again")


def rest_after(lived: float, rest: float) -> float:
    """Say how long to wait before another start: at once after a long life, ever longer after short ones."""
    return 0.0 if lived > LONGEST else min(LONGEST, 2 * rest + LOOKS)


@contextmanager
def trying_again(*, is_beside: bool) -> Iterator[None]:
    """Let a worker that lives beside another process die of what passes, so that it is started again later."""
    try:
        yield
    except (TryLater, Unclear) as flaw:
        if not is_beside:
            raise
        log.warning("the worker can't begin yet: %s", flaw)
        raise typer.Exit(PASSING) from flaw


def begin_worker() -> Worker:
    """Begin a worker that lives no longer than this process: then nobody holds the other end of its pipe."""
    return subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - this very program


def start_worker() -> Worker:
    """Begin a worker, and wait until it works; one that may not has said why."""
    worker = begin_worker()
    assert worker.stdout  # noqa: S101 - asked for above
    if AT_WORK not in worker.stdout:
        end_worker(worker)
        raise typer.Exit(REFUSED)
    return worker


def end_worker(worker: Worker) -> int:
    """Let a worker end what it has in hand, but not for ever; say how it ended."""
    with worker:
        worker.terminate()
        try:
            return worker.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            worker.kill()
            return worker.wait()


def live_beside() -> None:
    """Tell whoever started this process that it works, leave the processor to them, and go when they are gone."""
    if hasattr(os, "nice"):
        os.nice(GENTLY)
    sys.stdout.buffer.write(AT_WORK)
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nobody reads what comes after
    threading.Thread(target=leave_with_parent, name="parent", daemon=True).start()
