"""How long a month takes, against the floor: `python benchmarks/reconcile.py --sizes 1k,10k,100k,1M`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.months import write_month
from benchmarks.one_month import Measured
from bot.__main__ import ALLOCATOR

SIZES = "1k,10k,100k,1M"
UNITS = {"k": 1_000, "m": 1_000_000}
LEAST_RECALL, LEAST_PRECISION = 0.9, 0.98  # below these, speed was bought with wrong answers
HEADER = (
    "   lines |  seconds  reading | peak MB | floor s   MB |  ratio | µs/line | recall  precision  questions | matching"
)


def main() -> int:
    """Measure each size in fresh processes and print a row for it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default=SIZES, help=f"lines a side ({SIZES})")
    asked.add_argument("--stages", action="store_true", help="also run the matcher by itself")
    asked.add_argument("--folder", type=Path, help="keep the months here instead of in a temporary folder")
    given = asked.parse_args()
    print(HEADER)
    with TemporaryDirectory() as passing:
        right = [
            measure_size(read_size(size), given.folder or Path(passing), given.stages)
            for size in given.sizes.split(",")
        ]
    return 0 if all(right) else 1


def read_size(text: str) -> int:
    """Read `100k`."""
    number, unit = (text[:-1], UNITS[text[-1].lower()]) if text[-1].lower() in UNITS else (text, 1)
    return int(number) * unit


def measure_size(lines: int, folder: Path, stages: bool) -> bool:  # noqa: FBT001 - handed through from the command line
    """Write a month, run the floor and the reconciliation over it, print both, and say whether it was right."""
    place = folder / str(lines)
    place.mkdir(parents=True, exist_ok=True)
    write_month(place, lines)
    floor = measure("floor", place)
    ours = measure("reconcile", place, *(["stages"] if stages else []))
    print(
        f"{lines:8,} | {ours.seconds:8.3f} {ours.reading:8.3f} | {ours.peak / 1e6:7,.0f} "
        f"| {floor.seconds:7.3f} {floor.peak / 1e6:4,.0f} | {ours.seconds / floor.seconds:6.1f} "
        f"| {ours.seconds / lines / 2 * 1e6:7.1f} | {ours.recall:6.3f} {ours.precision:10.3f} {ours.questions:10,} "
        f"| {ours.matching:8.3f}",
        flush=True,
    )
    return ours.recall >= LEAST_RECALL and ours.precision >= LEAST_PRECISION


def measure(what: str, folder: Path, *rest: str) -> Measured:
    """Run one measurement in a process of its own, so that neither memory nor warmth is inherited."""
    command = [sys.executable, "-m", "benchmarks.one_month", what, str(folder), *rest]
    answer = subprocess.run(  # noqa: S603 - our own module
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **ALLOCATOR}
    )
    return Measured(**json.loads(answer.stdout))


if __name__ == "__main__":
    raise SystemExit(main())
