"""A month's clients and products matched, each helping the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from recon.matching.baskets import held_alike, in_bought_terms, quantities, weigh_baskets
from recon.matching.company import weigh_company
from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind
from recon.matching.match import Compared, Evidence, compare_names, match_compared
from recon.matching.parties import CLIENT_KEYS, PRODUCT_KEYS, one_each, product_parties
from recon.matching.score import Weights
from recon.matching.sources import clients_of_side
from recon.matching.verdicts import Matching

ROUNDS = 3
"""How often clients and products may inform each other; more has not been seen to change anything."""

HOPELESS = 0.002
"""A pair less likely than this by its names is not weighed further, unless the baskets bring it up."""


@dataclass(frozen=True, slots=True)
class MonthMatching:
    """Who and what of both sides, and how they belong together.

    Join a line to its party on its keys with `nulls_equal=True`, and parties to each other by `clients.matches` and
    `products.matches`, whose `left_id` and `right_id` are bought and billed parties.
    """

    clients: Matching
    products: Matching
    bought_clients: pl.DataFrame  # client, client_id, party, name, domain, stable_id
    billed_clients: pl.DataFrame
    bought_products: pl.DataFrame  # product, part_number, sku, party, name
    billed_products: pl.DataFrame


def match_month(
    bought: pl.DataFrame,
    billed: pl.DataFrame,
    judgements: Judgements = NO_JUDGEMENTS,
    *,
    weights: Mapping[Kind, Weights] | None = None,
    idle: pl.DataFrame | None = None,
) -> MonthMatching:
    """Match the clients and products of two frames of `LINE_SCHEMA`, which hold only the lines that count.

    `idle` are billed lines that do not count, and still name clients.
    `weights` are a workspace's own; without, those that ship with the core decide.
    """
    clients = clients_of_side(bought), clients_of_side(billed if idle is None else pl.concat([billed, idle]))
    products = product_parties(bought), product_parties(billed)
    who = [one_each(parties, CLIENT_KEYS) for parties in clients]
    what = [one_each(parties, PRODUCT_KEYS) for parties in products]
    matched = agree(
        compare_names(*who, kind=Kind.CLIENT, judgements=judgements, weights=(weights or {}).get(Kind.CLIENT)),
        compare_names(*what, kind=Kind.PRODUCT, judgements=judgements, weights=(weights or {}).get(Kind.PRODUCT)),
        quantities(bought, clients[0], products[0]),
        quantities(billed, clients[1], products[1]),
    )
    return MonthMatching(*matched, *clients, *products)


def agree(
    clients: Compared, products: Compared, bought: pl.DataFrame, billed: pl.DataFrame
) -> tuple[Matching, Matching]:
    """Let clients and products inform each other until nothing changes."""
    who, what = match_compared(clients, None), match_compared(products, None)
    for _ in range(ROUNDS):
        matched = certain(who), certain(what)
        what = match_compared(products, Evidence(weigh_company(matched[0], bought, billed)))
        answered = in_bought_terms(billed, certain(what))
        pairs = pl.concat([likely_pairs(clients), held_alike(bought, answered), matched[0]]).unique()
        who = match_compared(clients, Evidence(weigh_baskets(pairs, bought, answered, matched[0])))
        if certain(who).equals(matched[0]) and certain(what).equals(matched[1]):
            break
    return who, what


def certain(matching: Matching) -> pl.DataFrame:
    """Take the pairs that are certain."""
    return matching.matches.filter(pl.col("right_id").is_not_null()).select("left_id", "right_id")


def likely_pairs(compared: Compared) -> pl.DataFrame:
    """Take the pairs whose names leave some hope, by their ids."""
    hopeful = compared.scored.filter(pl.col("probability") >= HOPELESS)
    named = hopeful.join(compared.sides.bought.select(l="i", left_id="id"), on="l")
    return named.join(compared.sides.billed.select(r="i", right_id="id"), on="r").select("left_id", "right_id")
