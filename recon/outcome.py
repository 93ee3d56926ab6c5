"""What became of every line, once the comparison has spoken."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from recon.classes import LineClass, settle_class
from recon.frames import put_at, put_beside
from recon.gaps import Gap, GapKind
from recon.joined import FILE
from recon.lines import Side
from recon.reading.reading import Reading


def what_became(cells: pl.DataFrame, renamed: pl.DataFrame) -> pl.DataFrame:
    """Say of each cell which class its lines `became`, and why."""
    asked = pl.col("cell").is_in(renamed["cell"].implode())
    twice = pl.sum_horizontal("^twice_.*$") > 0
    amiss = pl.col("kind").is_not_null() | pl.col("below_cost") | twice
    differs = (pl.col("seats_bought") != pl.col("seats_billed")) & (pl.col("rules").list.len() > 0)
    became = {
        LineClass.QUESTION: asked | (pl.col("doubt").is_not_null() & amiss),
        LineClass.WAITING: pl.col("kind") == GapKind.WAITING.value,
        LineClass.GAP: amiss,
        LineClass.EXPLAINED: differs,
        LineClass.MATCHED: pl.lit(value=True),
    }
    waits = pl.when(asked).then(pl.lit("waits for an answer about its product"))
    kinds = {GapKind.BELOW_COST: pl.col("below_cost"), GapKind.DUPLICATE: twice}
    found = [pl.when(where).then(pl.lit(kind.value)) for kind, where in kinds.items()]
    return cells.select(
        "cell",
        became=pl.coalesce(pl.when(where).then(pl.lit(kind.value)) for kind, where in became.items()),
        because=pl.coalesce(waits, "doubt", "kind", *found, pl.col("rules").list.join("; ")),
        only_in_part=pl.col("seats_bought") == 0,
    )


def name_joined(became: pl.DataFrame, gaps: Iterable[Gap]) -> pl.DataFrame:
    """Call the two halves of a wrong product that."""
    halves = [cell for gap in gaps if gap.kind is GapKind.WRONG_PRODUCT for cell in gap.cells]
    if not halves:
        return became
    joined = pl.when(pl.col("cell").is_in(halves)).then(pl.lit(GapKind.WRONG_PRODUCT.value))
    return became.with_columns(because=joined.otherwise("because"))


def classify(lines: pl.DataFrame, became: pl.DataFrame, renamed: pl.DataFrame) -> pl.DataFrame:
    """Give every line that is still open its class, by what became of its cell."""
    wordings = renamed.select("client_key", product_party="billed_party", may_be=pl.lit(value=True)).unique()
    lines = put_at(lines, became, "cell")
    lines = _let_partial_charges_wait(put_beside(lines, wordings, ["client_key", "product_party"]))
    lines = settle_class(lines, pl.col("became").is_not_null(), pl.col("became"), pl.col("because"))
    lines = settle_class(lines, pl.col("may_be"), LineClass.QUESTION, "may be a product that is bought")
    own = (pl.col("side") == Side.BILLED.value) & ~pl.col("is_sold").fill_null(value=False)
    lines = settle_class(lines, own, LineClass.OWN_SERVICE, "no vendor sells it")
    return lines.drop("became", "because", "only_in_part", "may_be")


def _let_partial_charges_wait(lines: pl.DataFrame) -> pl.DataFrame:
    """Open the class of a charge for part of a cycle where it is all there is, so that it waits with its cell."""
    alone = (pl.col("class") == LineClass.MONEY_ONLY.value) & pl.col("only_in_part")
    waits = (alone & (pl.col("became") == LineClass.WAITING.value)).fill_null(value=False)
    return lines.with_columns(pl.when(~waits).then("class"))


def with_rows_set_aside(lines: pl.DataFrame, bought: Reading, billed: Reading) -> pl.DataFrame:
    """Add the rows that are no lines, so that every row of both files has its class."""
    rows = []
    for side, reading in ((Side.BOUGHT, bought), (Side.BILLED, billed)):
        unreadable = pl.col("reason") == LineClass.UNREADABLE.value
        line_class = pl.when(unreadable).then("reason").otherwise(pl.lit(LineClass.TOTAL_ROW.value))
        source = pl.col(FILE) if FILE in reading.set_aside.columns else pl.lit(reading.layout.name)
        said = {"side": pl.lit(side.value), "source": source, "class": line_class}
        rows.append(reading.set_aside.select("row", note="reason", **said))
    return pl.concat([lines, *rows], how="diagonal_relaxed")
