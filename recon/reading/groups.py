"""A name said once for all the lines below it, as in merged cells and under group headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from recon.questions import Problem
from recon.reading.distinct import read_distinct
from recon.reading.looks import TOTAL_OF
from recon.reading.meanings import WHAT, WHO, Meaning
from recon.reading.sheet import ROW

COUNTED = (Meaning.QUANTITY, "amount")  # what a total means once it is known whose it is
LEAST_GROUPS = 2  # names with nameless lines below them
LEAST_SHARE = 0.2  # of the lines; fewer nameless ones are holes, and each is told of
MOST_AGAIN = 0.5  # of the nameless lines; where more say again what their name's own line says, they are subtotals
Columns = Mapping[str, tuple[str, ...]]


def name_from_above(
    cells: pl.DataFrame, columns: Columns, names: Mapping[str, str]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Give nameless lines the client, or the product, above them where the file is written so; say how many."""
    notes: list[Problem] = []
    for thing, name, rest in (("client", WHO, WHAT), ("product", WHAT, WHO)):
        said, others, counted = (columns_of(columns, meanings) for meanings in (name, rest, COUNTED))
        if not said or not others or not counted:
            continue
        nameless = cells.select(~says(said) & says(others) & says(counted)).to_series()
        named = carry_down(cells, said, others, nameless) if nameless.any() else cells
        if named is not cells:
            sentence = f"{nameless.sum():,} lines name no {thing}; I take each for the {thing} named last above it."
            notes.append(Problem(None, names[said[0]], "", sentence))
        cells = named
    return cells, notes


def columns_of(columns: Columns, meanings: Iterable[str]) -> list[str]:
    """List the columns that have one of these meanings."""
    return [column for meaning in meanings for column in columns.get(meaning, ())]


def says(columns: Sequence[str]) -> pl.Expr:
    """Whether any of these columns says something."""
    return pl.any_horizontal(pl.col(columns).is_not_null())


def carry_down(cells: pl.DataFrame, said: Sequence[str], others: Sequence[str], nameless: pl.Series) -> pl.DataFrame:
    """Carry each name down to the nameless lines below it, where each name is said once and many lines say none."""
    total = read_distinct(cells[said[0]], lambda text: bool(TOTAL_OF.search(text)), pl.Boolean).fill_null(value=False)
    names = cells.filter(says(said) & ~total).select(ROW, *said, *others)
    above = cells.select(pl.when(says(said) & ~total).then(ROW).forward_fill()).to_series()
    groups = above.filter(nameless)
    if names.select(said).is_duplicated().any() or groups.has_nulls() or groups.n_unique() < LEAST_GROUPS:
        return cells
    if int(nameless.sum()) < LEAST_SHARE * (int(nameless.sum()) + names.height):
        return cells
    carried = above.to_frame(ROW).join(names, on=ROW, how="left", maintain_order="left")
    again = cells.select(pl.any_horizontal(pl.col(column) == carried[column] for column in others)).to_series()
    if int((again & nameless).sum()) >= MOST_AGAIN * int(nameless.sum()):
        return cells
    return cells.with_columns(
        pl.when(nameless).then(carried[column]).otherwise(column).alias(column) for column in said
    )
