"""What is certain, what is a question, and what has no match."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from recon.matching.assign import assign
from recon.matching.forms import Sides
from recon.matching.judgements import Kind, Said
from recon.matching.reasons import explain
from recon.matching.spoken import said

ACCEPT = 0.97
"""A match at least this likely is made without asking."""

ASK = {Kind.CLIENT: 0.3, Kind.PRODUCT: 0.1}
"""A match at least this likely is worth a question; products are few, and each holds many lines."""

TELLING = 3.0
"""Log-odds of evidence without which likeness never accepts a product."""

LIKELY_NAME = 0.1
"""A pair this likely by its names is shown whatever else speaks against it."""

RARE_WORD = 0.8
"""A pair that shares a word this rare is shown to a person, who may know what no score can."""

SHOWN, FAINTEST = 5, 0.02
"""How many candidates a question shows, and how faint one may be."""


class Verdict(StrEnum):
    """How sure a match is."""

    CERTAIN = "certain"
    UNSURE = "unsure"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Matching:
    """Every left name's verdict, and the candidates of those that are not certain.

    A bought client has one row in `matches`; a bought product has one for each billed wording that answers it.
    """

    matches: pl.DataFrame  # left_id, right_id (null unless certain), verdict, probability, path, reasons
    candidates: pl.DataFrame  # left_id, right_id, probability, reasons, rank
    weights_version: str


def conclude(sides: Sides, sure: pl.DataFrame, scored: pl.DataFrame, version: str) -> Matching:
    """Assign exclusively, turn chances into verdicts, and give each its reasons."""
    chosen = assign(scored.filter(pl.col("probability") >= FAINTEST), exclusive_left=sides.kind is Kind.CLIENT)
    doubted = said(sides.spoken, Said.UNSURE).select("l", "r", doubted=pl.lit(value=True))
    told = scored.join(chosen.select("l", "r", "tied"), on=["l", "r"], how="left")
    told = told.join(doubted, on=["l", "r"], how="left")
    doubtful = pl.col("tied").fill_null(value=True) | pl.col("doubted").fill_null(value=False)
    told = told.with_columns(certain=~doubtful & (pl.col("probability") >= ACCEPT) & is_decisive(sides.kind))
    certain = certain_rows(sides, sure, told.filter("certain"))
    shown = worth_showing(told, certain, sides.kind)
    matches = pl.concat([certain, undecided(sides, certain, shown)], how="diagonal").sort("left_id", "right_id")
    return Matching(
        matches.select("left_id", "right_id", "verdict", "probability", "path", "reasons"),
        ranked(sides, shown),
        version,
    )


def is_decisive(kind: Kind) -> pl.Expr:
    """Ask of a product more than likeness: the same words, or a shared word and clients that have as many of both."""
    if kind is Kind.CLIENT:
        return pl.lit(value=True)
    return pl.col("exact") | ((pl.col("evidence") >= TELLING) & (pl.col("rarest shared word") > 0))


def certain_rows(sides: Sides, sure: pl.DataFrame, scored: pl.DataFrame) -> pl.DataFrame:
    """Give the certain matches, settled and scored, with `l` and `r`."""
    settled = sure.join(sides.bought.select(l="i", left_id="id"), on="l")
    settled = settled.join(sides.billed.select(r="i", right_id="id"), on="r")
    settled = settled.with_columns(reasons=pl.concat_list("reason"))
    path = pl.when("exact").then(pl.lit("exact")).otherwise(pl.lit("scored"))
    columns = ["l", "r", "left_id", "right_id", "probability", "path", "reasons"]
    told = pl.concat([settled.select(columns), named(sides, scored).with_columns(path=path).select(columns)])
    return told.with_columns(verdict=pl.lit(Verdict.CERTAIN.value))


def worth_showing(told: pl.DataFrame, certain: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Keep the pairs whose names are still free and that are not too faint."""
    likely = (pl.col("probability") >= FAINTEST) | (pl.col("by name") >= LIKELY_NAME)
    likely |= pl.col("rarest shared word") >= RARE_WORD
    free = told.filter(likely).join(certain, on="r", how="anti")
    return free.join(certain, on="l", how="anti") if kind is Kind.CLIENT else free


def undecided(sides: Sides, certain: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """Give the names without a match their verdict: a question where something is likely enough."""
    rest = sides.bought.select(l="i", left_id="id").join(certain, on="l", how="anti")
    likeliest = shown.group_by("l").agg(pl.col("probability").max())
    rest = rest.join(likeliest, on="l", how="left").with_columns(pl.col("probability").fill_null(0.0))
    asks = pl.col("probability") >= ASK[sides.kind]
    return rest.with_columns(
        verdict=pl.when(asks).then(pl.lit(Verdict.UNSURE.value)).otherwise(pl.lit(Verdict.NONE.value)),
        path=pl.when(asks).then(pl.lit("scored")).otherwise(pl.lit("none")),
        right_id=pl.lit(None, pl.String),
        reasons=pl.concat_list(
            pl.when(asks).then(pl.lit("likely, but not certain")).otherwise(pl.lit("nothing billed is alike enough"))
        ),
    )


def ranked(sides: Sides, shown: pl.DataFrame) -> pl.DataFrame:
    """Rank what an undecided name may be."""
    rank = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).over("l", order_by=[-pl.col("probability"), pl.col("r")])
    few = shown.with_columns(rank=rank).filter(pl.col("rank") <= SHOWN).sort("l", "rank")
    return named(sides, few).select("left_id", "right_id", "probability", "reasons", "rank")


def named(sides: Sides, rows: pl.DataFrame) -> pl.DataFrame:
    """Add ids and reasons to rows of `l`, `r` and their features."""
    columns = ["i", "id", "name", "key", "same", "joined", "initials", "domain", "site"]
    full = rows.join(sides.bought.select(columns), left_on="l", right_on="i", maintain_order="left").join(
        sides.billed.select(columns), left_on="r", right_on="i", suffix="_right", maintain_order="left"
    )
    return explain(full, sides.kind).rename({"id": "left_id", "id_right": "right_id"})


def every_pair(sides: Sides, scored: pl.DataFrame, matching: Matching) -> pl.DataFrame:
    """Lay every pair worth a look in one table, the likeliest first: left_id, right_id, score, verdict, reasons."""
    told = named(sides, scored.filter(pl.col("probability") >= FAINTEST)).select(
        "left_id", "right_id", "reasons", score="probability"
    )
    settled = matching.matches.filter(pl.col("right_id").is_not_null()).select(
        "left_id", "right_id", "verdict", "reasons", score="probability"
    )
    likely = pl.col("score") >= ASK[sides.kind]
    rest = told.join(settled, on=["left_id", "right_id"], how="anti").with_columns(
        verdict=pl.when(likely).then(pl.lit(Verdict.UNSURE.value)).otherwise(pl.lit(Verdict.NONE.value))
    )
    pairs = pl.concat([settled, rest], how="diagonal").select("left_id", "right_id", "score", "verdict", "reasons")
    return pairs.sort(["score", "left_id", "right_id"], descending=[True, False, False])
