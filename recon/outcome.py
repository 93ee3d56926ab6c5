"""What became of every line, once the comparison has spoken."""

from __future__ import annotations

import polars as pl

from recon.classes import LineClass, settle_class
from recon.gaps import GapKind
from recon.lines import Side
from recon.reading.reading import Reading


def classify(lines: pl.DataFrame, cells: pl.DataFrame, renamed: pl.DataFrame) -> pl.DataFrame:
    """Give every line that is still open its class, by what became of its cell."""
    amiss = (
        pl.col("kind").is_not_null() | pl.col("below_cost") | (pl.sum_horizontal("twice_bought", "twice_billed") > 0)
    )
    differs = (pl.col("seats_bought") != pl.col("seats_billed")) & (pl.col("rules").list.len() > 0)
    verdict = (
        pl.when(pl.col("cell").is_in(renamed["cell"].implode()))
        .then(pl.lit(LineClass.QUESTION.value))
        .when(pl.col("kind") == GapKind.WAITING.value)
        .then(pl.lit(LineClass.WAITING.value))
        .when(amiss)
        .then(pl.lit(LineClass.GAP.value))
        .when(differs)
        .then(pl.lit(LineClass.EXPLAINED.value))
        .otherwise(pl.lit(LineClass.MATCHED.value))
    )
    note = pl.coalesce("kind", pl.col("rules").list.join("; "))
    became = cells.select("cell", cell_class=verdict, cell_note=note, only_in_part=pl.col("seats_bought") == 0)
    lines = lines.join(became, on="cell", how="left")
    prorated = (pl.col("class") == LineClass.MONEY_ONLY.value) & pl.col("only_in_part")
    young = prorated & (pl.col("cell_class") == LineClass.WAITING.value)
    lines = lines.with_columns(pl.when(~young.fill_null(value=False)).then("class"))
    for line_class in (LineClass.QUESTION, LineClass.WAITING, LineClass.GAP, LineClass.EXPLAINED, LineClass.MATCHED):
        lines = settle_class(lines, pl.col("cell_class") == line_class.value, line_class, pl.col("cell_note"))
    wordings = renamed.select("client_key", product_party="billed_party", may_be=pl.lit(value=True)).unique()
    lines = lines.join(wordings, on=["client_key", "product_party"], how="left")
    lines = settle_class(lines, pl.col("may_be"), LineClass.QUESTION, "may be a product that is bought")
    own = (pl.col("side") == Side.BILLED.value) & ~pl.col("is_sold").fill_null(value=False)
    lines = settle_class(lines, own, LineClass.OWN_SERVICE, "no vendor sells it")
    return lines.drop("cell_class", "cell_note", "only_in_part", "may_be").sort("line")


def with_rows_set_aside(lines: pl.DataFrame, bought: Reading, billed: Reading) -> pl.DataFrame:
    """Add the rows that are no lines, so that every row of both files has its class."""
    rows = []
    for side, reading in ((Side.BOUGHT, bought), (Side.BILLED, billed)):
        unreadable = pl.col("reason") == LineClass.UNREADABLE.value
        line_class = pl.when(unreadable).then("reason").otherwise(pl.lit(LineClass.TOTAL_ROW.value))
        said = {"side": pl.lit(side.value), "source": pl.lit(reading.layout.name), "class": line_class}
        rows.append(reading.set_aside.select("row", note="reason", **said))
    return pl.concat([lines, *rows], how="diagonal_relaxed")
