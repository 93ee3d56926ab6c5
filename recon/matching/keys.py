"""A name written so that only case, accents and punctuation do not matter."""

from __future__ import annotations

import polars as pl

from recon.matching.names import LONGEST, plain, spaced


def name_key(name: pl.Expr) -> pl.Expr:
    """Write a name so that case, accents and punctuation do not matter, and nothing else is forgiven."""
    return or_as_it_is(plain(name), name)


def or_as_it_is(bare: pl.Expr, name: pl.Expr) -> pl.Expr:
    """Leave a name of signs only as it is."""
    return pl.when(bare == "").then(name.str.strip_chars()).otherwise(bare)


def name_keys(names: pl.Series) -> pl.Series:
    """Write many names so; most are letters, digits and single spaces, and need no more than lower case."""
    odd = names.str.contains(r"[^A-Za-z0-9 ]|  |^ | $|^$") | (names.str.len_bytes() > LONGEST)
    if not odd.any():
        return names.str.to_lowercase()
    return names.str.to_lowercase().scatter(odd.arg_true(), odd_keys(names.filter(odd)))


def odd_keys(names: pl.Series) -> pl.Series:
    """Write names so that have signs; those of plain letters have no accents to look for."""
    name, rest = pl.col("name"), names.to_frame("name").with_row_index("place").lazy()
    is_plain = name.str.contains(r"^[\x00-\x7f]*$").fill_null(value=False)
    unaccented = spaced(name.str.slice(0, LONGEST).str.to_lowercase())
    parts = [
        rest.filter(is_plain).select("place", key=or_as_it_is(unaccented, name)),
        rest.filter(~is_plain).select("place", key=name_key(name)),
    ]
    return pl.concat(parts).sort("place").collect(engine="in-memory")["key"]
