"""One run over one month in a process of its own: what it took, and whether it was right."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import polars as pl

from benchmarks.months import UNBILLED, InventedMonth
from recon import Gap, Reconciliation, match_month, read_lines, reconcile

KIBIBYTES = 1 if sys.platform == "darwin" else 1024  # what getrusage counts in


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds and peak memory without the interpreter's start; shares of the seeded drift."""

    seconds: float
    peak: int
    reading: float = 0
    matching: float = 0  # run again by itself, where stages are asked for
    recall: float = 0  # seeded drift found, of the right kind
    precision: float = 0  # found gaps that were seeded
    questions: int = 0


def measure_floor(month: InventedMonth) -> Measured:
    """Read both files and join them exactly: nobody can be faster and know anything."""
    start = perf_counter()
    bought, billed = (pl.read_csv(path, infer_schema=False) for path in (month.bought, month.billed))
    bought.join(billed, left_on=["company_name", "description"], right_on=["Company Name", "Description"])
    return Measured(seconds=perf_counter() - start, peak=peak_memory())


def measure_reconcile(month: InventedMonth, *, stages: bool) -> Measured:
    """Read and reconcile as the command line does."""
    start = perf_counter()
    bought, billed = (read_lines(path.read_bytes(), path.name) for path in (month.bought, month.billed))
    read = perf_counter()
    result = reconcile(bought, billed)
    done, peak = perf_counter(), peak_memory()
    if stages:
        match_month(bought.lines, billed.lines)
    recall, precision = judge(result, pl.read_csv(month.drift))
    return Measured(
        seconds=done - start,
        peak=peak,
        reading=read - start,
        matching=perf_counter() - done if stages else 0,
        recall=recall,
        precision=precision,
        questions=len(result.questions),
    )


def judge(result: Reconciliation, drift: pl.DataFrame) -> tuple[float, float]:
    """Hold the gaps against the seeded drift, by kind and row."""
    row = pl.when(pl.col("kind") == UNBILLED).then("bought_row").otherwise("billed_row")
    seeded = set(drift.select("kind", row).iter_rows())
    found = {place for gap in result.gaps for place in places_of(gap)}
    return len(found & seeded) / max(1, len(seeded)), len(found & seeded) / max(1, len(found))


def places_of(gap: Gap) -> list[tuple[str, int]]:
    """Name a gap by its kind and its rows on the side that shows it."""
    rows = gap.bought_rows if gap.kind == UNBILLED else gap.billed_rows
    return [(str(gap.kind), row) for row in rows]


def peak_memory() -> int:
    """Say how many bytes this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTES


if __name__ == "__main__":
    what, folder, *rest = sys.argv[1:]
    month = InventedMonth(*(Path(folder, name) for name in ("bought.csv", "billed.csv", "drift.csv")))
    measured = measure_floor(month) if what == "floor" else measure_reconcile(month, stages="stages" in rest)
    print(json.dumps(asdict(measured)))
