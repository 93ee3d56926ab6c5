"""How good ranked pairs are: the best F1, recall at 99 % precision, and how far scores are from probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

STRICT = 0.99


@dataclass(frozen=True, slots=True)
class Judged:
    """What a list of scored pairs is worth."""

    f1: float
    strict_recall: float  # the highest at any threshold with 99 % precision
    calibration_error: float  # mean distance of score and truth in ten bands


def judge(pairs: pl.DataFrame, truth: pl.DataFrame) -> Judged:
    """Judge `left_id`, `right_id`, `score`; where a right name has one true left at most, only its best pair counts."""
    keys = ["left_id", "right_id"]
    best = pairs.group_by(keys).agg(pl.col("score").max())
    if truth["right_id"].is_unique().all():
        best = best.sort(["score", *keys], descending=[True, False, False]).unique("right_id", keep="first")
    true = truth.select(*keys, true=pl.lit(1.0)).unique()
    told = best.join(true, on=keys, how="left").with_columns(pl.col("true").fill_null(0.0))
    steps = told.group_by("score").agg(pl.col("true").sum(), pl.len()).sort("score", descending=True)
    found, taken = pl.col("true").cum_sum(), pl.col("len").cum_sum()
    curve = steps.select(precision=found / taken, recall=found / true.height, f1=2 * found / (taken + true.height))
    strict = curve.filter(pl.col("precision") >= STRICT)["recall"].max()
    bands = told.group_by((pl.col("score") * 10).floor().clip(0, 9)).agg(
        gap=(pl.col("score").sum() - pl.col("true").sum()).abs()
    )
    return Judged(
        f1=float(curve["f1"].max() or 0),  # type: ignore[arg-type] # a column of floats has a float as its largest
        strict_recall=float(strict or 0),  # type: ignore[arg-type]
        calibration_error=float(bands["gap"].sum() / max(told.height, 1)),
    )
