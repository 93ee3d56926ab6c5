"""Cells that differ become gaps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from recon.cells import Cell, typed_cells
from recon.compare import ZERO
from recon.gaps import About, Direction, Gap, GapKind, count, identify_gap
from recon.losses import find_loss
from recon.money import Money
from recon.plans import MIXED_PLANS
from recon.sentences import say_miscounted
from recon.worth import Worth, show_by_month, value_at_cost, value_margin, value_seat

PER_TERM = 6  # a cost so many times the price pays for a longer term than the file says

AMISS = {
    About.SEATS: pl.col("kind").is_not_null(),
    About.PRICE: pl.col("below_cost"),
    About.TWICE_BOUGHT: pl.col("twice_bought") > 0,
    About.TWICE_BILLED: pl.col("twice_billed") > 0,
}
"""What may be amiss in a cell, several things at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is amiss in a cell."""

    kind: GapKind
    about: About
    direction: Direction
    seats: Decimal
    worth: Worth
    sentence: str
    steps: tuple[str, ...] = ()  # by which a margin came about


def judge_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """Give each cell its `missing` or `surplus` seats and the `kind` of gap they are; none where it agrees."""
    billed = pl.col("seats_billed") + pl.col("bundled")
    only_in_part = (pl.col("seats_bought") == 0) & (billed == 0) & (pl.col("prorated_bought") > 0)
    due = pl.when(only_in_part).then("prorated_bought").otherwise("least")
    charged = pl.col("most") + pl.col("prorated_bought")  # what is charged in part so far may be billed already
    sized = cells.with_columns(
        missing=pl.max_horizontal(due - billed, ZERO),
        surplus=pl.when(billed != charged).then(pl.max_horizontal(billed - pl.col("most"), ZERO)).otherwise(ZERO),
    )
    missing, surplus = pl.col("missing"), pl.col("surplus")
    kinds = {
        GapKind.WAITING: only_in_part | _is_young(missing, surplus),
        GapKind.UNBILLED: (missing > 0) & (billed == 0),
        GapKind.UNDERBILLED: missing > 0,
        GapKind.UNBOUGHT: (surplus > 0) & (pl.col("seats_bought") == 0),
        GapKind.DUPLICATE: (surplus > 0) & pl.col("repeated").list.contains(surplus),
        GapKind.OVERBILLED: surplus > 0,
    }
    judged = sized.with_columns(
        kind=pl.coalesce(pl.when(where).then(pl.lit(kind.value)) for kind, where in kinds.items()),
        below_cost=_is_below_cost(),
    )
    return judged.select(*Cell._fields, "below_cost")  # a third of it was there to judge by


def _is_young(missing: pl.Expr, surplus: pl.Expr) -> pl.Expr:
    """Tell a difference that seats begun within the grace period, or charged or given back in part, account for."""
    lately_bought = (missing > 0) & (missing <= pl.max_horizontal("young_bought", "returned_bought"))
    lately_billed = (surplus > 0) & (surplus <= pl.max_horizontal("young_billed", "prorated_bought"))
    return lately_bought | lately_billed


def _is_below_cost() -> pl.Expr:
    """Tell seats billed below their cost: line by line where they all cost the same, else on average.

    What they cost is not known where the vendor takes something off by a line of its own.
    """
    price, cost = pl.col("price_billed"), pl.col("cost_bought")
    on_average = (pl.col("seats_billed") > 0) & (price >= 0) & (price < cost) & _is_believable(price, cost)
    by_line = (pl.col("below").list.len() > 0) & _is_believable(pl.col("highest_billed"), cost)
    is_below = pl.when(pl.col("costs_bought") == 1).then(by_line).otherwise(on_average)
    return is_below.fill_null(value=False) & ~pl.col("discounted_bought")


def _is_believable(price: pl.Expr, cost: pl.Expr) -> pl.Expr:
    return (price == 0) | (cost < price * PER_TERM)


def cells_amiss(cells: pl.DataFrame, *, but: pl.DataFrame) -> pl.DataFrame:
    """Keep the cells in which something is amiss, `but` for those accounted for."""
    amiss = cells.filter(pl.any_horizontal(AMISS.values()) & pl.col("doubt").is_null())
    return amiss.join(but, on="cell", how="anti", maintain_order="left")


def find_gaps(amiss: pl.DataFrame) -> list[Gap]:
    """Turn the cells in which something is amiss into gaps, one value for each thing."""
    ways = {
        About.SEATS: _miscounted,
        About.PRICE: _underpriced,
        About.TWICE_BOUGHT: _bought_twice,
        About.TWICE_BILLED: _billed_twice,
    }
    return [
        build_gap(cell, find(cell)) for about, find in ways.items() for cell in typed_cells(amiss.filter(AMISS[about]))
    ]


def _miscounted(cell: Cell) -> Finding:
    kind = GapKind(cell.kind or "")
    direction = Direction.UNDER if cell.missing else Direction.OVER
    seats = cell.missing or cell.surplus
    return Finding(kind, About.SEATS, direction, seats, value_seat(cell), say_miscounted(cell, kind))


def _underpriced(cell: Cell) -> Finding:
    loss = find_loss(cell)
    worth = value_margin(loss.each, averaged=loss.is_average, vague=cell.vague_bought or cell.vague_billed)
    return Finding(GapKind.BELOW_COST, About.PRICE, Direction.UNDER, loss.seats, worth, loss.say(), loss.show())


def _bought_twice(cell: Cell) -> Finding:
    seats = cell.twice_bought
    sentence = f"The vendor charges the same {count(seats)} {cell.product} of {cell.client} twice."
    about = About.TWICE_BOUGHT
    return Finding(GapKind.DUPLICATE, about, Direction.UNDER, seats, value_at_cost(cell), sentence)


def _billed_twice(cell: Cell) -> Finding:
    seats = cell.twice_billed
    sentence = f"{cell.client} is billed twice for the same {count(seats)} {cell.product}."
    return Finding(GapKind.DUPLICATE, About.TWICE_BILLED, Direction.OVER, seats, value_seat(cell), sentence)


def build_gap(cell: Cell, finding: Finding) -> Gap:
    """Put a gap together from where it was found and what was found."""
    steps = finding.steps or show_by_month(finding.worth.each, finding.worth.months, cell.currency)
    each, monthly = Money(finding.worth.each, cell.currency), Money(finding.worth.each * finding.seats, cell.currency)
    return Gap(
        id=identify_gap(cell.client, cell.product, cell.plan, cell.currency, finding.about),
        kind=finding.kind,
        about=finding.about,
        direction=finding.direction,
        client=cell.client,
        product=cell.product,
        plan=cell.plan or cell.plans_bought or cell.plans_billed or "",
        currency=cell.currency,
        bought=cell.bought,
        billed=cell.seats_billed,
        bundled=cell.bundled,
        seats=finding.seats,
        monthly=monthly.rounded(),
        exact=finding.worth.estimated_because is None,
        estimated_because=finding.worth.estimated_because,
        basis=finding.worth.basis,
        arithmetic=(
            *_count_seats(cell, finding),
            *steps,
            f"{count(finding.seats)} × {each.precise()} = {monthly}",
        ),
        sentence=finding.sentence,
        reasons=tuple(_reasons(cell)),
        bought_rows=tuple(cell.rows_bought),
        billed_rows=tuple(cell.rows_billed),
        cells=(cell.cell,),
    )


def _count_seats(cell: Cell, finding: Finding) -> list[str]:
    if finding.about is not About.SEATS:
        return []
    end, word = (cell.least, "missing") if cell.missing else (cell.most, "too many")
    if cell.is_only_in_part:
        return [f"{count(finding.seats)} charged for part of the month so far, none billed yet"]
    due = f"{count(cell.seats_bought)} bought" + ("" if end == cell.seats_bought else f" ({count(end)} to bill)")
    billed = f"{count(cell.seats_billed)} billed" + (f" + {count(cell.bundled)} in bundles" if cell.bundled else "")
    taken = f"({billed})" if cell.bundled else billed
    first, second = (due, taken) if cell.missing else (billed, due)
    return [f"{first} − {second} = {count(finding.seats)} {word}"]


def _reasons(cell: Cell) -> list[str]:
    reasons = list(cell.rules)
    if cell.missing and cell.unpaid_billed > 0:
        reasons.append(f"the PSA lists {count(cell.unpaid_billed)} that it charges nothing for")
    others = [currency for currency in cell.currencies or () if currency != cell.currency]
    if others:
        reasons.append(f"this is what is in {cell.currency}; what is in {' and '.join(others)} is compared by itself")
    if cell.bought_in:
        reasons.append(f"bought in {cell.bought_in}, billed in {cell.currency}: seats are compared, prices are not")
    bought, billed = cell.plans_bought, cell.plans_billed
    if MIXED_PLANS in {bought, billed}:
        reasons.append("several plans are added up: the two sides do not tell them apart alike")
    elif bought and billed and not (_says_less(bought, billed) or _says_less(billed, bought)):
        reasons.append(f"bought on the plan “{bought}”, billed on “{billed}”")
    return reasons


def _says_less(plan: str, other: str) -> bool:
    """Tell a plan that says nothing against another: `annual` or `billed monthly` of `annual, billed monthly`."""
    return other.endswith(plan) or other.startswith(f"{plan}, ")
