"""The matcher against plain ways to match names, on names none of them has seen: `python -m benchmarks.match`.

The rules are trained on one half of each labelled set (split by billed name) and judged on the other, names only and,
where there are any, with domains. rapidfuzz, sparse n-grams, splink and dedupe run beside them where they are
installed (`pip install scikit-learn splink dedupe`); dedupe is taught with pairs of the half ours is trained on.

python -m benchmarks.match [SET ...]
"""

from __future__ import annotations

import json
import sys
import time

import polars as pl

from benchmarks.judging import judge
from benchmarks.labelled import CLIENTS, PRODUCTS, in_half, name_lists, need_data
from benchmarks.peers import Peer, peers
from benchmarks.train_matcher import train
from recon import Kind, Weights, match_pairs, weights_from_text


def main(sets: list[str]) -> None:
    """Train on one half, then print a row for each set and matcher."""
    need_data()
    if unknown := sorted({*sets} - {*CLIENTS, *PRODUCTS}):
        sys.exit(f"There is no set {', '.join(unknown)}; there are {', '.join((*CLIENTS, *PRODUCTS))}.")
    others = peers()
    weights = {kind: weights_from_text(json.dumps(train(kind, 0))) for kind in Kind}
    print(f"{'set':22s} {'matcher':16s}    F1  R@P99    ECE  seconds")
    for name in sets or (*CLIENTS, *PRODUCTS):
        kind = Kind.PRODUCT if name in PRODUCTS else Kind.CLIENT
        judge_set(name, kind, weights[kind], others)


def judge_set(name: str, kind: Kind, weights: Weights, others: dict[str, Peer]) -> None:
    """Run every matcher over one set."""
    left, right, truth = name_lists(name, domains=False)
    with_domains, known = name_lists(name)[:2]
    ours: Peer = lambda one, other, _: match_pairs(one, other, kind=kind, weights=weights)  # noqa: E731 - shaped as the others
    show(name, "ours", ours, left, right, truth)
    for matcher, run in others.items():
        try:
            show(name, matcher, run, left, right, truth)
        except Exception as fault:  # noqa: BLE001 - another's, with the libraries it happens to meet here
            print(f"{name:22s} {matcher:16s} failed: {fault}", flush=True)
    if "domain" in with_domains.columns:
        show(name, "ours + domains", ours, with_domains, known, truth)


def show(name: str, matcher: str, run: Peer, *lists: pl.DataFrame) -> None:
    """Run one matcher and print how it did on the unseen half."""
    left, right, truth = lists
    start = time.perf_counter()
    pairs = run(left, right, truth.filter(in_half(truth["right_id"], name, 0)))
    seconds = time.perf_counter() - start
    seen = [table.filter(in_half(table["right_id"], name, 1)) for table in (pairs, truth)]
    told = judge(seen[0], seen[1])
    figures = f"{told.f1:5.3f}  {told.strict_recall:5.3f}  {told.calibration_error:5.3f} {seconds:8.2f}"
    print(f"{name:22s} {matcher:16s} {figures}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
