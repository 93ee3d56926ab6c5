"""Small work, done where Polars does its own."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

import polars as pl

Answer = TypeVar("Answer")

HERE_AND_THERE = pl.DataFrame({"here": [0], "there": [0]})
"""Two columns: one alone Polars would see to without its threads."""


def near_polars(work: Callable[[], Answer], *, is_small: bool) -> Answer:
    """Do small work on one of Polars' own threads, and what is larger right here.

    A step asked for from anywhere else is handed to those threads and waited for. That costs nothing beside a large
    step; of a thousand small ones it is a third of the time. Ctrl-C waits until small work is done.
    """
    if not is_small:
        return work()
    answers: list[Answer] = []
    faults: list[BaseException] = []
    context = copy_context()

    def do(nothing: pl.Series, **_: object) -> pl.Series:
        try:
            answers.append(context.run(work))
        except BaseException as fault:  # noqa: BLE001 - raised again below: Polars would make another fault of it
            faults.append(fault)
        return nothing

    HERE_AND_THERE.select(pl.col("here").map_batches(do, return_dtype=pl.Int64), "there")
    if faults:
        raise faults[0]
    return answers[0]
