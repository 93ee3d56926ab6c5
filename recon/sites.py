"""Clients that may be billed together with one that people have named: another site of it."""

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


def billed_together(month: MonthMatching, judgements: Judgements) -> pl.DataFrame:
    """Pair clients that nobody bills for certain with those people called another's, where the names may be one.

    The matcher itself offers a billed client no second time; but a client with two sites has one bill.
    """
    matches = month.clients.matches
    named = matches.filter(pl.col("path") == "judgement")["right_id"]
    unclear = matches.filter(pl.col("verdict") != Verdict.CERTAIN.value)["left_id"]
    if named.is_empty() or unclear.is_empty():
        return NO_PAIRS
    bought, billed = (
        one_each(parties.filter(pl.col("party").is_in(some.implode())), CLIENT_KEYS)
        for parties, some in ((month.bought_clients, unclear), (month.billed_clients, named))
    )
    first = plain(pl.col("name")).str.extract(FIRST_WORD, 0)
    begun = billed.select(first).to_series()
    alike = bought.filter(first.is_in(begun.implode()))
    if alike.is_empty():
        return NO_PAIRS
    found = match_names(alike, billed, kind=Kind.CLIENT, judgements=judgements)
    certain = found.matches.filter(pl.col("verdict") == Verdict.CERTAIN.value)
    likely = found.candidates.filter(pl.col("probability") >= ASK[Kind.CLIENT])
    return pl.concat([pairs.select(PAIR) for pairs in (certain, likely)])
