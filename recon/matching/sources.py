"""One client that several vendors of a side, each by its own name and id, sell to."""

from __future__ import annotations

import polars as pl

from recon.matching.judgements import Kind
from recon.matching.match import match_names
from recon.matching.parties import CLIENT_KEYS, SPELLINGS, client_parties, one_each, united


def clients_of_side(lines: pl.DataFrame) -> pl.DataFrame:
    """Give each (client, client_id) of a side its party, as `client_parties` does, sources taken together."""
    parties = client_parties(lines)
    sources = lines["source"].unique().sort().to_list()
    if len(sources) == 1:
        return parties
    keys = list(CLIENT_KEYS)
    where = lines.select("source", *keys).unique().join(parties.select(*keys, "party"), on=keys, nulls_equal=True)
    found = [
        same_clients(parties, where.filter(pl.col("source") == source), where.filter(pl.col("source") < source))
        for source in sources[1:]
    ]
    pairs = pl.concat(found).unique() if found else pl.DataFrame()
    return together(parties, united(parties["party"], pairs)) if pairs.height else parties


def same_clients(parties: pl.DataFrame, here: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Pair the clients of one source with those of the sources before it that are certainly the same."""
    new = parties.join(here, on="party", how="semi").join(before, on="party", how="anti")
    known = parties.join(before, on="party", how="semi").join(here, on="party", how="anti")
    matching = match_names(one_each(new, CLIENT_KEYS), one_each(known, CLIENT_KEYS), kind=Kind.CLIENT)
    return matching.matches.drop_nulls("right_id").select(one="right_id", other="left_id")


def together(parties: pl.DataFrame, one: dict[str, str]) -> pl.DataFrame:
    """Give the parties that are one the first one's id and name, and every spelling."""
    joined = parties.with_columns(whole=pl.col("party").replace(one)).sort("party", *CLIENT_KEYS, nulls_last=True)
    names = pl.concat_list("name", "also").list.explode().unique(maintain_order=True)
    faces = joined.group_by("whole", maintain_order=True).agg(
        pl.col("name").first(),
        pl.col("domain").drop_nulls().first(),
        pl.col("stable_id").drop_nulls().min(),
        also=names.slice(1, SPELLINGS),
    )
    keyed = joined.select(*CLIENT_KEYS, party="whole").join(faces, left_on="party", right_on="whole")
    return keyed.sort(*CLIENT_KEYS, nulls_last=True)
