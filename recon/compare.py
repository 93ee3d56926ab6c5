"""How the seats bought and the seats billed differ, client by client and product by product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from recon.frames import Engine, engine_for, number_groups, put_at, put_beside
from recon.lines import EXACT, Side
from recon.months import ONE_CYCLE
from recon.plans import ANY, MIXED, MOST_MONTHS, name_plan, split_plans

ZERO = pl.lit(0, EXACT)
SAME_PRODUCT = ["client_key", "product_key", "currency"]
"""What is compared with what; a cell is that on one plan, where both sides tell plans apart."""

PRICED = ("price", "cost")
AT_ONCE = 250_000  # cells


def compare_seats(lines: pl.DataFrame, *, as_of: date | None, grace_days: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add both sides up per cell: the answer is which `cell` each `line` is in, and the cells.

    `lines` has the columns `line, side, client_key, product_key, currency, seats, twice, prorated, returned, unpaid,
    discounted` besides those of a line. A cell has the seats bought and billed, monthly price and cost per seat, how
    many different ones there are, seats that began within the grace period, and the rows they come from.
    """
    lines = number_groups(lines, SAME_PRODUCT, "same").with_columns(pl.col("side").cast(pl.Enum(Side)))
    keys = lines.select("same", *SAME_PRODUCT).unique("same")
    lines = _price_by_month(split_plans(lines.drop(SAME_PRODUCT)), as_of=as_of, grace_days=grace_days)
    lines = number_groups(lines, ["same", "apart"], "cell")
    cells = lines.select("cell", "same", "apart").unique("cell").sort("cell").with_columns(plan=name_plan("apart"))
    added = pl.concat(_add_both_up(*part) for part in _parts(lines, cells))
    return lines.select("line", "cell"), put_at(added, keys, "same").drop("same", "apart")


def _parts(lines: pl.DataFrame, cells: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Cut a large month's cells, and their lines with them, into parts: adding up needs several times their memory."""
    if cells.height <= AT_ONCE:
        yield lines, cells
        return
    for start in range(0, cells.height, AT_ONCE):
        yield lines.filter(pl.col("cell").is_between(start, start + AT_ONCE - 1)), cells.slice(start, AT_ONCE)


def _add_both_up(lines: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Put beside each cell what its lines add up to."""
    for side in Side:
        cells = put_at(cells, _add_up(lines, side), "cell")
    for found in (_repeated_lines(lines), _below_cost(lines, cells)):
        cells = put_at(cells, found, "cell")
    return cells.with_columns(fill_counts())


def _price_by_month(lines: pl.DataFrame, *, as_of: date | None, grace_days: int) -> pl.DataFrame:
    """Give each line its `price` and `cost` per seat and month, and how many of its seats are `young`.

    They are `vague` where a longer term is stated and not whether they are for a month of it or for all.
    """
    months = pl.col("price_months").fill_null(1)
    began = pl.coalesce("term_start", pl.when(~_is_cycle()).then("period_start"))
    young = began > (as_of - timedelta(days=grace_days)) if as_of else pl.lit(value=False)
    return lines.with_columns(
        price=pl.col("unit_price") / months.cast(EXACT),
        cost=pl.col("unit_cost") / months.cast(EXACT),
        months=months,
        vague=pl.col("price_months").is_null() & (pl.col("plan") >= 2 * MOST_MONTHS),
        young=pl.when(young.fill_null(value=False)).then("seats").otherwise(ZERO),
    ).drop("unit_price", "unit_cost", "price_months", "term_start", "period_start", "period_end")


def fill_counts() -> list[pl.Expr]:
    """Say nought, not nothing, where a side has no lines in a cell."""
    return [
        pl.col("^(seats|young|twice|prorated|returned|unpaid|prices|costs)_(bought|billed)$").fill_null(0),
        pl.col("^(vague|discounted)_(bought|billed)$").fill_null(value=False),
        pl.col("^(rows_bought|rows_billed|repeated)$").fill_null([]),
    ]


def _is_cycle() -> pl.Expr:
    """Tell an invoice's period of about a month from a longer or open one, which says when the line began."""
    return (
        (pl.col("period_end") - pl.col("period_start")).dt.total_days().is_between(0, ONE_CYCLE).fill_null(value=False)
    )


def _add_up(lines: pl.DataFrame, side: Side) -> pl.DataFrame:
    """Add one side up per cell; only lines that count seats price them and name their plan."""
    counted, engine = pl.col("seats") != 0, engine_for(lines.height)
    own = lines.lazy().filter(pl.col("side") == side.value)
    by_line = own.with_columns(
        plan=pl.when(counted & (pl.col("plan") != ANY)).then("plan"),
        twice=pl.when("twice").then("quantity"),
        months=pl.when(counted).then("months"),
        **{f"own_{name}": pl.when(counted).then(name) for name in PRICED},
    )
    sums = (
        by_line.group_by("cell")
        .agg(
            pl.col("seats", "young", "prorated", "returned", "unpaid", "twice").sum(),
            *(sum_ for name in PRICED for sum_ in _sums_of(name)),
            (pl.col("vague") & counted).any(),
            pl.col("discounted").any(),
            pl.col("plan", "months").min(),
            pl.col("plan", "months").max().name.prefix("last_"),
        )
        .with_columns(
            plan=pl.when(pl.col("plan") == pl.col("last_plan")).then("plan").when(pl.col("plan") > 0).then(MIXED),
            months=pl.when(pl.col("months") == pl.col("last_months")).then("months"),
        )
    )
    priced = [said for name in PRICED for said in (_average(name), _different(name))]
    ends = {"lowest": "price_low", "highest": "price_high"} if side is Side.BILLED else {}
    added = sums.select(
        *("cell", "seats", "young", "prorated", "returned", "unpaid", "twice", "vague", "discounted", "months"),
        *priced,
        **ends,
        plans=name_plan("plan"),
    )
    complete = put_at(added.collect(engine=engine), _rows(own, engine), "cell")
    return complete.rename(lambda name: name if name == "cell" else f"{name}_{side}")


def _sums_of(name: str) -> tuple[pl.Expr, ...]:
    own = pl.col(f"own_{name}")
    return (
        own.min().alias(f"{name}_low"),
        own.max().alias(f"{name}_high"),
        (own * pl.col("seats")).sum().alias(f"{name}_total"),
        pl.when(own.is_not_null()).then("seats").sum().alias(f"{name}_seats"),
        pl.col(name).min().alias(f"{name}_any"),
    )


def _average(name: str) -> pl.Expr:
    """Average per seat over the seats whose price is stated, exactly where it is one; without seats, any price."""
    low, high, seats = (pl.col(f"{name}_{what}") for what in ("low", "high", "seats"))
    average = pl.col(f"{name}_total") / pl.when(seats != 0).then(seats)
    return pl.when(low == high).then(low).when(seats != 0).then(average).otherwise(f"{name}_any").alias(name)


def _different(name: str) -> pl.Expr:
    """Say how many different ones there are: none, one, or several (which is 2)."""
    low, high = pl.col(f"{name}_low"), pl.col(f"{name}_high")
    return pl.when(low.is_null()).then(0).when(low == high).then(1).otherwise(2).alias(f"{name}s")


def _rows(lines: pl.LazyFrame, engine: Engine) -> pl.DataFrame:
    """List the rows that a cell's seats come from; where there are none, those charged for part of a cycle."""
    counted = (pl.col("seats") != 0) | pl.col("twice")
    rows, in_part = (
        lines.filter(which).group_by("cell").agg(rows="row").collect(engine=engine)
        for which in (counted, ~counted & (pl.col("prorated") != 0))
    )
    return pl.concat([rows, in_part.join(rows, on="cell", how="anti")]).with_columns(pl.col("rows").list.sort())


def _repeated_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Per cell, by how many seats each set of equal billed lines repeats itself."""
    billed = lines.lazy().filter((pl.col("side") == Side.BILLED.value) & (pl.col("seats") > 0))
    times = billed.group_by(["cell", "seats", "price"]).agg(times=pl.len())
    sets = times.filter(pl.col("times") > 1).collect(engine=engine_for(lines.height))
    extra = (pl.col("times") - 1).cast(EXACT) * pl.col("seats")
    return sets.group_by("cell").agg(repeated=extra.sort())


def _below_cost(lines: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """List per cell at which `price` how many `seats` are billed `below` what each of them costs, where that is one."""
    losing = cells.filter((pl.col("costs_bought") == 1) & (pl.col("lowest_billed") < pl.col("cost_bought")))
    billed = lines.filter(
        (pl.col("side") == Side.BILLED.value) & (pl.col("seats") != 0) & pl.col("cell").is_in(losing["cell"].implode())
    ).select("cell", "price", "seats")
    below = put_beside(billed, losing.select("cell", "cost_bought"), "cell").filter(
        pl.col("price").is_between(0, pl.col("cost_bought"), closed="left")
    )
    by_price = below.group_by("cell", "price").agg(pl.col("seats").sum()).filter(pl.col("seats") > 0)
    return by_price.sort("cell", "price").group_by("cell", maintain_order=True).agg(below=pl.struct("price", "seats"))
