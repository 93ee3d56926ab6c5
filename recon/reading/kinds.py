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
    is_tax,
    is_usage,
    status_of,
)
from recon.reading.distinct import read_distinct
from recon.reading.meanings import Meaning
from recon.reading.source import Source, first_said
from recon.reading.terms import cycle_of, stated_cycle_of, term_of


def words_of(source: Source, product: pl.Series, problems: list[Problem]) -> dict[str, pl.Series]:
    """Say what the line charges for, whether it runs and whether it is billed."""
    charge_type, status = source.column(Meaning.CHARGE), source.column(Meaning.STATUS)
    charge = known(source, charge_type, charge_of, problems)
    if not source.has(Meaning.QUANTITY):
        charge = charge.fill_null(Charge.FEE.value)
    usage = flag_of(product, is_usage) | flagged(source, Meaning.SKU, is_usage)
    seats = charge.is_null() | charge.is_in([Charge.SEATS.value, Charge.PRORATED.value])
    charge = charge.set(flag_of(product, is_tax) & seats, Charge.TAX.value)
    charge = charge.set(usage & seats, Charge.USAGE.value).fill_null(Charge.SEATS.value)
    once = flagged(source, Meaning.CYCLE, ONCE.search) | flagged(source, Meaning.TERM, ONCE.search)
    charge = charge.set(once & (charge == Charge.SEATS.value), Charge.ONE_TIME.value)
    charge = charge.set(prorated_by_remark(source) & (charge == Charge.SEATS.value), Charge.PRORATED.value)
    state = known(source, status, status_of, problems).fill_null(Status.ACTIVE.value)
    trial = flagged(source, Meaning.TRIAL, TRIAL.search) | flagged(source, Meaning.TERM, TRIAL_PRODUCT.search)
    trial |= flag_of(product, TRIAL_PRODUCT.search)
    state = state.set(trial & (state == Status.ACTIVE.value), Status.TRIAL.value)
    state = state.set(flagged(source, Meaning.INACTIVE, YES.match), Status.CANCELLED.value)
    billable = read_distinct(source.column(Meaning.BILLABLE), is_billed, pl.Boolean).fill_null(value=True)
    return {"charge": charge, "charge_type": charge_type, "status": state, "billable": billable}


def prorated_by_remark(source: Source) -> pl.Series:
    """Where the product's wording or a remark beside it says that only part of a cycle is charged.

    Where most lines say so it is a custom of the agreements, and tells no line from another.
    """
    columns = [*source.columns.get(Meaning.PRODUCT, ()), *source.remarks]
    said = [flag_of(source.cells[column], PRORATED.search) for column in columns]
    found = reduce(operator.or_, said, pl.Series([False]).new_from_index(0, source.cells.height))
    return found if int(found.sum()) * 2 < source.cells.height else found & False


def flagged(source: Source, meaning: Meaning, says: Callable[[str], object]) -> pl.Series:
    """Where a column says yes."""
    return flag_of(source.column(meaning), says)


def flag_of(texts: pl.Series, says: Callable[[str], object]) -> pl.Series:
    """Where a text says so."""
    return read_distinct(texts, lambda text: bool(says(text)), pl.Boolean).fill_null(value=False)


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
