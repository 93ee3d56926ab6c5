"""How far a run is, in one message that is edited as it goes and ends as its result."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.runs import Step
from bot.slack.blocks import section
from bot.slack.messages import Message, message
from bot.slack.wording import counted
from recon import Month


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
    lines = f"{counted(progress.lines, 'line')}, " if progress.lines else ""
    words = f"{progress.month.name}: {progress.step} ({lines}step {place} of {len(steps)})."
    return message(words, section(words))


def run_faltered(month: Month) -> Message:
    """Own up to a fault of ours: nothing is lost, and it is tried again."""
    words = f"{month.name}: something went wrong on my side. All files are kept; I will try again in a minute."
    return message(words, section(words))


def told_elsewhere() -> Message:
    """Say that a result is told to somebody alone."""
    words = "The month is compared. Outsiders can read this channel, so I sent the result by direct message."
    return message(words, section(words))


def nothing_new(month: Month) -> Message:
    """Say that all is as it was."""
    words = f"{month.name}: nothing has changed since it was compared last."
    return message(words, section(words))
