"""Why two names were taken for one thing, in a billing admin's words."""

from __future__ import annotations

import polars as pl

from recon.matching.judgements import Kind

ALIKE, HARDLY = 0.9, 0.75
FITS = 4
"""Letters that a domain and a name must share to be worth a word."""


def explain(described: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Add `reasons` to described pairs that carry both names and domains (`name`, `name_right`, ...)."""
    told = [*site_reasons(), *name_reasons()] if kind is Kind.CLIENT else name_reasons()
    return described.with_columns(reasons=pl.concat_list([pl.col("told"), *told]).list.drop_nulls())


def site_reasons() -> list[pl.Expr]:
    """Say what the domains say."""
    return [
        pl.when(pl.col("domain") == pl.col("domain_right"))
        .then(pl.format("same domain {}", "domain"))
        .when(pl.col("site") == pl.col("site_right"))
        .then(pl.format("domains {} and {} have the same owner's name", "domain", "domain_right"))
        .when(pl.col("domain").is_not_null() & pl.col("domain_right").is_not_null())
        .then(pl.format("domains differ: {} and {}", "domain", "domain_right")),
        pl.when(
            pl.col("domain_right").is_null()
            & pl.col("site").str.starts_with(pl.col("joined_right").str.slice(0, 8))
            & (pl.col("joined_right").str.len_chars() >= FITS)
        ).then(pl.format("domain {} fits '{}'", "domain", "name_right")),
    ]


def name_reasons() -> list[pl.Expr]:
    """Say in one sentence what the names say, the strongest first."""
    shorter, longer = quoted(shorter_first=True), quoted(shorter_first=False)
    return [
        pl.when(pl.col("name") == pl.col("name_right"))
        .then(pl.lit("same name"))
        .when(pl.col("key") == pl.col("key_right"))
        .then(pl.lit("same name but for case and punctuation"))
        .when(pl.col("same") == pl.col("same_right"))
        .then(pl.format("'{}' and '{}' say the same", "name", "name_right"))
        .when(pl.col("joined") == pl.col("joined_right"))
        .then(pl.lit("same letters, spaced differently"))
        .when(pl.col("initials") == pl.col("joined_right"))
        .then(pl.format("'{}' is the initials of '{}'", "name_right", "name"))
        .when(pl.col("initials_right") == pl.col("joined"))
        .then(pl.format("'{}' is the initials of '{}'", "name", "name_right"))
        .when((pl.col("bought words found") > ALIKE) | (pl.col("billed words found") > ALIKE))
        .then(pl.format("'{}' shortens '{}'", shorter, longer))
        .when(pl.col("spelling") >= ALIKE)
        .then(pl.format("'{}' and '{}' differ by a few letters", "name", "name_right"))
        .when(pl.col("spelling") >= HARDLY)
        .then(pl.format("'{}' and '{}' are spelled alike", "name", "name_right"))
        .when(pl.col("rarest shared word") > 0)
        .then(pl.format("'{}' and '{}' share some words", "name", "name_right"))
        .otherwise(pl.format("'{}' and '{}' have little in common", "name", "name_right"))
    ]


def quoted(*, shorter_first: bool) -> pl.Expr:
    """Take the shorter of the two names, or the longer."""
    is_shorter = pl.col("name").str.len_chars() <= pl.col("name_right").str.len_chars()
    return pl.when(is_shorter == shorter_first).then(pl.col("name")).otherwise(pl.col("name_right"))
