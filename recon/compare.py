"""How the seats bought and the seats billed differ, client by client and product by product."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from recon.frames import number_groups, put_at, put_beside
from recon.lines import EXACT, Side
from recon.months import ONE_CYCLE
from recon.reading.currencies import DOLLAR, DOLLARS

ZERO = pl.lit(0, EXACT)
SAME_PRODUCT = ["client_key", "product_key", "currency"]
"""What is compared with what; a cell is that on one plan, where both sides tell plans apart."""

PRICED = ("price", "cost")
ANY_PLAN = ""
MIXED_PLANS = "several plans"
ANY, MIXED, MOST_MONTHS = 0, -1, 1_000  # a plan as a number: 12_001 is a year, billed every month
TERMS = {1: "monthly", 12: "annual", 24: "2-year", 36: "3-year"}
CYCLES = {1: "billed monthly", 3: "billed quarterly", 12: "billed yearly", 36: "billed every 3 years"}


def settle_currencies(lines: pl.DataFrame, default: str) -> pl.DataFrame:
    """Give a line that names no currency the only one its product, client or files name; else the default.

    One that says $ gets a dollar in the same way, and no other currency.
    """
    bare = pl.col("currency") == DOLLAR
    if lines.select(bare.any()).item():
        stated = _stated(lines).filter(pl.col("currency").is_in(list(DOLLARS)))
        lines = _give_currency(lines, bare, stated, _likely_dollar(_by_count(stated, default), default))
    stated = _stated(lines)
    if stated.height == lines.height:
        return lines
    return _give_currency(lines, pl.col("currency").is_null(), stated, next(iter(_by_count(stated, default)), default))


def _stated(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.select("client_key", "product_key", "currency").drop_nulls("currency")


def _by_count(stated: pl.DataFrame, default: str) -> list[str]:
    """List the currencies that lines state, the commonest first; of two that are as common, the default."""
    counted = stated.group_by("currency").len().with_columns(usual=pl.col("currency") == default)
    return counted.sort("len", "usual", "currency", descending=[True, True, False])["currency"].to_list()


def _likely_dollar(stated: list[str], default: str) -> str:
    """Take the one dollar that is stated, else the default where it is a dollar, else the commonest dollar."""
    if len(stated) != 1 and default in DOLLARS:
        return default
    return stated[0] if stated else "USD"


def _give_currency(lines: pl.DataFrame, where: pl.Expr, stated: pl.DataFrame, otherwise: str) -> pl.DataFrame:
    """Give these lines the only currency stated of their product or client; else the other one."""
    for name, keys in (("of_product", ["client_key", "product_key"]), ("of_client", ["client_key"])):
        named = stated.drop_nulls(keys).group_by(keys).agg(pl.col("currency").unique().alias(name))
        only = named.filter(pl.col(name).list.len() == 1).with_columns(pl.col(name).list.first())
        lines = put_beside(lines, only, keys)
    found = pl.coalesce("of_product", "of_client", pl.lit(otherwise))
    return lines.with_columns(currency=pl.when(where).then(found).otherwise("currency")).drop("of_product", "of_client")


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


def compare_seats(lines: pl.DataFrame, *, as_of: date | None, grace_days: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add both sides up per cell: the answer is which `cell` each `line` is in, and the cells.

    `lines` has the columns `line, side, client_key, product_key, currency, seats, twice, prorated` besides those of a
    line. A cell has the seats bought and billed, monthly price and cost per seat, how many different ones there are,
    seats that began within the grace period, and the rows they come from.
    """
    lines = number_groups(lines, SAME_PRODUCT, "same").with_columns(pl.col("side").cast(pl.Enum(Side)))
    keys = lines.select("same", *SAME_PRODUCT).unique("same")
    lines = _price_by_month(_split_plans(lines.drop(SAME_PRODUCT)), as_of=as_of, grace_days=grace_days)
    lines = number_groups(lines, ["same", "apart"], "cell")
    cells = lines.select("cell", "same", "apart").unique("cell").sort("cell").with_columns(plan=name_plan("apart"))
    for side in Side:
        cells = put_at(cells, _add_up(lines.lazy().filter(pl.col("side") == side.value), side), "cell")
    for found in (_repeated_lines(lines), _below_cost(lines, cells)):
        cells = put_at(cells, found, "cell")
    cells = put_at(cells, keys, "same")
    return lines.select("line", "cell"), cells.drop("same", "apart").with_columns(fill_counts())


def _split_plans(lines: pl.DataFrame) -> pl.DataFrame:
    """Give each line its `plan` as a number, and that as which it is compared (`apart`): mostly as `ANY`.

    Plans are kept apart only where both sides tell them apart, and only by what every line of both sides says: a side
    that names the term and not how often it is charged is compared by the term.
    """
    term, cycle = (pl.col(name).fill_null(0).cast(pl.Int32) for name in ("term_months", "cycle_months"))
    planned = lines.with_columns(plan=term * MOST_MONTHS + cycle).drop("term_months", "cycle_months")
    told = planned.select("same", "side", "plan").unique()
    says = {"says_term": pl.col("plan") >= MOST_MONTHS, "says_cycle": pl.col("plan") % MOST_MONTHS > 0}
    several = _with_several_plans(told, **{name: said.all() for name, said in says.items()})
    shared = told.join(several, on="same").select("same", "side", *says, apart=_as_both_tell()).unique()
    split = _with_several_plans(shared, **{name: pl.col(name).first() for name in says})
    return put_at(planned, split, "same").with_columns(apart=_as_both_tell()).drop(*says)


def _with_several_plans(told: pl.DataFrame, **says: pl.Expr) -> pl.DataFrame:
    """Pick what both sides have on several plans, of which each is told once a side."""
    a_side = ((pl.col("side") == side.value).sum().alias(side.value) for side in Side)
    plans = told.group_by("same").agg(*a_side, **says)
    return plans.filter(pl.min_horizontal(*Side) > 1).select("same", *says)


def _as_both_tell() -> pl.Expr:
    """Leave of a plan only the term or cycle that both sides say."""
    term = pl.when("says_term").then(pl.col("plan") // MOST_MONTHS * MOST_MONTHS).otherwise(ANY)
    return term + pl.when("says_cycle").then(pl.col("plan") % MOST_MONTHS).otherwise(ANY)


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


def several_currencies(cells: pl.DataFrame) -> pl.DataFrame:
    """List the `currencies` of a client's product that has more than one; they are never compared."""
    keys = ["client_key", "product_key"]
    stated = cells.select(*keys, "currency").unique()
    several = stated.filter(stated.select(keys).is_duplicated())
    return several.group_by(keys).agg(currencies=pl.col("currency").sort())


def fill_counts() -> list[pl.Expr]:
    """Say nought, not nothing, where a side has no lines in a cell."""
    return [
        pl.col("^(seats|young|twice|prorated|prices|costs)_(bought|billed)$").fill_null(0),
        pl.col("^vague_(bought|billed)$").fill_null(value=False),
        pl.col("^(rows_bought|rows_billed|repeated)$").fill_null([]),
    ]


def _is_cycle() -> pl.Expr:
    """Tell an invoice's period of about a month from a longer or open one, which says when the line began."""
    return (
        (pl.col("period_end") - pl.col("period_start")).dt.total_days().is_between(0, ONE_CYCLE).fill_null(value=False)
    )


def _add_up(lines: pl.LazyFrame, side: Side) -> pl.DataFrame:
    """Add one side up per cell; only lines that count seats price them and name their plan."""
    counted = pl.col("seats") != 0
    by_line = lines.with_columns(
        plan=pl.when(counted & (pl.col("plan") != ANY)).then("plan"),
        twice=pl.when("twice").then("quantity"),
        months=pl.when(counted).then("months"),
        **{f"own_{name}": pl.when(counted).then(name) for name in PRICED},
    )
    sums = (
        by_line.group_by("cell")
        .agg(
            pl.col("seats", "young", "prorated", "twice").sum(),
            *(sum_ for name in PRICED for sum_ in _sums_of(name)),
            (pl.col("vague") & counted).any(),
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
        "cell", "seats", "young", "prorated", "twice", "vague", "months", *priced, **ends, plans=name_plan("plan")
    )
    complete = put_at(added.collect(engine="streaming"), _rows(lines), "cell")
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


def _rows(lines: pl.LazyFrame) -> pl.DataFrame:
    """List the rows that a cell's seats come from; where there are none, those charged for part of a cycle."""
    counted = (pl.col("seats") != 0) | pl.col("twice")
    rows, in_part = (
        lines.filter(which).group_by("cell").agg(rows="row").collect(engine="streaming")
        for which in (counted, ~counted & (pl.col("prorated") != 0))
    )
    return pl.concat([rows, in_part.join(rows, on="cell", how="anti")]).with_columns(pl.col("rows").list.sort())


def _repeated_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Per cell, by how many seats each set of equal billed lines repeats itself."""
    billed = lines.lazy().filter((pl.col("side") == Side.BILLED.value) & (pl.col("seats") > 0))
    times = billed.group_by(["cell", "seats", "price"]).agg(times=pl.len())
    sets = times.filter(pl.col("times") > 1).collect(engine="streaming")
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
