"""How a bought name and a billed name became one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from recon.lines import Side
from recon.matching.judgements import Kind
from recon.matching.verdicts import Matching


@dataclass(frozen=True, slots=True)
class NamePath:
    """The name as each side writes it, and what made them one; a side that has no line has no name."""

    bought: str | None
    billed: str | None
    by: str  # judgement, id, exact, catalogue, scored or none
    probability: float | None
    reasons: tuple[str, ...]


def trace_names(lines: pl.DataFrame, kind: Kind, matching: Matching) -> dict[int, NamePath]:
    """Say of each cell of these lines how its client's or product's two names became one."""
    written, party = kind.value, f"{kind}_party"
    sides = [
        lines.filter(pl.col("side") == side.value)
        .sort("row")
        .group_by("cell", maintain_order=True)
        .agg(pl.col(written).first().alias(side.value), pl.col(party).first().str.slice(7).alias(f"{side}_party"))
        for side in Side
    ]
    cells = sides[0].join(sides[1], on="cell", how="full", coalesce=True)
    matches = matching.matches.sort("left_id", "right_id", nulls_last=True).to_dicts()
    by_pair = {(match["left_id"], match["right_id"]): match for match in matches}
    by_left = {match["left_id"]: match for match in reversed(matches)}
    by_right = {match["right_id"]: match for match in reversed(matches) if match["right_id"] is not None}
    return {
        cell["cell"]: _path(
            cell,
            kind,
            by_pair.get((cell["bought_party"], cell["billed_party"]))
            or by_left.get(cell["bought_party"])
            or by_right.get(cell["billed_party"]),
        )
        for cell in cells.iter_rows(named=True)
    }


def _path(cell: dict[str, Any], kind: Kind, match: dict[str, Any] | None) -> NamePath:
    if cell["bought"] and cell["billed"] and (match is None or match["path"] == "none"):
        # One side has it only where nothing is counted, so nobody was asked what it means there.
        by = "exact" if kind is Kind.CLIENT or cell["bought"] == cell["billed"] else "catalogue"
        return NamePath(cell["bought"], cell["billed"], by, None, ("on lines that do not count",))
    if match is None:
        return NamePath(cell["bought"], cell["billed"], "none", None, ("nothing bought goes by such a name",))
    return NamePath(cell["bought"], cell["billed"], match["path"], match["probability"], tuple(match["reasons"]))
