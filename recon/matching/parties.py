"""Who is on a side of a month: distinct clients and distinct products, each with an id that lasts."""

from __future__ import annotations

import polars as pl

from recon.matching.catalogue import known_product
from recon.matching.keys import name_keys
from recon.matching.wordings import wording

CLIENT_KEYS, PRODUCT_KEYS = ("client", "client_id"), ("product", "part_number", "sku")

SURE_ID = r"^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$"
"""A tenant or account GUID means one client everywhere; a short number is only its own system's count."""

SPELLINGS = 4
"""Further spellings of a client that are compared; the rarest beyond them are typing."""


def client_parties(lines: pl.DataFrame) -> pl.DataFrame:
    """Give each (client, client_id) of a side its party: one id is one client, and so is one name without an id.

    Columns `client`, `client_id`, `party`, and what all of a party share: `name`, `domain`, `stable_id`, `also`.
    """
    seen = lines.group_by("source", *CLIENT_KEYS).agg(
        domain=pl.col("domain").drop_nulls().mode().sort().first(), lines=pl.len()
    )
    seen = seen.with_columns(name_keys(seen["client"]).alias("key"), number=plain_id(pl.col("client_id")))
    seen = seen.join(borrowed_ids(seen), on=["source", "key"], how="left")
    seen = seen.with_columns(number=pl.coalesce("number", "borrowed"))
    seen = seen.with_columns(own=own_name())
    several = seen["source"].n_unique() > 1
    party = pl.col("own").replace(united(seen["own"], equal_names(seen))) if several else pl.col("own")
    seen = seen.with_columns(party=party).sort("source", *CLIENT_KEYS, nulls_last=True)
    keyed = seen.unique([*CLIENT_KEYS], keep="first", maintain_order=True).select(*CLIENT_KEYS, "party")
    return keyed.join(faces(seen), on="party").sort(*CLIENT_KEYS, nulls_last=True)


def own_name() -> pl.Expr:
    """Name a client by its id, and by its source too where another source has given that id to somebody else."""
    number = pl.col("number")
    shared = (pl.col("source").n_unique().over("number") > 1) & (pl.col("key").n_unique().over("number") > 1)
    twice = number.is_not_null() & shared & ~number.str.contains(SURE_ID)
    by_id = pl.when(twice).then(pl.format("id {} in {}", number, "source")).otherwise(pl.format("id {}", number))
    return pl.when(number.is_not_null()).then(by_id).otherwise(pl.format("name {}", "key"))


def plain_id(number: pl.Expr) -> pl.Expr:
    """Write an id one way: no braces, no capitals; an empty one is none."""
    bare = number.str.to_lowercase().str.strip_chars(" {}\t'\"")
    return pl.when(bare == "").then(None).otherwise(bare)


def borrowed_ids(seen: pl.DataFrame) -> pl.DataFrame:
    """Give a name without an id to the one client of its source that has that name and an id."""
    numbers = (
        seen.filter(pl.col("number").is_not_null())
        .group_by("source", "key")
        .agg(pl.col("number").n_unique().alias("count"), borrowed=pl.col("number").min())
    )
    return numbers.filter(pl.col("count") == 1).select("source", "key", "borrowed")


def equal_names(seen: pl.DataFrame) -> pl.DataFrame:
    """Pair clients of two sources whose names are equal, where each source has that name once: `one`, `other`."""
    names = seen.group_by("key", "source").agg(pl.col("own").n_unique().alias("owners"), pl.col("own").min())
    alone = names.filter(pl.col("owners").max().over("key") == 1)
    first = alone.group_by("key").agg(one=pl.col("own").min())
    return alone.join(first, on="key").select("one", other="own").filter(pl.col("one") != pl.col("other"))


def united(parties: pl.Series, pairs: pl.DataFrame) -> dict[str, str]:
    """Give each party the first of all that pairs, directly or not, say are one."""
    head = {party: party for party in parties.unique().to_list()}

    def first(party: str) -> str:
        while head[party] != party:
            head[party] = head[head[party]]
            party = head[party]
        return party

    for one, other in pairs.sort("one", "other").iter_rows():
        ends = sorted((first(one), first(other)))
        head[ends[1]] = ends[0]
    return {party: first(party) for party in head}


def faces(seen: pl.DataFrame) -> pl.DataFrame:
    """Show each party by its most used name, its domain and its id."""
    ranked = seen.sort(["lines", "client"], descending=[True, False])
    return ranked.group_by("party", maintain_order=True).agg(
        name=pl.col("client").first(),
        domain=pl.col("domain").drop_nulls().first(),
        stable_id=pl.col("number").drop_nulls().min(),
        also=pl.col("client").unique(maintain_order=True).slice(1, SPELLINGS),
    )


def product_parties(lines: pl.DataFrame) -> pl.DataFrame:
    """Give each (product, part_number, sku) of a side its party: what the catalogue knows as one, or what reads alike.

    Columns `product`, `part_number`, `sku`, `party`, `name`.
    """
    seen = lines.group_by(*PRODUCT_KEYS).agg(lines=pl.len())
    read = [product_party(*row) for row in seen.select(PRODUCT_KEYS).iter_rows()]
    seen = seen.with_columns(pl.Series("party", read, dtype=pl.String)).sort(
        ["lines", *PRODUCT_KEYS], descending=[True, False, False, False], nulls_last=True
    )
    shown = seen.group_by("party", maintain_order=True).agg(name=pl.col("product").first())
    return seen.drop("lines").join(shown, on="party").sort(*PRODUCT_KEYS, nulls_last=True)


def product_party(product: str, part_number: str | None, sku: str | None) -> str:
    """Name what a product is: its catalogue name, else its words."""
    known = known_product(product, part_number, sku)
    return f"known {known.name}" if known else f"name {wording(product).key}"


def one_each(parties: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Give one row a party, in the shape names are matched in."""
    rows = parties.sort(*keys, nulls_last=True).unique("party", keep="first", maintain_order=True)
    kept = [column for column in ("domain", "stable_id", "part_number", "sku", "also") if column in parties.columns]
    return rows.select("name", *kept, id="party")
