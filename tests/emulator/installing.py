"""Programs nobody here wrote, installed once into a folder of the checkout that git ignores."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2] / ".emulator"
PACKAGES = ("node@24.21.0", "emulate@0.12.2", "@slack/types@3.2.0", "typescript@5.9.3")
MODULES = HOME / "node_modules"
NODE = MODULES / ".bin" / "node"
SECONDS = 600


def must_be_installed() -> None:
    """Install what is not there yet, or skip and say loudly why the independent check is not made."""
    if stamp().is_file() and stamp().read_text() == " ".join(PACKAGES):
        return
    npm = shutil.which("npm")
    if npm is None:
        skip("there is no npm; install Node.js (apt-get install npm)")
    HOME.mkdir(exist_ok=True)
    (HOME / "package.json").write_text('{"private": true}')
    try:
        done = subprocess.run(
            [str(npm), "install", "--save-exact", "--no-audit", "--no-fund", *PACKAGES],
            cwd=HOME,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        skip(f"npm did not install {', '.join(PACKAGES)} within {SECONDS} seconds")
    if done.returncode:
        skip(f"npm could not install {', '.join(PACKAGES)}: {done.stderr.strip().splitlines()[-1:]}")
    stamp().write_text(" ".join(PACKAGES))


def stamp() -> Path:
    """Name the file that says what is installed."""
    return HOME / "installed"


def skip(why: str) -> None:
    """Say what is not tested."""
    pytest.skip(f"NOT CHECKED AGAINST AN INDEPENDENT SLACK: {why}.")
