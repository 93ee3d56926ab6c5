"""Which bought name is which billed name, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from recon.matching.candidates import candidate_pairs
from recon.matching.features import describe
from recon.matching.forms import Sides, compared_forms
from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind, Said
from recon.matching.score import weights_for
from recon.matching.settle import SETTLED, same_names, settle
from recon.matching.spoken import said, spoken_pairs
from recon.matching.tiers import difference
from recon.matching.verdicts import Matching, conclude, every_pair
from recon.matching.wordings import wording


@dataclass(frozen=True, slots=True)
class Evidence:
    """What besides the names speaks for a pair: baskets for clients, shared clients for products."""

    pairs: pl.DataFrame  # left_id, right_id, evidence (added to the log-odds), told (a sentence)


def match_names(
    left: pl.DataFrame,
    right: pl.DataFrame,
    *,
    kind: Kind,
    judgements: Judgements = NO_JUDGEMENTS,
    evidence: Evidence | None = None,
) -> Matching:
    """Match bought names (left) with billed names (right): frames of `id`, `name`, and what else is known."""
    sides = both_sides(left, right, kind, judgements)
    sure = settle(sides)
    scored = score_pairs(sides, sure, evidence)
    return conclude(sides, sure, scored, weights_for(kind).version)


def match_pairs(
    left: pl.DataFrame, right: pl.DataFrame, *, kind: Kind, judgements: Judgements = NO_JUDGEMENTS
) -> pl.DataFrame:
    """Give every pair worth a look, the likeliest first: `left_id`, `right_id`, `score`, `verdict`, `reasons`."""
    sides = both_sides(left, right, kind, judgements)
    sure = settle(sides)
    scored = score_pairs(sides, sure, None)
    return every_pair(sides, scored, conclude(sides, sure, scored, weights_for(kind).version))


def both_sides(left: pl.DataFrame, right: pl.DataFrame, kind: Kind, judgements: Judgements) -> Sides:
    """Put both sides' names in their forms, with what people said of them."""
    bought, billed = compared_forms(left, kind), compared_forms(right, kind)
    return Sides(kind, bought, billed, spoken_pairs(bought, billed, judgements, kind))


def score_pairs(sides: Sides, sure: pl.DataFrame, evidence: Evidence | None) -> pl.DataFrame:
    """Score every pair still open that is worth it."""
    told = evidence_for(sides, evidence)
    described = describe_pairs(sides, sure, told.select("l", "r"))
    described = described.with_columns(pl.Series("probability", weights_for(sides.kind).probabilities(described)))
    described = described.join(told, on=["l", "r"], how="left", maintain_order="left")
    return described.with_columns(pl.col("evidence").fill_null(0.0)).with_columns(probability=updated())


def describe_pairs(sides: Sides, sure: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Describe the pairs worth scoring; what people refused and what the tier guard stops is none.

    Names that are one another's only equal are compared with names that have none, not with each other's like.
    """
    mine, theirs = sides.still_open(sure)
    exact = same_names(mine, theirs).join(sides.spoken, on=["l", "r"], how="anti")
    open_pairs = more.join(mine, left_on="l", right_on="i", how="semi").join(
        theirs, left_on="r", right_on="i", how="semi"
    )
    pairs = (
        pl.concat([exact, candidate_pairs(mine, theirs, exact.select("l", "r")), open_pairs]).unique().sort("l", "r")
    )
    pairs = pairs.join(said(sides.spoken, Said.DIFFERENT), on=["l", "r"], how="anti", maintain_order="left")
    if sides.kind is Kind.PRODUCT:
        pairs = pairs.filter(allowed(pairs, sides))
    marked = pairs.join(exact.with_columns(exact=True), on=["l", "r"], how="left", maintain_order="left")
    return describe(marked.with_columns(pl.col("exact").fill_null(value=False)), sides.bought, sides.billed)


def describe_names(left: pl.DataFrame, right: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Describe every pair worth scoring by its features, with `left_id`, `right_id`: what weights are trained on."""
    sides = both_sides(left, right, kind, NO_JUDGEMENTS)
    described = describe_pairs(
        sides, pl.DataFrame(schema=SETTLED), pl.DataFrame(schema={"l": pl.UInt32, "r": pl.UInt32})
    )
    ids = sides.bought["id"][described["l"]], sides.billed["id"][described["r"]]
    return described.with_columns(left_id=ids[0], right_id=ids[1])


def evidence_for(sides: Sides, evidence: Evidence | None) -> pl.DataFrame:
    """Find the pairs evidence speaks of: `l`, `r`, `evidence`, `told`."""
    schema = {"left_id": pl.String, "right_id": pl.String, "evidence": pl.Float64, "told": pl.String}
    pairs = evidence.pairs.select(schema) if evidence else pl.DataFrame(schema=schema)
    numbered = pairs.join(sides.bought.select(l="i", left_id="id"), on="left_id")
    return numbered.join(sides.billed.select(r="i", right_id="id"), on="right_id").select("l", "r", "evidence", "told")


def updated() -> pl.Expr:
    """Add evidence to the log-odds the names gave."""
    chance = pl.col("probability").clip(1e-6, 1 - 1e-6)
    odds = (chance / (1 - chance)).log() + pl.col("evidence")
    return pl.when(pl.col("evidence") == 0).then("probability").otherwise(1 / (1 + (-odds).exp()))


def allowed(pairs: pl.DataFrame, sides: Sides) -> pl.Series:
    """Tell which pairs the tier guard lets through."""
    mine, theirs = (np.array([wording(n) for n in side["name"]]) for side in (sides.bought, sides.billed))
    rows = zip(mine[pairs["l"]], theirs[pairs["r"]], strict=True)
    return pl.Series("allowed", [difference(one, other) is None for one, other in rows], dtype=pl.Boolean)
