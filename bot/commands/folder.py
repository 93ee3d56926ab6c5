"""The folder in which `gapwatch try` keeps everything, held by one process at a time."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from bot.services.failures import Refused

MARK = "made-by-gapwatch-try"


@dataclass(frozen=True, slots=True)
class TryFolder:
    """A folder and what is in it."""

    path: Path

    @property
    def mark(self) -> Path:
        """The file that says whose folder this is, and is held while somebody works in it."""
        return self.path / MARK

    @property
    def log(self) -> Path:
        """What the bot has written down."""
        return self.path / "gapwatch.log"

    @property
    def slack(self) -> Path:
        """What the workspace remembers."""
        return self.path / "slack"

    @property
    def database(self) -> str:
        """The address of what the bot remembers."""
        return f"sqlite:///{self.path / 'gapwatch.db'}"

    def key(self) -> str:
        """Give the key that seals secrets; it is made once."""
        file = self.path / "key"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(Fernet.generate_key().decode(), encoding="ascii")
        return file.read_text(encoding="ascii")

    def empty(self) -> None:
        """Take away everything but the mark that is held."""
        for one in self.path.iterdir():
            if one.is_dir():
                shutil.rmtree(one)
            elif not one.name.startswith(MARK):
                one.unlink()


@contextmanager
def hold_folder(path: Path, *, fresh: bool = False) -> Iterator[TryFolder]:
    """Make the folder, or go on in one that was made before; nobody else works in it meanwhile."""
    kept = TryFolder(path.absolute())
    make(kept)
    with closing(open_mark(kept)) as held:
        hold(held, kept)
        if fresh:
            kept.empty()
        yield kept


def make(kept: TryFolder) -> None:
    """Make the folder; one that holds other things is left alone."""
    try:
        kept.path.mkdir(parents=True, exist_ok=True)
        strange = not kept.mark.exists() and any(kept.path.iterdir())
    except OSError as flaw:
        raise Refused(f"I can't make the folder {kept.path}: {flaw.strerror}. Name another with --folder.") from flaw
    if strange:
        raise Refused(f"{kept.path} holds other things. Name another folder with --folder; I make it if need be.")


def open_mark(kept: TryFolder) -> sqlite3.Connection:
    """Open the mark, which is made with the folder."""
    try:
        return sqlite3.connect(kept.mark, timeout=0, isolation_level=None)
    except sqlite3.OperationalError as flaw:
        raise Refused(f"I can't write in {kept.path}. Name another folder with --folder.") from flaw


def hold(held: sqlite3.Connection, kept: TryFolder) -> None:
    """Take hold of the mark; the hold ends with this process, however that ends."""
    try:
        held.execute("begin exclusive")
    except sqlite3.OperationalError as flaw:
        if "locked" in str(flaw):
            raise Refused(
                f"Another `gapwatch try` works in {kept.path}. Stop it first, or name another folder with --folder."
            ) from flaw
        raise Refused(f"I can't write in {kept.path}: {flaw}. Name another folder with --folder.") from flaw
    except sqlite3.DatabaseError as flaw:
        raise Refused(f"{kept.mark} is not mine ({flaw}). Name another folder with --folder.") from flaw
