"""Clients that may be billed together with one that is answered: its other site, or what another vendor calls it."""

from __future__ import annotations

import polars as pl

from recon.matching.judgements import Judgements, Kind
from recon.matching.match import match_names
from recon.matching.month import MonthMatching
from recon.matching.names import plain
from recon.matching.parties import CLIENT_KEYS, one_each
from recon.matching.verdicts import ASK, CANDIDATES, Verdict

FIRST_WORD = r"^\w+"
PAIR = ["left_id", "right_id", "probability", "reasons"]
NO_PAIRS = pl.DataFrame(schema={column: CANDIDATES[column] for column in PAIR})


def billed_together(month: MonthMatching, judgements: Judgements, vendors: pl.DataFrame) -> pl.DataFrame:
    """Pair clients that nobody bills for certain with those that answer another, where the names may be one.

    The matcher itself offers a billed client no second time; but a client with two sites, as people called it, has one
    bill, and so has one that two vendors call differently. `vendors` are those of each `client`, `client_id`: `source`.
    """
    matches = month.clients.matches
    certain = pl.col("verdict") == Verdict.CERTAIN.value
    unclear, answered = matches.filter(~certain)["left_id"], matches.filter(certain)
    if vendors["source"].n_unique() == 1:
        answered = answered.filter(pl.col("path") == "judgement")
    if answered.is_empty() or unclear.is_empty():
        return NO_PAIRS
    first = plain(pl.col("name")).str.extract(FIRST_WORD, 0)
    bought, billed = (
        one_each(parties.filter(pl.col("party").is_in(some.implode())), CLIENT_KEYS).with_columns(first=first)
        for parties, some in ((month.bought_clients, unclear), (month.billed_clients, answered["right_id"]))
    )
    alike = bought.join(billed, on="first", how="semi"), billed.join(bought, on="first", how="semi")
    if alike[0].is_empty():
        return NO_PAIRS
    found = match_names(*alike, kind=Kind.CLIENT, judgements=judgements)
    likely = found.candidates.filter(pl.col("probability") >= ASK[Kind.CLIENT])
    pairs = pl.concat([pairs.select(PAIR) for pairs in (found.matches.filter(certain), likely)])
    refused = of_one_vendor(pairs, answered, vendors_of(month, vendors))
    return pairs.join(refused, on=["left_id", "right_id"], how="anti")


def vendors_of(month: MonthMatching, vendors: pl.DataFrame) -> pl.DataFrame:
    """Say which vendors sell to each bought client: `left_id`, `source`."""
    parties = month.bought_clients.select(*CLIENT_KEYS, left_id="party")
    return vendors.join(parties, on=CLIENT_KEYS, nulls_equal=True).select("left_id", "source").unique()


def of_one_vendor(pairs: pl.DataFrame, answered: pl.DataFrame, vendors: pl.DataFrame) -> pl.DataFrame:
    """List the pairs whose billed client answers another client of the same vendor, to which they are two.

    Where people said what it answers, the vendor's two may be sites.
    """
    taken = answered.filter(pl.col("path") != "judgement").select("right_id", holder="left_id")
    taken = taken.join(vendors, left_on="holder", right_on="left_id")
    return pairs.join(vendors, on="left_id").join(taken, on=["right_id", "source"], how="semi")
