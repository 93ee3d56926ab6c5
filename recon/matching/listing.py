"""Every pair worth a look in one table."""

from __future__ import annotations

import polars as pl

from recon.matching.verdicts import FAINTEST, Decided, Matching, Verdict, named, worth_asking


def every_pair(decided: Decided, matching: Matching) -> pl.DataFrame:
    """Lay every pair worth a look in one table, the likeliest first: left_id, right_id, score, verdict, reasons."""
    settled = matching.matches.lazy().filter(pl.col("right_id").is_not_null())
    settled = settled.select("left_id", "right_id", "verdict", "reasons", score="probability")
    parts = [settled] if decided.scored.is_empty() else [settled, likely_rows(decided, settled)]
    pairs = pl.concat(parts, how="diagonal").select("left_id", "right_id", "score", "verdict", "reasons")
    return pairs.sort(["score", "left_id", "right_id"], descending=[True, False, False]).collect(engine="in-memory")


def likely_rows(decided: Decided, settled: pl.LazyFrame) -> pl.LazyFrame:
    """Give the scored pairs worth a look that are not `settled`."""
    likely = decided.scored.lazy().filter((pl.col("probability") >= FAINTEST) | pl.col("equal"))
    told = named(decided.sides, likely.with_columns(asks=worth_asking(decided.sides.kind))).select(
        "left_id", "right_id", "reasons", "asks", score="probability"
    )
    return told.join(settled, on=["left_id", "right_id"], how="anti").with_columns(
        verdict=pl.when("asks").then(pl.lit(Verdict.UNSURE.value)).otherwise(pl.lit(Verdict.NONE.value))
    )
