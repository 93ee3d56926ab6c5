"""What is certain, what is a question, and what has no match."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from recon.matching.assign import assign
from recon.matching.forms import Sides, among
from recon.matching.judgements import Kind, Said
from recon.matching.reasons import explain
from recon.matching.score import DIFFER, ONLY_ONE, SAME, Weights
from recon.matching.spoken import said

ACCEPT = 0.97
"""A match at least this likely is made without asking."""

ASK = {Kind.CLIENT: 0.3, Kind.PRODUCT: 0.1}
"""A match at least this likely is worth a question; products are few, and each holds many lines."""

TELLING = 3.0
"""Log-odds of evidence without which likeness never accepts a product, nor clients that may be sisters."""

TENANT = r"\.onmicrosoft\.(?:com|us|de)$"

LIKELY_NAME = 0.1
"""A pair this likely by its names is shown whatever else speaks against it."""

RARE_WORD = 0.8
"""A pair that shares a word this rare is shown to a person, who may know what no score can."""

EQUAL = "the same name, but that alone does not settle it"
LIKELY, UNLIKE = "likely, but not certain", "nothing billed is alike enough"
"""Why a name is a question, or has no match."""

SHOWN, FAINTEST = 5, 0.02
"""How many candidates a question shows, and how faint one may be."""

ROWS = ("l", "left_id", "right_id", "verdict", "probability", "path", "reasons")
"""What is told of each bought name, by its number."""

CANDIDATES: dict[str, pl.DataType | type[pl.DataType]] = {
    "left_id": pl.String,
    "right_id": pl.String,
    "probability": pl.Float64,
    "reasons": pl.List(pl.String),
    "rank": pl.UInt32,
}


class Verdict(StrEnum):
    """How sure a match is."""

    CERTAIN = "certain"
    UNSURE = "unsure"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Matching:
    """Every left name's verdict, and the candidates of those that are not certain.

    A bought client has one row in `matches`; a bought product has one for each billed wording that answers it.
    """

    matches: pl.DataFrame  # left_id, right_id (null unless certain), verdict, probability, path, reasons
    candidates: pl.DataFrame  # left_id, right_id, probability, reasons, rank
    weights: Weights

    @property
    def weights_version(self) -> str:
        """Name the weights that decided."""
        return self.weights.version


@dataclass(frozen=True, slots=True)
class Decided:
    """Which pairs are certain, before anything is said about the others."""

    sides: Sides
    sure: pl.DataFrame
    scored: pl.DataFrame  # every scored pair, and whether it is certain

    @property
    def certain(self) -> pl.DataFrame:
        """List the certain pairs in order: `left_id`, `right_id`."""
        pairs = pl.concat([self.sure.select("l", "r"), self.scored.filter("certain").select("l", "r")])
        return self.sides.named(pairs.sort("l", "r"))


def decide(sides: Sides, sure: pl.DataFrame, scored: pl.DataFrame) -> Decided:
    """Assign exclusively, and tell which pairs are certain."""
    if scored.is_empty():
        return Decided(sides, sure, scored.with_columns(equal=pl.lit(value=False), certain=pl.lit(value=False)))
    competing = scored.filter((pl.col("probability") >= FAINTEST) & ~are_others_equals())
    chosen = assign(competing, exclusive_left=sides.kind is Kind.CLIENT)
    doubted = said(sides.spoken, Said.UNSURE).select("l", "r", doubted=pl.lit(value=True))
    told = scored.lazy().join(chosen.lazy().select("l", "r", "tied"), on=["l", "r"], how="left", maintain_order="left")
    told = told.join(doubted.lazy(), on=["l", "r"], how="left", maintain_order="left")
    equal = says_the_same(sides, scored)
    told = told.with_columns(equal, have_twins(scored, equal), names_a_tenant(sides, scored))
    doubtful = pl.col("tied").fill_null(value=True) | pl.col("doubted").fill_null(value=False) | pl.col("unclear")
    decisive = ~doubtful & (pl.col("probability") >= ACCEPT) & is_decisive(sides.kind)
    marked = told.with_columns(certain=decisive).drop("tied", "doubted", "twins", "tenant").collect(engine="in-memory")
    return Decided(sides, sure, marked)


def are_others_equals() -> pl.Expr:
    """Tell the pairs whose names both have an equal, each another: they are listed, and settle nothing."""
    exact = [pl.col(side).is_in(pl.col(side).filter("exact").implode()) for side in ("l", "r")]
    return exact[0] & exact[1] & ~pl.col("exact")


def conclude(decided: Decided, weights: Weights) -> Matching:
    """Turn what is decided into verdicts with reasons."""
    sides, scored = decided.sides, decided.scored.lazy()
    settled = settled_rows(sides, decided.sure)
    if decided.scored.is_empty():
        rows = all_matches(sides, settled, scored).collect(engine="in-memory")
        return Matching(rows, pl.DataFrame(schema=CANDIDATES), weights)
    found = certain_rows(sides, scored.filter("certain")).collect(engine="in-memory")
    certain = pl.concat([settled, found])
    shown = worth_showing(scored, certain.lazy(), sides.kind).collect(engine="in-memory").lazy()
    matches = all_matches(sides, certain, shown)
    told, candidates = pl.collect_all([matches, ranked(sides, shown)], engine="in-memory")
    return Matching(told, candidates, weights)


def all_matches(sides: Sides, certain: pl.DataFrame, shown: pl.LazyFrame) -> pl.LazyFrame:
    """Give every bought name its verdict, in the order of ids, in which names are numbered."""
    free = sides.bought.select(l="i", left_id="id").filter(~among(certain["l"], sides.bought.height))
    told = [certain.lazy().select(*ROWS)]
    if free.height:
        told.append(undecided(free.lazy(), shown, sides.kind).select(*ROWS))
    return pl.concat(told).sort(["l"] if sides.kind is Kind.CLIENT else ["l", "right_id"]).drop("l")


def says_the_same(sides: Sides, pairs: pl.DataFrame) -> pl.Series:
    """Tell which pairs are one name but for how it is written: `equal`."""
    equal = pl.Series("equal", [False]).new_from_index(0, pairs.height)
    for form in ("key", "same"):
        mine, theirs = sides.bought[form].gather(pairs["l"]), sides.billed[form].gather(pairs["r"])
        equal |= ((mine == theirs) & (mine != "")).fill_null(value=False)
    return equal


def have_twins(pairs: pl.DataFrame, equal: pl.Series) -> pl.Series:
    """Tell which equal names another of either side is equal to as well: `twins`."""
    twins = pl.Series("twins", [False]).new_from_index(0, pairs.height)
    for side in ("l", "r"):
        named = pairs[side].filter(equal)
        twins |= equal & pairs[side].is_in(named.filter(named.is_duplicated()).implode())
    return twins


def names_a_tenant(sides: Sides, pairs: pl.DataFrame) -> pl.Series:
    """Tell which pairs have a Microsoft tenant's name for a domain, which is nobody's web site: `tenant`."""
    either = pl.Series("tenant", [False]).new_from_index(0, pairs.height)
    for side, name in ((sides.bought, "l"), (sides.billed, "r")):
        either |= side["domain"].gather(pairs[name]).str.contains(TENANT).fill_null(value=False)
    return either


def worth_asking(kind: Kind) -> pl.Expr:
    """Ask of what is likely, and always of names that are equal: no weights may say that those have no match."""
    return pl.col("equal") | (pl.col("probability") >= ASK[kind])


def is_decisive(kind: Kind) -> pl.Expr:
    """Ask more than likeness of a product, and of names that may be sisters.

    A product needs the same words, or a shared word and clients that have as many of both. Clients of two web sites,
    whose names both say what the other does not, or of whom one has a namesake, need to hold much that is alike.
    """
    if kind is Kind.CLIENT:
        two = both_say_more() | (pl.col("alike words that are two") > 0) | pl.col("twins")
        two_sites = (pl.col("same domain") == DIFFER) & ~pl.col("tenant")
        sisters = two_sites | (two & (pl.col("same domain") != SAME))
        return pl.col("exact") | ~sisters | (pl.col("evidence") >= TELLING)
    return pl.col("exact") | ((pl.col("evidence") >= TELLING) & (pl.col("rarest shared word") > 0))


def both_say_more() -> pl.Expr:
    """Tell which names both say what the other does not, as sisters in two towns do; initials lack most words.

    A town that is set off stands for a word: `Acme - Denver` and `Acme Boise`.
    """
    left_over = [pl.col(f"{side} word left over") > 0 for side in ("bought", "billed")]
    set_off = (pl.col("place or note") == ONLY_ONE) | (pl.col("in brackets") == ONLY_ONE)
    more = pl.all_horizontal(left_over) | (pl.any_horizontal(left_over) & set_off)
    return more & (pl.col("is the initials") == 0)


def settled_rows(sides: Sides, sure: pl.DataFrame) -> pl.DataFrame:
    """Give what needed no score as rows of matches, with `l` and `r`."""
    settled = pl.concat([sure, sides.named(sure)], how="horizontal").lazy()
    return as_certain(settled.with_columns(reasons=pl.concat_list("reason"))).collect(engine="in-memory")


def certain_rows(sides: Sides, scored: pl.LazyFrame) -> pl.LazyFrame:
    """Give what its score made certain as rows of matches, with `l` and `r`."""
    path = pl.when("exact").then(pl.lit("exact")).otherwise(pl.lit("scored"))
    return as_certain(named(sides, scored).with_columns(path=path))


def as_certain(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Give rows of matches the verdict that they are certain."""
    return rows.with_columns(verdict=pl.lit(Verdict.CERTAIN.value)).select(*ROWS, "r")


def worth_showing(told: pl.LazyFrame, certain: pl.LazyFrame, kind: Kind) -> pl.LazyFrame:
    """Keep the pairs whose names are still free and that are not too faint."""
    likely = (pl.col("probability") >= FAINTEST) | (pl.col("by name") >= LIKELY_NAME)
    likely |= (pl.col("rarest shared word") >= RARE_WORD) | pl.col("equal")
    free = told.filter(likely).join(certain, on="r", how="anti", maintain_order="left")
    return free.join(certain, on="l", how="anti", maintain_order="left") if kind is Kind.CLIENT else free


def undecided(free: pl.LazyFrame, shown: pl.LazyFrame, kind: Kind) -> pl.LazyFrame:
    """Give the names without a match their verdict: a question where something is likely enough."""
    likeliest = shown.group_by("l").agg(pl.col("probability").max(), pl.col("equal").any())
    rest = free.join(likeliest, on="l", how="left")
    rest = rest.with_columns(pl.col("probability").fill_null(0.0), pl.col("equal").fill_null(value=False))
    asks = worth_asking(kind)
    why = pl.when("equal").then(pl.lit(EQUAL)).when(asks).then(pl.lit(LIKELY)).otherwise(pl.lit(UNLIKE))
    return rest.with_columns(
        verdict=pl.when(asks).then(pl.lit(Verdict.UNSURE.value)).otherwise(pl.lit(Verdict.NONE.value)),
        path=pl.when(asks).then(pl.lit("scored")).otherwise(pl.lit("none")),
        right_id=pl.lit(None, pl.String),
        reasons=pl.concat_list(why),
    )


def ranked(sides: Sides, shown: pl.LazyFrame) -> pl.LazyFrame:
    """Rank what an undecided name may be."""
    least = pl.when("equal").then(pl.col("probability").clip(ASK[sides.kind])).otherwise("probability")
    rank = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).over("l", order_by=[-least, pl.col("r")])
    few = shown.with_columns(rank=rank).filter(pl.col("rank") <= SHOWN).sort("l", "rank")
    return named(sides, few).select("left_id", "right_id", "probability", "reasons", "rank")


def named(sides: Sides, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add ids and reasons to rows of `l`, `r` and their features."""
    columns = ["i", "id", "name", "key", "same", "joined", "initials", "tail", "domain", "site"]
    mine, theirs = (side.lazy().select(columns) for side in (sides.bought, sides.billed))
    full = rows.join(mine, left_on="l", right_on="i", maintain_order="left")
    full = full.join(theirs, left_on="r", right_on="i", suffix="_right", maintain_order="left")
    return explain(full, sides.kind).rename({"id": "left_id", "id_right": "right_id"})
