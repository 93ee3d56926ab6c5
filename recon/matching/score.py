"""The chance that two names mean one thing: a table of rules, each a few questions whose answers pick a weight."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import polars as pl

from recon.errors import UnreadableAnswers
from recon.matching.judgements import Kind
from recon.matching.words import read_data

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.uint32]]
Counts = np.ndarray[Any, np.dtype[np.intp]]
Answers = np.ndarray[Any, np.dtype[np.uint8]]

AT_ONCE = 8_192
"""Pairs weighed at a time, so that what is told of them stays in the processor's reach."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Questions of the form `is this feature at least that?`; the answers, read as a binary number, pick a weight."""

    asks: tuple[tuple[str, float], ...]
    weights: tuple[float, ...]
    is_learned: bool = False  # from a workspace's own judgements


@dataclass(frozen=True, slots=True)
class Laid:
    """Rules laid out as tables: each question once, by its feature, and each rule a row."""

    limits: dict[str, Numbers]
    asks: Counts  # which questions a rule asks; 0, which nothing is true of, before those of a rule that asks fewer
    weights: Numbers


@dataclass(frozen=True)
class Rules:
    """Rules whose weights add up to log-odds."""

    start: float
    rules: tuple[Rule, ...]

    @cached_property
    def shipped(self) -> Rules:
        """Leave out what a workspace's own judgements taught."""
        return Rules(self.start, tuple(rule for rule in self.rules if not rule.is_learned))

    @cached_property
    def learned(self) -> Rules:
        """Keep only what a workspace's own judgements taught."""
        return Rules(0.0, tuple(rule for rule in self.rules if rule.is_learned))

    def odds(self, described: Mapping[str, Numbers], height: int) -> Numbers:
        """Add up what each rule says of each pair, rule after rule: the other pairs change no digit."""
        total = np.full(height, self.start)
        for start in range(0, height, AT_ONCE):
            part = total[start : start + AT_ONCE]
            told = {name: described[name][start : start + AT_ONCE] for name in self.laid.limits}
            for weights, place in zip(self.laid.weights, self.answers(told, len(part)), strict=True):
                part += weights.take(place)
        return total

    def answers(self, described: Mapping[str, Numbers], height: int) -> Answers:
        """Answer each rule's questions, a row, about each pair, as a binary number."""
        true = [np.zeros((1, height), np.bool_)]
        for name, limits in self.laid.limits.items():
            column = described[name]
            true.append(column >= (limits.astype(column.dtype) if column.dtype.kind == "f" else limits)[:, None])
        asked, place = np.concatenate(true).view(np.uint8), np.zeros((len(self.rules), height), np.uint8)
        for asks in self.laid.asks.T:
            place = place << 1 | asked[asks]
        return place

    @cached_property
    def laid(self) -> Laid:
        """Lay the rules out."""
        by_feature: dict[str, set[float]] = {}
        for name, limit in (ask for rule in self.rules for ask in rule.asks):
            by_feature.setdefault(name, set()).add(limit)
        questions = [(name, limit) for name, limits in by_feature.items() for limit in sorted(limits)]
        number = {question: at for at, question in enumerate(questions, start=1)}
        most = max((len(rule.asks) for rule in self.rules), default=0)
        asks, weights = np.zeros((len(self.rules), most), np.intp), np.zeros((len(self.rules), 2**most))
        for at, rule in enumerate(self.rules):
            asks[at, most - len(rule.asks) :] = [number[ask] for ask in rule.asks]
            weights[at, : len(rule.weights)] = rule.weights
        return Laid({name: np.array(sorted(limits)) for name, limits in by_feature.items()}, asks, weights)


@dataclass(frozen=True, slots=True)
class Weights:
    """A readable, versioned model: rules about a pair, then rules that also know the pair's rivals."""

    version: str
    alone: Rules
    among_rivals: Rules

    def probabilities(self, described: pl.DataFrame) -> Numbers:
        """Turn described pairs, which hold every pair of their names worth scoring, into probabilities."""
        columns = {name: described[name].to_numpy() for name in described.columns if name not in {"l", "r"}}
        odds = self.alone.odds(columns, described.height)
        known = columns | rivalry(described.select("l", "r"), odds)
        odds = self.among_rivals.shipped.odds(known, described.height)
        odds = np.where(may_be_sisters(columns), np.minimum(odds, SISTERS), odds)
        lesson = self.among_rivals.learned.odds(known, described.height)
        odds += np.where(odds >= SURE, np.maximum(lesson, 0.0), lesson)
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


ONLY_ONE, SAME, DIFFER = 1, 2, 3
"""What a relation of two forms says when only one name has it, when they are the same, and when they differ."""

SURE = math.log(0.97 / 0.03)
"""Log-odds from which a match is made without asking: a lesson never doubts what was as sure without it."""

SISTERS = math.log(0.96 / 0.04)
"""Log-odds, at most, of names of which one has a sister company's word; only people's judgements teach otherwise."""

LEAD = 8.0
"""Log-odds by which a pair leads when it has no rival."""


def may_be_sisters(described: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one flag, or one a pair
    """Tell which clients differ by a word as `Lab` or `Holdings`, and have no domain in common."""
    if "same domain" not in described:
        return False
    return (described["sister word left over"] > 0) & (described["same domain"] != SAME)


def rivalry(pairs: pl.DataFrame, odds: Numbers) -> dict[str, Numbers]:
    """Say how far each pair, given by the numbers of its names, is ahead of the best other pair of either name."""
    told = [lead(pairs[name].to_numpy(), odds) for name in ("l", "r")]
    return {
        "score alone": odds, "ahead on bought": told[0], "ahead on billed": told[1], "ahead": np.minimum(*told),
    }  # fmt: skip


def lead(names: Places, odds: Numbers) -> Numbers:
    """Subtract the best other pair's log-odds from a pair's own."""
    best = best_of(names, odds)
    is_best = odds == best[names]
    second = best_of(names, np.where(is_best, -np.inf, odds))
    tied = np.bincount(names[is_best], minlength=len(best)) > 1
    other = np.where(is_best, np.where(tied, best, second)[names], best[names])
    return np.clip(odds - other, -LEAD, LEAD)


def best_of(names: Places, odds: Numbers) -> Numbers:
    """Give the best of each name's log-odds, by the name's number."""
    best = np.full(int(names.max(initial=0)) + 1, -np.inf)
    np.maximum.at(best, names, odds)
    return best


def log_odds(chance: pl.Expr) -> pl.Expr:
    """Turn a probability into log-odds; certainty is twenty million to one."""
    bounded = chance.clip(5e-8, 1 - 5e-8)
    return (bounded / (1 - bounded)).log()


def probability(odds: pl.Expr) -> pl.Expr:
    """Turn log-odds into a probability."""
    return 1 / (1 + (-odds).exp())


def rules_from(table: dict[str, Any]) -> Rules:
    """Read rules from their table; where it says `per`, its weights are whole numbers of such parts."""
    per = table.get("per", 1)
    rules = tuple(
        Rule(
            tuple((name, limit) for name, limit in rule["asks"]),
            tuple(weight / per for weight in rule["weights"]),
            rule.get("learned", False),
        )
        for rule in table["rules"]
    )
    return Rules(table["start"], rules)


def rules_table(rules: Rules) -> dict[str, Any]:
    """Lay rules out as a table."""
    told = [
        {"asks": [list(ask) for ask in rule.asks], "weights": list(rule.weights)}
        | ({"learned": True} if rule.is_learned else {})
        for rule in rules.rules
    ]
    return {"start": rules.start, "rules": told}


def weights_from(table: dict[str, Any]) -> Weights:
    """Read weights from their table."""
    return Weights(table["version"], rules_from(table["alone"]), rules_from(table["among_rivals"]))


def weights_from_text(text: str) -> Weights:
    """Read weights that were written as JSON, or say that they can't be read."""
    try:
        return weights_from(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        raise UnreadableAnswers(f"I can't read these weights: {broken}.") from broken


def weights_text(weights: Weights) -> str:
    """Write weights as JSON, to be kept, compared or taken back."""
    table = {"version": weights.version, "alone": rules_table(weights.alone)}
    return json.dumps(table | {"among_rivals": rules_table(weights.among_rivals)})


@cache
def weights_for(kind: Kind) -> Weights:
    """Read the weights that ship with the core."""
    return weights_from(read_data(f"weights_{kind.value}s.json"))
