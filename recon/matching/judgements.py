"""What people have said two names mean."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from io import StringIO

import polars as pl

from recon.errors import UnreadableAnswers
from recon.matching.names import plain


class Kind(StrEnum):
    """What a name is the name of."""

    CLIENT = "client"
    PRODUCT = "product"


class Said(StrEnum):
    """What a person said about two names."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    TAKEN_BACK = "taken back"  # forget what was said of these two before


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer of one person; a name may also be given as a stable id."""

    kind: Kind
    bought: str
    billed: str
    verdict: Said
    by: str = ""
    at: datetime | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Judgements:
    """Every answer, oldest first: a later one about the same two names wins."""

    said: tuple[Judgement, ...] = field(default=())

    def with_(self, *more: Judgement) -> Judgements:
        """Append answers; nothing is overwritten."""
        return Judgements((*self.said, *more))

    def frame(self, kind: Kind) -> pl.DataFrame:
        """Give what still holds of one kind: `bought`, `billed` (as plain names), `said`, `by`."""
        told = [(j.bought, j.billed, j.verdict.value, j.by) for j in self.said if j.kind is kind]
        schema = {"bought": pl.String, "billed": pl.String, "said": pl.String, "by": pl.String}
        frame = pl.DataFrame(told, schema=schema, orient="row")
        keys = (name_key(pl.col(side)).alias(side) for side in ("bought", "billed"))
        last = frame.with_columns(*keys).unique(["bought", "billed"], keep="last", maintain_order=True)
        return last.filter(pl.col("said") != Said.TAKEN_BACK.value)


NO_JUDGEMENTS = Judgements()


def name_key(name: pl.Expr) -> pl.Expr:
    """Write a name so that case, accents and punctuation do not matter, and nothing else is forgiven."""
    bare = plain(name)
    return pl.when(bare == "").then(name.str.strip_chars()).otherwise(bare)


def judgements_from_text(text: str) -> Judgements:
    """Read judgements from JSON (a list of objects) or CSV (`kind,bought,billed,verdict` and what else there is)."""
    bare = text.lstrip("\ufeff").strip()
    if not bare:
        return NO_JUDGEMENTS
    rows = json_rows(bare) if bare[0] in "[{" else csv_rows(bare)
    return Judgements(tuple(judgement(row, number) for number, row in enumerate(rows, 1)))


def json_rows(text: str) -> list[dict[str, object]]:
    """Read a JSON list of objects, or one wrapped as `{"judgements": [...]}`."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise UnreadableAnswers(f"I can't read the judgements as JSON: {broken}.") from broken
    rows = told.get("judgements", [told]) if isinstance(told, dict) else told
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnreadableAnswers("The judgements must be a list of objects with kind, bought, billed and verdict.")
    return rows


def csv_rows(text: str) -> list[dict[str, object]]:
    """Read a CSV with a header."""
    try:
        table = csv.DictReader(StringIO(text), strict=True)
        rows: list[dict[str, object]] = [{str(k).strip().lower(): v for k, v in row.items() if k} for row in table]
    except csv.Error as broken:
        raise UnreadableAnswers(f"I can't read the judgements as CSV: {broken}.") from broken
    missing = {"kind", "bought", "billed", "verdict"} - {h.strip().lower() for h in table.fieldnames or ()}
    if missing:
        raise UnreadableAnswers(f"The judgements lack the column {min(missing)}; I need kind, bought, billed, verdict.")
    return rows


def judgement(row: dict[str, object], number: int) -> Judgement:
    """Read one answer, or say which one can't be read and why."""
    said = {
        key: str(row.get(key) or "").strip() for key in ("kind", "bought", "billed", "verdict", "by", "at", "scope")
    }
    try:
        kind, verdict = Kind(said["kind"].lower()), Said(said["verdict"].lower())
        at = datetime.fromisoformat(said["at"]) if said["at"] else None
    except ValueError as broken:
        raise UnreadableAnswers(f"Judgement {number}: {broken}. {expected()}") from broken
    if not said["bought"] or not said["billed"]:
        raise UnreadableAnswers(f"Judgement {number} does not name both sides: bought and billed are needed.")
    return Judgement(kind, said["bought"], said["billed"], verdict, said["by"], at, said["scope"])


def expected() -> str:
    """Say which words a judgement may use."""
    return f"A kind is {' or '.join(Kind)}; a verdict is {', '.join(Said)}; a time is like 2026-07-01T09:30:00+00:00."
