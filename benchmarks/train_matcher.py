"""Trains the weights that ship in `recon/data`, on the labelled sets beside the checkout.

python -m benchmarks.train_matcher              train on everything and write the weights
python -m benchmarks.train_matcher --half       train on one half of every set and write to weights_*.half.json
"""

from __future__ import annotations

import json
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.boosting import Examples, Plan, fit_rules
from benchmarks.labelled import CLIENTS, MONTHS, PRODUCTS, in_half, name_lists, need_data, product_lists
from recon import Kind, describe_names, rivalry, rules_from

OUT = Path(__file__).resolve().parents[1] / "recon" / "data"
NAMES_ONLY = (*MONTHS, "ror")
"""Sets that are also learned without their domains, so that the weights hold where there are none."""

COUNTS_FOR = {"ror": 0.5, "listed": 0.5, "dba": 0.3, "childcare": 3.3, "afj_hospital": 2.0}
"""How much a pair of a set counts: less where sets are large or odd, more where they are small; 1 if not named."""

ALONE = {Kind.CLIENT: Plan(rules=96, questions=6), Kind.PRODUCT: Plan(rules=60, questions=4)}
RIVALS = {Kind.CLIENT: Plan(rules=60, questions=5), Kind.PRODUCT: Plan(rules=36, questions=4)}


PER = 1000
"""The parts that weights are written in."""


def main(arguments: list[str]) -> None:
    """Train both kinds."""
    need_data()
    half = 0 if "--half" in arguments else None
    for kind in Kind:
        weights = train(kind, half)
        path = OUT / f"weights_{kind.value}s{'' if half is None else '.half'}.json"
        path.write_text(laid_out(weights), encoding="utf-8")
        print(f"{path.name}: {weights['about']}")


def train(kind: Kind, half: int | None, *, without: str = "") -> dict[str, Any]:
    """Fit the rules about a pair alone, then those that know its rivals; one set may be left out."""
    chosen = [(name, lists) for name, lists in name_sets(kind) if not without or without not in name]
    sets = [labelled(name, lists, kind, half) for name, lists in chosen]
    names = [column for column in sets[0].columns if column not in KEYS]
    alone = fit_rules(names, examples(sets, names), ALONE[kind])
    judged = [
        of.hstack(pl.DataFrame(rivalry(of.select("l", "r"), odds))) for of, odds in unseen_odds(sets, names, kind)
    ]
    known = [*names, "score alone", "ahead on bought", "ahead on billed", "ahead"]
    among = fit_rules(known, examples(judged, known), RIVALS[kind])
    learned = pl.concat([of.select("truth", "learned") for of in sets]).filter("learned")
    trained_on = ", ".join(dict.fromkeys(name for name, _ in chosen))
    about = f"Trained on {learned.height} pairs, {int(learned['truth'].sum())} of them true, of {trained_on}."
    return {"version": f"{kind.value}s_v10", "about": about, "alone": alone, "among_rivals": among}


PARTS = 5
"""Into how many the pairs are parted to be scored by rules of the others: of two, each is scored by too poor rules."""

KEYS = ("l", "r", "left_id", "right_id", "exact", "has initials", "truth", "counts", "learned")
Lists = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


def name_sets(kind: Kind) -> list[tuple[str, Lists]]:
    """Give every set of a kind: left, right, truth."""
    if kind is Kind.PRODUCT:
        return [(name, name_lists(name)) for name in PRODUCTS] + [(name, product_lists(name)) for name in MONTHS]
    bare = [(name, name_lists(name, domains=False)) for name in NAMES_ONLY]
    return [(name, name_lists(name)) for name in CLIENTS] + bare


def labelled(name: str, lists: Lists, kind: Kind, half: int | None) -> pl.DataFrame:
    """Describe a set's pairs, and say which are true and which may be learned from."""
    left, right, truth = lists
    pairs = describe_names(left, right, kind)
    true = truth.unique().with_columns(truth=pl.lit(1.0))
    pairs = pairs.join(true, on=["left_id", "right_id"], how="left", maintain_order="left")
    counts = 5.0 if kind is Kind.PRODUCT and name in MONTHS else COUNTS_FOR.get(name, 1.0)
    learned = pl.lit(value=True) if half is None else in_half(pairs["right_id"], name, half)
    return pairs.with_columns(pl.col("truth").fill_null(0.0), counts=pl.lit(counts), learned=learned)


def unseen_odds(sets: list[pl.DataFrame], names: list[str], kind: Kind) -> list[tuple[pl.DataFrame, Any]]:
    """Score each part of every set by rules fitted on the others, so that rivals look as they will on new names."""
    odds = [np.zeros(of.height) for of in sets]
    parts = [in_part(of["right_id"]) for of in sets]
    for part in range(PARTS):
        others = [of.filter(at != part) for of, at in zip(sets, parts, strict=True)]
        rules = rules_from(fit_rules(names, examples(others, names), ALONE[kind]))
        for place, (of, at) in enumerate(zip(sets, parts, strict=True)):
            chosen = (at == part).to_numpy()
            odds[place][chosen] = rules.odds({name: of[name].to_numpy()[chosen] for name in names}, int(chosen.sum()))
    return list(zip(sets, odds, strict=True))


def in_part(ids: pl.Series) -> pl.Series:
    """Say which of the parts each id falls into, the same in every run."""
    return pl.Series([zlib.crc32(f"fold{name}".encode()) % PARTS for name in ids.to_list()], dtype=pl.UInt8)


def examples(sets: list[pl.DataFrame], names: list[str]) -> Examples:
    """Stack described pairs."""
    whole = pl.concat([of.filter("learned").select(*names, "truth", "counts") for of in sets])
    features = whole.select(names).to_numpy().astype(np.float64)
    return Examples(features, whole["truth"].to_numpy(), whole["counts"].to_numpy())


def laid_out(weights: dict[str, Any]) -> str:
    """Write one rule a line, so that people can read and compare versions; whole numbers are read in half the time."""
    parts = [f' "version": {json.dumps(weights["version"])},\n "about": {json.dumps(weights["about"])}']
    for part in ("alone", "among_rivals"):
        told = [
            rule | {"weights": [round(weight * PER) for weight in rule["weights"]]} for rule in weights[part]["rules"]
        ]
        rules = ",\n".join(f"   {json.dumps(rule)}" for rule in told)
        parts.append(f' "{part}": {{"start": {weights[part]["start"]}, "per": {PER}, "rules": [\n{rules}\n ]}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
