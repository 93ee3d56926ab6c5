"""What judgements may teach, in words, and how it is added to the weights and taken away."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import numpy as np

from recon.matching.judgements import Kind
from recon.matching.score import Rule, Rules, Weights

Numbers = np.ndarray[Any, np.dtype[np.float64]]

LESSONS: dict[Kind, tuple[tuple[str, float, str], ...]] = {
    Kind.CLIENT: (
        ("words left over", 0.0, "likeness as such"),  # holds of every pair
        ("legal form", 2.5, "legal forms that differ"),
        ("place or note", 0.5, "a place or note at the end"),
        ("in brackets", 2.5, "brackets, or endings after a comma, that differ"),
        ("direction left over", 0.5, "a direction only one name has"),
        ("sister word left over", 0.5, "a sister company's word only one name has"),
        ("number left over", 0.5, "a number only one name has"),
        ("is the initials", 0.5, "one name being the other's initials"),
        ("same domain", 2.5, "domains that differ"),
        ("domain like the name", 0.95, "a domain that fits the name"),
        ("first word", 0.95, "the same first word"),
        ("bought words found", 0.95, "every word of the bought name found"),
        ("billed words found", 0.95, "every word of the billed name found"),
        ("spelling", 0.9, "nearly the same spelling"),
    ),
    Kind.PRODUCT: (
        ("words left over", 0.0, "likeness as such"),
        ("same brand", 0.5, "the same brand"),
        ("others of the brand", 1.5, "a brand with several products"),
        ("first word", 0.95, "the same first word"),
        ("bought words found", 0.95, "every word of the bought name found"),
        ("billed words found", 0.95, "every word of the billed name found"),
        ("spelling", 0.9, "nearly the same spelling"),
    ),
}
"""What a lesson may be about: a feature, from where on it counts, and what a person calls that."""

TELLING = 0.1
"""A change of the log-odds smaller than this is not worth a word."""

WORDS = {(name, limit): words for lessons in LESSONS.values() for name, limit, words in lessons}


def what_was_learned(weights: Weights) -> tuple[str, ...]:
    """Say what counts for more or less than as shipped, the greatest change first."""
    learned = [rule for rule in weights.among_rivals.rules if rule.is_learned and abs(rule.weights[1]) >= TELLING]
    learned.sort(key=lambda rule: -abs(rule.weights[1]))
    return tuple(
        f"{WORDS[rule.asks[0]]} {'speaks more for' if rule.weights[1] > 0 else 'speaks less for'} a match than usual"
        for rule in learned
    )


def unlearned(weights: Weights) -> Weights:
    """Take back everything learned: the weights as they shipped."""
    rules = tuple(rule for rule in weights.among_rivals.rules if not rule.is_learned)
    shipped = replace(weights.among_rivals, rules=rules)
    return Weights(weights.version.partition("+")[0], weights.alone, shipped)


def taught(base: Weights, kind: Kind, weights: Numbers, count: int) -> Weights:
    """Add what was learned as rules of one question each, under a version that names it."""
    told = [round(float(weight), 3) for weight in weights]
    rules = (
        Rule(((name, limit),), (0.0, weight), is_learned=True)
        for (name, limit, _), weight in zip(LESSONS[kind], told, strict=True)
    )
    among = Rules(base.among_rivals.start, (*base.among_rivals.rules, *rules))
    print_of = hashlib.sha256(repr(told).encode()).hexdigest()[:8]
    return Weights(f"{base.version}+{count} judgements {print_of}", base.alone, among)
