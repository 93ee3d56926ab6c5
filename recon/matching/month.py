"""A month's clients and products matched, each helping the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from recon.matching.baskets import held_alike, in_bought_terms, quantities, weigh_baskets
from recon.matching.company import weigh_company
from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind
from recon.matching.learn import own_weights
from recon.matching.match import Compared, Evidence, compare_names, decide_compared
from recon.matching.parties import CLIENT_KEYS, PRODUCT_KEYS, one_each, product_parties, united
from recon.matching.score import Weights, weights_for
from recon.matching.sources import clients_of_side, together
from recon.matching.verdicts import Matching, conclude

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


def match_month(  # noqa: PLR0913 - each is a thing of its own that a caller may know
    bought: pl.DataFrame,
    billed: pl.DataFrame,
    judgements: Judgements = NO_JUDGEMENTS,
    *,
    of_products: Judgements | None = None,
    weights: Mapping[Kind, Weights] | None = None,
    idle: pl.DataFrame | None = None,
) -> MonthMatching:
    """Match the clients and products of two frames of `LINE_SCHEMA`, which hold only the lines that count.

    `idle` are billed lines that do not count, and still name clients.
    `of_products` are the judgements with what else is known of products, from which nothing is learned.
    `weights` are given to decide by; for a kind without, those that ship and what the judgements teach on top.
    """
    clients = clients_of_side(bought), clients_of_side(billed if idle is None else pl.concat([billed, idle]))
    told = {Kind.CLIENT: judgements, Kind.PRODUCT: of_products or judgements}
    month = match_parties((bought, billed), clients, told, weights or {})
    if bought["source"].n_unique() == 1 or not month.clients.matches["right_id"].null_count():
        return month
    shipped = weights or {kind: weights_for(kind) for kind in Kind}  # what is learned was learned of all vendors
    alone = [
        match_month(lines, billed, judgements, of_products=of_products, weights=shipped, idle=idle)
        for lines in of_vendors_unanswered(bought, month)
    ]
    of_one = answered_by_one(bought, clients[0], [month, *alone])
    if of_one.equals(clients[0]):
        return month
    return match_parties((bought, billed), (of_one, clients[1]), told, weights or {})


def match_parties(
    lines: tuple[pl.DataFrame, pl.DataFrame],
    clients: tuple[pl.DataFrame, pl.DataFrame],
    told: Mapping[Kind, Judgements],
    given: Mapping[Kind, Weights],
) -> MonthMatching:
    """Match the clients and products of both sides, given who the clients are."""
    products = product_parties(lines[0]), product_parties(lines[1])
    who = [one_each(parties, CLIENT_KEYS) for parties in clients]
    what = [one_each(parties, PRODUCT_KEYS) for parties in products]
    compared = [
        compare_names(
            *names,
            kind=kind,
            judgements=told[kind],
            weights=given.get(kind) or own_weights(names[0], names[1], told[Kind.CLIENT], kind),
        )
        for kind, names in ((Kind.CLIENT, who), (Kind.PRODUCT, what))
    ]
    seats = [quantities(*side) for side in zip(lines, clients, products, strict=True)]
    return MonthMatching(*agree(compared[0], compared[1], *seats), *clients, *products)


def of_vendors_unanswered(bought: pl.DataFrame, month: MonthMatching) -> list[pl.DataFrame]:
    """Give the lines of each vendor that has a client whom nobody billed answers for certain."""
    unanswered = month.clients.matches.filter(pl.col("right_id").is_null()).select(party="left_id")
    names = month.bought_clients.join(unanswered, on="party", how="semi").select(CLIENT_KEYS)
    vendors = bought.join(names, on=CLIENT_KEYS, nulls_equal=True, how="semi").select("source").unique()
    return bought.join(vendors, on="source", how="semi").partition_by("source", maintain_order=True)


def answered_by_one(bought: pl.DataFrame, parties: pl.DataFrame, looks: Sequence[MonthMatching]) -> pl.DataFrame:
    """Take clients of several vendors for one whom a billed client answers for certain, looked at vendor by vendor.

    However differently they are called, only one of them would get it otherwise. Two clients of one vendor are two.
    """
    answers = pl.concat(
        one.bought_clients.select(*CLIENT_KEYS, left_id="party").join(
            one.clients.matches.drop_nulls("right_id").select("left_id", "right_id"), on="left_id"
        )
        for one in looks
    )
    vendors = bought.select("source", *CLIENT_KEYS).unique()
    of_each = parties.select(*CLIENT_KEYS, other="party").join(answers, on=CLIENT_KEYS, nulls_equal=True)
    of_each = of_each.join(vendors, on=CLIENT_KEYS, nulls_equal=True)
    is_answered_once = pl.col("right_id").n_unique().over("other") == 1
    is_of_one_each = pl.col("other").n_unique().over("right_id", "source").max().over("right_id") == 1
    of_one = of_each.filter(is_answered_once & is_of_one_each)
    pairs = of_one.select("other", one=pl.col("other").min().over("right_id")).unique()
    pairs = pairs.filter(pl.col("one") != pl.col("other"))
    return together(parties, united(parties["party"], pairs)) if pairs.height else parties


def agree(
    clients: Compared, products: Compared, bought: pl.DataFrame, billed: pl.DataFrame
) -> tuple[Matching, Matching]:
    """Let clients and products inform each other until nothing changes; products follow from the certain clients."""
    who, hopeful = decide_compared(clients, None), likely_pairs(clients)
    for _ in range(ROUNDS):
        known = who.certain
        what = decide_compared(products, Evidence(weigh_company(known, bought, billed)))
        answered = in_bought_terms(billed, what.certain)
        pairs = pl.concat([hopeful, held_alike(bought, answered), known]).unique()
        who = decide_compared(clients, Evidence(weigh_baskets(pairs, bought, answered, known)))
        if who.certain.equals(known):
            break
    return conclude(who, clients.weights), conclude(what, products.weights)


def likely_pairs(compared: Compared) -> pl.DataFrame:
    """Take the pairs whose names leave some hope, by their ids."""
    return compared.sides.named(compared.scored.filter(pl.col("probability") >= HOPELESS))
