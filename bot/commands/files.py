"""Files a person names on the command line, and what to say when they can't be used."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from recon import Stopped, UnreadableFile

REFUSED = 2
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
        where = f"open {stopped.filename}" if stopped.filename else "write what I have to say"
        return f"I can't {where}: {stopped.strerror}."
    return str(stopped)


def must_be_writable(*written: Path | None, read: Iterable[Path | None] = ()) -> None:
    """Refuse, before any work is done, to write where no folder is, over what was given to be read, or twice."""
    taken = {path.resolve() for path in read if path}
    for path in filter(None, written):
        target = path.resolve()
        if not target.parent.is_dir():
            raise Stopped(f"I can't write {path}: there is no folder {path.parent}.")
        if target in taken and (target.is_file() or not target.exists()):
            raise Stopped(f"I would write over {path}, which you gave me for something else. Name another file.")
        taken.add(target)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or as it was before; a pipe or a device takes what comes."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as flaw:
        raise OSError(flaw.errno, flaw.strerror, str(path)) from flaw
    finally:
        beside.unlink(missing_ok=True)


def read_text(path: Path | None) -> str:
    """Read a text file a person wrote, or a spreadsheet on Windows in its own letters; no file is an empty one."""
    if path is None:
        return ""
    content = path.read_bytes()
    for encoding in ("utf-16",) if content.startswith(WIDE) else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if "\0" not in text:
                return text
    raise UnreadableFile(f"{path} is not text, so I can't read it.")
