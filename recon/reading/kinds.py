"""What kind of line a row is, from the file's own words: charge, status, term and cycle."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce

import polars as pl

from recon.lines import Charge, Status
from recon.questions import Problem
from recon.reading.charges import (
    ONCE,
    PRORATED,
    TRIAL,
    TRIAL_PRODUCT,
    YES,
    charge_of,
    is_billed,
    is_freight,
    is_tax,
    is_usage,
    status_of,
)
from recon.reading.distinct import read_distinct
from recon.reading.meanings import Meaning
from recon.reading.source import Source, first_said
from recon.reading.terms import cycle_of, stated_cycle_of, term_of

NO = pl.lit(value=False)


def words_of(source: Source, product: pl.Series, problems: list[Problem]) -> dict[str, pl.Series]:
    """Say what the line charges for, whether it runs and whether it is billed."""
    charge_type, status = source.column(Meaning.CHARGE), source.column(Meaning.STATUS)
    charge = pl.lit(known(source, charge_type, charge_of, problems))
    state = pl.lit(known(source, status, status_of, problems)).fill_null(Status.ACTIVE.value)
    trial = flagged(source, Meaning.TRIAL, TRIAL.search) | flagged(source, Meaning.TERM, TRIAL_PRODUCT.search)
    trial |= flag_of(product, TRIAL_PRODUCT.search)
    trial &= state == Status.ACTIVE.value
    said = pl.select(
        charge=charge_by_words(source, product, charge),
        charge_type=pl.lit(charge_type),
        status=pl.when(flagged(source, Meaning.INACTIVE, YES.match))
        .then(pl.lit(Status.CANCELLED.value))
        .when(trial)
        .then(pl.lit(Status.TRIAL.value))
        .otherwise(state),
        billable=pl.lit(read_distinct(source.column(Meaning.BILLABLE), is_billed, pl.Boolean)).fill_null(value=True),
    )
    return said.to_dict()


def charge_by_words(source: Source, product: pl.Series, stated: pl.Expr) -> pl.Expr:
    """Say what a line charges for: as its charge type states, unless other words of it know more of what are seats."""
    charge = stated if source.has(Meaning.QUANTITY) else stated.fill_null(Charge.FEE.value)
    seats = charge.is_null() | charge.is_in([Charge.SEATS.value, Charge.PRORATED.value])
    usage = flag_of(product, is_usage) | flagged(source, Meaning.SKU, is_usage)
    charge = (
        pl.when(usage & seats)
        .then(pl.lit(Charge.USAGE.value))
        .when(flag_of(product, is_freight) & seats)
        .then(pl.lit(Charge.ONE_TIME.value))
        .when(flag_of(product, is_tax) & seats)
        .then(pl.lit(Charge.TAX.value))
        .otherwise(charge.fill_null(Charge.SEATS.value))
    )
    once = flagged(source, Meaning.CYCLE, ONCE.search) | flagged(source, Meaning.TERM, ONCE.search)
    are_seats = charge == Charge.SEATS.value
    return (
        pl.when(are_seats & once)
        .then(pl.lit(Charge.ONE_TIME.value))
        .when(are_seats & prorated_by_remark(source))
        .then(pl.lit(Charge.PRORATED.value))
        .otherwise(charge)
    )


def prorated_by_remark(source: Source) -> pl.Expr:
    """Where the product's wording or a remark beside it says that only part of a cycle is charged.

    Where most lines say so it is a custom of the agreements, and tells no line from another.
    """
    columns = [*source.columns.get(Meaning.PRODUCT, ()), *source.remarks]
    found = reduce(operator.or_, (flag_of(source.cells[column], PRORATED.search) for column in columns), NO)
    return found & (found.sum() * 2 < source.cells.height)


def flagged(source: Source, meaning: Meaning, says: Callable[[str], object]) -> pl.Expr:
    """Where a column says yes."""
    return flag_of(source.column(meaning), says) if source.has(meaning) else NO


def flag_of(texts: pl.Series, says: Callable[[str], object]) -> pl.Expr:
    """Where a text says so."""
    return pl.lit(read_distinct(texts, lambda text: bool(says(text)), pl.Boolean)).fill_null(value=False)


def known(
    source: Source, words: pl.Series, read: Callable[[str], Charge | Status | None], problems: list[Problem]
) -> pl.Series:
    """Put a file's words into ours; each word we do not know is told of once."""
    answers = read_distinct(words, read)
    strange = words.filter(answers.is_null() & words.is_not_null()).unique().sort()
    header = source.names[source.columns[words.name][0]] if source.has(words.name) else words.name
    taken = "seats" if words.name == Meaning.CHARGE else "active"
    problems += [
        Problem(None, header, word[:80], f"I don't know the {header} “{word[:80]}”; I take it for {taken}.")
        for word in strange.head(20).to_list()
    ]
    return answers


def months_of(source: Source) -> dict[str, pl.Series]:
    """How long it is committed, how often charged, and how many months the price pays for."""
    height, sku = source.cells.height, source.column(Meaning.SKU)
    terms = [source.cells[column] for column in source.columns.get(Meaning.TERM, ())]
    cycles = [source.cells[column] for column in source.columns.get(Meaning.CYCLE, ())]
    term = first_said([read_distinct(t, term_of, pl.Int16) for t in (*terms, sku)], height, pl.Int16)
    stated = [read_distinct(text, cycle_of, pl.Int16) for text in cycles]
    stated += [read_distinct(text, stated_cycle_of, pl.Int16) for text in (*terms, sku)]
    monthly = term.set(term != 1, None)  # what is committed for a month is charged each month
    cycle = first_said([*stated, monthly], height, pl.Int16)
    per_term = source.layout is not None and source.layout.price_per == "term"
    return {"term_months": term, "cycle_months": cycle, "price_months": term if per_term else cycle}
