"""Both sides' names, ready to be compared."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from recon.matching.catalogue import contradiction
from recon.matching.judgements import Kind, name_key
from recon.matching.names import name_forms
from recon.matching.sites import clean_domain, site_name
from recon.matching.wordings import wording

OPTIONAL = ("domain", "stable_id", "part_number", "sku")
FORMS = ("core", "bare", "joined", "initials", "letters", "same", "tail", "aside", "legal", "alias", "marks", "brand")


@dataclass(frozen=True, slots=True)
class Sides:
    """The names to match, in the forms they are compared in, with the pairs people have spoken of."""

    kind: Kind
    bought: pl.DataFrame  # one row a name, numbered `i`
    billed: pl.DataFrame
    spelled: tuple[pl.DataFrame, pl.DataFrame]  # the same, with a row for every further spelling of a name
    spoken: pl.DataFrame  # l, r, said, by, order

    def still_open(self, sure: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Leave out the names that are settled; a bought product may be answered again."""
        free = self.bought
        if self.kind is Kind.CLIENT:
            free = free.join(sure, left_on="i", right_on="l", how="anti")
        return free, self.billed.join(sure, left_on="i", right_on="r", how="anti")


def known_names(names: pl.DataFrame) -> pl.DataFrame:
    """Give one side's names in the order of their ids, numbered `i`, with what else is known of each."""
    absent = [pl.lit(None, pl.String).alias(column) for column in OPTIONAL if column not in names.columns]
    side = names.with_columns(pl.col("id").cast(pl.String), *absent).sort("id").with_row_index("i")
    side = side.select("i", "id", *(pl.col(column).cast(pl.String) for column in ("name", *OPTIONAL)))
    side = side.with_columns(domain=clean_domain(pl.col("domain")), key=name_key(pl.col("name")))
    return side.with_columns(site=site_name(pl.col("domain")))


def with_forms(side: pl.DataFrame, done: pl.Series, kind: Kind) -> pl.DataFrame:
    """Add every form names are compared in; those already `done` need none."""
    rest = side.filter(~pl.col("i").is_in(done.implode()))
    formed = rest.hstack(forms_of(rest, kind))
    return pl.concat([formed, side.join(rest, on="i", how="anti")], how="diagonal").sort("i")


def forms_of(side: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Derive the forms of one kind of name."""
    return product_forms(side) if kind is Kind.PRODUCT else name_forms(side["name"])


def spellings(side: pl.DataFrame, also: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Add a row for each other spelling of a name: those of `also` (`id`, `name`), and what follows `dba`."""
    known = side.drop(*FORMS, "name", strict=False)
    others = pl.concat(
        [side.filter(pl.col("alias").is_not_null()).select("id", name="alias"), also.select("id", "name")]
    )
    more = known.join(others.unique().sort("id", "name"), on="id").select(side.columns[: side.columns.index(FORMS[0])])
    return pl.concat([side, more.hstack(forms_of(more, kind)).select(side.columns)]) if more.height else side


def product_forms(side: pl.DataFrame) -> pl.DataFrame:
    """Give products the columns clients have; one whose part number contradicts its name is the same as none."""
    read = [wording(name) for name in side["name"].to_list()]
    said = pl.Series([" ".join(product.said) for product in read], dtype=pl.String)
    doubts = [contradiction(*row) for row in side.select("name", "part_number", "sku").iter_rows()]
    keys = [None if doubt else product.key for doubt, product in zip(doubts, read, strict=True)]
    first = pl.Series(["".join(word[0] for word in product.said if word) for product in read], dtype=pl.String)
    told = {"core": said, "bare": said, "joined": said.str.replace_all(" ", ""), "initials": first, "letters": first}
    marks = [" ".join(sorted(product.marks)) for product in read]
    more = {"same": keys, "marks": marks, "brand": [product.brand for product in read]}
    schema = dict.fromkeys(FORMS, pl.String)
    nothing = {name: [None] * len(read) for name in schema.keys() - told.keys() - more.keys()}
    return pl.DataFrame(told | more | nothing, schema=schema)
