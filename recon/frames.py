"""Frames of a million lines, without copying what does not change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, cast

import numpy.ma  # noqa: F401 - Polars reads it when first given an array: better at the start than in a first month
import polars as pl

MANY = 10_000
"""Lines that are worth being worked through in parts, by all processors."""

Engine: TypeAlias = Literal["in-memory", "streaming"]


def engine_for(lines: int) -> Engine:
    """Say how Polars is to work through so many lines: setting up its work in parts costs more than a few lines do."""
    return "streaming" if lines > MANY else "in-memory"


def put_beside(lines: pl.DataFrame, table: pl.DataFrame, on: str | Sequence[str]) -> pl.DataFrame:
    """Put what a table says of each line beside it, null where it says nothing; the table's keys are unique."""
    keys = [on] if isinstance(on, str) else list(on)
    wanted = lines.lazy().select(keys)
    found = wanted.join(table.lazy(), on=keys, how="left", nulls_equal=True, maintain_order="left").drop(keys)
    return lines.hstack(_in_chunks_of(lines, found.collect(engine="in-memory")))


def put_at(lines: pl.DataFrame, table: pl.DataFrame, number: str) -> pl.DataFrame:
    """Put what a table says of each line's number beside it, as `put_beside` does.

    Numbers that we gave ourselves leave no gaps, so each is a place to look at, and nothing is searched for.
    """
    if lines.height <= MANY:
        return put_beside(lines, table, number)
    most = max(cast("int", frame[number].max() or 0) for frame in (lines, table))
    rows = pl.int_range(table.height, dtype=pl.UInt32, eager=True)
    places = pl.repeat(None, most + 1, dtype=pl.UInt32, eager=True).scatter(table[number], rows)
    found = table.drop(number).select(pl.all().gather(places.gather(lines[number])))
    return lines.hstack(_in_chunks_of(lines, found))


def _in_chunks_of(lines: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Cut a frame where another is cut: beside chunks of other lengths, every column would be copied whole."""
    lengths = lines.to_series(0).chunk_lengths()
    starts = [sum(lengths[:at]) for at in range(len(lengths))]
    pieces = [found.rechunk().slice(start, length) for start, length in zip(starts, lengths, strict=True)]
    return pl.concat(pieces, rechunk=False) if len(pieces) > 1 else found


def number_groups(lines: pl.DataFrame, by: Sequence[str], name: str) -> pl.DataFrame:
    """Give each group of lines that share these columns a number, which is compared sooner than many texts."""
    groups = lines.select(by).unique(maintain_order=True).with_row_index(name)
    return put_beside(lines, groups, by)
