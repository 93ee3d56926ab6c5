"""How far a run is, in one message that is edited as it goes and ends as its result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.slack.blocks import section
from bot.slack.messages import Message, message
from bot.slack.wording import counted, month_name
from recon import Month


class Step(StrEnum):
    """What a run is doing."""

    READING = "reading both sides"
    MATCHING = "matching names and comparing"
    WRITING = "writing what was found"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is."""

    month: Month
    lines: int
    step: Step


def run_progress(progress: Progress) -> Message:
    """Say which step is being done, and of how many."""
    steps = list(Step)
    place = steps.index(progress.step) + 1
    words = (
        f"{month_name(progress.month)}: {progress.step} "
        f"({counted(progress.lines, 'line')}, step {place} of {len(steps)})."
    )
    return message(words, section(words))
