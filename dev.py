"""Set this checkout up in `.venv`, then run `gapwatch` or the tests from it: `python3 dev.py help`."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
HELP = """\
python3 dev.py test [ARGS]     set up, then lint, type-check, check the imports and run the tests (ARGS go to pytest)
python3 dev.py lock            write the hash-checked requirement lists anew (needs a package registry)
python3 dev.py ...             set up, then run `gapwatch ...`
"""
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
    match arguments:
        case [] | ["help"]:
            print(HELP, end="")
            return 0
        case ["test", *rest]:
            set_up("requirements-dev.txt")
            return run_tests(rest)
        case ["lock"]:
            set_up("requirements-dev.txt")
            return write_locks()
        case _:
            set_up("requirements.txt", enough="requirements-dev.txt")
            return call("gapwatch", *arguments)


def set_up(wanted: str, *, enough: str = "") -> None:
    """Install the wanted list and this project, unless exactly that is there already."""
    stamp = HOME / "installed"
    seen = stamp.read_text() if stamp.exists() else ""
    if seen and seen in (state_of(wanted), state_of(enough or wanted)):
        return
    print(f"Setting up .venv from {wanted} ...", file=sys.stderr)
    venv.create(HOME, with_pip=True, clear=True)
    pip = [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(HERE / wanted)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(HERE)], check=True)
    stamp.write_text(state_of(wanted))


def state_of(wanted: str) -> str:
    """Name what an environment made from this list would hold, and for which interpreter."""
    made_of = (HERE / wanted).read_bytes() + (HERE / "pyproject.toml").read_bytes()
    return f"{wanted} {sys.version} {hashlib.sha256(made_of).hexdigest()} {HERE}"


def run_tests(rest: list[str]) -> int:
    """Run every check even when one fails, so that one run tells all that is wrong."""
    failed = [" ".join(check) for check in CHECKS if call(*check)]
    if call("pytest", *rest):
        failed.append("pytest")
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def write_locks() -> int:
    """Compile both lists; they name no host, and are the same whatever registry was asked."""
    compile_list = ("uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11")
    plain = ("--generate-hashes", "--no-header", "--no-annotate", "--quiet", "--upgrade", "--extra", "build")
    return call(*compile_list, *plain, "-o", "requirements.txt") or call(
        *compile_list, *plain, "--extra", "dev", "-o", "requirements-dev.txt"
    )


def call(tool: str, *arguments: str) -> int:
    """Run an installed tool: `gapwatch` where the person stands, the checks at the top of the checkout."""
    where = None if tool == "gapwatch" else HERE
    return subprocess.run([str(BIN / tool), *arguments], check=False, cwd=where).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
