"""Who is on a side of a month: distinct clients and distinct products, each with an id that lasts."""

from __future__ import annotations

import polars as pl

from recon.matching.catalogue import known_product
from recon.matching.judgements import name_key
from recon.matching.wordings import wording

CLIENT_KEYS, PRODUCT_KEYS = ("client", "client_id"), ("product", "part_number", "sku")


SPELLINGS = 4
"""Further spellings of a client that are compared; the rarest beyond them are typing."""


def client_parties(lines: pl.DataFrame) -> pl.DataFrame:
    """Give each (client, client_id) of a side its party: one id is one client, and so is one name without an id.

    Columns `client`, `client_id`, `party`, and what all of a party share: `name`, `domain`, `stable_id`.
    """
    seen = lines.group_by("source", *CLIENT_KEYS).agg(
        domain=pl.col("domain").drop_nulls().mode().sort().first(), lines=pl.len()
    )
    seen = seen.with_columns(key=name_key(pl.col("client")), number=plain_id(pl.col("client_id")))
    seen = seen.join(borrowed_ids(seen), on=["source", "key"], how="left")
    seen = seen.with_columns(number=pl.coalesce("number", "borrowed"))
    own = (
        pl.when(pl.col("number").is_not_null())
        .then(pl.format("id {}", "number"))
        .otherwise(pl.format("name {}", "key"))
    )
    seen = seen.with_columns(own=own).with_columns(party=merged_by_name(seen.with_columns(own=own)))
    return (
        seen.unique([*CLIENT_KEYS], keep="first")
        .select(*CLIENT_KEYS, "party")
        .join(faces(seen), on="party")
        .sort(*CLIENT_KEYS, nulls_last=True)
    )


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


def merged_by_name(seen: pl.DataFrame) -> pl.Expr:
    """Take clients of two sources for one when their names are equal and each source has that name once."""
    names = seen.group_by("key", "source").agg(pl.col("own").n_unique().alias("owners"), pl.col("own").min())
    alone = names.group_by("key").agg(pl.col("owners").max(), pl.len(), one=pl.col("own").min())
    shared = alone.filter((pl.col("owners") == 1) & (pl.col("len") > 1))
    whole = dict(zip(shared["key"].to_list(), shared["one"].to_list(), strict=True))
    return pl.col("key").replace_strict(whole, default=None, return_dtype=pl.String).fill_null(pl.col("own"))


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
