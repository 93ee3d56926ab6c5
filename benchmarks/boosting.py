"""Fits the matcher's rules: boosted tables of yes-or-no questions, with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]
Steps = np.ndarray[Any, np.dtype[np.uint8]]

STEPS = 48
FAR, LEAST = 0.125, 0.08
"""From which error on an example is seen as often as any, and how seldom one without error is."""

DAMPING = 2.0
"""Examples' worth of doubt in every weight."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many rules to fit, how many questions each asks, and how boldly; and how often, to take the average."""

    rules: int
    questions: int
    rate: float = 0.2
    share: float = 0.7  # of the examples that are far off, and half of the features, that each rule sees
    seeds: tuple[int, ...] = (7, 8, 9)


@dataclass(frozen=True, slots=True)
class Examples:
    """Described pairs, whether each is true, and how much each counts."""

    features: Numbers  # one row a pair
    truth: Numbers
    weight: Numbers


def fit_rules(names: list[str], examples: Examples, plan: Plan) -> dict[str, Any]:
    """Fit rules several times and take the average: what one fit says of few examples is chance by half."""
    fits = [fit_once(names, examples, plan, seed) for seed in plan.seeds]
    for rule in chain.from_iterable(fits):
        rule["weights"] = [round(weight / len(fits), 3) for weight in rule["weights"]]
    return {"start": round(start_of(examples), 3), "rules": [*chain.from_iterable(fits)]}


def start_of(examples: Examples) -> float:
    """Give the log-odds of any pair."""
    true, weight = examples.truth, examples.weight
    return float(np.log((true * weight).sum() / ((1 - true) * weight).sum()))


def fit_once(names: list[str], examples: Examples, plan: Plan, seed: int) -> list[dict[str, Any]]:
    """Boost rules one by one; each asks the questions that then explain most of what is still wrong."""
    limits = [steps(column) for column in examples.features.T]
    places = np.stack(
        [
            np.searchsorted(at, column, side="right").astype(np.uint8)
            for at, column in zip(limits, examples.features.T, strict=True)
        ]
    )
    chance = np.random.default_rng(seed)
    true, weight = examples.truth, examples.weight
    odds = np.full(len(true), start_of(examples))
    rules = []
    for _ in range(plan.rules):
        expected = 1 / (1 + np.exp(-odds))
        wrong, doubt = weight * (true - expected), weight * expected * (1 - expected)
        often = np.clip(np.abs(true - expected) / FAR, LEAST, 1)  # what is seen less often counts for more
        wrong, doubt = wrong / often, doubt / often
        seen = np.flatnonzero(chance.random(len(true)) < plan.share * often)
        asked = [int(k) for k in np.flatnonzero(chance.random(len(names)) < 0.5) if len(limits[k])]  # noqa: PLR2004 - half the features
        questions = best_questions(places[:, seen], wrong[seen], doubt[seen], asked, plan.questions)
        weights = plan.rate * leaf_weights(places[:, seen], questions, wrong[seen], doubt[seen])
        odds += weights[leaves(places, questions)]
        rules.append({"asks": [[names[k], float(limits[k][at])] for k, at in questions], "weights": weights.tolist()})
    return rules


def steps(column: Numbers) -> Numbers:
    """Choose the limits a feature may be asked for: between its values, or at quantiles, finer towards the top."""
    values = np.unique(column)
    if len(values) <= STEPS:
        return np.round((values[1:] + values[:-1]) / 2, 4)
    even, top = np.linspace(0, 1, STEPS // 2 + 1)[1:-1], 1 - np.geomspace(0.25, 0.0005, STEPS // 2)
    return np.unique(np.round(np.quantile(column, np.concatenate([even, top])), 3))


def best_questions(
    places: Steps, wrong: Numbers, doubt: Numbers, asked: list[int], count: int
) -> list[tuple[int, int]]:
    """Choose questions greedily, each the same for every answer to those before it."""
    leaf = np.zeros(places.shape[1], np.int64)
    chosen: list[tuple[int, int]] = []
    for depth in range(count):
        gains = [gain(leaf, places[k], wrong, doubt, 1 << depth) for k in asked]
        best = int(np.argmax([of.max() for of in gains]))
        chosen.append((asked[best], int(gains[best].argmax())))
        leaf = leaf * 2 + (places[chosen[-1][0]] > chosen[-1][1])
    return chosen


def gain(leaf: Places, place: Steps, wrong: Numbers, doubt: Numbers, leaves_: int) -> Numbers:
    """Say how much each limit of one feature would explain."""
    width = int(place.max()) + 1
    if width == 1:
        return np.zeros(1)
    at = leaf * width + place.astype(np.int64)
    below = [np.bincount(at, of, leaves_ * width).reshape(leaves_, width).cumsum(1) for of in (wrong, doubt)]
    rest = [of[:, -1:] - of[:, :-1] for of in below]
    halves = [(below[0][:, :-1], below[1][:, :-1]), (rest[0], rest[1])]
    total: Numbers = np.sum([error**2 / (mass + DAMPING) for error, mass in halves], axis=(0, 1))
    return total


def leaves(places: Steps, questions: list[tuple[int, int]]) -> Places:
    """Read the answers as a binary number."""
    leaf = np.zeros(places.shape[1], np.int64)
    for k, at in questions:
        leaf = leaf * 2 + (places[k] > at)
    return leaf


def leaf_weights(places: Steps, questions: list[tuple[int, int]], wrong: Numbers, doubt: Numbers) -> Numbers:
    """Give each combination of answers the weight that corrects it."""
    leaf = leaves(places, questions)
    sums = [np.bincount(leaf, of, 1 << len(questions)) for of in (wrong, doubt)]
    weights: Numbers = sums[0] / (sums[1] + DAMPING)
    return weights
