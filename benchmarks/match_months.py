"""Whole labelled months, clients and products together: `python -m benchmarks.match_months`.

The rules are trained on one half of every set and judged on the clients of the other, with what people decided before.
"""

from __future__ import annotations

import json

import polars as pl

from benchmarks.judging import judge
from benchmarks.labelled import in_half, month_judgements, month_lines, need_data, table
from benchmarks.train_matcher import train
from recon import Judgements, Kind, MonthMatching, Weights, match_month, weights_from_text

BIG = ("msp", "msp_hard")
CLIENT, PRODUCT = ["client", "client_id"], ["product", "part_number", "sku"]


def main() -> None:
    """Train on one half, then print a row for each month and kind of evidence."""
    need_data()
    weights = {kind: weights_from_text(json.dumps(train(kind, 0))) for kind in Kind}
    print("month     evidence       F1  R@P99    ECE | accepted  right % | line precision  recall | questions")
    for month in BIG:
        show(month, "baskets", Judgements(), weights)
        show(month, "+ decisions", month_judgements(month), weights)


def show(month: str, title: str, judgements: Judgements, weights: dict[Kind, Weights]) -> None:
    """Match one month and print how good that is."""
    bought, billed = month_lines(month)
    matching = match_month(bought, billed, judgements, weights=weights)
    pairs = client_pairs(matching)
    truth = table(month, "truth").select("left_id", "right_id")
    pairs, truth = (of.filter(in_half(of["right_id"], month, 1)) for of in (pairs, truth))
    told = judge(pairs.select("left_id", "right_id", "score"), truth)
    accepted = pairs.filter("certain").join(truth.with_columns(true=1), on=["left_id", "right_id"], how="left")
    lines = judge_lines(month, line_pairs(matching, bought, billed))
    asked = matching.clients.matches.filter(pl.col("verdict") == "unsure").height
    print(
        f"{month:9s} {title:11s} {told.f1:5.3f}  {told.strict_recall:5.3f}  {told.calibration_error:5.3f} "
        f"| {accepted.height:8d} {100 * accepted['true'].count() / accepted.height:8.2f} "
        f"| {lines[0]:14.4f} {lines[1]:7.3f} | {asked:9d}",
        flush=True,
    )


def client_pairs(matching: MonthMatching) -> pl.DataFrame:
    """List certain and possible pairs of clients by the ids the files give: left_id, right_id, score, certain."""
    sure = matching.clients.matches.filter(pl.col("right_id").is_not_null()).with_columns(certain=True)
    columns = ["left_id", "right_id", "certain", pl.col("probability").alias("score")]
    rest = matching.clients.candidates.with_columns(certain=False)
    pairs = pl.concat([sure.select(columns), rest.select(columns)])
    for parties, side in ((matching.bought_clients, "left_id"), (matching.billed_clients, "right_id")):
        ids = parties.select(pl.col("client_id").alias("id"), pl.col("party").alias(side)).unique(side)
        pairs = pairs.join(ids, on=side).drop(side).rename({"id": side})
    return pairs


def line_pairs(matching: MonthMatching, bought: pl.DataFrame, billed: pl.DataFrame) -> pl.DataFrame:
    """Pair the lines of certainly matched clients and products, by the number of their rows: `left`, `right`."""
    sides = []
    for lines, clients, products in (
        (bought, matching.bought_clients, matching.bought_products),
        (billed, matching.billed_clients, matching.billed_products),
    ):
        named = lines.join(clients.select(*CLIENT, who="party"), on=CLIENT, nulls_equal=True)
        named = named.join(products.select(*PRODUCT, what="party"), on=PRODUCT, nulls_equal=True)
        sides.append(named.select("who", "what", "client_id", "line_id"))
    pairs = [
        of.matches.drop_nulls("right_id").select("left_id", "right_id") for of in (matching.clients, matching.products)
    ]
    met = sides[0].join(pairs[0], left_on="who", right_on="left_id").rename({"right_id": "whom"})
    met = met.join(pairs[1], left_on="what", right_on="left_id").rename({"right_id": "which"})
    both = met.join(sides[1], left_on=["whom", "which"], right_on=["who", "what"], suffix="_right")
    return both.select(vendor_line="line_id", psa_line="line_id_right", right_id="client_id_right")


def judge_lines(month: str, pairs: pl.DataFrame) -> tuple[float, float]:
    """Hold paired lines of the unseen half against the truth: precision and recall."""
    owners = table(month, "psa_lines").select(psa_line="line_id", right_id="client_id")
    truth = table(month, "truth_lines").select("vendor_line", "psa_line").join(owners, on="psa_line")
    pairs, truth = (of.filter(in_half(of["right_id"], month, 1)) for of in (pairs, truth))
    right = pairs.join(truth, on=["vendor_line", "psa_line"], how="semi").height
    return right / max(pairs.height, 1), right / max(truth.height, 1)


if __name__ == "__main__":
    main()
