"""Both sides' names, ready to be compared."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from recon.frames import engine_for
from recon.matching.catalogue import contradiction
from recon.matching.judgements import Kind
from recon.matching.names import name_forms
from recon.matching.sites import clean_domain, site_name
from recon.matching.told import Numbering
from recon.matching.wordings import wording

OPTIONAL = ("domain", "stable_id", "part_number", "sku")
CLIENT_FORMS = (
    "core", "bare", "joined", "initials", "same", "letters", "tail", "aside", "legal", "legal_word", "alias",
)  # fmt: skip
FORMS = (*CLIENT_FORMS, "marks", "brand")


@dataclass(frozen=True, slots=True)
class Sides:
    """The names to match, in the forms they are compared in if any are, with the pairs people have spoken of."""

    kind: Kind
    bought: pl.DataFrame  # one row a name, numbered `i`
    billed: pl.DataFrame
    spelled: tuple[pl.DataFrame, pl.DataFrame]  # the same, with a row for every further spelling of a name
    spoken: pl.DataFrame  # l, r, said, by, order
    same: pl.DataFrame  # those of them that people called the same

    def still_open(self, sure: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Leave out the names that are settled; a bought product may be answered again."""
        free = self.bought
        if self.kind is Kind.CLIENT:
            free = free.filter(~among(sure["l"], free.height))
        return free, self.billed.filter(~among(sure["r"], self.billed.height))

    def are_open(self, sure: pl.DataFrame) -> bool:
        """Tell whether both sides have names left that may belong together."""
        bought = self.kind is Kind.PRODUCT or not among(sure["l"], self.bought.height).all()
        return bought and not among(sure["r"], self.billed.height).all()

    def named(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Name pairs of `l`, `r` by their ids: `left_id`, `right_id`."""
        return pl.DataFrame(
            {"left_id": self.bought["id"].gather(pairs["l"]), "right_id": self.billed["id"].gather(pairs["r"])}
        )


def known_names(names: pl.DataFrame, numbering: Numbering) -> pl.DataFrame:
    """Give one side's names as they came, numbered `i`, with what else is known of each.

    `number` is what those that people spoke of go by.
    """
    absent = [pl.lit(None, pl.String).alias(column) for column in OPTIONAL if column not in names.columns]
    told = names.lazy().with_columns(*absent).select(pl.col("id", "name", *OPTIONAL).cast(pl.String))
    side = told.with_row_index("i").collect(engine="in-memory")
    domains, own_names = sites(side["domain"])
    return side.with_columns(domains).hstack([own_names, *numbering.look_up(side["name"])])


def in_order(names: pl.DataFrame) -> pl.DataFrame:
    """Put one side's names in the order of their ids, so that the order of rows means nothing."""
    named = names.lazy().with_columns(pl.col("id").cast(pl.String))
    return named.sort("id").collect(engine=engine_for(names.height)).rechunk()


def sites(domains: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Give clean domains, and the part of each that its owner chose."""
    if domains.null_count() == len(domains):
        return domains, domains.alias("site")
    cleaned = domains.to_frame("domain").lazy().with_columns(domain=clean_domain(pl.col("domain")))
    told = cleaned.with_columns(site=site_name(pl.col("domain"))).collect(engine="in-memory")
    return told["domain"], told["site"]


def with_forms(
    sides: tuple[pl.DataFrame, pl.DataFrame], done: tuple[pl.Series, pl.Series], kind: Kind
) -> list[pl.DataFrame]:
    """Add to both sides every form names are compared in; those already `done` need none."""
    is_done = [among(settled, side.height) for side, settled in zip(sides, done, strict=True)]
    rest = [side.filter(~which) for side, which in zip(sides, is_done, strict=True)]
    told = forms_of(pl.concat(rest), kind)  # at once: most of a short list's time goes before its first name
    formed = [rest[0].hstack(told.head(rest[0].height)), rest[1].hstack(told.slice(rest[0].height))]
    parts = zip(formed, sides, is_done, strict=True)
    return [pl.concat([new, side.filter(which)], how="diagonal").sort("i") for new, side, which in parts]


def among(numbers: pl.Series, height: int) -> pl.Series:
    """Tell which of so many numbered names are among these."""
    return pl.Series("among", [False]).new_from_index(0, height).scatter(numbers, values=True)


def forms_of(side: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Derive the forms of one kind of name."""
    return product_forms(side) if kind is Kind.PRODUCT else name_forms(side["name"])


def spellings(side: pl.DataFrame, also: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Add a row for each other spelling of a name: those of `also` (`id`, `name`), and what follows `dba`."""
    if also.is_empty() and side["alias"].null_count() == side.height:
        return side
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
