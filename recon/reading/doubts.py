"""Doubtful choices of a needed column become questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from recon.questions import Candidate, Question, Topic
from recon.reading.meanings import NEEDED, Meaning
from recon.reading.profiles import NO_COLUMN

SURE = 0.3  # the least score a needed meaning is taken at without asking
TIE = 0.92  # a runner-up as good as this share of the best is a tie
MOST_CANDIDATES = 6
WITHOUT = {  # what a file is that has no such column
    Meaning.CLIENT: "None: the whole file is about one client",
    Meaning.QUANTITY: "None: the file states money, not seats",
}


@dataclass(frozen=True, slots=True)
class Settling:
    """The file about which a question would be asked."""

    cells: pl.DataFrame
    names: Mapping[str, str]
    fingerprint: str

    def ask(self, meaning: Meaning, candidates: list[tuple[float, str]]) -> Question:
        """Ask which column has a meaning, showing what stands in each."""
        seen = {column: self.samples(column) for _, column in candidates}
        headers = [f"“{self.names[column]}”" for _, column in candidates]
        which = f"{', '.join(headers[:-1])} or {headers[-1]}" if len(headers) > 1 else headers[0]
        return Question(
            id=f"column:{self.fingerprint}:{meaning}",
            topic=Topic.COLUMN,
            about=meaning,
            sentence=f"Which column is the {meaning}: {which}?" if headers[1:] else f"Is {which} the {meaning}?",
            candidates=(
                *(
                    Candidate(self.names[c], self.names[c], reasons=(f"its values: {', '.join(seen[c][:3])}",))
                    for _, c in candidates
                ),
                *([Candidate(NO_COLUMN, WITHOUT[meaning])] if meaning in WITHOUT else []),
            ),
            samples=tuple(value for column in seen for value in seen[column][:2]),
            lines=self.cells.height,
        )

    def samples(self, column: str) -> list[str]:
        """Show a few distinct values, the most frequent first."""
        counts = self.cells[column].drop_nulls().value_counts(sort=False, name="times")
        ordered = counts.sort("times", column, descending=[True, False]).head(5)
        return [value[:60] for value in ordered[column].to_list()]


def settle(
    chosen: Mapping[Meaning, tuple[str, ...]], scores: Mapping[tuple[Meaning, str], float], about: Settling
) -> tuple[dict[Meaning, tuple[str, ...]], tuple[Question, ...]]:
    """Turn doubtful choices of needed meanings into questions."""
    settled, questions = dict(chosen), []
    strongly = {c: scores[m, c] for m, (c,) in chosen.items()}
    for meaning in NEEDED:
        rivals = sorted(
            ((-s, len(c), c) for (m, c), s in scores.items() if m is meaning and strongly.get(c, 0.0) <= s),
        )
        candidates = [(-score, column) for score, _, column in rivals]
        if meaning not in chosen or not candidates:
            continue
        best = max(candidates[0][0], scores[meaning, chosen[meaning][0]])
        tied = [(s, c) for s, c in candidates if s >= TIE * best and differs(about.cells, c, candidates[0][1])]
        if best < SURE or tied:
            del settled[meaning]
            asked = candidates if best < SURE else [candidates[0], *tied]
            questions.append(about.ask(meaning, asked[:MOST_CANDIDATES]))
    return settled, tuple(questions)


def differs(cells: pl.DataFrame, one: str, other: str) -> bool:
    """Whether it matters which of two columns is taken."""
    return one != other and not cells[one].equals(cells[other])
