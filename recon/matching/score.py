"""The chance that two names mean one thing: a table of named features, each with its weight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from recon.matching.judgements import Kind
from recon.matching.words import read_data

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Feature:
    """Weights of one feature: a value in the n-th step between the limits adds the n-th weight to the log-odds."""

    name: str
    limits: tuple[float, ...]
    weights: tuple[float, ...]

    def weigh(self, values: Numbers) -> Numbers:
        """Look the weight of each value up."""
        steps = np.searchsorted(np.array(self.limits), values, side="right")
        return np.array(self.weights)[steps]


@dataclass(frozen=True, slots=True)
class Weights:
    """A readable, versioned table that turns features into a probability."""

    version: str
    start: float
    features: tuple[Feature, ...]

    def probabilities(self, described: pl.DataFrame) -> Numbers:
        """Add the weights up and turn log-odds into a probability."""
        total = np.full(described.height, self.start)
        for feature in self.features:
            total += feature.weigh(described[feature.name].to_numpy())
        return np.asarray(1.0 / (1.0 + np.exp(-total)))


@cache
def weights_for(kind: Kind) -> Weights:
    """Read the weights that ship with the core."""
    table = read_data(f"weights_{kind.value}s.json")
    features = tuple(
        Feature(name, tuple(entry["limits"]), tuple(entry["weights"])) for name, entry in table["features"].items()
    )
    return Weights(table["version"], table["start"], features)
