"""What a file still has of something that it no longer counts: cancelled, suspended, charged and taken back."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from recon.gaps import GapKind
from recon.lines import Side
from recon.matching.judgements import Judgements, Kind
from recon.matching.match import match_names
from recon.matching.parties import client_parties, one_each, product_parties
from recon.matching.verdicts import Verdict
from recon.result import Reconciliation
from recon.understood import CLIENT, GONE, PRODUCT

WITHOUT = {GapKind.UNBOUGHT: (Side.BOUGHT, "The vendor"), GapKind.UNBILLED: (Side.BILLED, "The PSA")}
"""The side that has nothing that counts, where a gap is one-sided, and who writes its files."""

IDS = {Side.BOUGHT: "left_id", Side.BILLED: "right_id"}


def lines_gone(result: Reconciliation, lines: pl.DataFrame, side: Side) -> pl.DataFrame:
    """Find the lines of a side that count no more of what these lines of the other are, and give each their cell."""
    is_gone = (pl.col("side") == side.value) & pl.col("class").is_in([of.value for of in GONE])
    gone = result.lines.filter(is_gone) if lines.height else result.lines.clear()
    if gone.is_empty():
        return gone
    keyed = gone.drop("cell")
    for kind in Kind:
        keyed = _with_keys(keyed, lines, kind, result.options.judgements)
    same = ["client_key", "product_key"]
    return keyed.join(lines.select("cell", *same).unique(), on=same).select(gone.columns).sort("line", "cell")


def _with_keys(gone: pl.DataFrame, lines: pl.DataFrame, kind: Kind, judgements: Judgements) -> pl.DataFrame:
    """Give lines the key of what counts; where nothing of a name counts, nobody has asked yet what it means."""
    key = f"{kind}_key"
    names, parties_of = (CLIENT, client_parties) if kind is Kind.CLIENT else (PRODUCT, product_parties)
    unasked = gone.filter(pl.col(key).is_null())
    if unasked.is_empty():
        return gone
    side = Side(unasked["side"][0])
    here, there = parties_of(unasked), parties_of(lines)
    sides = [one_each(parties, names) for parties in ((here, there) if side is Side.BOUGHT else (there, here))]
    matches = match_names(*sides, kind=kind, judgements=judgements).matches
    certain = matches.filter(pl.col("verdict") == Verdict.CERTAIN.value)
    other = next(one for one in Side if one is not side)
    certain = certain.select(party=IDS[side], answer=IDS[other])
    on = list(names)
    keys = lines.select(*on, meant=key).join(there.select(*on, answer="party"), on=on, nulls_equal=True)
    meanings = keys.group_by("answer").agg(pl.col("meant").min())
    found = here.join(certain, on="party").join(meanings, on="answer").group_by(on).agg(pl.col("meant").min())
    known = gone.join(found, on=on, how="left", nulls_equal=True, maintain_order="left")
    return known.with_columns(pl.coalesce(key, "meant").alias(key)).drop("meant")


def still_listed(kind: GapKind, rows: Iterable[tuple[str, object, str]]) -> str:
    """Say what the side that has none of a gap's product says of it all the same; rows are side, seats, counted as."""
    if kind not in WITHOUT:
        return ""
    without, who = WITHOUT[kind]
    said = [counted_as for side, seats, counted_as in rows if side == without and not seats]
    if not said:
        return ""
    it_says = said[-1].removeprefix(f"{who[0].lower()}{who[1:]} ")
    return f"{who} still lists it{':' if it_says == said[-1] else ', and'} {it_says}."
