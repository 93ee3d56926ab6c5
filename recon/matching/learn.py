"""People's judgements become better weights, for names nobody has judged yet."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind, Said
from recon.matching.match import Compared, compare_names, newly_scored
from recon.matching.score import Rule, Rules, Weights, log_odds
from recon.matching.spoken import spoken_pairs
from recon.matching.verdicts import ACCEPT

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

FEWEST = 10
"""Judgements before anything is learned."""

FOLDS = 5
GAIN = 0.02
UNDECIDED = (0.02, 0.98)
"""Between these chances a pair nobody judged holds a lesson back."""

CAUTION = 3.0
"""How strongly a lesson is drawn to no change: as if each weight had been seen to be nought so many times."""

LESSONS: dict[Kind, tuple[tuple[str, float], ...]] = {
    Kind.CLIENT: (
        ("legal form", 2.5),
        ("place or note", 0.5),
        ("in brackets", 2.5),
        ("direction left over", 0.5),
        ("sister word left over", 0.5),
        ("number left over", 0.5),
        ("is the initials", 0.5),
        ("same domain", 2.5),
        ("domain like the name", 0.95),
        ("first word", 0.95),
        ("bought words found", 0.95),
        ("billed words found", 0.95),
        ("spelling", 0.9),
    ),
    Kind.PRODUCT: (
        ("same brand", 0.5),
        ("others of the brand", 1.5),
        ("first word", 0.95),
        ("bought words found", 0.95),
        ("billed words found", 0.95),
        ("spelling", 0.9),
    ),
}
"""What a lesson may be about: a feature, and from where on it counts."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """New weights, or the old ones and why nothing was learned."""

    weights: Weights
    is_adopted: bool
    sentence: str


def learn_weights(
    left: pl.DataFrame, right: pl.DataFrame, judgements: Judgements, *, kind: Kind, weights: Weights | None = None
) -> Lesson:
    """Learn from what people said of these names; a check on judgements held out decides whether it is adopted."""
    compared = compare_names(left, right, kind=kind, judgements=NO_JUDGEMENTS, weights=weights)
    base = unlearned(compared.weights)
    judged = judged_pairs(compared, judgements)
    if judged.height < FEWEST or judged["same"].n_unique() == 1:
        need = f"I learn from {FEWEST} judgements on, some of each kind; {judged.height} are about these names."
        return Lesson(base, is_adopted=False, sentence=need)
    told, others = answers_of(judged, kind, judged["same"]), anchors(compared, judged)
    before, after = loss(told, told.odds), held_out_loss(told, others, judged["key"].to_list())
    learned = taught(base, kind, fitted(told, others), judged.height)
    if before - after < told.doubt():
        return Lesson(
            base, is_adopted=False, sentence="New weights were no better on judgements held out, so I kept the old."
        )
    harm = harmed(compared, learned, judged)
    if harm:
        return Lesson(
            base, is_adopted=False, sentence=f"New weights would have undone {harm} good matches, so I kept the old."
        )
    fell = f"on those held out the surprise fell from {before:.3f} to {after:.3f}"
    return Lesson(learned, is_adopted=True, sentence=f"Learned from {judged.height} judgements; {fell}.")


def unlearned(weights: Weights) -> Weights:
    """Take back everything learned: the weights as they shipped."""
    rules = tuple(rule for rule in weights.among_rivals.rules if not rule.is_learned)
    shipped = replace(weights.among_rivals, rules=rules)
    return Weights(weights.version.partition("+")[0], weights.alone, shipped)


def judged_pairs(compared: Compared, judgements: Judgements) -> pl.DataFrame:
    """Describe the pairs people called the same or different, with the odds their names alone have."""
    sides = compared.sides
    spoken = spoken_pairs(sides.bought, sides.billed, judgements, sides.kind)
    spoken = spoken.filter(pl.col("said").is_in([Said.SAME.value, Said.DIFFERENT.value]))
    missing = spoken.select("l", "r").join(compared.scored, on=["l", "r"], how="anti")
    known = compared.scored
    if missing.height:
        known = pl.concat([known, newly_scored(compared, missing)], how="diagonal_relaxed")
    told = spoken.select("l", "r", same=pl.col("said") == Said.SAME.value).join(known, on=["l", "r"])
    names = sides.billed.select(r="i", key="key")
    return told.join(names, on="r").with_columns(odds=log_odds(pl.col("probability"))).sort("l", "r")


@dataclass(frozen=True, slots=True)
class Answers:
    """What pairs answer to the lessons' questions, their odds so far, and how true they are."""

    asked: Numbers
    odds: Numbers
    truth: Numbers

    def part(self, chosen: Flags) -> Answers:
        """Take some of the pairs."""
        return Answers(self.asked[chosen], self.odds[chosen], self.truth[chosen])

    def doubt(self) -> float:
        """Say how much better a lesson must be than nothing, so that chance is not taken for insight."""
        return GAIN / float(np.sqrt(len(self.truth)))


def answers_of(pairs: pl.DataFrame, kind: Kind, truth: pl.Series) -> Answers:
    """Answer the lessons' questions for each pair."""
    asked = np.column_stack([pairs[name].to_numpy() >= limit for name, limit in LESSONS[kind]]).astype(float)
    return Answers(asked, pairs["odds"].to_numpy(), truth.to_numpy().astype(float))


def anchors(compared: Compared, judged: pl.DataFrame) -> Answers:
    """Take the pairs nobody judged as they are: people are asked about odd ones, and the rest must not drift."""
    rest = compared.scored.join(judged.select("l", "r"), on=["l", "r"], how="anti", maintain_order="left")
    rest = rest.filter(pl.col("probability").is_between(*UNDECIDED)).with_columns(odds=log_odds(pl.col("probability")))
    return answers_of(rest, compared.sides.kind, rest["probability"])


def fitted(told: Answers, others: Answers) -> Numbers:
    """Fit what to add to the log-odds for each answer, drawn towards nothing by caution and by the others."""
    asked = np.vstack([told.asked, others.asked])
    odds, truth = np.concatenate([told.odds, others.odds]), np.concatenate([told.truth, others.truth])
    counts = np.ones(len(truth))
    counts[len(told.truth) :] = min(1.0, len(told.truth) / max(len(others.truth), 1))
    weights = np.zeros(asked.shape[1])
    for _ in range(25):
        expected = 1 / (1 + np.exp(-(odds + asked @ weights)))
        slope = asked.T @ (counts * (truth - expected)) - CAUTION * weights
        bend = (asked * (counts * expected * (1 - expected))[:, None]).T @ asked + CAUTION * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def loss(told: Answers, odds: Numbers) -> float:
    """Say how surprising people's answers are under these odds, on average."""
    return float(np.mean(np.logaddexp(0, np.where(told.truth > 0, -odds, odds))))


def held_out_loss(told: Answers, others: Answers, keys: list[str]) -> float:
    """Learn from four fifths of the judgements and look at the other fifth, five times."""
    fold = np.array([zlib.crc32(key.encode()) % FOLDS for key in keys])
    moved = told.odds.copy()
    for part in range(FOLDS):
        held = fold == part
        moved[held] += told.asked[held] @ fitted(told.part(~held), others)
    return loss(told, moved)


def taught(base: Weights, kind: Kind, weights: Numbers, count: int) -> Weights:
    """Add what was learned as rules of one question each, under a version of its own."""
    rules = (
        Rule((ask,), (0.0, round(float(weight), 3)), is_learned=True)
        for ask, weight in zip(LESSONS[kind], weights, strict=True)
    )
    among = Rules(base.among_rivals.start, (*base.among_rivals.rules, *rules))
    return Weights(f"{base.version}+{count} judgements", base.alone, among)


def harmed(compared: Compared, learned: Weights, judged: pl.DataFrame) -> int:
    """Count the certain pairs that would no longer be, and the judged ones that would turn wrong."""
    refused = judged.filter(~pl.col("same")).select("l", "r")
    moved = compared.scored.with_columns(after=pl.Series(learned.probabilities(compared.scored)))
    sure = moved.filter((pl.col("probability") >= ACCEPT) & ~pl.col("exact")).join(refused, on=["l", "r"], how="anti")
    told = moved.join(judged.select("l", "r", "same"), on=["l", "r"])
    half = 0.5
    right = (pl.col("probability") >= half) == pl.col("same")
    turned = told.filter(right & ((pl.col("after") >= half) != pl.col("same")))
    return sure.filter(pl.col("after") < ACCEPT).height + turned.height
