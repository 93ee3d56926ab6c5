"""Which lines count as seats, and which are only money, history or noise."""

from __future__ import annotations

import polars as pl

from recon.classes import LineClass, settle_class
from recon.frames import number_groups
from recon.lines import Charge, Side, Status
from recon.months import Month

NONE = pl.Series("product", [], dtype=pl.String)
PART_OF_CYCLE = "covers part of its cycle only"
IN_ANOTHER_FILE = "stands in another file too"
FULL_CYCLE = 0.9  # of the longest period of the same subscription
SHORTEST_MONTH = 27  # days; a February has one more

JUDGED_BY = [
    *("source", "row", "client_id", "client", "product", "sku", "line_id"),
    *("charge", "charge_type", "status", "billable"),
    *("quantity", "unit_price", "unit_cost", "amount", "currency"),
    *("period_start", "period_end", "cancelled_on", "cycle_months"),
]
JUDGED_ALONE = [
    *("at", "line_id", "charge_type", "class", "note", "refund", "fewer"),
    *("period_start", "period_end", "cycle_months"),
]
ONE_SUBSCRIPTION = ["client_id", "client", "product", "line_id"]
ONE_PRICE = ["client_id", "client", "product", "unit_price", "currency"]
CHARGE_CLASSES = {
    Charge.PRORATED: LineClass.MONEY_ONLY,
    Charge.ONE_TIME: LineClass.MONEY_ONLY,
    Charge.FEE: LineClass.MONEY_ONLY,
    Charge.TAX: LineClass.MONEY_ONLY,
    Charge.USAGE: LineClass.USAGE,
}
STATUS_CLASSES = {
    Status.CANCELLED: LineClass.CANCELLED,
    Status.SUSPENDED: LineClass.SUSPENDED,
    Status.PENDING: LineClass.PENDING,
    Status.TRIAL: LineClass.TRIAL,
}


def net_lines(
    lines: pl.DataFrame, month: Month | None, in_arrears: pl.Series = NONE, *, side: Side = Side.BOUGHT
) -> pl.DataFrame:
    """Give each line its `class` and a `note` why, or none where its quantity counts.

    Products charged in arrears count though what is charged is the month before. Only of what is billed are fewer
    seats written as a line of their own; a vendor's negative line is a refund, of which the new total stands beside it.
    Also tells which rows are `twice` (the same subscription, period and quantity stated again).
    """
    stated = lines.select(JUDGED_BY).with_row_index("at").with_columns(_class_by_words(month, in_arrears))
    # In one piece: `pl.format` dies of a column that begins with an empty piece, as a filter may leave it.
    set_aside = stated.filter(pl.col("class").is_not_null()).rechunk()
    set_aside = set_aside.select("at", "class", note=_note_by_words(), twice=pl.lit(value=False))
    counting = stated.filter(pl.col("class").is_null()).with_columns(note=pl.lit(None, pl.String))
    counting = _net_subscriptions(counting.with_columns(refund=_is_refund(), fewer=_is_fewer(counting, side)))
    judged = pl.concat([counting.select(set_aside.columns), set_aside]).sort("at")
    return lines.hstack(judged.drop("at"))


def _net_subscriptions(lines: pl.DataFrame) -> pl.DataFrame:
    """Judge lines by what else is charged for the same subscription; most are alone, and quickly judged."""
    # A hash that no other line has proves a line alone; only the others are worth comparing letter by letter.
    is_alone = lines.select(ONE_SUBSCRIPTION).hash_rows().is_unique()
    alone = lines.select(JUDGED_ALONE, twice=pl.lit(value=False), refunded="refund").filter(is_alone)
    first_alone = _keep_full_cycles(alone.with_row_index("subscription"))
    if is_alone.all():
        return _drop_credits(first_alone)
    together = _offset_credits(number_groups(lines.filter(~is_alone), ONE_SUBSCRIPTION, "subscription"))
    together = together.with_columns(refunded=(pl.col("refund") & _is_open()).any().over("subscription"))
    shared = _keep_newest_cycle(_keep_full_cycles(_offset_refunds(_mark_twice(together))))
    return _drop_credits(pl.concat([first_alone, shared.select(first_alone.columns)]))


def _class_by_words(month: Month | None, in_arrears: pl.Series) -> pl.Expr:
    """Judge by what the line itself says; the first that applies decides."""
    if month is not None:
        other = (pl.col("period_end") < month.first) | (pl.col("period_start") > month.last)
        other &= ~pl.col("product").is_in(in_arrears.implode())
        cancelled = pl.col("cancelled_on") < month.last  # on the last day, the month is billed whole
    else:
        begun = pl.col("period_start").median().cast(pl.Date)  # the file is no older than half of its lines
        other, cancelled = pl.col("period_end") < begun, pl.col("cancelled_on").is_not_null()
    judged = [(pl.col("charge") == word.value, kind) for word, kind in CHARGE_CLASSES.items()]
    takes_back = (pl.col("quantity") < 0) & ~other.fill_null(value=False)  # perhaps a charge of the same days
    judged += [((pl.col("charge") == Charge.CREDIT.value) & ~takes_back, LineClass.MONEY_ONLY)]
    # Dates outrank status: a line past its cancelled date no longer bills, even if it is still called active.
    judged += [(cancelled, LineClass.CANCELLED), (other, LineClass.OTHER_MONTH)]
    judged += [(pl.col("status") == word.value, kind) for word, kind in STATUS_CLASSES.items()]
    judged += [(~pl.col("billable"), LineClass.NOT_BILLABLE)]
    return pl.coalesce(pl.when(true).then(pl.lit(kind.value)) for true, kind in judged).alias("class")


def _note_by_words() -> pl.Expr:
    return (
        pl.when(pl.col("class") == LineClass.OTHER_MONTH.value)
        .then(pl.format("its period is {} to {}", _said("period_start"), _said("period_end")))
        .when(pl.col("class") == LineClass.CANCELLED.value)
        .then(pl.format("cancelled, {}", _said("cancelled_on")))
        .when(pl.col("class") == LineClass.NOT_BILLABLE.value)
        .then(pl.lit("the PSA charges nothing for it"))
        .when(pl.col("class").is_in([LineClass.MONEY_ONLY.value, LineClass.USAGE.value]))
        .then(pl.format("charged as {}", pl.coalesce("charge_type", "charge")))
        .otherwise(pl.format("its status is {}", "status"))
    )


def _said(column: str) -> pl.Expr:
    return pl.col(column).dt.to_string("%Y-%m-%d").fill_null("not stated")


def _mark_twice(lines: pl.DataFrame) -> pl.DataFrame:
    """Find the same charge of the same subscription stated again; it was counted twice, not bought twice.

    Where that is in another file, the files overlap, and nobody was charged twice.
    """
    same = ["subscription", "sku", "charge_type", "period_start", "period_end", "quantity", "unit_cost", "unit_price"]
    again = pl.int_range(pl.len()).over(same, order_by=["source", "row"]) > 0
    here = pl.col("source") == pl.col("source").first().over(same, order_by=["source", "row"])
    charged = pl.col("line_id").is_not_null() & (pl.col("quantity") > 0) & ~pl.col("refunded")
    marked = lines.with_columns(twice=again & charged & here, elsewhere=again & charged & ~here)
    return settle_class(marked, pl.col("elsewhere"), LineClass.MONEY_ONLY, IN_ANOTHER_FILE)


def _is_refund() -> pl.Expr:
    return (pl.min_horizontal(pl.col("quantity", "amount", "unit_price", "unit_cost")) < 0).fill_null(value=False)


def _is_fewer(lines: pl.DataFrame, side: Side) -> pl.Expr:
    """Tell seats that are taken off by a line of their own, at the price of those beside it: -2 and 10 bill 8."""
    if side is Side.BOUGHT or not (lines["quantity"] < 0).any():
        return pl.lit(value=False)
    seats = pl.col("charge") == Charge.SEATS.value
    left = pl.col("quantity").filter(seats).sum().over(ONE_PRICE)
    return seats & (pl.col("quantity") < 0) & (left >= 0)


def _offset_refunds(lines: pl.DataFrame) -> pl.DataFrame:
    """Pair each refund with one charge of as many seats: in its subscription, else of the same price too."""
    nameless = pl.col("line_id").is_null()
    price = pl.coalesce("unit_cost", "unit_price").abs()
    pair: list[str | pl.Expr] = [
        "subscription",
        pl.col("quantity").abs(),
        pl.when(nameless).then(price),
        pl.when(nameless).then("currency"),
    ]
    return _pair_off(lines.with_columns(open=_is_open() & ~pl.col("twice")), pair)


def _offset_credits(lines: pl.DataFrame) -> pl.DataFrame:
    """Pair each credit with one charge of as many seats at the same price for the same days; any other is money.

    One for the rest of a cycle that is charged anew from that day on takes the earlier charge back too.
    """
    is_credit = pl.col("charge") == Charge.CREDIT.value
    if lines.filter(is_credit).is_empty():
        return lines
    price = pl.coalesce("unit_cost", "unit_price").abs()
    pair: list[str | pl.Expr] = [
        "subscription",
        "period_start",
        "period_end",
        pl.col("quantity").abs(),
        price,
        "currency",
    ]
    lines = _pair_off(lines.with_columns(open=_is_open() & (is_credit | ~pl.col("refund"))), pair)
    lines = _pair_off(_charged_anew(lines, is_credit), ["subscription", pl.col("quantity").abs(), "period_end"])
    return settle_class(lines, is_credit, LineClass.MONEY_ONLY, "a credit: money, not seats")


def _charged_anew(lines: pl.DataFrame, is_credit: pl.Expr) -> pl.DataFrame:
    """Open the credits of subscriptions that are charged anew for the same days, and what was charged before those."""
    charge = _is_open() & ~pl.col("refund")
    anew = charge.any().over("subscription", "period_start", "period_end")
    anew &= is_credit & _is_open() & pl.col("line_id").is_not_null()
    begun = pl.col("period_start").filter("open").max().over("subscription")
    before = (charge & (pl.col("period_start") < begun)).fill_null(value=False)
    return lines.with_columns(open=anew).with_columns(pl.col("open") | before)


def _is_open() -> pl.Expr:
    return pl.col("class").is_null()


def _pair_off(marked: pl.DataFrame, pair: list[str | pl.Expr]) -> pl.DataFrame:
    """Let each open refund and one open charge of its pair cancel out."""
    place = pl.int_range(pl.len()).over([*pair, "refund", "open"], order_by=["period_start", "period_end", "row"])
    refunds = (pl.col("refund") & pl.col("open")).sum().over(pair)
    charges = (~pl.col("refund") & pl.col("open")).sum().over(pair)
    paired = pl.col("open") & (place < pl.when("refund").then(charges).otherwise(refunds))
    return settle_class(marked, paired, LineClass.OFFSET, "a charge and its refund cancel out")


def _keep_full_cycles(lines: pl.DataFrame) -> pl.DataFrame:
    """Where the file names no charge type, a period shorter than its subscription's cycle is a proration.

    Of lines without a subscription id only those that end with the full cycle are known to be part of it.
    """
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    longest = days.max().over("subscription")
    full_end = pl.col("period_end").filter(days == longest).max().over("subscription")
    shorter = days < longest * FULL_CYCLE
    short = (days < SHORTEST_MONTH) & pl.col("cycle_months").is_not_null()
    part = (
        pl.when(pl.col("line_id").is_null())
        .then(shorter & (pl.col("period_end") == full_end))
        .otherwise(shorter | short)
    )
    part &= pl.col("charge_type").is_null() & ~pl.col("refunded")
    return settle_class(lines, part, LineClass.MONEY_ONLY, PART_OF_CYCLE)


def _keep_newest_cycle(lines: pl.DataFrame) -> pl.DataFrame:
    """Of a subscription charged for one cycle after another, or refunded and charged anew, the newest counts.

    Of one client's lines of a product without ids, what ended before another began is its earlier cycle.
    """
    counts = pl.col("class").is_null() & ~pl.col("refund")
    newest = pl.when(counts).then("period_start").max().over("subscription")
    replaced = pl.col("refunded") & pl.col("line_id").is_not_null()
    replaced |= pl.col("period_end") < newest
    older = counts & (pl.col("period_start") < newest) & replaced
    return settle_class(lines, older, LineClass.MONEY_ONLY, "a newer charge of the same subscription says how many")


def _drop_credits(lines: pl.DataFrame) -> pl.DataFrame:
    """Call a refund without a charge to take back what it is: a credit."""
    return settle_class(lines, pl.col("refund") & ~pl.col("fewer"), LineClass.MONEY_ONLY, "a credit: money, not seats")
