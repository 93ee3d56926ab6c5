"""Which bought name is which billed name, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import polars as pl

from recon.matching.candidates import candidate_pairs
from recon.matching.features import describe
from recon.matching.forms import Sides
from recon.matching.guard import proposable, unclear_pairs
from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind
from recon.matching.listing import every_pair
from recon.matching.pairs import Known, know
from recon.matching.score import DIFFER, SAME, Weights, weights_for
from recon.matching.settle import SETTLED, same_names, settle
from recon.matching.sides import both_sides
from recon.matching.together import with_baskets, with_company
from recon.matching.verdicts import TELLING, Decided, Matching, conclude, decide

UNLIKE = 0.01
"""How likely names may be one, at most, that share nothing worth a comparison."""

EXACT = 0.985
"""How likely names are one, at least, that are equal once written alike and nobody else's; 0.997 was measured."""

UNCLEAR = 0.5
"""How likely a wording that is used of several products is each of them; which one, only a person knows."""

FEW = 10_000
"""Names that there is time to compare thoroughly."""

TWO_PLACES, TWO_WORDS = 0.5, 0.96
"""How likely names are one, at most, whose places differ, or that a slip of typing would make of one another."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What besides the names speaks for a pair: baskets for clients, company for products."""

    pairs: pl.DataFrame  # left_id, right_id, evidence (added to the log-odds), told (a sentence)


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides' names, what is settled of them, and how likely each other pair is by its names."""

    sides: Sides
    known: Known
    sure: pl.DataFrame
    scored: pl.DataFrame
    weights: Weights


def match_names(  # noqa: PLR0913 - each is a thing of its own that a caller may know, and all but the names may be left out
    left: pl.DataFrame,
    right: pl.DataFrame,
    *,
    kind: Kind,
    judgements: Judgements = NO_JUDGEMENTS,
    evidence: Evidence | None = None,
    weights: Weights | None = None,
) -> Matching:
    """Match bought names (left) with billed names (right): frames of `id`, `name`, and what else is known.

    `weights` are a workspace's own, as `learn_weights` gives them; without, those that ship with the core decide.
    """
    return match_compared(compare_names(left, right, kind=kind, judgements=judgements, weights=weights), evidence)


def match_pairs(
    left: pl.DataFrame,
    right: pl.DataFrame,
    *,
    kind: Kind,
    judgements: Judgements = NO_JUDGEMENTS,
    weights: Weights | None = None,
) -> pl.DataFrame:
    """Give every pair worth a look, the likeliest first: `left_id`, `right_id`, `score`, `verdict`, `reasons`."""
    few = left.height + right.height < FEW
    compared = compare_names(left, right, kind=kind, judgements=judgements, weights=weights, thorough=few)
    decided = decide_compared(compared, None)
    return every_pair(decided, conclude(decided, compared.weights))


def compare_names(  # noqa: PLR0913 - as `match_names`
    left: pl.DataFrame,
    right: pl.DataFrame,
    *,
    kind: Kind,
    judgements: Judgements = NO_JUDGEMENTS,
    weights: Weights | None = None,
    thorough: bool = False,
) -> Compared:
    """Settle what needs no score, and score every other pair worth it by its names.

    When thorough, names that have their only equal are also compared with each other's: one party may be called
    several things on both sides.
    """
    sides = both_sides(left, right, kind, judgements)
    sure, weights = settle(sides), weights or weights_for(kind)
    known, scored = (
        score_names(sides, sure, weights, thorough=thorough) if sides.are_open(sure) else score_nothing(kind)
    )
    return Compared(sides, known, sure, scored, weights)


def score_names(
    sides: Sides, sure: pl.DataFrame, weights: Weights, *, thorough: bool = False
) -> tuple[Known, pl.DataFrame]:
    """Describe and score every pair worth it by its names."""
    known = know(*sides.spelled, of_products=sides.kind is Kind.PRODUCT)
    described = describe_pairs(sides, known, sure, thorough=thorough)
    scored = described.with_columns(pl.Series("probability", weights.probabilities(described)))
    return known, scored.with_columns(probability=bounded(sides.kind))


@cache
def score_nothing(kind: Kind) -> tuple[Known, pl.DataFrame]:
    """Give what scoring gives where nothing is left to compare."""
    nobody = pl.DataFrame(schema={"id": pl.String, "name": pl.String})
    sides = both_sides(nobody, nobody, kind, NO_JUDGEMENTS)
    return score_names(sides, pl.DataFrame(schema=SETTLED), weights_for(kind))


def bounded(kind: Kind) -> pl.Expr:
    """Hold to what no likeness overrules: an equal name is the one; two places or two words are not, by themselves."""
    chance = pl.when("exact").then(pl.col("probability").clip(EXACT)).otherwise("probability")
    if kind is Kind.PRODUCT:
        return pl.when("unclear").then(UNCLEAR).otherwise(chance)
    places, two = pl.col("place or note") == DIFFER, pl.col("alike words that are two") > 0
    elsewhere = pl.col("same domain") != SAME
    places |= (pl.col("in brackets") == DIFFER) & elsewhere
    doubted = pl.when(two & elsewhere).then(chance.clip(upper_bound=TWO_WORDS)).otherwise(chance)
    return pl.when(places).then(doubted.clip(upper_bound=TWO_PLACES)).otherwise(doubted)


def match_compared(compared: Compared, evidence: Evidence | None) -> Matching:
    """Turn scores, with what evidence adds, into verdicts."""
    return conclude(decide_compared(compared, evidence), compared.weights)


def decide_compared(compared: Compared, evidence: Evidence | None) -> Decided:
    """Tell which pairs are certain, given what evidence adds."""
    return decide(compared.sides, compared.sure, with_evidence(compared, evidence))


def describe_names(left: pl.DataFrame, right: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Describe every pair worth scoring by its features, with `left_id`, `right_id`: what weights are trained on."""
    sides = both_sides(left, right, kind, NO_JUDGEMENTS)
    known = know(*sides.spelled, of_products=kind is Kind.PRODUCT)
    described = describe_pairs(sides, known, pl.DataFrame(schema=SETTLED))
    ids = sides.bought["id"][described["l"]], sides.billed["id"][described["r"]]
    return described.with_columns(left_id=ids[0], right_id=ids[1])


def describe_pairs(sides: Sides, known: Known, sure: pl.DataFrame, *, thorough: bool = False) -> pl.DataFrame:
    """Describe the pairs worth scoring; what people refused and what the guard stops is none.

    Names that are one another's only equal are compared with names that have none, not with each other's like unless
    thorough.
    """
    mine, theirs = sides.still_open(sure)
    exact = same_names(mine, theirs).join(sides.spoken, on=["l", "r"], how="anti")
    rows = [open_rows(all_rows, names) for all_rows, names in zip(sides.spelled, (mine, theirs), strict=True)]
    met = (
        candidate_pairs(rows[0], rows[1], exact.clear() if thorough else exact)
        if mine.height and theirs.height
        else exact
    )
    unclear = unclear_among(sides, mine, theirs)
    marked = proposable(sides, pl.concat([exact, met, unclear]).unique().sort("l", "r"))
    for name, pairs in (("exact", exact), ("unclear", unclear)):
        said = pairs.select("l", "r", pl.lit(value=True).alias(name))
        marked = marked.join(said, on=["l", "r"], how="left", maintain_order="left")
    return describe(marked.with_columns(pl.col("exact", "unclear").fill_null(value=False)), known)


def unclear_among(sides: Sides, mine: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """List the pairs of names still open of which one is a wording used of several products: `l`, `r`."""
    if sides.kind is Kind.CLIENT:
        return pl.DataFrame(schema={"l": pl.UInt32, "r": pl.UInt32})
    pairs = unclear_pairs(sides).join(mine.select(l="i"), on="l", how="semi")
    return pairs.join(theirs.select(r="i"), on="r", how="semi")


def open_rows(rows: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Keep every spelling of some names."""
    if not names.height:
        return rows.clear()
    return rows if names.height == rows["i"].n_unique() else rows.join(names, on="i", how="semi", maintain_order="left")


def with_evidence(compared: Compared, evidence: Evidence | None) -> pl.DataFrame:
    """Weigh names and evidence together; pairs that only evidence brings together are scored too."""
    by_name = pl.col("probability").alias("by name")
    if evidence is None:
        nothing = [pl.lit(0.0).alias("evidence"), pl.lit(None, pl.String).alias("told")]
        return compared.scored.with_columns(*nothing, by_name)
    told, scored = evidence_for(compared.sides, evidence), compared.scored
    new = still_free(compared, told.filter(pl.col("evidence") >= TELLING).join(scored, on=["l", "r"], how="anti"))
    if new.height:
        scored = pl.concat([scored, newly_scored(compared, new)], how="diagonal_relaxed").sort("l", "r")
    weighed = scored.lazy().join(told.lazy(), on=["l", "r"], how="left", maintain_order="left")
    weighed = weighed.with_columns(pl.col("evidence").fill_null(0.0), by_name)
    together = with_baskets if compared.sides.kind is Kind.CLIENT else with_company
    return together(weighed.collect(engine="in-memory"))


def still_free(compared: Compared, pairs: pl.DataFrame) -> pl.DataFrame:
    """Keep the pairs of which neither name is settled: `l`, `r`."""
    mine, theirs = compared.sides.still_open(compared.sure)
    free = pairs.join(mine, left_on="l", right_on="i", how="semi").join(theirs, left_on="r", right_on="i", how="semi")
    return free.select("l", "r").unique().sort("l", "r")


def newly_scored(compared: Compared, pairs: pl.DataFrame) -> pl.DataFrame:
    """Score further pairs, whose names alone would never have brought them together."""
    free = proposable(compared.sides, pairs).with_columns(exact=pl.lit(value=False), unclear=pl.lit(value=False))
    described = describe(free, compared.known)
    chances = pl.Series("probability", compared.weights.probabilities(described)).clip(upper_bound=UNLIKE)
    return described.with_columns(chances)


def evidence_for(sides: Sides, evidence: Evidence) -> pl.DataFrame:
    """Find the pairs evidence speaks of: `l`, `r`, `evidence`, `told`."""
    bought, billed = (side.lazy().select("i", "id") for side in (sides.bought, sides.billed))
    numbered = evidence.pairs.lazy().join(bought.rename({"i": "l", "id": "left_id"}), on="left_id")
    numbered = numbered.join(billed.rename({"i": "r", "id": "right_id"}), on="right_id")
    return numbered.select("l", "r", "evidence", "told").collect(engine="in-memory")
