"""What names and other evidence say together."""

from __future__ import annotations

import polars as pl

from recon.matching.score import log_odds, probability, rivalry

NAMES, BASKETS, AHEAD, START = 1.2, 0.5, 0.3, -0.4
"""Weights of the names' log-odds, the baskets' and the lead over rivals.

Fitted on one half of the labelled months, with name weights trained on the other: the months agree on them closely.
"""


AGAINST = -6.0
"""Log-odds that baskets can say against a pair at most: what is bought and not billed is what we look for."""


def with_baskets(scored: pl.DataFrame) -> pl.DataFrame:
    """Weigh clients' names and baskets; a rival that the baskets speak against is one no longer."""
    scored = scored.with_columns(evidence=unless_equal(pl.col("evidence").clip(AGAINST)))
    names = log_odds(pl.col("probability"))
    summed = scored.select("l", "r", odds=names + pl.col("evidence"))
    ahead = pl.Series(rivalry(summed, summed["odds"].to_numpy())["ahead"])
    odds = START + NAMES * names + BASKETS * pl.col("evidence") + AHEAD * ahead
    silent = pl.col("evidence") == 0  # nothing either side has is known to be one product
    return scored.with_columns(probability=pl.when(silent).then("probability").otherwise(probability(odds)))


def with_company(scored: pl.DataFrame) -> pl.DataFrame:
    """Weigh products' words and company."""
    weighed = scored.with_columns(evidence=unless_equal(pl.col("evidence")))
    return weighed.with_columns(probability=probability(log_odds(pl.col("probability")) + pl.col("evidence")))


def unless_equal(evidence: pl.Expr) -> pl.Expr:
    """Let nothing speak against names that are equal and nobody else's: a gap is no reason to doubt who it is."""
    return pl.when("exact").then(evidence.clip(0.0)).otherwise(evidence)
