"""Why two names were taken for one thing, in a billing admin's words."""

from __future__ import annotations

import polars as pl

from recon.matching.judgements import Kind
from recon.matching.sites import one_place

ALIKE, HARDLY, WHOLE = 0.9, 0.75, 0.95
"""How alike names are that differ by a few letters, or are spelled alike; the share of a name's words that is all."""

SPELT = 0.8
"""How much of a longer name a few letters must explain to be worth a word."""

FITS = 4
"""Letters that a domain and a name must share to be worth a word."""


def explain(described: pl.LazyFrame, kind: Kind) -> pl.LazyFrame:
    """Add `reasons` to described pairs that carry both names and domains (`name`, `name_right`, ...)."""
    names = name_reasons(kind)
    told = [*site_reasons(), place_reason(), *names] if kind is Kind.CLIENT else names
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


def place_reason() -> pl.Expr:
    """Say that both names end in a place, and not in the same."""
    places = [pl.col(name).str.to_titlecase() for name in ("tail", "tail_right")]
    return pl.when(one_place().not_()).then(pl.format("places differ: {} and {}", *places))


def name_reasons(kind: Kind) -> list[pl.Expr]:
    """Say in one sentence what the names say, the strongest first."""
    shorter, longer = quoted(shorter_first=True), quoted(shorter_first=False)
    mine, theirs = pl.col("bought words found") >= WHOLE, pl.col("billed words found") >= WHOLE
    return [
        pl.when(pl.col("name") == pl.col("name_right"))
        .then(pl.lit("same name"))
        .when(pl.col("key") == pl.col("key_right"))
        .then(pl.lit("same name but for case and punctuation"))
        .when((pl.col("same") == pl.col("same_right")) & one_place().not_())
        .then(pl.format("'{}' and '{}' say the same but for the place", "name", "name_right"))
        .when(pl.col("same") == pl.col("same_right"))
        .then(pl.format("'{}' and '{}' say the same", "name", "name_right"))
        .when(pl.col("joined") == pl.col("joined_right"))
        .then(pl.lit("same letters, spaced differently"))
        .when(pl.col("initials") == pl.col("joined_right"))
        .then(pl.format("'{}' is the initials of '{}'", "name_right", "name"))
        .when(pl.col("initials_right") == pl.col("joined"))
        .then(pl.format("'{}' is the initials of '{}'", "name", "name_right"))
        .when(pl.lit(kind is Kind.CLIENT) & may_be_two_names())
        .then(pl.format("'{}' and '{}' are spelled alike, but may be two names", "name", "name_right"))
        .when(mine & theirs)
        .then(pl.format("'{}' and '{}' have the same words", "name", "name_right"))
        .when(mine)
        .then(pl.format("'{}' shortens '{}'", "name", "name_right"))
        .when(theirs)
        .then(pl.format("'{}' shortens '{}'", "name_right", "name"))
        .when(pl.col("has initials") > 0)
        .then(pl.format("'{}' has initials of words of '{}'", shorter, longer))
        .when(pl.col("spelling") >= ALIKE)
        .then(pl.format("'{}' and '{}' differ by a few letters", "name", "name_right"))
        .when(pl.col("letters explained") >= SPELT)
        .then(pl.format("the letters of '{}' begin words of '{}'", shorter, longer))
        .when(pl.col("part is initials") >= SPELT)
        .then(pl.format("'{}' begins with initials of '{}'", shorter, longer))
        .when(pl.col("spelling") >= HARDLY)
        .then(pl.format("'{}' and '{}' are spelled alike", "name", "name_right"))
        .when(pl.col("rarest shared word") > 0)
        .then(pl.format("'{}' and '{}' share some words", "name", "name_right"))
        .otherwise(pl.format("'{}' and '{}' have little in common", "name", "name_right"))
    ]


def may_be_two_names() -> pl.Expr:
    """Tell where what looks like a slip of typing is another word, and no domain says otherwise."""
    apart = (pl.col("domain") != pl.col("domain_right")).fill_null(value=True)
    return apart & (pl.col("alike words that are two") > 0) & (pl.col("spelling") >= HARDLY)


def quoted(*, shorter_first: bool) -> pl.Expr:
    """Take the shorter of the two names, or the longer."""
    is_shorter = pl.col("name").str.len_chars() <= pl.col("name_right").str.len_chars()
    return pl.when(is_shorter == shorter_first).then(pl.col("name")).otherwise(pl.col("name_right"))
