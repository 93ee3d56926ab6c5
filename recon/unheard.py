"""Answers about names that a month does not have: perhaps mistyped, perhaps of another month."""

from __future__ import annotations

import polars as pl

from recon.lines import Side
from recon.matching.judgements import Judgement, Kind
from recon.matching.keys import name_keys
from recon.result import Reconciliation

WRITTEN = {Kind.CLIENT: ("client", "client_id"), Kind.PRODUCT: ("product", "part_number", "sku")}


def find_unheard(result: Reconciliation) -> tuple[tuple[Judgement, str], ...]:
    """List the answers that name what no line of a side is about, each with that name."""
    found: list[tuple[int, str]] = []
    said = list(enumerate(result.options.judgements.said))
    for kind in Kind:
        for side in Side:
            asked = [(at, getattr(judgement, side.value)) for at, judgement in said if judgement.kind is kind]
            keys = name_keys(pl.Series([name for _, name in asked], dtype=pl.String))
            known = keys.is_in(_names(result, kind, side).implode())
            found += [one for one, is_known in zip(asked, known, strict=True) if not is_known]
    first = dict(sorted(found, reverse=True))
    return tuple((said[at][1], first[at]) for at in sorted(first))


def _names(result: Reconciliation, kind: Kind, side: Side) -> pl.Series:
    """List all that a side's clients or products are called, in the file and by us."""
    keys = {Kind.CLIENT: result.names.clients, Kind.PRODUCT: result.names.products}[kind]
    lines, shown = (of.filter(pl.col("side") == side.value) for of in (result.lines, keys.names))
    known = shown["party"].str.extract(r"^\w+ (?:id|known) (.*)$", 1)
    written = [lines[column] for column in WRITTEN[kind] if column in lines.columns]
    return name_keys(pl.concat([one.alias("name") for one in (*written, shown["shown"], known)]).drop_nulls().unique())
