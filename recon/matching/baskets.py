"""What two clients hold: the same products in the same quantities speak for one client, whatever the names say."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

NEAR_SHARE, NEAR_SEATS = 0.2, 2
"""How far apart two quantities may be, by share or by seats, and still be near."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How often the baskets of one client agree on both sides, learned from the clients already matched."""

    billed: float  # of what is bought is billed
    bought: float  # of what is billed is bought
    equal: float  # of what both sides have is in equal quantity
    near: float  # of unequal quantities are near
    near_by_chance: float  # of unequal quantities of two other clients are near


USUAL = Habits(billed=0.85, bought=0.93, equal=0.65, near=0.7, near_by_chance=0.3)
FEW, ENOUGH, KEPT = 12, 2, 3
"""Clients a rare quantity may have, rare quantities that bring two clients together, such clients kept for each."""

UNSEEN = 5
"""Quantities of a product that a small month may not show."""

DUST = 1e-6
"""Quantities closer than this are equal."""

WEIGHT = 30.0
"""Matched products' worth of trust in what is usual, before this month's own habits count."""


def quantities(lines: pl.DataFrame, clients: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """Sum a side's seats per `client` and `product` party."""
    seats = lines.filter(pl.col("charge").is_null() | (pl.col("charge") == "seats"))
    keys = ["client", "client_id"], ["product", "part_number", "sku"]
    summed = seats.group_by(*keys[0], *keys[1]).agg(pl.col("quantity").cast(pl.Float64).sum())
    summed = summed.join(clients.select(*keys[0], holder="party"), on=keys[0], nulls_equal=True)
    summed = summed.join(products.select(*keys[1], item="party"), on=keys[1], nulls_equal=True)
    held = summed.group_by(client="holder", product="item").agg(pl.col("quantity").sum())
    return held.filter(pl.col("quantity") > 0).sort("client", "product")


def in_bought_terms(billed: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """Say what is billed in terms of the bought product each wording answers (`left_id`, `right_id`)."""
    meant = billed.join(products.select("left_id", product="right_id"), on="product")
    return meant.group_by("client", product="left_id").agg(pl.col("quantity").sum())


def weigh_baskets(pairs: pl.DataFrame, bought: pl.DataFrame, billed: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Weigh pairs (`left_id`, `right_id`) by their baskets: adds `evidence`, in log-odds, and `told`.

    `known` holds the pairs that are certain already, from which this month's habits are learned.
    """
    answerable = bought.join(billed, on="product", how="semi")
    shared = in_both(pairs, answerable, billed)
    habits = learned_habits(shared, answerable, billed, known)
    counts = answerable["client"].n_unique() or 1, billed["client"].n_unique() or 1
    here = answerable.group_by("product").agg(bought_by=pl.len() / counts[0])
    there = billed.group_by("product").agg(billed_by=pl.len() / counts[1])
    prevalence = here.join(there, on="product").with_columns(pl.col("bought_by", "billed_by").clip(1e-4, 0.99))
    alone = lone_weights(answerable, billed, prevalence, habits)
    weighed = shared.join(prevalence, on="product").with_columns(
        weight=shared_weight(habits) - only(habits.billed, "billed_by") - only(habits.bought, "bought_by")
    )
    summed = weighed.group_by("left_id", "right_id").agg(
        pl.col("weight").sum(), equal=pl.col("is_equal").sum(), both=pl.len()
    )
    told = pairs.join(summed, on=["left_id", "right_id"], how="left").join(alone[0], on="left_id", how="left")
    return told.join(alone[1], on="right_id", how="left").with_columns(
        evidence=pl.sum_horizontal("weight", "missing", "extra"), told=sentence()
    )


def in_both(pairs: pl.DataFrame, bought: pl.DataFrame, billed: pl.DataFrame) -> pl.DataFrame:
    """Lay side by side the quantities of the products both clients of a pair have."""
    mine = bought.rename({"client": "left_id", "quantity": "bought"})
    usual = billed.group_by("product", "quantity").len("as_many")
    usual = usual.with_columns(chance=share_of(pl.col("as_many"), pl.col("as_many").sum().over("product")))
    theirs = billed.join(usual, on=["product", "quantity"]).rename({"client": "right_id", "quantity": "billed"})
    return beside(pairs.select("left_id", "right_id").join(mine, on="left_id").join(theirs, on=["right_id", "product"]))


def beside(both: pl.DataFrame) -> pl.DataFrame:
    """Compare two quantities, `bought` and `billed`, of each row."""
    gap = (pl.col("bought") - pl.col("billed")).abs()
    near = gap <= pl.max_horizontal(pl.col("bought") * NEAR_SHARE, pl.lit(NEAR_SEATS))
    return both.with_columns(is_equal=gap < DUST, is_near=near)


def share_of(many: pl.Expr, total: pl.Expr) -> pl.Expr:
    """Give the share some have, as if a few more had other quantities: two clients do not make a habit."""
    return many / (total + UNSEEN)


def learned_habits(shared: pl.DataFrame, bought: pl.DataFrame, billed: pl.DataFrame, known: pl.DataFrame) -> Habits:
    """Learn from certain pairs how often baskets agree; what is usual counts where there are few."""
    ours = shared.join(known, on=["left_id", "right_id"], how="semi")
    mine = bought.join(known, left_on="client", right_on="left_id", how="semi").height
    theirs = billed.join(known, left_on="client", right_on="right_id", how="semi").height
    unequal = ours.filter(~pl.col("is_equal"))
    strangers = shared.join(known, on=["left_id", "right_id"], how="anti").filter(~pl.col("is_equal"))
    return Habits(
        billed=smoothed(ours.height, mine, USUAL.billed),
        bought=smoothed(ours.height, theirs, USUAL.bought),
        equal=smoothed(int(ours["is_equal"].sum()), ours.height, USUAL.equal),
        near=smoothed(int(unequal["is_near"].sum()), unequal.height, USUAL.near),
        near_by_chance=smoothed(int(strangers["is_near"].sum()), strangers.height, USUAL.near_by_chance),
    )


def smoothed(seen: int, of: int, usual: float) -> float:
    """Mix what was seen with what is usual."""
    return min(max((seen + WEIGHT * usual) / (of + WEIGHT), 0.02), 0.98)


def only(habit: float, prevalence: str) -> pl.Expr:
    """Weigh a product that only one side has."""
    return ((1 - habit) / (1 - pl.col(prevalence))).log()


def shared_weight(habits: Habits) -> pl.Expr:
    """Weigh a product both sides have: that they do, and how the quantities compare with chance."""
    return (habits.billed / pl.col("billed_by")).log() + quantity_weight(habits)


def quantity_weight(habits: Habits) -> pl.Expr:
    """Weigh two quantities by how many clients have as many: 1 seat says little, 83 seats much."""
    chance = pl.col("chance").clip(1e-3, 0.95)
    near = pl.lit(habits.near / habits.near_by_chance).log()
    far = pl.lit((1 - habits.near) / (1 - habits.near_by_chance)).log()
    unequal = ((1 - habits.equal) / (1 - chance)).log() + pl.when("is_near").then(near).otherwise(far)
    return pl.when("is_equal").then((habits.equal / chance).log()).otherwise(unequal)


def lone_weights(
    bought: pl.DataFrame, billed: pl.DataFrame, prevalence: pl.DataFrame, habits: Habits
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Weigh each client's basket as if the other side had none of it."""
    mine = (
        bought.join(prevalence, on="product")
        .group_by(left_id="client")
        .agg(missing=only(habits.billed, "billed_by").sum(), had=pl.len())
    )
    theirs = (
        billed.join(prevalence, on="product")
        .group_by(right_id="client")
        .agg(extra=only(habits.bought, "bought_by").sum())
    )
    return mine, theirs


def sentence() -> pl.Expr:
    """Say what the baskets have in common."""
    equal, both, had = (pl.col(name).fill_null(0) for name in ("equal", "both", "had"))
    return (
        pl.when(equal > 0)
        .then(pl.format("{} of {} bought products billed in the same quantity", equal, had))
        .when(both > 0)
        .then(pl.format("{} of {} bought products billed, in other quantities", both, had))
        .when(had > 0)
        .then(pl.lit("none of the bought products is billed"))
    )


def held_alike(bought: pl.DataFrame, billed: pl.DataFrame) -> pl.DataFrame:
    """Bring together clients that share quantities of products few others have: `left_id`, `right_id`."""
    rare = pl.len().over("product", "quantity") <= FEW
    mine, theirs = bought.filter(rare), billed.filter(rare)
    met = mine.join(theirs, on=["product", "quantity"], suffix="_right")
    counted = met.group_by(left_id="client", right_id="client_right").agg(shared=pl.len())
    enough = counted.filter(pl.col("shared") >= ENOUGH)
    first = pl.int_range(pl.len()).over("left_id", order_by=[-pl.col("shared").cast(pl.Int64), pl.col("right_id")])
    return enough.filter(first < KEPT).select("left_id", "right_id")
