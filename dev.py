"""Set this checkout up in `.venv`, then run `gapwatch` or the tests from it: `python3 dev.py help`."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
KEPT = "What was set up before is as it was."
HELP = """\
python3 dev.py test [ARGS]     set up, then lint, type-check, check the imports and run the tests (ARGS go to pytest)
python3 dev.py lock            write the hash-checked requirement lists anew (needs a package registry)
python3 dev.py ...             set up, then run `gapwatch ...`
"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def main(arguments: list[str]) -> int:
    """Do what the arguments ask, and answer with an exit code."""
    if sys.version_info < (3, 11):
        print(f"Gapwatch needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    try:
        return do(arguments)
    except subprocess.CalledProcessError as failed:
        print(f"The set-up failed: `{' '.join(failed.cmd[1:5])} ...` said why above. {KEPT}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"Stopped. {KEPT}", file=sys.stderr)
        return 130


def do(arguments: list[str]) -> int:
    """Set up what the arguments need, and run it."""
    match arguments:
        case [] | ["help"]:
            print(HELP, end="")
            return 0
        case ["test", *rest]:
            set_up("requirements-dev.txt")
            offer_browser()
            return run_tests(rest)
        case ["lock"]:
            set_up("requirements-dev.txt")
            return write_locks()
        case _:
            set_up("requirements.txt", enough="requirements-dev.txt")
            return call("gapwatch", *arguments)


def set_up(wanted: str, *, enough: str = "") -> None:
    """Install the wanted list and this project, unless exactly that is there already."""
    undo_unfinished(HOME)
    seen = stamp_of(HOME).read_text() if stamp_of(HOME).exists() else ""
    if seen and seen in (state_of(wanted), state_of(enough or wanted)):
        return
    print(f"Setting up .venv from {wanted} ...", file=sys.stderr)
    renew(HOME, lambda: install(wanted))


def install(wanted: str) -> None:
    """Make the environment, and mark it as whole."""
    venv.create(HOME, with_pip=True)
    pip = [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(HERE / wanted)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(HERE)], check=True)
    stamp_of(HOME).write_text(state_of(wanted))


def renew(home: Path, build: Callable[[], None]) -> None:
    """Build an environment where one may stand already; if that fails, what stood there stands there again.

    It is built in its own place and not moved there, for its scripts hold the path they were made in.
    """
    if home.exists():
        home.rename(before(home))
    try:
        build()
    except BaseException:
        undo_unfinished(home)
        raise
    shutil.rmtree(before(home), ignore_errors=True)


def undo_unfinished(home: Path) -> None:
    """Clear away an environment that was never finished, and put back the one before it."""
    if stamp_of(home).exists():
        shutil.rmtree(before(home), ignore_errors=True)
        return
    shutil.rmtree(home, ignore_errors=True)
    if before(home).exists():
        before(home).rename(home)


def before(home: Path) -> Path:
    """Say where an environment waits while the next is built."""
    return home.with_name(f"{home.name}.before")


def stamp_of(home: Path) -> Path:
    """Say where an environment that is whole says so."""
    return home / "installed"


def state_of(wanted: str) -> str:
    """Name what an environment made from this list would hold, and for which interpreter."""
    made_of = (HERE / wanted).read_bytes() + (HERE / "pyproject.toml").read_bytes()
    return f"{wanted} {sys.version} {hashlib.sha256(made_of).hexdigest()} {HERE}"


def browsers_here() -> list[str]:
    """List the browsers of this machine in which the page can be tested: the one that was named, then the system's."""
    return [os.environ.get("GAPWATCH_BROWSER", ""), *filter(None, map(shutil.which, BROWSERS))]


def offer_browser() -> None:
    """Have the system's package manager install a browser where it may; the tests say what is missing elsewhere."""
    may = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if any(browsers_here()) or not may:
        return
    print("Installing Chromium, for the tests of the page ...", file=sys.stderr)
    quiet = ["apt-get", "-qq", "--yes", "-o", "DPkg::Lock::Timeout=120"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--no-install-recommends", "chromium"]):
        if subprocess.run([*quiet, *words], env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            print("That failed: the page will not be tested.", file=sys.stderr)
            return


def run_tests(rest: list[str]) -> int:
    """Run every check even when one fails, so that one run tells all that is wrong."""
    failed = [" ".join(check) for check in CHECKS if call(*check)]
    workers = (os.cpu_count() or 1) + 1  # one more than processors: tests wait for processes and clocks, too
    if call("pytest", "--numprocesses", str(workers), *rest):
        failed.append("pytest")
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def write_locks() -> int:
    """Compile both lists; they name no host, and are the same whatever registry was asked."""
    compile_list = ("uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11")
    # pip wants what another package asks for with an extra to be pinned with that extra.
    exact = ("--generate-hashes", "--no-strip-extras", "--no-header", "--no-annotate")
    plain = (*exact, "--quiet", "--upgrade", "--extra", "build")
    return call(*compile_list, *plain, "-o", "requirements.txt") or call(
        *compile_list, *plain, "--extra", "dev", "-o", "requirements-dev.txt"
    )


def call(tool: str, *arguments: str) -> int:
    """Run an installed tool: `gapwatch` where the person stands, the checks at the top of the checkout."""
    where = None if tool == "gapwatch" else HERE
    with subprocess.Popen([str(BIN / tool), *arguments], cwd=where) as running:
        while True:
            # Ctrl-C reaches the tool as well, which ends in its own time.
            with contextlib.suppress(KeyboardInterrupt):
                return running.wait()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
