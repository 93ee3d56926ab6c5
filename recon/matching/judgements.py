"""What people have said two names mean."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from io import StringIO

import polars as pl

from recon.answers import read_json, separator_of
from recon.errors import UnreadableAnswers
from recon.matching.keys import name_keys
from recon.matching.told import Told, number_names


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
    # What holds is asked several times a month, of up to a million answers: each kind's is worked out once.
    _kept: dict[Kind, Told] = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_(self, *more: Judgement) -> Judgements:
        """Append answers; nothing is overwritten."""
        return Judgements((*self.said, *more))

    def after(self, presumed: tuple[Judgement, ...]) -> Judgements:
        """Put what is taken for granted before all answers, so that whatever a person says overrules it."""
        return Judgements((*presumed, *self.said)) if presumed else self

    def told(self, kind: Kind) -> Told:
        """Work out what still holds of one kind, or give what was worked out before."""
        if kind not in self._kept:
            self._kept[kind] = what_holds([judgement for judgement in self.said if judgement.kind is kind])
        return self._kept[kind]


def what_holds(said: list[Judgement]) -> Told:
    """Keep the last word on each two names, unless it was taken back."""
    bought, billed, verdicts, by = (
        pl.Series(name, [getattr(judgement, name) for judgement in said], dtype=pl.String)
        for name in ("bought", "billed", "verdict", "by")
    )
    numbering = number_names(pl.concat([bought, billed]))
    numbers = [numbering.look_up(names)[1].alias(names.name) for names in (bought, billed)]
    frame = pl.DataFrame([*numbers, verdicts.alias("said"), by])
    last = frame.unique(["bought", "billed"], keep="last", maintain_order=True)
    return Told(numbering, last.filter(pl.col("said") != Said.TAKEN_BACK.value))


def find_alike(names: tuple[str, str], among: Sequence[tuple[str, str]]) -> int | None:
    """Find the first of some pairs that are the same two names, however they are written."""
    keys = name_keys(pl.Series([name for pair in (names, *among) for name in pair])).to_list()
    pairs = list(zip(keys[::2], keys[1::2], strict=True))
    return next((place for place, pair in enumerate(pairs[1:]) if pair == pairs[0]), None)


NO_JUDGEMENTS = Judgements()


def judgements_from_text(text: str) -> Judgements:
    """Read judgements from JSON (a list of objects) or CSV (`kind,bought,billed,verdict` and what else there is)."""
    bare = text.lstrip("\ufeff").strip()
    if not bare:
        return NO_JUDGEMENTS
    rows = json_rows(bare) if bare[0] in "[{" else csv_rows(bare)
    return Judgements(tuple(judgement(row, number) for number, row in enumerate(rows, 1)))


def json_rows(text: str) -> list[dict[str, object]]:
    """Read a JSON list of objects, or one wrapped as `{"judgements": [...]}`."""
    told = read_json(text, "The judgements are")
    rows = told.get("judgements", [told]) if isinstance(told, dict) else told
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnreadableAnswers("The judgements must be a list of objects with kind, bought, billed and verdict.")
    return rows


def csv_rows(text: str) -> list[dict[str, object]]:
    """Read a CSV with a header."""
    try:
        table = csv.DictReader(StringIO(text), delimiter=separator_of(text), strict=True)
        stated = [{str(k).strip().lower(): v for k, v in row.items() if k} for row in table]
    except csv.Error as broken:
        raise UnreadableAnswers(f"I can't read the judgements as CSV: {broken}.") from broken
    missing = {"kind", "bought", "billed", "verdict"} - {h.strip().lower() for h in table.fieldnames or ()}
    if missing:
        raise UnreadableAnswers(f"The judgements lack the column {min(missing)}; I need kind, bought, billed, verdict.")
    return [dict(row) for row in stated if any(row.values())]


def judgement(row: dict[str, object], number: int) -> Judgement:
    """Read one answer, or say which one can't be read and why."""
    said = {
        key: str(row.get(key) or "").strip() for key in ("kind", "bought", "billed", "verdict", "by", "at", "scope")
    }
    told = {name: said[name].lower() for name in ("kind", "verdict")}
    for name, words in (("kind", list(Kind)), ("verdict", list(Said))):
        if told[name] not in words:
            raise UnreadableAnswers(f"Judgement {number} has the {name} “{said[name]}”; I know {', '.join(words)}.")
    try:
        at = datetime.fromisoformat(said["at"]) if said["at"] else None
    except ValueError as broken:
        like = "2026-07-01T09:30:00+00:00"
        raise UnreadableAnswers(
            f"Judgement {number} has “{said['at']}” as “at”. Write a time, as in {like}."
        ) from broken
    if not said["bought"] or not said["billed"]:
        raise UnreadableAnswers(f"Judgement {number} does not name both sides: bought and billed are needed.")
    kind, verdict = Kind(told["kind"]), Said(told["verdict"])
    return Judgement(kind, said["bought"], said["billed"], verdict, said["by"], at, said["scope"])
