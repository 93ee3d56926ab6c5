"""Two readings in, every line accounted for, the gaps out."""

from __future__ import annotations

import polars as pl

from recon.allowances import RulesInForce, apply_rules, exclude_lines, no_unit_is_its_part
from recon.arrears import charged_in_arrears
from recon.asking import ask
from recon.causes import find_causes, sort_causes
from recon.cautions import find_cautions, find_doubts
from recon.classes import CONSERVED, LineClass, assert_conserved, settle_class
from recon.compare import ZERO, compare_seats
from recon.currencies import ONE_PRODUCT, bought_in_another, count_as_billed, name_currencies, settle_currencies
from recon.errors import NothingCounted, UnansweredQuestion
from recon.findings import cells_amiss, find_gaps, judge_cells
from recon.frames import engine_for, put_at, put_beside
from recon.lines import Charge, Side
from recon.matching.catalogue import free_product
from recon.matching.judgements import Kind
from recon.matching.tiers import sibling_products
from recon.matching.verdicts import Verdict
from recon.months import Month, guess_month, read_month
from recon.nearby import near_polars
from recon.netting import PART_OF_CYCLE, net_lines
from recon.outcome import classify, name_joined, what_became, with_rows_set_aside
from recon.reading.meanings import Meaning
from recon.reading.reading import Reading
from recon.renamed import find_renamed
from recon.result import Options, Reconciliation
from recon.siblings import join_siblings
from recon.thresholds import Limits, apply_thresholds
from recon.understood import PRODUCT, Understood, understand_names
from recon.unmapped import set_aside_unmapped
from recon.worth import usual_prices

NO_OPTIONS = Options()
UNREAD = "another row of it has a quantity that can't be read"
OF_ANOTHER = "may be for a client that waits for an answer"
SMALL = 10_000  # lines, which are compared in an instant
COMPARED_BY = [
    *("line", "side", "row", "client_key", "product_key", "currency", "quantity", "seats", "twice"),
    *("prorated", "returned", "unpaid", "discounted"),
    *("unit_price", "unit_cost", "price_months", "term_months", "cycle_months"),
    *("term_start", "period_start", "period_end"),
]


def reconcile(bought: Reading, billed: Reading, options: Options = NO_OPTIONS) -> Reconciliation:
    """Find where what was bought and what is billed disagree.

    `reconcile(read_lines(pax8, "pax8.csv"), read_lines(psa, "additions.csv")).gaps`
    """
    for reading in (bought, billed):
        if reading.questions:
            raise UnansweredQuestion(f"{reading.layout.name}: {reading.questions[0].sentence}")
        refuse_what_counts_nothing(reading)
    is_small = bought.lines.height + billed.lines.height < SMALL
    return near_polars(lambda: find_what_differs(bought, billed, options), is_small=is_small)


def find_what_differs(bought: Reading, billed: Reading, options: Options) -> Reconciliation:
    """Reconcile two readings that have lines to compare."""
    month = options.month or guess_month(bought.lines, billed.lines) or stated_month(bought, billed)
    netted = net_month(bought.lines, billed.lines, month)
    uncounted = put_together(bought.uncounted, billed.uncounted)
    day = options.day or (month.last if month else None)
    rules = tuple(rule for rule in options.rules if rule.is_in_force(day))
    names = understand_names(netted, uncounted, options.judgements, options.weights, no_unit_is_its_part(rules))
    in_force = RulesInForce(rules, names.clients.find, names.find_product, day)
    doubts = find_doubts(bought, billed, netted, month)
    cautions = (*doubts, *find_cautions(netted, month), *in_force.about_nobody())
    lines = set_aside(settle_currencies(names.give(netted), options.currency), names, in_force)
    del netted  # what is settled of it since would stay in memory twice
    lines, cells = compare(lines, names, in_force, month, options.grace_days)
    cells = doubt(cells, names.give(uncounted), what_waits_beside(lines, names))
    renamed = find_renamed(cells, lines, names)
    clients, became = clients_with(cells), what_became(cells, renamed)
    cells = cells_amiss(cells, but=renamed)  # the others are as much as a file, and of no more use
    gaps = join_siblings(find_gaps(cells), sibling_products)
    gaps = apply_thresholds(gaps, Limits(options.min_money, options.min_seats), options.client_limits)
    lines = classify(lines, name_joined(became, gaps), renamed)
    assert_conserved(put_together(bought.lines.select(CONSERVED), billed.lines.select(CONSERVED)), lines)
    questions, asked_causes = ask(lines, renamed, names)
    return Reconciliation(
        month=month,
        options=options,
        bought=bought,
        billed=billed,
        gaps=tuple(sorted(gaps, key=lambda gap: (-gap.monthly.amount, gap.client, gap.product, gap.id))),
        causes=sort_causes([*find_causes(gaps, clients), *asked_causes]),
        questions=questions,
        lines=with_rows_set_aside(lines, bought, billed),
        cautions=cautions,
        is_doubtful=bool(doubts),
        names=names,
    )


def refuse_what_counts_nothing(reading: Reading) -> None:
    """Stop where a whole side charges no seats: every seat of the other would seem not billed, or not bought."""
    if reading.lines.is_empty() or not (reading.lines["charge"] == Charge.FEE.value).all():
        return
    name, columns = reading.layout.name, reading.layout.columns
    if Meaning.QUANTITY in columns:
        said = ", ".join(f"“{word[:40]}”" for word in reading.lines["charge_type"].drop_nulls().unique().sort().head(3))
        heading = " and ".join(f"“{header}”" for header in columns[Meaning.CHARGE])
        raise NothingCounted(
            f"{name} holds only fees, for {heading} says {said}, so I find no seats in it to compare. "
            f"Export it with the subscriptions, or tell me that {heading} is not what kind of charge a line is."
        )
    raise NothingCounted(
        f"{name} says nowhere how many seats, only amounts of money, so I can't compare it. "
        f"I see {', '.join(reading.layout.headers[:12])}. Export it with a quantity, or tell me which column it is."
    )


def stated_month(*readings: Reading) -> Month | None:
    """Read the month a file or its name states, where its lines have no periods."""
    return next((read_month(reading.layout.month) for reading in readings if reading.layout.month), None)


def put_together(bought: pl.DataFrame, billed: pl.DataFrame) -> pl.DataFrame:
    """Put both sides' lines in one frame."""
    return pl.concat(
        [lines.with_columns(side=pl.lit(side.value)) for side, lines in ((Side.BOUGHT, bought), (Side.BILLED, billed))]
    )


def net_month(bought: pl.DataFrame, billed: pl.DataFrame, month: Month | None) -> pl.DataFrame:
    """Put both sides' lines in one frame, those that do not count already in their class."""
    have = net_lines(bought, month, charged_in_arrears(bought, month))
    netted = put_together(have, net_lines(billed, month, side=Side.BILLED))
    products = netted.select(*PRODUCT, "class").filter(pl.col("class").is_null()).select(PRODUCT).unique()
    free = pl.Series("free", [free_product(*product) for product in products.iter_rows()], dtype=pl.String)
    netted = put_beside(netted, products.with_columns(free), PRODUCT)
    netted = settle_class(netted, pl.col("free").is_not_null(), LineClass.EXCLUDED, pl.col("free")).drop("free")
    counts = pl.col("class").is_null() & ~pl.col("twice")
    seats = pl.when(counts).then("quantity").otherwise(ZERO)
    return netted.with_columns(seats=seats).with_row_index("line")


def set_aside(lines: pl.DataFrame, names: Understood, in_force: RulesInForce) -> pl.DataFrame:
    """Leave out what a rule excludes and what waits for an answer about its client or product."""
    excluded = exclude_lines(in_force)
    lines = settle_class(lines, excluded.is_not_null(), LineClass.EXCLUDED, excluded)
    for kind in Kind:
        lines = set_aside_unmapped(lines, kind, names.candidates[kind])
    return lines


def compare(
    lines: pl.DataFrame, names: Understood, in_force: RulesInForce, month: Month | None, grace_days: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Compare what counts; the answer is the lines, each with its cell if it has one, and the judged cells."""
    counting = what_counts(lines, month)
    foreign = bought_in_another(counting)
    handed_over = [count_as_billed(counting, foreign)]
    del counting  # kept here, what the comparison is done with would stay in memory to its end
    placed, cells = compare_seats(handed_over.pop(), as_of=in_force.day, grace_days=grace_days)
    cells = apply_rules(cells, lines, in_force)
    cells = names.show(cells).rename({"client_shown": "client", "product_shown": "product"})
    waiting = lines.filter((pl.col("class") == LineClass.QUESTION.value) & (pl.col("side") == Side.BILLED.value))
    cells = put_beside(cells, usual_prices(cells, waiting), ["product_key", "currency"])
    return put_at(lines, placed, "line"), judge_cells(name_currencies(cells, foreign))


def doubt(cells: pl.DataFrame, uncounted: pl.DataFrame, beside: pl.DataFrame) -> pl.DataFrame:
    """Say of each cell what makes its count doubtful, so that nobody is accused; null where nothing does.

    A row of it may be unread, or what is too many there be another's who waits for an answer.
    """
    unread = uncounted.select(ONE_PRODUCT).drop_nulls().unique().with_columns(doubt=pl.lit(UNREAD))
    cells = put_beside(cells, unread, ONE_PRODUCT)
    if beside.is_empty():
        return cells
    cells = put_beside(cells, beside.with_columns(may_be=pl.lit(value=True)), ONE_PRODUCT)
    others = pl.col("may_be") & (pl.col("surplus") > 0)
    return cells.with_columns(doubt=pl.coalesce("doubt", pl.when(others).then(pl.lit(OF_ANOTHER)))).drop("may_be")


def what_waits_beside(lines: pl.DataFrame, names: Understood) -> pl.DataFrame:
    """List what a client may be billed for that another one has: `client_key, product_key`."""
    if names.together.is_empty():
        return names.together
    waits = (pl.col("class") == LineClass.QUESTION.value) & (pl.col("side") == Side.BOUGHT.value)
    return names.billed_with(lines.filter(waits))


def what_counts(lines: pl.DataFrame, month: Month | None) -> pl.DataFrame:
    """Take the lines that are compared, and those of certain names that say what came, went or cost less.

    What was charged, or given back, for part of an earlier month is in the month's own count by now.
    """
    bought = pl.col("side") == Side.BOUGHT.value
    known = (pl.col("client_verdict") == Verdict.CERTAIN.value) & (pl.col("product_verdict") != Verdict.UNSURE.value)
    lately = bought & known
    if month:
        lately &= (pl.col("period_end") >= month.first).fill_null(value=True)
    in_part = (pl.col("charge") == Charge.PRORATED.value) | (pl.col("note") == PART_OF_CYCLE)
    in_part &= lately & (pl.col("quantity") > 0)
    # A refund that is called a charge, as Microsoft's are, has the new total beside it: nothing else went.
    is_named = (pl.col("charge") != Charge.SEATS.value) | pl.col("charge_type").is_null()
    is_money = pl.col("class") == LineClass.MONEY_ONLY.value
    returned = lately & is_named & is_money & (pl.col("quantity") < 0)
    discounted = lately & is_money & (pl.col("quantity") > 0) & (pl.col("unit_cost") < 0)
    unpaid = (pl.col("class") == LineClass.NOT_BILLABLE.value) & ~bought & pl.col("is_sold")
    counts = pl.col("class").is_null() & (bought | pl.col("is_sold"))
    return (
        lines.lazy()
        .filter(counts | in_part | returned | discounted | unpaid)
        .with_columns(
            # A prorated row's money is for part of a cycle: it prices nothing.
            pl.when(counts).then(pl.col("unit_price", "unit_cost")),
            prorated=pl.when(in_part).then("quantity").otherwise(ZERO),
            returned=pl.when(returned).then(-pl.col("quantity")).otherwise(ZERO),
            unpaid=pl.when(unpaid).then("quantity").otherwise(ZERO),
            discounted=discounted.fill_null(value=False),
        )
        .select(COMPARED_BY)
        .collect(engine=engine_for(lines.height))
    )


def clients_with(cells: pl.DataFrame) -> dict[str, int]:
    """Count the clients that have or pay for each product."""
    counted = cells.select("product", "client_key").group_by("product").agg(pl.col("client_key").n_unique())
    return dict(counted.iter_rows())
