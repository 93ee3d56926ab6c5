"""Which bought name is which billed name, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from recon.matching.candidates import candidate_pairs
from recon.matching.catalogue import known_product
from recon.matching.features import describe
from recon.matching.forms import Sides, known_names, spellings, with_forms
from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind, Said
from recon.matching.score import Weights, weights_for
from recon.matching.settle import SETTLED, same_names, settle
from recon.matching.spoken import called_same, said, spoken_pairs
from recon.matching.tiers import difference
from recon.matching.together import with_baskets, with_company
from recon.matching.verdicts import TELLING, Matching, conclude, every_pair
from recon.matching.wordings import Wording, wording

UNLIKE = 0.01
"""How likely names may be one, at most, that share nothing worth a comparison."""

EXACT = 0.985
"""How likely names are one, at least, that are equal once written alike and nobody else's; 0.997 was measured."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What besides the names speaks for a pair: baskets for clients, company for products."""

    pairs: pl.DataFrame  # left_id, right_id, evidence (added to the log-odds), told (a sentence)


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides' names, what is settled of them, and how likely each other pair is by its names."""

    sides: Sides
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
    compared = compare_names(left, right, kind=kind, judgements=judgements, weights=weights)
    return every_pair(compared.sides, with_evidence(compared, None), match_compared(compared, None))


def compare_names(
    left: pl.DataFrame,
    right: pl.DataFrame,
    *,
    kind: Kind,
    judgements: Judgements = NO_JUDGEMENTS,
    weights: Weights | None = None,
) -> Compared:
    """Settle what needs no score, and score every other pair worth it by its names."""
    sides = both_sides(left, right, kind, judgements)
    sure, weights = settle(sides), weights or weights_for(kind)
    described = describe_pairs(sides, sure)
    scored = described.with_columns(pl.Series("probability", weights.probabilities(described)))
    floor = pl.when("exact").then(pl.col("probability").clip(EXACT)).otherwise("probability")
    return Compared(sides, sure, scored.with_columns(probability=floor), weights)


def match_compared(compared: Compared, evidence: Evidence | None) -> Matching:
    """Turn scores, with what evidence adds, into verdicts."""
    scored = with_evidence(compared, evidence)
    return conclude(compared.sides, compared.sure, scored, compared.weights.version)


def both_sides(left: pl.DataFrame, right: pl.DataFrame, kind: Kind, judgements: Judgements) -> Sides:
    """Put both sides' names in their forms, with what people said of them."""
    known = known_names(left), known_names(right)
    spoken = spoken_pairs(*known, judgements, kind)
    same = called_same(spoken, kind) if kind is Kind.CLIENT else spoken.clear()
    bought, billed = with_forms(known[0], same["l"], kind), with_forms(known[1], same["r"], kind)
    spelled = spellings(bought, other_names(left), kind), spellings(billed, other_names(right), kind)
    return Sides(kind, bought, billed, spelled, spoken)


def other_names(names: pl.DataFrame) -> pl.DataFrame:
    """Take the other spellings a caller knows of (`also`, a list): `id`, `name`."""
    if "also" not in names.columns:
        return pl.DataFrame(schema={"id": pl.String, "name": pl.String})
    return names.select(pl.col("id").cast(pl.String), name="also").explode("name").drop_nulls("name")


def describe_names(left: pl.DataFrame, right: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Describe every pair worth scoring by its features, with `left_id`, `right_id`: what weights are trained on."""
    sides = both_sides(left, right, kind, NO_JUDGEMENTS)
    described = describe_pairs(sides, pl.DataFrame(schema=SETTLED))
    ids = sides.bought["id"][described["l"]], sides.billed["id"][described["r"]]
    return described.with_columns(left_id=ids[0], right_id=ids[1])


def describe_pairs(sides: Sides, sure: pl.DataFrame) -> pl.DataFrame:
    """Describe the pairs worth scoring; what people refused and what the guard stops is none.

    Names that are one another's only equal are compared with names that have none, not with each other's like.
    """
    mine, theirs = sides.still_open(sure)
    exact = same_names(mine, theirs).join(sides.spoken, on=["l", "r"], how="anti")
    rows = [open_rows(all_rows, names) for all_rows, names in zip(sides.spelled, (mine, theirs), strict=True)]
    pairs = pl.concat([exact, candidate_pairs(rows[0], rows[1], exact)]).unique().sort("l", "r")
    marked = proposable(sides, pairs).join(
        exact.with_columns(exact=True), on=["l", "r"], how="left", maintain_order="left"
    )
    return describe(marked.with_columns(pl.col("exact").fill_null(value=False)), *sides.spelled)


def open_rows(rows: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Keep every spelling of some names."""
    return rows if names.height == rows["i"].n_unique() else rows.join(names, on="i", how="semi", maintain_order="left")


def proposable(sides: Sides, pairs: pl.DataFrame) -> pl.DataFrame:
    """Leave out pairs that people refused and products that cannot be one."""
    pairs = pairs.join(said(sides.spoken, Said.DIFFERENT), on=["l", "r"], how="anti", maintain_order="left")
    return pairs.filter(may_be_one(pairs, sides)) if sides.kind is Kind.PRODUCT else pairs


def may_be_one(pairs: pl.DataFrame, sides: Sides) -> pl.Series:
    """Tell which pairs of products the tier guard lets through, and the catalogue does not know to be two."""
    (mine, known_left), (theirs, known_right) = (read_products(side) for side in (sides.bought, sides.billed))
    free = [
        difference(mine[left], theirs[right]) is None
        and (known_left[left] is None or known_right[right] is None or known_left[left] == known_right[right])
        for left, right in pairs.select("l", "r").iter_rows()
    ]
    return pl.Series("free", free, dtype=pl.Boolean)


def read_products(side: pl.DataFrame) -> tuple[list[Wording], list[str | None]]:
    """Read each product's wording, and its catalogue name if it has one."""
    known = [known_product(*row) for row in side.select("name", "part_number", "sku").iter_rows()]
    return [wording(name) for name in side["name"].to_list()], [product.name if product else None for product in known]


def with_evidence(compared: Compared, evidence: Evidence | None) -> pl.DataFrame:
    """Weigh names and evidence together; pairs that only evidence brings together are scored too."""
    told = evidence_for(compared.sides, evidence)
    scored = compared.scored
    new = told.filter(pl.col("evidence") >= TELLING).select("l", "r").join(scored, on=["l", "r"], how="anti")
    if new.height:
        scored = pl.concat([scored, newly_scored(compared, new)], how="diagonal_relaxed").sort("l", "r")
    scored = scored.join(told, on=["l", "r"], how="left", maintain_order="left")
    scored = scored.with_columns(pl.col("evidence").fill_null(0.0), pl.col("probability").alias("by name"))
    if evidence is None:
        return scored
    return with_baskets(scored) if compared.sides.kind is Kind.CLIENT else with_company(scored)


def newly_scored(compared: Compared, pairs: pl.DataFrame) -> pl.DataFrame:
    """Score further pairs, whose names alone would never have brought them together."""
    mine, theirs = compared.sides.still_open(compared.sure)
    free = pairs.join(mine, left_on="l", right_on="i", how="semi").join(theirs, left_on="r", right_on="i", how="semi")
    free = proposable(compared.sides, free.unique().sort("l", "r")).with_columns(exact=pl.lit(value=False))
    described = describe(free, *compared.sides.spelled)
    chances = pl.Series("probability", compared.weights.probabilities(described)).clip(upper_bound=UNLIKE)
    return described.with_columns(chances)


def evidence_for(sides: Sides, evidence: Evidence | None) -> pl.DataFrame:
    """Find the pairs evidence speaks of: `l`, `r`, `evidence`, `told`."""
    schema = {"left_id": pl.String, "right_id": pl.String, "evidence": pl.Float64, "told": pl.String}
    pairs = evidence.pairs.select(*schema) if evidence else pl.DataFrame(schema=schema)
    numbered = pairs.join(sides.bought.select(l="i", left_id="id"), on="left_id")
    return numbered.join(sides.billed.select(r="i", right_id="id"), on="right_id").select("l", "r", "evidence", "told")
