"""How long it takes from dropping the second of two files to the result message.

`python -m benchmarks.upload_to_result`; the floor is reading and comparing the same files in this process.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.at_work import both_running
from benchmarks.months import InventedMonth, write_month
from bot.sandbox import Person, Seen
from recon import read_lines, reconcile

MOST = 3.0  # seconds


def main() -> int:
    """Measure some months, and print a row for each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=int, default=500, help="lines a side")
    asked.add_argument("--times", type=int, default=5, help="months")
    given = asked.parse_args()
    print("   month |  lines | floor s | until the result s")
    with TemporaryDirectory() as passing, both_running(Path(passing), by_http=False) as running:
        slowest = 0.0
        for number in range(given.times):
            folder = Path(passing) / str(number)
            folder.mkdir()
            month = write_month(folder, given.lines, seed=number)
            floor, took = least(month), upload(running.slack.person("dana"), month, f"2026-{number + 1:02}")
            print(f"{number + 1:8} | {given.lines * 2:6,} | {floor:7.2f} | {took:18.2f}", flush=True)
            slowest = max(slowest, took)
    return 0 if slowest < MOST else 1


def least(month: InventedMonth) -> float:
    """Do no more than read and compare."""
    start = time.perf_counter()
    bought, billed = (read_lines(path.read_bytes(), path.name) for path in (month.bought, month.billed))
    reconcile(bought, billed)
    return time.perf_counter() - start


def upload(dana: Person, month: InventedMonth, name: str) -> float:
    """Drop both sides of a month, and wait for the result."""
    year, number = name.split("-")
    bought = month.bought.read_bytes().replace(b"2026-10-", f"{year}-{number}-".encode())
    dana.drops(f"pax8-{name}.csv", bought, "billing")
    dana.waits_for("I still need what is billed", "billing", dana.sees("billing")[-1], seconds=60)
    before = len(results(dana))
    start = time.perf_counter()
    dana.drops(f"additions-{name}.csv", month.billed.read_bytes(), "billing")
    dana.desk.waits_until(lambda: len(results(dana)) > before, seconds=60, what="the result")
    return time.perf_counter() - start


def results(dana: Person) -> list[Seen]:
    """Read the results there are."""
    return [one for one in dana.sees("billing") if "a month not billed" in one.text]


if __name__ == "__main__":
    raise SystemExit(main())
