"""Which bought name is which billed name, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from recon.matching.candidates import candidate_pairs
from recon.matching.features import features
from recon.matching.forms import Sides, compared_forms
from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind, Said
from recon.matching.score import weights_for
from recon.matching.settle import same_names, settle
from recon.matching.spoken import said, spoken_pairs
from recon.matching.tiers import difference
from recon.matching.verdicts import Matching, conclude
from recon.matching.wordings import wording

EXACT = 0.985
"""How often two names are one when they are equal once written alike and nobody else's is."""


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
    bought, billed = compared_forms(left, kind), compared_forms(right, kind)
    sides = Sides(kind, bought, billed, spoken_pairs(bought, billed, judgements, kind))
    sure = settle(sides)
    scored = score_pairs(sides, sure, evidence)
    return conclude(sides, sure, scored, weights_for(kind).version)


def score_pairs(sides: Sides, sure: pl.DataFrame, evidence: Evidence | None) -> pl.DataFrame:
    """Score every pair still open that is worth it; what people refused and what the tier guard stops is none."""
    mine, theirs = sides.still_open(sure)
    told = evidence_for(sides, evidence)
    pairs = pl.concat([candidate_pairs(mine, theirs), told.select("l", "r")]).unique().sort("l", "r")
    pairs = pairs.join(mine, left_on="l", right_on="i", how="semi").join(theirs, left_on="r", right_on="i", how="semi")
    pairs = pairs.join(said(sides.spoken, Said.DIFFERENT), on=["l", "r"], how="anti").sort("l", "r")
    if sides.kind is Kind.PRODUCT:
        pairs = pairs.filter(allowed(pairs, sides))
    described = features(pairs, sides.bought, sides.billed)
    described = described.with_columns(pl.Series("probability", weights_for(sides.kind).probabilities(described)))
    exact = same_names(mine, theirs).with_columns(exact=pl.lit(value=True))
    described = described.join(exact, on=["l", "r"], how="left").join(told, on=["l", "r"], how="left")
    described = described.with_columns(pl.col("exact").fill_null(value=False), pl.col("evidence").fill_null(0.0))
    floor = pl.when("exact").then(pl.max_horizontal("probability", pl.lit(EXACT))).otherwise("probability")
    return described.with_columns(probability=floor).with_columns(probability=updated()).sort("l", "r")


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
