"""`gapwatch try` in a process of its own, as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ELSEWHERE = {"GAPWATCH_DATABASE_URL": "sqlite:////nowhere/at/all.db", "GAPWATCH_PORT": "1"}
"""What the environment says must not matter."""


@contextmanager
def begun(folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Start it; whatever happens, it is gone in the end."""
    command = [sys.executable, "-m", "bot", "try", "--folder", str(folder), "--no-browser", *more]
    environment = {**os.environ, **ELSEWHERE}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def address_of(process: subprocess.Popen[str]) -> str:
    """Read where the page is."""
    assert process.stdout
    line = process.stdout.readline()
    assert line.startswith("Gapwatch is at http://127.0.0.1:"), process.stderr and process.stderr.read()
    return line.split()[3]
