"""Both sides' names laid out, with what people said of them."""

from __future__ import annotations

import polars as pl

from recon.matching.forms import Sides, in_order, known_names, spellings, with_forms
from recon.matching.judgements import Judgements, Kind
from recon.matching.spoken import called_same, spoken_pairs
from recon.matching.told import Told


def both_sides(left: pl.DataFrame, right: pl.DataFrame, kind: Kind, judgements: Judgements) -> Sides:
    """Lay out both sides' names with what people said of them; in order and in their forms, where any are compared."""
    told = judgements.told(kind)
    bought, billed = known_names(in_order(left), told.numbering), known_names(right, told.numbering)
    spoken, same = spoken_of(bought, billed, told, kind)
    if kind is Kind.CLIENT and leave_nothing(same, bought, billed):
        return Sides(kind, bought, billed, (bought, billed), spoken, same)
    billed = in_order(billed.drop("i")).with_row_index("i")
    spoken, same = spoken_of(bought, billed, told, kind)
    done = same if kind is Kind.CLIENT else same.clear()  # clients that people have settled are compared with nothing
    bought, billed = with_forms((bought, billed), (done["l"], done["r"]), kind)
    spelled = spellings(bought, other_names(left), kind), spellings(billed, other_names(right), kind)
    return Sides(kind, bought, billed, spelled, spoken, same)


def spoken_of(bought: pl.DataFrame, billed: pl.DataFrame, told: Told, kind: Kind) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find the pairs people have spoken of, and those of them they called the same."""
    spoken = spoken_pairs(bought, billed, told)
    return spoken, called_same(spoken, kind, billed["id"])


def leave_nothing(same: pl.DataFrame, bought: pl.DataFrame, billed: pl.DataFrame) -> bool:
    """Tell whether people settled all clients of one side, so that nothing is left to compare."""
    return not same.is_empty() and (same.height == bought.height or same["r"].n_unique() == billed.height)


def other_names(names: pl.DataFrame) -> pl.DataFrame:
    """Take the other spellings a caller knows of (`also`, a list): `id`, `name`."""
    if "also" not in names.columns:
        return pl.DataFrame(schema={"id": pl.String, "name": pl.String})
    return names.select(pl.col("id").cast(pl.String), name="also").explode("name").drop_nulls("name")
