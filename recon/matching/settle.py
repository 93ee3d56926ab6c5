"""Pairs that need no score: what people said, equal ids, known products, equal names."""

from __future__ import annotations

import polars as pl

from recon.matching.catalogue import codes_in, known_product
from recon.matching.forms import Sides
from recon.matching.judgements import Kind
from recon.matching.parties import SURE_ID
from recon.matching.sites import one_place
from recon.matching.tiers import difference
from recon.matching.wordings import wording

SETTLED = {"l": pl.UInt32, "r": pl.UInt32, "path": pl.String, "probability": pl.Float64, "reason": pl.String}

SAME_NAME = 0.997
"""How often a name that only one client of each side has is that client's, as was measured."""

TOLD_APART_BY = ("same", "key", "joined", "tail", "domain", "site")

BY_ID, BY_PART, BY_CATALOGUE = range(3)
SHORTEST_PART = 5
"""Letters of a part number that means one thing; `A1` is none."""


def settle(sides: Sides) -> pl.DataFrame:
    """Collect what needs no score: `l`, `r`, `path`, `probability`, `reason`. A person's word comes first."""
    sure = judged(sides)
    if sides.kind is Kind.CLIENT and 0 < sides.same.height < sides.bought.height:
        sure = pl.concat([sure, called_so_too(sides).join(sides.spoken, on=["l", "r"], how="anti")])
    if not sides.are_open(sure):
        return sure
    found = known_products(*sides.still_open(sure)) if sides.kind is Kind.PRODUCT else same_ids(*sides.still_open(sure))
    return pl.concat([sure, found.join(sides.spoken, on=["l", "r"], how="anti")])


def judged(sides: Sides) -> pl.DataFrame:
    """Settle what people called the same."""
    who = pl.when(pl.col("by") == "").then(pl.lit("someone")).otherwise(pl.col("by"))
    return settled(sides.same.with_columns(reason=pl.format("{} said these are the same", who)), "judgement", 1.0)


def called_so_too(sides: Sides) -> pl.DataFrame:
    """Settle clients whose very name is billed, where people said that by that name another client is billed too."""
    free, _ = sides.still_open(sides.same)
    asked = free.select("key").filter(pl.col("key") != "")
    mine, theirs = (
        side.join(asked, on="key", how="semi").filter(pl.col("key").is_unique())
        for side in (sides.bought, sides.billed)
    )
    pairs = mine.join(free, on="i", how="semi").join(theirs, on="key", suffix="_right")
    pairs = pairs.join(sides.same, left_on="i_right", right_on="r", how="semi")
    agree = pl.col("domain").is_null() | pl.col("domain_right").is_null() | (pl.col("site") == pl.col("site_right"))
    return settled(pairs.filter(agree).select(l="i", r="i_right", reason=pl.lit("the same name")), "exact", SAME_NAME)


def same_ids(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Settle clients that both sides know by one GUID; a shorter id counts only with a name that agrees."""
    mine, theirs = (side.with_columns(shared=pl.col("stable_id").str.to_lowercase()) for side in (left, right))
    pairs = mine.join(theirs, on="shared", suffix="_right").filter(pl.col("shared") != "")
    pairs = pairs.filter(pl.col("shared").str.contains(SURE_ID) | (pl.col("same") == pl.col("same_right")))
    pairs = pairs.select("stable_id", l="i", r="i_right").filter(pl.col("l").is_unique() & pl.col("r").is_unique())
    return settled(pairs.with_columns(reason=pl.format("same id {}", "stable_id")), "id", 0.9999)


def same_names(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Pair names that are equal once written alike, where no other name of either side is: `l`, `r`.

    One web site singles out a name that others share; two web sites or two places tell sisters apart. A place that only
    one side sets off (`Acme - Elgin`, `Acme Elgin`) is one all the same, and so is a name with a space or none.
    """
    left, right = (side.select("i", "core", *TOLD_APART_BY) for side in (left, right))
    agree = pl.col("domain").is_null() | pl.col("domain_right").is_null() | (pl.col("site") == pl.col("site_right"))
    differ = pl.col("same") != pl.col("same_right")
    named = equal_names(left, right, "same").filter(agree & one_place())
    set_off = equal_names(left, right, "key").filter(agree & (differ | (pl.col("tail").fill_null("") != "")))
    spaced = equal_names(left, right, "joined").filter(agree & one_place() & differ)
    sited = equal_names(left, right, "same", "domain").filter(one_place())
    found = pl.concat([pairs.select(l="i", r="i_right") for pairs in (named, set_off, spaced)])
    unpaired = [side.join(found, left_on="i", right_on=i, how="anti") for side, i in ((left, "l"), (right, "r"))]
    short = words_in(*unpaired).implode()
    named = named.filter(pl.col("same").str.contains(" ", literal=True) | ~pl.col("same").is_in(short))
    chosen = (named, set_off, spaced.filter(~pl.col("joined").is_in(short)), sited)
    return pl.concat([pairs.select(l="i", r="i_right") for pairs in chosen]).unique()


def equal_names(left: pl.DataFrame, right: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Join names that agree in all these, where each side has it once."""
    once = pl.struct(keys).is_unique() & pl.all_horizontal(pl.col(*keys).fill_null("") != "")
    mine, theirs = left.filter(once), right.filter(once)
    return mine.join(theirs, on=keys, suffix="_right")


def words_in(*sides: pl.DataFrame) -> pl.Series:
    """List the words of names without their like: `Easy` alone may be short for any of those that has it."""
    return pl.concat([side.select(pl.col("core").str.split(" ")).explode("core")["core"] for side in sides]).unique()


def known_products(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Settle products that the catalogue, an id or a part number knows to be one."""
    mine, theirs = meanings(left).rename({"i": "l"}), meanings(right).rename({"i": "r"})
    pairs = mine.join(theirs, on="means", suffix="_right").sort("l", "r", "rank", "means")
    pairs = pairs.unique(["l", "r"], keep="first", maintain_order=True)
    pairs = pairs.filter(one_tier(pairs)).filter(pl.col("l").n_unique().over("r") == 1)
    twice = pl.col("why") == pl.col("why_right")
    reason = pl.when(twice).then("why").otherwise(pl.format("{}; {}", "why", "why_right"))
    known = pl.col("rank") == BY_CATALOGUE
    path = pl.when(known).then(pl.lit("catalogue")).otherwise(pl.lit("id"))
    return settled(pairs.with_columns(reason=reason, path=path), None, 0.998)


def one_tier(pairs: pl.DataFrame) -> pl.Series:
    """Tell which pairs may be one product: a shared id or part number makes none of two tiers."""
    rows = pairs.select("rank", "name", "name_right").iter_rows()
    alike = [rank == BY_CATALOGUE or difference(wording(mine), wording(theirs)) is None for rank, mine, theirs in rows]
    return pl.Series("alike", alike, dtype=pl.Boolean)


def meanings(side: pl.DataFrame) -> pl.DataFrame:
    """Give all that each product is known by: `i`, `means`, `rank`, `why`, `name`."""
    rows: list[tuple[int, str, int, str, str]] = []
    for i, name, part, sku in side.select("i", "name", "part_number", "sku").iter_rows():
        known = known_product(name, part, sku)
        if known:
            rows.append((i, known.name, BY_CATALOGUE, known.reason, name))
        rows.extend((i, f"id {code}", BY_ID, f"same id {code}", name) for code in codes_in(sku) + codes_in(part))
        rows.extend((i, f"part {text}", BY_PART, f"same part number {text}", name) for text in part_numbers(part, sku))
    schema = {"i": pl.UInt32, "means": pl.String, "rank": pl.Int8, "why": pl.String, "name": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def part_numbers(part: str | None, sku: str | None) -> list[str]:
    """Write part numbers one way; one too short to mean one thing is none."""
    written = {text.strip().upper() for text in (part, sku) if text}
    return sorted(text for text in written if len(text) >= SHORTEST_PART and not text.isdigit())


def settled(pairs: pl.DataFrame, path: str | None, probability: float) -> pl.DataFrame:
    """Shape pairs as settled; without a path they bring their own."""
    named = pairs if path is None else pairs.with_columns(path=pl.lit(path))
    shaped = named.with_columns(probability=pl.lit(probability))
    return shaped.select(pl.col(column).cast(dtype) for column, dtype in SETTLED.items())
