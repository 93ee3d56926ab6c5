"""How long many names take, against reading and joining them: `python -m benchmarks.match_speed 10k 100k`."""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from recon import Judgement, Judgements, Kind, Matching, Said, match_names

SOUNDS = (
    "ba",
    "cor",
    "del",
    "far",
    "gan",
    "hol",
    "ker",
    "lin",
    "mor",
    "nel",
    "par",
    "quin",
    "ros",
    "sten",
    "tor",
    "vel",
)
TRADES = ("Services", "Group", "Dental", "Construction", "Solutions", "Medical", "Foods", "Partners", "Systems", "Law")
FORMS = (" Inc", " LLC", "", ", Inc.", " Ltd")
UNITS = {"k": 1_000, "m": 1_000_000}
TIMES = 15
"""Runs of which the quickest counts, the floor's and ours in turn, on a machine that does other things too."""

ALTERED = 0.3
"""The share of names written differently on the other side."""


def main(sizes: list[str]) -> None:
    """Print a row for each number of names a side, each run in a fresh process."""
    print("   names |  floor s |  cold s  peak MB  precision  recall | first s  warm s  / floor |  CPU s  / floor")
    for size in sizes:
        count = int(size[:-1]) * UNITS[size[-1].lower()]
        with TemporaryDirectory() as folder:
            write_names(Path(folder), count)
            context = multiprocessing.get_context("spawn")
            for run in (cold, warm):
                child = context.Process(target=run, args=(Path(folder),))
                child.start()
                child.join()
        print()


def write_names(folder: Path, count: int) -> None:
    """Invent names, and write 30 % of them differently on the other side."""
    chance = random.Random(5)
    words = ["".join(chance.choices(SOUNDS, k=chance.choice((2, 3, 3, 4)))).title() for _ in range(20_000)]
    bases = [
        f"{' '.join(chance.choices(words, k=chance.choice((1, 2, 2, 3))))} {chance.choice(TRADES)}"
        for _ in range(count)
    ]
    billed = [altered(base, chance) if chance.random() < ALTERED else base for base in bases]
    for side, told in (("left", bases), ("right", billed)):
        named = [(str(place), name + chance.choice(FORMS)) for place, name in enumerate(told)]
        chance.shuffle(named)
        pl.DataFrame(named, schema=["id", "name"], orient="row").write_csv(folder / f"{side}.csv")


def altered(name: str, chance: random.Random) -> str:
    """Write a name as another person would: a slip, a word less, no spaces, or with a note."""
    place = chance.randrange(len(name) - 1)
    ways = (
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        name.rpartition(" ")[0],
        name.replace(" ", ""),
        f"{name.upper()} (Managed)",
    )
    return chance.choice(ways)


def read(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read both sides."""
    left, right = (pl.read_csv(folder / f"{side}.csv", infer_schema=False) for side in ("left", "right"))
    return left, right


def cold(folder: Path) -> None:
    """Match names nobody has judged."""
    start = time.perf_counter()
    left, right = read(folder)
    left.join(right, on="name")
    floor = time.perf_counter() - start
    start = time.perf_counter()
    certain = match_names(left, right, kind=Kind.CLIENT).matches.drop_nulls("right_id")
    seconds = time.perf_counter() - start
    right_ones = certain.filter(pl.col("left_id") == pl.col("right_id")).height
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    quality = f"{right_ones / max(certain.height, 1):10.4f} {right_ones / left.height:7.4f}"
    print(f"{left.height:8,} | {floor:8.3f} | {seconds:7.2f} {peak:8.0f} {quality}", end=" | ", flush=True)


def warm(folder: Path) -> None:
    """Read and match names that people have all judged before: first with new judgements, then with those kept.

    The floor reads the same lists, and joins them where names are equal; that it need not know what people said makes
    it lower, not higher. It is measured again here, at its best as the warm run is: a process reads slowest at first.
    """
    left, right = read(folder)
    pairs = left.join(right, on="id", suffix="_billed").select("name", "name_billed").iter_rows()
    told = Judgements(tuple(Judgement(Kind.CLIENT, bought, billed, Said.SAME) for bought, billed in pairs))
    match = partial(matched, folder, told)
    first = best(1, match)[0]
    floor, kept = best(TIMES, lambda: floor_of(folder), match)
    wall, used = kept[0] / floor[0], kept[1] / floor[1]
    print(f"{first[0]:7.2f} {kept[0]:7.2f} {wall:8.1f} | {kept[1]:6.2f} {used:8.1f}", end="", flush=True)


def matched(folder: Path, told: Judgements) -> Matching:
    """Read both sides and match them by what people said."""
    left, right = read(folder)
    return match_names(left, right, kind=Kind.CLIENT, judgements=told)


def floor_of(folder: Path) -> pl.DataFrame:
    """Read both sides and join them, which is the least any matching takes."""
    left, right = read(folder)
    return left.join(right, on="name")


def best(times: int, *runs: Callable[[], object]) -> list[tuple[float, float]]:
    """Take the least seconds and the least processor seconds of a few runs of each."""
    told = [[measured(run) for run in runs] for _ in range(times)]
    return [(min(wall for wall, _ in of_run), min(cpu for _, cpu in of_run)) for of_run in zip(*told, strict=True)]


def measured(run: Callable[[], object]) -> tuple[float, float]:
    """Measure the seconds and the processor seconds of a run."""
    start, used = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - start, time.process_time() - used


if __name__ == "__main__":
    main(sys.argv[1:] or ["10k", "100k"])
