"""Which column takes which meaning, so that all together fit best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recon.reading.meanings import Meaning

FAR = float("inf")


def assign(scores: Mapping[tuple[Meaning, str], float]) -> dict[Meaning, str]:
    """Give each meaning at most one column and each column one meaning, for the greatest sum of scores."""
    meanings = sorted({meaning for meaning, _ in scores})
    columns = sorted({column for _, column in scores}, key=lambda name: (len(name), name))
    if not meanings:
        return {}
    costs = [
        [-scores.get((meaning, column), 0.0) for column in columns] + [0.0] * len(meanings) for meaning in meanings
    ]
    chosen = cheapest(costs)
    return {
        meaning: columns[to]
        for meaning, to in zip(meanings, chosen, strict=True)
        if to < len(columns) and scores.get((meaning, columns[to]), 0.0) > 0
    }


def cheapest(costs: list[list[float]]) -> list[int]:
    """Choose one column a row at the least total cost: the Hungarian method with potentials, one row at a time."""
    width = len(costs[0])
    prices = Prices([0.0] * len(costs), [0.0] * (width + 1))
    owner = [-1] * (width + 1)  # of each column; the last stands for the row that looks for one
    for row in range(len(costs)):
        owner[width] = row
        at, came_from = nearest_free(costs, prices, owner)
        while at != width:
            owner[at], at = owner[came_from[at]], came_from[at]
    chosen = {row: column for column, row in enumerate(owner[:width]) if row != -1}
    return [chosen[row] for row in range(len(costs))]


@dataclass(slots=True)
class Prices:
    """The method's potentials: what each row offers and each column asks."""

    row: list[float]
    column: list[float]


def nearest_free(costs: list[list[float]], prices: Prices, owner: list[int]) -> tuple[int, list[int]]:
    """Find the cheapest way to a column nobody owns, and from which column each on the way was reached."""
    width = len(owner) - 1
    at, came_from = width, [width] * (width + 1)
    slack, seen = [FAR] * width, [False] * (width + 1)
    while owner[at] != -1:
        seen[at], here = True, owner[at]
        unseen = [column for column in range(width) if not seen[column]]
        for column in unseen:
            reduced = costs[here][column] - prices.row[here] - prices.column[column]
            if reduced < slack[column]:
                slack[column], came_from[column] = reduced, at
        at = min(unseen, key=slack.__getitem__)
        step = slack[at]
        for column in unseen:
            slack[column] -= step
        for column in (column for column in range(width + 1) if seen[column]):
            prices.row[owner[column]] += step
            prices.column[column] -= step
    return at, came_from
