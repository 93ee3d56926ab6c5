"""What a workspace's own judgements are worth, on names nobody judged: `python -m benchmarks.match_learning`.

A set plays a workspace unlike any that was trained on: the weights are trained on all the others. The matcher asks, the
truth answers, and both the shipped and the learned weights are judged on the names that were never asked about.
"""

from __future__ import annotations

import json
import sys
import zlib

import polars as pl

from benchmarks.judging import judge
from benchmarks.labelled import name_lists, need_data
from benchmarks.train_matcher import train
from recon import Judgement, Judgements, Kind, Said, Verdict, Weights, learn_weights, match_names, match_pairs
from recon import weights_from_text as read_weights

WORKSPACES = ("msp", "listed", "childcare", "afj_governmentagency", "ror")
ANSWERS = (10, 30, 100, 300)
ACCEPTED = 0.97


def main(names: list[str]) -> None:
    """Print a row for each set and number of answers."""
    need_data()
    print(
        f"{'workspace':22s} answers adopted |    F1 ->  after | R@P99 ->  after | wrongly accepted | rightly accepted"
    )
    for name in names or WORKSPACES:
        play(name, read_weights(json.dumps(train(Kind.CLIENT, None, without=name))))


def play(name: str, weights: Weights) -> None:
    """Answer more and more of one set's questions."""
    left, right, truth = name_lists(name, domains=False)
    asked = questions(left, right, weights)
    before = match_pairs(left, right, kind=Kind.CLIENT, weights=weights)
    for count in ANSWERS:
        if count > len(asked):
            break
        told = answered(asked[:count], left, right, truth)
        lesson = learn_weights(left, right, told, kind=Kind.CLIENT, weights=weights)
        after = match_pairs(left, right, kind=Kind.CLIENT, weights=lesson.weights)
        seen = {billed for _, billed in asked[:count]}
        show(
            f"{name:22s} {count:7d} {'yes' if lesson.is_adopted else 'no':>7s}",
            before,
            after,
            unseen(truth, seen),
            seen,
        )


def questions(left: pl.DataFrame, right: pl.DataFrame, weights: Weights) -> list[tuple[str, str]]:
    """List the best candidate of every name that is not certain, in no order anybody chose."""
    matching = match_names(left, right, kind=Kind.CLIENT, weights=weights)
    unsure = matching.matches.filter(pl.col("verdict") == Verdict.UNSURE.value).select("left_id")
    best = matching.candidates.filter(pl.col("rank") == 1).join(unsure, on="left_id", how="semi")
    pairs = list(best.select("left_id", "right_id").iter_rows())
    return sorted(pairs, key=lambda pair: zlib.crc32("".join(pair).encode()))


def answered(asked: list[tuple[str, str]], left: pl.DataFrame, right: pl.DataFrame, truth: pl.DataFrame) -> Judgements:
    """Answer as somebody who knows."""
    true = set(truth.iter_rows())
    names = [dict(side.select("id", "name").iter_rows()) for side in (left, right)]
    return Judgements(
        tuple(
            Judgement(
                Kind.CLIENT, names[0][one], names[1][other], Said.SAME if (one, other) in true else Said.DIFFERENT
            )
            for one, other in asked
        )
    )


def unseen(table: pl.DataFrame, seen: set[str]) -> pl.DataFrame:
    """Leave out the billed names somebody was asked about."""
    return table.filter(~pl.col("right_id").is_in(list(seen)))


def show(title: str, before: pl.DataFrame, after: pl.DataFrame, truth: pl.DataFrame, seen: set[str]) -> None:
    """Print what changed for the names nobody was asked about."""
    pairs = [unseen(table, seen) for table in (before, after)]
    told = [judge(table, truth) for table in pairs]
    true = truth.with_columns(true=pl.lit(value=True)).unique()
    accepted = [
        table.filter(pl.col("score") >= ACCEPTED).join(true, on=["left_id", "right_id"], how="left") for table in pairs
    ]
    right = [int(table["true"].sum()) for table in accepted]
    wrong = [table.height - true_ for table, true_ in zip(accepted, right, strict=True)]
    print(
        f"{title} | {told[0].f1:5.3f} -> {told[1].f1:6.3f} "
        f"| {told[0].strict_recall:5.3f} -> {told[1].strict_recall:6.3f} "
        f"| {wrong[0]:6d} -> {wrong[1]:6d} | {right[0]:6d} -> {right[1]:6d}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
