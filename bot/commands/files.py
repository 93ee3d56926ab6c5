"""Files a person names on the command line, and what to say when they can't be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from recon import Stopped, UnreadableFile

REFUSED = 2


@contextmanager
def saying_what_stops() -> Iterator[None]:
    """End with the sentence of whatever stops us on standard error, and exit code 2."""
    try:
        yield
    except (Stopped, OSError) as stopped:
        Console(stderr=True, soft_wrap=True, highlight=False).print(Text(sentence_of(stopped)))
        raise typer.Exit(REFUSED) from stopped


def sentence_of(stopped: Stopped | OSError) -> str:
    """Say what stopped us as a person would."""
    if isinstance(stopped, OSError):
        return f"I can't open {stopped.filename}: {stopped.strerror}."
    return str(stopped)


def read_text(path: Path | None) -> str:
    """Read a text file a person wrote; no file is an empty one."""
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as flaw:
        raise UnreadableFile(f"{path} is not text in UTF-8, so I can't read it.") from flaw
