"""How long a client is committed and how often it pays, as far as both sides tell such plans apart."""

from __future__ import annotations

import polars as pl

from recon.frames import put_at
from recon.lines import Side

ANY_PLAN = ""
MIXED_PLANS = "several plans"
ANY, MIXED, MOST_MONTHS = 0, -1, 1_000  # a plan as a number: 12_001 is a year, billed every month
TERMS = {1: "monthly", 12: "annual", 24: "2-year", 36: "3-year"}
CYCLES = {1: "billed monthly", 3: "billed quarterly", 12: "billed yearly", 36: "billed every 3 years"}


def name_plan(code: str) -> pl.Expr:
    """Say a plan in words: 12 months' term billed every month is `annual, billed monthly`."""
    term, cycle = pl.col(code) // MOST_MONTHS, pl.col(code) % MOST_MONTHS
    term_word = term.replace_strict(TERMS, default=pl.format("{} months", term), return_dtype=pl.String)
    cycle_word = cycle.replace_strict(
        CYCLES, default=pl.format("billed every {} months", cycle), return_dtype=pl.String
    )
    said = [pl.when(months != 0).then(word) for months, word in ((term, term_word), (cycle, cycle_word))]
    return (
        pl.when(pl.col(code) == MIXED)
        .then(pl.lit(MIXED_PLANS))
        .when((term == 1) & (cycle <= 1))
        .then(pl.lit("monthly"))
        .otherwise(pl.concat_str(said, separator=", ", ignore_nulls=True))
    )


def split_plans(lines: pl.DataFrame) -> pl.DataFrame:
    """Give each line its `plan` as a number, and that as which it is compared (`apart`): mostly as `ANY`.

    Plans are kept apart only where both sides tell the same ones apart, and only by what every line of both sides says:
    a side that names the term and not how often it is charged, or charges a year at once what is bought by the month,
    is compared by the term.
    """
    term, cycle = (pl.col(name).fill_null(0).cast(pl.Int32) for name in ("term_months", "cycle_months"))
    planned = lines.with_columns(plan=term * MOST_MONTHS + cycle).drop("term_months", "cycle_months")
    told = planned.filter(pl.col("seats") != 0).select("same", "side", "plan").unique()
    says = {"says_term": pl.col("plan") >= MOST_MONTHS, "says_cycle": pl.col("plan") % MOST_MONTHS > 0}
    several = _with_several_plans(told, **{name: said.all() for name, said in says.items()})
    shared = told.join(several, on="same").select("same", "side", *says, apart=_as_both_tell()).unique()
    term = (pl.col("apart") // MOST_MONTHS).alias("term")
    alike = {"says_term": _are_on_both_sides(term), "says_cycle": _are_on_both_sides(pl.col("apart"))}
    split = _with_several_plans(shared, **{name: pl.col(name).first() & both for name, both in alike.items()})
    return put_at(planned, split, "same").with_columns(apart=_as_both_tell()).drop(*says)


def _with_several_plans(told: pl.DataFrame, **says: pl.Expr) -> pl.DataFrame:
    """Pick what both sides have on several plans, of which each is told once a side."""
    a_side = ((pl.col("side") == side.value).sum().alias(side.value) for side in Side)
    plans = told.group_by("same").agg(*a_side, **says)
    return plans.filter(pl.min_horizontal(*Side) > 1).select("same", *says)


def _are_on_both_sides(plans: pl.Expr) -> pl.Expr:
    """Whether each of these plans stands on both sides; else the sides name them differently, or one lacks some."""
    return pl.struct("side", plans).n_unique() == plans.n_unique() * len(Side)


def _as_both_tell() -> pl.Expr:
    """Leave of a plan only the term or cycle that both sides say."""
    term = pl.when("says_term").then(pl.col("plan") // MOST_MONTHS * MOST_MONTHS).otherwise(ANY)
    return term + pl.when("says_cycle").then(pl.col("plan") % MOST_MONTHS).otherwise(ANY)
