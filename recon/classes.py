"""Where every line of the two files ends up: in exactly one class."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from recon.errors import LostLines


class LineClass(StrEnum):
    """What became of a line."""

    MATCHED = "matched"  # bought and billed agree
    GAP = "gap"
    WAITING = "waiting"  # a change too young to be a gap
    EXPLAINED = "explained"  # they differ, and a dated rule says why
    QUESTION = "question"  # its client or product is not known for certain
    MONEY_ONLY = "money only"  # prorated, credit, fee, tax, one-time: money, never seats
    OFFSET = "offset"  # a charge and the refund that takes it back
    NOT_BILLABLE = "not billable"  # the PSA lists it and charges nothing
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"
    PENDING = "pending"
    TRIAL = "trial"
    EXCLUDED = "excluded"  # free, not for resale, or excluded by a rule
    USAGE = "usage"  # metered, not counted in seats
    OTHER_MONTH = "other month"
    OWN_SERVICE = "own service"  # billed work that no vendor sells: nothing to compare it with
    TOTAL_ROW = "total row"
    UNREADABLE = "unreadable"


def settle_class(
    lines: pl.DataFrame, when: pl.Expr, line_class: LineClass | pl.Expr, note: str | pl.Expr
) -> pl.DataFrame:
    """Put the lines this is true of in a class and say why, unless they have one."""
    applies = when.fill_null(value=False) & pl.col("class").is_null()
    said = pl.lit(note) if isinstance(note, str) else note
    named = pl.lit(line_class.value) if isinstance(line_class, LineClass) else line_class
    return lines.with_columns(
        pl.when(applies).then(named).otherwise("class").alias("class"),
        pl.when(applies).then(said).otherwise("note").alias("note"),
    )


NAMED_BY = ["side", "source", "row"]
CONSERVED = ["source", "row", "quantity", "amount"]
"""What must come out of a reconciliation as it was read."""


def assert_conserved(read: pl.DataFrame, classified: pl.DataFrame) -> None:
    """Stop unless the lines read are those classified, each in exactly one class, and the sums are the file's."""
    same = read.select(NAMED_BY).equals(classified.select(NAMED_BY))
    once = read.group_by("side", "source").agg(pl.len() == pl.col("row").n_unique())["len"].all()
    nameless = classified["class"].null_count()
    if not (same and once) or nameless:
        raise LostLines(
            f"Of {read.height} lines read, {classified.height} were classified and {nameless} are in no class. "
            "This is a fault of mine: please report it with both files."
        )
    if not _sums(read).equals(_sums(classified)):
        raise LostLines("The classes do not add up to the files. This is a fault of mine: please report it.")


def _sums(lines: pl.DataFrame) -> pl.DataFrame:
    """Add up to a check, not an amount: a line whose file names no currency has got one since."""
    return lines.group_by("side").agg(pl.col("quantity", "amount").sum()).sort("side")
