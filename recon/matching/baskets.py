"""What two clients hold: the same products in the same quantities speak for one client, whatever the names say."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from recon.matching.parties import CLIENT_KEYS, PRODUCT_KEYS

AS_WRITTEN = pl.QueryOptFlags(join_order=False)
"""Few pairs are joined first: a planner that begins with products lays each client beside all others."""

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

SOME = 1, 3
"""Of how many clients beyond a month's how many are taken to have a product: what all of a few have is no rule yet."""

DUST = 1e-6
"""Quantities closer than this are equal."""

WEIGHT = 30.0
"""Matched products' worth of trust in what is usual, before this month's own habits count."""


def quantities(lines: pl.DataFrame, clients: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """Sum a side's seats per `client` and `product` party."""
    seats = lines.lazy().filter(pl.col("charge").is_null() | (pl.col("charge") == "seats"))
    parties = {"holder": (clients, CLIENT_KEYS), "item": (products, PRODUCT_KEYS)}
    for name, (known, keys) in parties.items():
        numbers = known.lazy().select(*keys, (pl.col("party").rank("dense") - 1).alias(name))
        seats = seats.join(numbers, on=keys, nulls_equal=True)
    held = seats.group_by(*parties).agg(pl.col("quantity").sum().cast(pl.Float64)).filter(pl.col("quantity") > 0)
    found = held.sort(*parties).collect(engine="in-memory", optimizations=AS_WRITTEN)
    names = {name: known["party"].unique().sort() for name, (known, _) in parties.items()}
    return found.select(
        names["holder"].gather(found["holder"]).alias("client"),
        names["item"].gather(found["item"]).alias("product"),
        "quantity",
    )


def in_bought_terms(billed: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """Say what is billed in terms of the bought product each wording answers (`left_id`, `right_id`)."""
    meant = billed.lazy().join(products.lazy().select("left_id", product="right_id"), on="product")
    summed = meant.group_by("client", product="left_id").agg(pl.col("quantity").sum())
    return summed.collect(engine="in-memory", optimizations=AS_WRITTEN)


def weigh_baskets(pairs: pl.DataFrame, bought: pl.DataFrame, billed: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Weigh pairs (`left_id`, `right_id`) by their baskets: adds `evidence`, in log-odds, and `told`.

    `known` holds the pairs that are certain already, from which this month's habits are learned.
    """
    answerable = bought.join(billed, on="product", how="semi")
    shared = in_both(pairs.lazy(), answerable.lazy(), billed.lazy()).collect(
        engine="in-memory", optimizations=AS_WRITTEN
    )
    habits = learned_habits(shared, answerable, billed, known)
    counts = answerable["client"].n_unique(), billed["client"].n_unique()
    here = answerable.lazy().group_by("product").agg(bought_by=held_by(pl.len(), counts[0]))
    there = billed.lazy().group_by("product").agg(billed_by=held_by(pl.len(), counts[1]))
    prevalence = here.join(there, on="product").with_columns(pl.col("bought_by", "billed_by").clip(1e-4))
    mine, theirs = lone_weights(answerable.lazy(), billed.lazy(), prevalence, habits)
    weighed = (
        shared.lazy()
        .join(prevalence, on="product")
        .with_columns(
            weight=shared_weight(habits) - only(habits.billed, "billed_by") - only(habits.bought, "bought_by")
        )
    )
    summed = weighed.group_by("left_id", "right_id").agg(
        pl.col("weight").sum(), equal=pl.col("is_equal").sum(), both=pl.len()
    )
    told = pairs.lazy().join(summed, on=["left_id", "right_id"], how="left").join(mine, on="left_id", how="left")
    told = told.join(theirs, on="right_id", how="left")
    evidence = pl.sum_horizontal("weight", "missing", "extra")
    return told.with_columns(evidence=evidence, told=sentence()).collect(engine="in-memory", optimizations=AS_WRITTEN)


def in_both(pairs: pl.LazyFrame, bought: pl.LazyFrame, billed: pl.LazyFrame) -> pl.LazyFrame:
    """Lay side by side the quantities of the products both clients of a pair have."""
    mine = bought.rename({"client": "left_id", "quantity": "bought"})
    usual = billed.group_by("product", "quantity").agg(as_many=pl.len())
    usual = usual.with_columns(chance=share_of(pl.col("as_many"), pl.col("as_many").sum().over("product")))
    theirs = billed.join(usual, on=["product", "quantity"]).rename({"client": "right_id", "quantity": "billed"})
    return beside(pairs.select("left_id", "right_id").join(mine, on="left_id").join(theirs, on=["right_id", "product"]))


def beside(both: pl.LazyFrame) -> pl.LazyFrame:
    """Compare two quantities, `bought` and `billed`, of each row."""
    gap = (pl.col("bought") - pl.col("billed")).abs()
    near = gap <= pl.max_horizontal(pl.col("bought") * NEAR_SHARE, pl.lit(NEAR_SEATS))
    return both.with_columns(is_equal=gap < DUST, is_near=near)


def held_by(many: pl.Expr, of_all: int) -> pl.Expr:
    """Say how likely another client has what so many have."""
    return (many + SOME[0]) / (of_all + SOME[1])


def share_of(many: pl.Expr, total: pl.Expr) -> pl.Expr:
    """Give the share some have, as if a few more had other quantities: two clients do not make a habit."""
    return many / (total + UNSEEN)


def learned_habits(shared: pl.DataFrame, bought: pl.DataFrame, billed: pl.DataFrame, known: pl.DataFrame) -> Habits:
    """Learn from certain pairs how often baskets agree; what is usual counts where there are few."""
    ours = shared.join(known, on=["left_id", "right_id"], how="semi")
    strangers = shared.join(known, on=["left_id", "right_id"], how="anti")
    mine = int(bought["client"].is_in(known["left_id"].implode()).sum())
    theirs = int(billed["client"].is_in(known["right_id"].implode()).sum())
    equal, near = int(ours["is_equal"].sum()), near_misses(ours)
    return Habits(
        billed=smoothed(ours.height, mine, USUAL.billed),
        bought=smoothed(ours.height, theirs, USUAL.bought),
        equal=smoothed(equal, ours.height, USUAL.equal),
        near=smoothed(near, ours.height - equal, USUAL.near),
        near_by_chance=smoothed(
            near_misses(strangers), strangers.height - int(strangers["is_equal"].sum()), USUAL.near_by_chance
        ),
    )


def near_misses(shared: pl.DataFrame) -> int:
    """Count the quantities that are near and not equal."""
    return int((shared["is_near"] & ~shared["is_equal"]).sum())


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
    bought: pl.LazyFrame, billed: pl.LazyFrame, prevalence: pl.LazyFrame, habits: Habits
) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Weigh each client's basket as if the other side had none of it."""
    missing, extra = only(habits.billed, "billed_by").sum(), only(habits.bought, "bought_by").sum()
    mine = bought.join(prevalence, on="product").group_by(left_id="client").agg(missing=missing, had=pl.len())
    theirs = billed.join(prevalence, on="product").group_by(right_id="client").agg(extra=extra)
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
    mine, theirs = bought.lazy().filter(rare), billed.lazy().filter(rare)
    met = mine.join(theirs, on=["product", "quantity"], suffix="_right")
    counted = met.group_by(left_id="client", right_id="client_right").agg(shared=pl.len())
    enough = counted.filter(pl.col("shared") >= ENOUGH)
    first = pl.int_range(pl.len()).over("left_id", order_by=[-pl.col("shared").cast(pl.Int64), pl.col("right_id")])
    return (
        enough.filter(first < KEPT).select("left_id", "right_id").collect(engine="in-memory", optimizations=AS_WRITTEN)
    )
