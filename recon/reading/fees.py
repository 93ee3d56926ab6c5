"""A file whose every line is a fee counts no seats; whether that is so is asked once."""

from __future__ import annotations

import polars as pl

from recon.lines import Charge
from recon.questions import Candidate, Question, Topic
from recon.reading.file import File
from recon.reading.meanings import Meaning
from recon.reading.profiles import NO_COLUMN

MOST_WORDS, LONGEST = 3, 40


def ask_of_fees(file: File, lines: pl.DataFrame) -> list[Question]:
    """Ask whether a file that counts something, and calls all of it fees, holds no seats; an answer is not doubted."""
    columns = file.columns.get(Meaning.CHARGE, ())
    if not columns or Meaning.QUANTITY not in file.columns or Meaning.CHARGE in file.profile.columns:
        return []
    if lines.is_empty() or not (lines["charge"] == Charge.FEE.value).all():
        return []
    words = lines["charge_type"].drop_nulls().unique().sort().head(MOST_WORDS).to_list()
    said = ", ".join(f"“{word[:LONGEST]}”" for word in words)
    heading = file.names[columns[0]]
    question = Question(
        id=f"column:{file.fingerprint}:{Meaning.CHARGE}",
        topic=Topic.COLUMN,
        about=Meaning.CHARGE,
        sentence=f"Every line of {file.name} is a fee, for “{heading}” says {said}. Does it count no seats at all?",
        candidates=(
            Candidate(NO_COLUMN, f"It counts seats, whatever “{heading[:LONGEST]}” says"),
            Candidate(heading, "It holds only fees"),
        ),
        samples=tuple(words),
        lines=lines.height,
    )
    return [question]
