"""Several files of one side become one reading, each line still knowing its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from recon.errors import Stopped
from recon.lines import empty_lines
from recon.questions import Problem
from recon.reading.reading import Layout, Reading

FILE = "\0file"
"""A column of `table` and `set_aside` no export has: which file a row is from, where there are several."""


def join_readings(readings: Sequence[Reading]) -> Reading:
    """Put the files of one side together, as when two vendors sell to one MSP; their names must differ.

    The layout is the first file's, under all their names and with all their columns.
    """
    names = [reading.layout.name for reading in readings]
    if not names or len(set(names)) < len(names):
        raise Stopped(f"I can only join files with different names; I have {', '.join(names) or 'none'}.")
    if len(readings) == 1:
        return readings[0]
    return Reading(
        lines=pl.concat([empty_lines(), *(reading.lines for reading in readings)]),
        problems=tuple(_of_file(problem, reading) for reading in readings for problem in reading.problems),
        questions=tuple(question for reading in readings for question in reading.questions),
        layout=_join_layouts([reading.layout for reading in readings]),
        table=pl.concat([_name_file(reading.table, reading) for reading in readings], how="diagonal_relaxed"),
        set_aside=pl.concat([_name_file(reading.set_aside, reading) for reading in readings], how="diagonal_relaxed"),
        uncounted=pl.concat([empty_lines(), *(reading.uncounted for reading in readings)]),
    )


def _name_file(rows: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    return rows.with_columns(pl.lit(reading.layout.name).alias(FILE))


def _of_file(problem: Problem, reading: Reading) -> Problem:
    return replace(problem, sentence=f"{reading.layout.name}: {problem.sentence}")


def _join_layouts(layouts: list[Layout]) -> Layout:
    meanings = dict.fromkeys(meaning for layout in layouts for meaning in layout.columns)
    months = [layout.month for layout in layouts if layout.month]
    return replace(
        layouts[0],
        name=" + ".join(layout.name for layout in layouts),
        headers=_all_of(layout.headers for layout in layouts),
        columns={meaning: _all_of(layout.columns.get(meaning, ()) for layout in layouts) for meaning in meanings},
        source=" + ".join(layout.source for layout in layouts if layout.source) or None,
        fingerprint=" + ".join(layout.fingerprint for layout in layouts),
        month=months[0] if months else None,
        blank_rows=sum(layout.blank_rows for layout in layouts),
    )


def _all_of(headers: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(header for one_file in headers for header in one_file))
