"""What the rules in force allow: the range in which a billed quantity is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from recon.classes import LineClass
from recon.compare import SAME_PRODUCT, ZERO, fill_counts
from recon.currencies import ONE_PRODUCT
from recon.lines import EXACT, Side
from recon.matching.catalogue import known_product
from recon.matching.judgements import Judgement, Kind, Said
from recon.matching.verdicts import Verdict
from recon.plans import ANY_PLAN
from recon.questions import Problem
from recon.rules import Rule, RuleKind

KeysOf = Callable[[str], Sequence[int]]
"""Which client or product keys a written name means."""


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The rules of one day, and what the names written in them mean."""

    rules: tuple[Rule, ...]
    clients: KeysOf
    products: KeysOf
    day: date | None

    def of(self, kind: RuleKind) -> list[Rule]:
        """List those of a kind."""
        return [rule for rule in self.rules if rule.kind is kind]

    def applies(self, rule: Rule) -> pl.Expr:
        """Say where a rule applies: its client and product, or all where it names none."""
        named = [
            pl.col(column).is_in(list(keys_of(name)))
            for column, keys_of, name in (
                ("client_key", self.clients, rule.client),
                ("product_key", self.products, rule.product),
            )
            if name
        ]
        return pl.all_horizontal(pl.lit(value=True), *named)

    def leaves_out(self) -> pl.Expr:
        """Say where a rule excludes both sides."""
        return pl.any_horizontal(pl.lit(value=False), *map(self.applies, self.of(RuleKind.EXCLUSION)))

    def about_nobody(self) -> tuple[Problem, ...]:
        """Tell of each name in a rule that no line is about: a rule that says nothing should not be silent."""
        named = [(rule, self.clients, rule.client) for rule in self.rules]
        named += [(rule, self.products, name) for rule in self.rules for name in (rule.product, rule.unit)]
        unknown = [(rule, name) for rule, keys_of, name in named if name and not keys_of(name)]
        nothing = [
            Problem(None, None, name, f"No line is about “{name}”, so a rule explains nothing: {rule.what}.")
            for rule, name in unknown
        ]
        everyone = [rule for rule in self.of(RuleKind.EXCLUSION) if not (rule.client or rule.product)]
        all_of_it = "A rule excludes every client's every product, so nothing is compared: name a client or a product."
        parts = [(rule, name) for rule in self.rules for name in rule.contains if not self.products(name)]
        return (
            *(Problem(None, None, "", all_of_it) for _ in everyone),
            *nothing,
            *(
                Problem(None, None, name, f"Nobody has “{name}”, which each {rule.unit} contains.")
                for rule, name in parts
            ),
        )


def no_unit_is_its_part(rules: Iterable[Rule]) -> tuple[Judgement, ...]:
    """Say of each bundle that it is none of the products it contains."""
    bundles = ((rule.unit, name) for rule in rules if rule.unit for name in rule.contains)
    return tuple(
        Judgement(Kind.PRODUCT, known.name if (known := known_product(name)) else name, unit, Said.DIFFERENT)
        for unit, name in bundles
    )


def exclude_lines(in_force: RulesInForce) -> pl.Expr:
    """Say of each line why a rule leaves it out of the comparison; null where none does."""
    bought = pl.col("side") == Side.BOUGHT.value
    excluded = [(in_force.applies(rule), rule) for rule in in_force.of(RuleKind.EXCLUSION)]
    excluded += [(in_force.applies(rule) & bought, rule) for rule in in_force.of(RuleKind.NOT_FOR_RESALE)]
    return pl.coalesce(*(pl.when(where).then(pl.lit(str(rule))) for where, rule in excluded), pl.lit(None, pl.String))


def apply_rules(cells: pl.DataFrame, lines: pl.DataFrame, in_force: RulesInForce) -> pl.DataFrame:
    """Give each cell the least and the most that may be billed (`least`, `most`) and the `rules` used.

    Bundles add to what is billed (`bundled`); included seats and minimums move both ends; temporary and lately
    cancelled seats lower the least.
    """
    cells = cells.with_columns(bundled=ZERO, rules=pl.lit([], pl.List(pl.String)))
    bundles = in_force.of(RuleKind.BUNDLE)
    unsettled = _unsettled(lines) if bundles else []
    for rule in bundles:
        cells = _bundle(cells, lines, rule, in_force, unsettled)
    cells = cells.with_columns(least=pl.col("seats_bought"), most=pl.col("seats_bought"))
    for kind in (RuleKind.INCLUDED, RuleKind.MINIMUM, RuleKind.TEMPORARY, RuleKind.GRACE):
        for rule in in_force.of(kind):
            cells = _move_ends(cells, lines, rule, in_force)
    return cells


def _unsettled(lines: pl.DataFrame) -> list[pl.DataFrame]:
    """List the clients that may be others, and the clients' products that may be billed by another name."""
    waiting = lines.filter(pl.col("class") == LineClass.QUESTION.value)
    unknown = (pl.col("side") == Side.BILLED.value) & (pl.col("client_verdict") != Verdict.CERTAIN.value)
    parts = waiting.filter(pl.col("side") == Side.BOUGHT.value).select("client_key", "product_key")
    return [waiting.filter(unknown).select("client_key"), parts]


def _bundle(
    cells: pl.DataFrame, lines: pl.DataFrame, rule: Rule, in_force: RulesInForce, unsettled: Iterable[pl.DataFrame]
) -> pl.DataFrame:
    """Count each unit billed to a client as one of every product it contains, but what waits or is not compared."""
    contained = sorted({key for name in rule.contains for key in in_force.products(name)})
    unit = replace(rule, product=rule.unit)
    units = (
        lines.filter((pl.col("side") == Side.BILLED.value) & in_force.applies(unit))
        .group_by("client_key", "currency")
        .agg(units=pl.col("seats").sum())
        .filter(pl.col("units") > 0)
    )
    wanted = units.join(pl.DataFrame({"product_key": contained}, {"product_key": pl.UInt32}), how="cross")
    for names in unsettled:
        wanted = wanted.join(names, on=names.columns, how="anti", maintain_order="left")
    wanted = wanted.filter(~in_force.leaves_out())
    present = cells.join(_where_it_is(wanted, cells), on=SAME_PRODUCT, how="full", coalesce=True).sort(
        "cell", *SAME_PRODUCT, nulls_last=True
    )
    present = present.with_columns(
        *fill_counts(),
        pl.col("plan").fill_null(ANY_PLAN),
        pl.col("bundled").fill_null(0),
        pl.col("rules").fill_null([]),
        cell=pl.int_range(pl.len(), dtype=pl.UInt32),  # those a bundle adds come last, so no cell changes its number
    )
    first = pl.int_range(pl.len()).over(SAME_PRODUCT, order_by="plan") == 0
    counted = present.with_columns(units=pl.when(first).then("units").fill_null(0))
    return _note(counted.with_columns(bundled=pl.col("bundled") + pl.col("units")), pl.col("units") > 0, rule).drop(
        "units"
    )


def _where_it_is(wanted: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Take what bundles contain for what the client has of it, also where that is bought in another currency."""
    had = cells.select(*ONE_PRODUCT, had="currency").unique(ONE_PRODUCT, keep="first", maintain_order=True)
    here = cells.select(*SAME_PRODUCT, here="currency").unique()
    placed = wanted.join(here, on=SAME_PRODUCT, how="left").join(had, on=ONE_PRODUCT, how="left")
    placed = placed.with_columns(currency=pl.coalesce("here", "had", "currency"))
    return placed.group_by(SAME_PRODUCT, maintain_order=True).agg(pl.col("units").sum())


def _move_ends(cells: pl.DataFrame, lines: pl.DataFrame, rule: Rule, in_force: RulesInForce) -> pl.DataFrame:
    applies = in_force.applies(rule)
    seats = pl.lit(rule.seats, EXACT)
    match rule.kind:
        case RuleKind.INCLUDED:
            moved = _move_both(cells, applies, lambda end: end - _share(end, seats))
        case RuleKind.MINIMUM:
            moved = _move_both(cells, applies, lambda end: end + _fill_up(end, seats))
        case RuleKind.TEMPORARY:
            moved = _lower_least(cells, applies, seats)
        case _:
            cancelled = cells.join(_lately_cancelled(lines, rule.days, in_force.day), on=SAME_PRODUCT, how="left")
            moved = _lower_least(cancelled, applies, pl.col("cancelled").fill_null(0)).drop("cancelled")
    speaks = (moved["least"] != cells["least"]) | (moved["most"] != cells["most"])
    alone = pl.col("seats_billed") + pl.col("bundled")
    if rule.kind is RuleKind.MINIMUM:  # what is billed below it is not settled by buying less
        speaks |= cells.select(applies & (alone < seats)).to_series()
    if rule.kind is RuleKind.INCLUDED:  # nor what is billed beyond it by buying as much
        speaks |= moved.select(applies & (alone > pl.col("most"))).to_series()
    return _note(moved.with_columns(speaks=speaks), pl.col("speaks"), rule).drop("speaks")


def _move_both(cells: pl.DataFrame, applies: pl.Expr, move: Callable[[pl.Expr], pl.Expr]) -> pl.DataFrame:
    return cells.with_columns(
        pl.when(applies).then(move(pl.col(end))).otherwise(end).alias(end) for end in ("least", "most")
    )


def _lower_least(cells: pl.DataFrame, applies: pl.Expr, seats: pl.Expr) -> pl.DataFrame:
    short = pl.max_horizontal(pl.col("least") - pl.col("seats_billed") - pl.col("bundled"), ZERO)
    return cells.with_columns(least=pl.when(applies).then(pl.col("least") - _share(short, seats)).otherwise("least"))


def _share(wanted: pl.Expr, seats: pl.Expr) -> pl.Expr:
    """Share seats a rule speaks of among the plans of one client's product: none is given twice."""
    before = wanted.cum_sum().over(SAME_PRODUCT, order_by="plan") - wanted
    return pl.min_horizontal(wanted, pl.max_horizontal(seats - before, ZERO))


def _fill_up(end: pl.Expr, seats: pl.Expr) -> pl.Expr:
    """Add what all plans together lack to the first of them."""
    is_first = pl.int_range(pl.len()).over(SAME_PRODUCT, order_by="plan") == 0
    return pl.when(is_first).then(pl.max_horizontal(seats - end.sum().over(SAME_PRODUCT), ZERO)).otherwise(ZERO)


def _lately_cancelled(lines: pl.DataFrame, days: int, as_of: date | None) -> pl.DataFrame:
    """Add up the billed seats that were cancelled within so many days."""
    lately = pl.col("cancelled_on") > as_of - timedelta(days=days) if as_of else pl.lit(value=False)
    billed = (pl.col("side") == Side.BILLED.value) & (pl.col("class") == LineClass.CANCELLED.value)
    return lines.filter(billed & lately).group_by(SAME_PRODUCT).agg(cancelled=pl.col("quantity").sum())


def _note(cells: pl.DataFrame, where: pl.Expr, rule: Rule) -> pl.DataFrame:
    return cells.with_columns(rules=pl.when(where).then(pl.concat_list("rules", pl.lit(str(rule)))).otherwise("rules"))
