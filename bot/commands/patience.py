"""Progress for work that takes longer than two seconds, and nothing for work that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.text import Text

BEFORE_SPEAKING = 2.0  # seconds


@contextmanager
def patience() -> Iterator[Callable[[str], None]]:
    """Hand out a function that says what is being done; it is shown, on standard error, once it takes long."""
    status = Console(stderr=True).status("Working ...")
    timer = Timer(BEFORE_SPEAKING, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda words: status.update(Text(words))  # a file may be called [red].csv
    finally:
        timer.cancel()
        status.stop()
