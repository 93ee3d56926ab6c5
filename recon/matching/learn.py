"""People's judgements become better weights, for names nobody has judged yet."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind, Said
from recon.matching.lessons import LESSONS, taught, unlearned
from recon.matching.match import Compared, bounded, compare_names, decide_compared, newly_scored
from recon.matching.score import SURE, Weights, log_odds
from recon.matching.spoken import spoken_pairs

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

FEWEST = 10
"""Judgements before anything is learned."""

FOLDS = 5
SHARES = (1.0, 0.7, 0.5, 0.35, 0.25, 0.15)
"""How much of a lesson is tried, the whole first: one that goes too far may be right in part."""

GAIN = 0.02
UNDECIDED = (0.02, 0.98)
"""Between these chances a pair nobody judged holds a lesson back."""

CAUTION = 3.0
"""How strongly a lesson is drawn to no change: as if each weight had been seen to be nought so many times."""


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
    before, keys, change = loss(told, told.odds), judged["key"].to_list(), fitted(told, others)
    harm = 0
    for share in SHARES:
        held_out = held_out_odds(told, others, keys, share)
        after = loss(told, held_out)
        if before - after < told.doubt() or makes_mistakes(told, held_out):
            continue
        learned = taught(base, kind, share * change, judged.height)
        harm = harmed(compared, learned, judged)
        if not harm:
            fell = f"on those held out the surprise fell from {before:.3f} to {after:.3f}"
            return Lesson(learned, is_adopted=True, sentence=f"Learned from {judged.height} judgements; {fell}.")
    why = f"would have undone {harm} good matches" if harm else "were no better on judgements held out"
    return Lesson(base, is_adopted=False, sentence=f"New weights {why}, so I kept the old.")


def own_weights(left: pl.DataFrame, right: pl.DataFrame, judgements: Judgements, kind: Kind) -> Weights | None:
    """Give what judgements teach about these names, or nothing while they are too few."""
    if sum(said.kind is kind for said in judgements.said) < FEWEST:
        return None
    return learn_weights(left, right, judgements, kind=kind).weights


def judged_pairs(compared: Compared, judgements: Judgements) -> pl.DataFrame:
    """Describe the pairs people called the same or different, with the odds their names alone have."""
    sides = compared.sides
    said = judgements.told(sides.kind)
    bought, billed = (side.with_columns(*said.numbering.look_up(side["name"])) for side in (sides.bought, sides.billed))
    spoken = spoken_pairs(bought, billed, said)
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
    counts: Numbers  # how much each counts

    def part(self, chosen: Flags) -> Answers:
        """Take some of the pairs."""
        return Answers(self.asked[chosen], self.odds[chosen], self.truth[chosen], self.counts[chosen])

    def doubt(self) -> float:
        """Say how much better a lesson must be than nothing, so that chance is not taken for insight."""
        return GAIN / float(np.sqrt(len(self.truth)))


def answers_of(pairs: pl.DataFrame, kind: Kind, truth: pl.Series) -> Answers:
    """Answer the lessons' questions for each pair."""
    asked = np.column_stack([pairs[name].to_numpy() >= limit for name, limit, _ in LESSONS[kind]]).astype(float)
    return Answers(asked, pairs["odds"].to_numpy(), truth.to_numpy().astype(float), np.ones(pairs.height))


def anchors(compared: Compared, judged: pl.DataFrame) -> Answers:
    """Take the pairs nobody judged as they are: people are asked about odd ones, and the rest must not drift.

    Those that are certain hold back as much as those that are not.
    """
    rest = compared.scored.join(judged.select("l", "r"), on=["l", "r"], how="anti", maintain_order="left")
    chance = pl.col("probability")
    groups = [rest.filter(chance.is_between(*UNDECIDED)), rest.filter((chance > UNDECIDED[1]) & ~pl.col("exact"))]
    weighed = [group.with_columns(counts=pl.lit(min(1.0, judged.height / max(group.height, 1)))) for group in groups]
    told = pl.concat(weighed).with_columns(odds=log_odds(chance))
    return replace(answers_of(told, compared.sides.kind, told["probability"]), counts=told["counts"].to_numpy())


def fitted(told: Answers, others: Answers) -> Numbers:
    """Fit what to add to the log-odds for each answer, drawn towards nothing by caution and by the others."""
    asked = np.vstack([told.asked, others.asked])
    odds, truth = np.concatenate([told.odds, others.odds]), np.concatenate([told.truth, others.truth])
    counts = np.concatenate([told.counts, others.counts])
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


def makes_mistakes(told: Answers, odds: Numbers) -> bool:
    """Tell whether these odds take more answers for the other than before, or accept more that people refused."""
    before, after = (((of > 0) != (told.truth > 0)).sum() for of in (told.odds, odds))
    accepted, accepting = (((of >= SURE) & (told.truth == 0)).sum() for of in (told.odds, odds))
    return bool(after > before or accepting > accepted)


def held_out_odds(told: Answers, others: Answers, keys: list[str], share: float) -> Numbers:
    """Learn from four fifths of the judgements and look at the other fifth, five times."""
    fold = np.array([zlib.crc32(key.encode()) % FOLDS for key in keys])
    moved = told.odds.copy()
    for part in range(FOLDS):
        held = fold == part
        moved[held] += share * (told.asked[held] @ fitted(told.part(~held), others))
    return moved


def harmed(compared: Compared, learned: Weights, judged: pl.DataFrame) -> int:
    """Count the matches made without asking that would no longer be, but for those that people refused."""
    chances = pl.Series("probability", learned.probabilities(compared.scored))
    after = replace(
        compared, scored=compared.scored.with_columns(chances).with_columns(probability=bounded(compared.sides.kind))
    )
    refused = compared.sides.named(judged.filter(~pl.col("same")))
    kept, keys = decide_compared(after, None).certain, ["left_id", "right_id"]
    return (
        decide_compared(compared, None)
        .certain.join(kept, on=keys, how="anti")
        .join(refused, on=keys, how="anti")
        .height
    )
