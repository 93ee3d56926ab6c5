"""Other ways to match two lists of names, those that are installed: rapidfuzz, sparse n-grams, splink, dedupe.

Each gives scored pairs for `left` and `right`; `known` are true pairs of the half that may be learned from.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

Peer = Callable[[pl.DataFrame, pl.DataFrame, pl.DataFrame], pl.DataFrame]

NEEDS = {"sparse n-grams": ("sklearn", "scikit-learn"), "splink": ("splink", "splink"), "dedupe": ("dedupe", "dedupe")}
TAUGHT = 300
"""Pairs dedupe is shown of either kind, more than a person would label."""

FAINT = 0.001
LIKE = (0.95, 0.9, 0.8, 0.7)
"""How alike two names are in the levels splink learns the weights of."""


def peers() -> dict[str, Peer]:
    """Give the matchers that can run here, and say which cannot."""
    known: dict[str, Peer] = {
        "WRatio": best_ratio,
        "sparse n-grams": sparse_grams,
        "splink": by_splink,
        "dedupe": by_dedupe,
    }
    for name, (module, package) in NEEDS.items():
        if find_spec(module) is None:
            print(f"{package} is not installed: {name} is left out.")
            del known[name]
    return known


def best_ratio(left: pl.DataFrame, right: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    """Give each right name the left one that rapidfuzz's WRatio likes best."""
    names = [side["name"].str.to_lowercase().to_list() for side in (right, left)]
    scores = cdist(*names, scorer=fuzz.WRatio, dtype=np.uint8, workers=-1)
    return top(scores, left, right, 100)


def sparse_grams(left: pl.DataFrame, right: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
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


def by_splink(left: pl.DataFrame, right: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    """Let splink estimate, without labels, what each level of likeness says; pairs share a beginning or a word."""
    splink, comparisons = import_module("splink"), import_module("splink.comparison_library")
    database = splink.DuckDBAPI()
    for name in ("splink", "splink.internals"):
        logging.getLogger(name).setLevel(logging.ERROR)
    sides = [
        database.register(laid_out(side).to_arrow(), table_name=name) for side, name in ((left, "l"), (right, "r"))
    ]
    block = splink.block_on
    blocks = [block("first"), block("last"), block("start"), block("longest")]
    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("name", list(LIKE)),
            comparisons.JaroWinklerAtThresholds("sorted", list(LIKE)),
            comparisons.ExactMatch("longest"),
        ],
        blocking_rules_to_generate_predictions=blocks,
    )
    linker = splink.Linker(sides, settings)
    linker.training.estimate_probability_two_random_records_match([block("name")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block("start"), block("last")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=FAINT).as_dict()
    return pl.DataFrame(
        {"left_id": found["unique_id_l"], "right_id": found["unique_id_r"], "score": found["match_probability"]}
    )


def laid_out(side: pl.DataFrame) -> pl.DataFrame:
    """Lay names out in the columns splink compares and blocks on."""
    name = pl.col("name").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    words = pl.col("name").str.split(" ")
    return side.select(unique_id="id", name=name).with_columns(
        sorted=words.list.sort().list.join(" "),
        first=words.list.first(),
        last=words.list.last(),
        start=pl.col("name").str.replace_all(" ", "").str.slice(0, 4),
        longest=words.list.eval(pl.element().sort_by(pl.element().str.len_chars())).list.last(),
    )


def by_dedupe(left: pl.DataFrame, right: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Teach dedupe with true pairs of the known half, and as many wrong ones."""
    dedupe, variables = import_module("dedupe"), import_module("dedupe.variables")
    sides = [
        {row["id"]: {"name": row["name"].lower().strip() or "-"} for row in side.iter_rows(named=True)}
        for side in (left, right)
    ]
    linker = dedupe.RecordLink([variables.String("name"), variables.Text("name")], num_cores=0)
    told = StringIO()
    dedupe.write_training(examples(sides, known), told)
    told.seek(0)
    linker.prepare_training(*sides, training_file=told, sample_size=2000)
    linker.train(index_predicates=False)
    scored = linker.score(linker.pairs(*sides))
    pairs = [
        (str(one), str(other), float(score))
        for (one, other), score in zip(scored["pairs"], scored["score"], strict=True)
    ]
    return pl.DataFrame(pairs, schema=["left_id", "right_id", "score"], orient="row")


def examples(sides: list[dict[str, dict[str, str]]], known: pl.DataFrame) -> dict[str, list[Any]]:
    """Choose true pairs and, for the same billed names, wrong ones."""
    chance = random.Random(7)
    true = list(known.iter_rows())
    shown = chance.sample(true, min(TAUGHT, len(true)))
    lefts, taken = sorted(sides[0]), set(true)
    wrong = [(chance.choice(lefts), right) for _, right in shown]
    told = {"match": shown, "distinct": [pair for pair in wrong if pair not in taken]}
    return {verdict: [(sides[0][one], sides[1][other]) for one, other in pairs] for verdict, pairs in told.items()}
