"""Why a gap is a gap: the rows, how the names became one, the arithmetic, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from recon.errors import UnknownGap
from recon.gaps import Gap, GapId
from recon.lines import Side
from recon.result import Reconciliation


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line of a file: as it stands there, and as it was counted."""

    side: Side
    source: str
    row: int
    cells: tuple[tuple[str, str], ...]  # header and text, as the file has them
    seats: Decimal
    price: Decimal | None  # per seat and month
    cost: Decimal | None
    counted_as: str


@dataclass(frozen=True, slots=True)
class Path:
    """How a bought name and a billed name became one."""

    bought: str | None
    billed: str | None
    by: str
    probability: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """All that led to a gap; its numbers can be computed again from it."""

    gap: Gap
    evidence: tuple[Evidence, ...]
    client: Path
    product: Path
    settled_by: str


def explain_gap(result: Reconciliation, gap: GapId | str) -> Why:
    """Explain one gap by its id, or by the beginning of it."""
    found = [one for one in result.gaps if one.id.startswith(gap)]
    if len(found) != 1:
        raise UnknownGap(f"{len(found)} gaps have an id that begins with “{gap}”. The ids are in the list of gaps.")
    return explain_gaps(result, found)[0]


def explain_gaps(result: Reconciliation, gaps: Iterable[Gap]) -> list[Why]:
    """Explain many gaps at once."""
    gaps = list(gaps)
    wanted = {cell for gap in gaps for cell in gap.cells}
    lines = result.lines.filter(pl.col("cell").is_in(list(wanted)))
    by_cell = _evidence_by_cell(result, lines)
    paths = _Paths(result, lines)
    return [
        Why(
            gap=gap,
            evidence=tuple(line for cell in gap.cells for line in by_cell.get(cell, ())),
            client=paths.of_client(gap.cells),
            product=paths.of_product(gap.cells),
            settled_by=say_what_settles(gap, result.options.grace_days),
        )
        for gap in gaps
    ]
