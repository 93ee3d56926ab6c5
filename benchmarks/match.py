"""The matcher against plain ways to match names, on names none of them has seen: `python -m benchmarks.match`.

The rules are trained on one half of each labelled set (split by billed name) and judged on the other, names only and,
where there are any, with domains. The peers need no training. Sparse n-grams run where scikit-learn is installed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from benchmarks.judging import judge
from benchmarks.labelled import CLIENTS, PRODUCTS, in_half, name_lists, need_data
from benchmarks.train_matcher import train
from recon import Kind, Weights, match_pairs, weights_from_text

Peer = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


def main() -> None:
    """Train on one half, then print a row for each set and matcher."""
    need_data()
    weights = {kind: weights_from_text(json.dumps(train(kind, 0))) for kind in Kind}
    print(f"{'set':22s} {'matcher':16s}    F1  R@P99    ECE  seconds")
    for name in (*CLIENTS, *PRODUCTS):
        kind = Kind.PRODUCT if name in PRODUCTS else Kind.CLIENT
        judge_set(name, kind, weights[kind])


def judge_set(name: str, kind: Kind, weights: Weights) -> None:
    """Run every matcher over one set."""
    left, right, truth = name_lists(name, domains=False)
    with_domains, known = name_lists(name)[:2]
    rows: dict[str, Peer] = {"ours": lambda one, other: match_pairs(one, other, kind=kind, weights=weights), **peers()}
    for matcher, run in rows.items():
        show(name, matcher, run, left, right, truth)
    if "domain" in with_domains.columns:
        show(name, "ours + domains", rows["ours"], with_domains, known, truth)


def show(name: str, matcher: str, run: Peer, *lists: pl.DataFrame) -> None:
    """Run one matcher and print how it did on the unseen half."""
    left, right, truth = lists
    start = time.perf_counter()
    pairs = run(left, right)
    seconds = time.perf_counter() - start
    seen = [table.filter(in_half(table["right_id"], name, 1)) for table in (pairs, truth)]
    told = judge(seen[0], seen[1])
    figures = f"{told.f1:5.3f}  {told.strict_recall:5.3f}  {told.calibration_error:5.3f} {seconds:8.2f}"
    print(f"{name:22s} {matcher:16s} {figures}", flush=True)


def peers() -> dict[str, Peer]:
    """Give the plain matchers that can run here."""
    if find_spec("sklearn") is None:
        print("scikit-learn is not installed: sparse n-grams are left out.")
        return {"WRatio": best_ratio}
    return {"WRatio": best_ratio, "sparse n-grams": sparse_grams}


def best_ratio(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Give each right name the left one that rapidfuzz's WRatio likes best."""
    names = [side["name"].str.to_lowercase().to_list() for side in (right, left)]
    scores = cdist(*names, scorer=fuzz.WRatio, dtype=np.uint8, workers=-1)
    return top(scores, left, right, 100)


def sparse_grams(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Give each right name the left one whose three-letter groups, rare ones weighing more, are closest."""
    text = import_module("sklearn.feature_extraction.text")
    names = [side["name"].str.to_lowercase().to_list() for side in (right, left)]
    grams = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3)).fit(names[0] + names[1])
    return top((grams.transform(names[0]) @ grams.transform(names[1]).T).toarray(), left, right, 1)


def top(scores: np.ndarray[Any, Any], left: pl.DataFrame, right: pl.DataFrame, full: float) -> pl.DataFrame:
    """Take the best left name of each right one."""
    return pl.DataFrame(
        {
            "left_id": left["id"][scores.argmax(axis=1)],
            "right_id": right["id"],
            "score": (scores.max(axis=1) / full).astype(float),
        }
    )


if __name__ == "__main__":
    main()
