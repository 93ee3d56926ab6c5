"""The names both sides have, as the newest run knew them, and which of them a name may be one with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from bot.services.cases import Case
from bot.services.ports import Books
from recon import Judgements, Kind, Side, match_pairs

MOST_CANDIDATES = 100  # Slack shows no more


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A name a person could choose, with what speaks for it."""

    name: str
    probability: float
    reasons: tuple[str, ...]


def at_hand(books: Books) -> dict[str, Any]:
    """Give what the newest run keeps for those who are asked: its open questions, and the names of both sides."""
    newest = books.runs.newest()
    found: dict[str, Any] = {"questions": [], "names": {}}
    if newest:
        found = json.loads(books.files.get(newest.at_hand))
    return found


def others_of(names: Mapping[str, Any], side: Side, kind: Kind) -> Sequence[str]:
    """List the names of clients or products that the other side has."""
    return names[Side.BILLED if side is Side.BOUGHT else Side.BOUGHT][kind] if names else ()


def client_names(case: Case) -> set[str]:
    """Give the names that both sides have for a gap's client."""
    told = case.evidence["why"]["client"]
    return {name for name in (case.gap.client, told["bought"], told["billed"]) if name}


def known_clients(books: Books) -> set[str]:
    """Name every client there is: in the newest month, among the gaps there ever were, among those with owners."""
    names = at_hand(books)["names"]
    of_files = {name for side in names.values() for name in side[Kind.CLIENT]}
    return of_files | {case.gap.client for case in books.cases.all()} | {owner.client for owner in books.owners.all()}


def rank_candidates(
    name: str, found: Sequence[str], judgements: Judgements, *, side: Side, kind: Kind
) -> tuple[NameCandidate, ...]:
    """List the names that `name` may be one with, best first."""
    mine = pl.DataFrame({"id": ["0"], "name": [name]})
    theirs = pl.DataFrame({"id": found, "name": found}, schema={"id": pl.String, "name": pl.String})
    pair = (mine, theirs) if side is Side.BOUGHT else (theirs, mine)
    likely = match_pairs(*pair, kind=kind, judgements=judgements) if found else pl.DataFrame()
    return _ranked(likely, found, "right_id" if side is Side.BOUGHT else "left_id")


def _ranked(likely: pl.DataFrame, found: Sequence[str], column: str) -> tuple[NameCandidate, ...]:
    """Put the likely ones first, then the others by name."""
    scored = {row[column]: row for row in likely.iter_rows(named=True)}
    best = [NameCandidate(name, row["score"], tuple(row["reasons"])) for name, row in scored.items()]
    rest = [NameCandidate(name, 0.0, ()) for name in found if name not in scored]
    return tuple([*best, *rest][:MOST_CANDIDATES])
