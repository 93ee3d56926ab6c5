"""What a vendor's file still has of something nobody buys any more: cancelled, suspended, charged and taken back."""

from __future__ import annotations

import polars as pl

from recon.lines import Side
from recon.matching.judgements import Judgements, Kind
from recon.matching.match import match_names
from recon.matching.parties import client_parties, one_each, product_parties
from recon.matching.verdicts import Verdict
from recon.result import Reconciliation
from recon.understood import CLIENT, GONE, PRODUCT


def lines_gone(result: Reconciliation, billed: pl.DataFrame) -> pl.DataFrame:
    """Find the bought lines that count no more of what these lines bill, and give each the cell of those."""
    is_gone = (pl.col("side") == Side.BOUGHT.value) & pl.col("class").is_in([of.value for of in GONE])
    gone = result.lines.filter(is_gone) if billed.height else result.lines.clear()
    if gone.is_empty():
        return gone
    keyed = gone.drop("cell")
    for kind in Kind:
        keyed = _with_keys(keyed, billed, kind, result.options.judgements)
    same = ["client_key", "product_key"]
    return keyed.join(billed.select("cell", *same).unique(), on=same).select(gone.columns).sort("line", "cell")


def _with_keys(gone: pl.DataFrame, billed: pl.DataFrame, kind: Kind, judgements: Judgements) -> pl.DataFrame:
    """Give lines the key of what is billed; where nothing of a name counts, nobody has asked yet what it means."""
    key = f"{kind}_key"
    names, parties_of = (CLIENT, client_parties) if kind is Kind.CLIENT else (PRODUCT, product_parties)
    unasked = gone.filter(pl.col(key).is_null())
    if unasked.is_empty():
        return gone
    bought, there = parties_of(unasked), parties_of(billed)
    sides = one_each(bought, names), one_each(there, names)
    matches = match_names(*sides, kind=kind, judgements=judgements).matches
    certain = matches.filter(pl.col("verdict") == Verdict.CERTAIN.value).select(party="left_id", answer="right_id")
    on = list(names)
    keys = billed.select(*on, meant=key).join(there.select(*on, answer="party"), on=on, nulls_equal=True)
    found = bought.join(certain, on="party").join(keys.unique("answer"), on="answer").select(*on, "meant")
    known = gone.join(found.unique(on), on=on, how="left", nulls_equal=True)
    return known.with_columns(pl.coalesce(key, "meant").alias(key)).drop("meant")
