"""Heavy work in a process of its own, so that whoever waits for an answer need not wait for it."""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import IO, Any

from bot.services.computing import say_nothing
from bot.services.failures import FAULTS, Refused
from bot.services.runs import Counted, Inputs, Say
from bot.services.working import Contents, Worked, work_out, write_book
from recon import Gap, Stopped

LARGE = 400_000  # bytes of files; starting another process takes longer than working out fewer
SAID, GAPS, QUANTITIES, DONE, STOPPED, FAILED = "said", "gaps", "quantities", "done", "stopped", "failed"
PIECE = 200  # of a long list, sent in one go
BREATH = 0.002  # seconds between two pieces, in which others are answered
LENGTH = struct.Struct(">Q")
GENTLY = 10  # how much less urgent it is than answering
ORPHANED = 1
TASKS: dict[str, Callable[..., object]] = {"work_out": work_out, "write_book": write_book}


class CutShort(RuntimeError):  # noqa: N818 - named for what happened
    """A process of ours died over its work: a fault like any other, so that it is tried some times and then told."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Works small months out here, and large ones in a process of their own, which dies with this one."""

    large: int = LARGE

    def work_out(self, inputs: Inputs, contents: Contents, say: Say = say_nothing) -> Worked:
        """Work a month out."""
        if not self._is_large(contents):
            return work_out(inputs, contents, say)
        worked = do_aside("work_out", inputs, contents, say)
        assert isinstance(worked, Worked)  # noqa: S101 - as the task has it
        return worked

    def write_book(self, inputs: Inputs, contents: Contents) -> bytes:
        """Write a month's workbook."""
        if not self._is_large(contents):
            return write_book(inputs, contents)
        book = do_aside("write_book", inputs, contents)
        assert isinstance(book, bytes)  # noqa: S101 - as the task has it
        return book

    def _is_large(self, contents: Contents) -> bool:
        return sum(map(len, contents.values())) > self.large


def do_aside(task: str, inputs: Inputs, contents: Contents, say: Say = say_nothing) -> object:
    """Do a task in a process of its own; what it says on the way is passed on."""
    command = [sys.executable, "-m", "bot.jobs.aside"]
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=modest()) as child:  # noqa: S603 - this very module
            assert child.stdin  # noqa: S101 - asked for above
            assert child.stdout  # noqa: S101 - asked for above
            try:
                put(child.stdin, (task, inputs, dict(contents)))
                return listen(child.stdout, say)
            finally:
                child.kill()
    except (BrokenPipeError, EOFError) as flaw:  # a month too large for this machine dies each time: not for ever
        raise CutShort(f"The process beside that was to {task} died, or was killed: is there enough memory?") from flaw


def listen(stream: IO[bytes], say: Say) -> object:
    """Hear what a child says until it is done."""
    gaps: list[tuple[Gap, str]] = []
    quantities: dict[Counted, Decimal] = {}
    while True:
        kind, told = take(stream)
        match kind:
            case "said":
                say(*told)
            case "gaps":
                gaps += told
                time.sleep(BREATH)
            case "quantities":
                quantities.update(told)
                time.sleep(BREATH)
            case "done":
                return replace(told, gaps=gaps, quantities=quantities) if isinstance(told, Worked) else told
            case "stopped":
                raise Refused(told)
            case _:
                raise RuntimeError(told)


def modest() -> dict[str, str]:
    """Leave a processor to those who answer."""
    threads = max(1, (os.cpu_count() or 2) - 1)
    return {**os.environ, "POLARS_MAX_THREADS": str(threads)}


def put(stream: IO[bytes], told: object) -> None:
    """Send something to a process of ours."""
    packed = pickle.dumps(told, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(packed)))
    stream.write(packed)
    stream.flush()


def take(stream: IO[bytes]) -> Any:  # noqa: ANN401 - whatever was put in
    """Receive what a process of ours has sent."""
    (length,) = LENGTH.unpack(must_have(stream, LENGTH.size))
    return pickle.loads(must_have(stream, length))  # noqa: S301 - from our own child, over a pipe nobody else has


def hand_over(stream: IO[bytes], found: object) -> None:
    """Send what came of a task, its long parts in pieces: whoever takes in a large one lets nobody answer meanwhile."""
    if isinstance(found, Worked):
        for kind, told in ((GAPS, found.gaps), (QUANTITIES, list(found.quantities.items()))):
            for start in range(0, len(told), PIECE):
                put(stream, (kind, told[start : start + PIECE]))
        found = replace(found, gaps=[], quantities={})
    put(stream, (DONE, found))


def must_have(stream: IO[bytes], length: int) -> bytes:
    """Read so many bytes; fewer mean that whoever wrote them is gone."""
    found = stream.read(length)
    if len(found) < length:
        raise EOFError
    return found


def leave_with_parent() -> None:
    """Wait until whoever asked is gone, which ends the pipe it keeps open, and go as well, whatever is half done."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(ORPHANED)


def leave_signals_to_parent() -> None:
    """Let whoever asked hear Ctrl-C, or that all of us should end: who goes first would look as if it had died."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)


def main() -> int:
    """Do what is asked over the pipe, and answer over it; nothing else may be written there."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    leave_signals_to_parent()
    if hasattr(os, "nice"):
        os.nice(GENTLY)
    task, inputs, contents = take(sys.stdin.buffer)
    threading.Thread(target=leave_with_parent, name="parent", daemon=True).start()
    more = (lambda step, lines: put(answers, (SAID, (step, lines))),) if task == "work_out" else ()
    try:
        hand_over(answers, TASKS[task](inputs, contents, *more))
    except Stopped as flaw:
        put(answers, (STOPPED, str(flaw)))
    except FAULTS as flaw:
        put(answers, (FAILED, f"{type(flaw).__name__}: {flaw}"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
