"""A month's clients and products matched, each helping the other."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind
from recon.matching.match import match_names
from recon.matching.parties import CLIENT_KEYS, PRODUCT_KEYS, client_parties, one_each, product_parties
from recon.matching.verdicts import Matching


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


def match_month(bought: pl.DataFrame, billed: pl.DataFrame, judgements: Judgements = NO_JUDGEMENTS) -> MonthMatching:
    """Match the clients and products of two frames of `LINE_SCHEMA`, which hold only the lines that count."""
    clients = client_parties(bought), client_parties(billed)
    products = product_parties(bought), product_parties(billed)
    return MonthMatching(
        clients=match_names(
            one_each(clients[0], CLIENT_KEYS),
            one_each(clients[1], CLIENT_KEYS),
            kind=Kind.CLIENT,
            judgements=judgements,
        ),
        products=match_names(
            one_each(products[0], PRODUCT_KEYS),
            one_each(products[1], PRODUCT_KEYS),
            kind=Kind.PRODUCT,
            judgements=judgements,
        ),
        bought_clients=clients[0],
        billed_clients=clients[1],
        bought_products=products[0],
        billed_products=products[1],
    )
