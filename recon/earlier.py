"""The gaps of an earlier run, by the names their clients go by now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import polars as pl

from recon.document import gaps_of, read_document
from recon.gaps import Gap, identify_gap
from recon.lines import Side
from recon.matching.keys import name_keys
from recon.result import Reconciliation

Called = tuple[Gap, str | None]
"""A gap, and what the vendor called its client."""


def gaps_and_vendor_names(text: str) -> tuple[Called, ...]:
    """Read the gaps of an earlier result's JSON."""
    document = read_document(text)
    return tuple(zip(gaps_of(document), map(_vendor_name, document["gaps"]), strict=True))


def _vendor_name(stated: dict[str, Any]) -> str | None:
    match stated.get("client_names"):
        case [str(name), *_]:
            return name
        case _:
            return None


def by_new_names(earlier: Iterable[Called], result: Reconciliation) -> tuple[Gap, ...]:
    """Give each gap of a client that the PSA no longer knows the name by which the vendor's client is billed now.

    One that is no longer open stays as it was. The old name may still be what the vendor says: that is the same client.
    """
    names = result.names.clients.names.with_columns(plain=name_keys(result.names.clients.names["client"]))
    holders = defaultdict[str, set[str]](set)
    for name, shown in names.select("plain", "shown").iter_rows():
        holders[name].add(shown)
    bought = names.filter(pl.col("side") == Side.BOUGHT.value).unique("plain", keep="none")
    now = dict(bought.select("plain", "shown").iter_rows())
    open_now = {(gap.client, gap.product) for gap in result.gaps}
    earlier = list(earlier)
    plain = name_keys(pl.Series([gap.client for gap, _ in earlier], dtype=pl.String))
    vendors = name_keys(pl.Series([name for _, name in earlier], dtype=pl.String))
    return tuple(
        gap
        if holders[client] - {now.get(vendor)} or (now.get(vendor), gap.product) not in open_now
        else _renamed(gap, now[vendor])
        for (gap, _), client, vendor in zip(earlier, plain, vendors, strict=True)
    )


def _renamed(gap: Gap, client: str) -> Gap:
    name = identify_gap(client, gap.product, gap.plan, gap.currency, gap.about)
    return replace(gap, client=client, id=name)
