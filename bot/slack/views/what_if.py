"""What other thresholds would have done with the last ninety days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.services.what_if import Outcome
from bot.slack.blocks import context, section
from bot.slack.messages import Message, message
from bot.slack.views.client import totals
from bot.slack.views.thresholds import Threshold
from bot.slack.wording import counted, day


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfCard:
    """Some thresholds and what holds now, tried on the same days."""

    wanted: Threshold
    outcome: Outcome
    now: Threshold
    present: Outcome


def what_if_message(card: WhatIfCard) -> Message:
    """Say what the thresholds would have done, beside what those of today do."""
    words = f"At {card.wanted.in_short}, the last 90 days would have brought {alerts(card.outcome)}."
    return message(
        f"{words} {missed(card.outcome)}",
        section(f"*{words}* {missed(card.outcome)}"),
        section(f"At today's {card.now.in_short}: {alerts(card.present)}. {missed(card.present)}"),
        context(" ".join(notes(card.outcome))),
    )


def alerts(outcome: Outcome) -> str:
    """Say how many alerts: `12 alerts (9 real, 1 no gap after all, 2 not settled yet)`."""
    told = [(outcome.real, "real"), (outcome.noise, "no gap after all"), (outcome.unsettled, "not settled yet")]
    parts = ", ".join(f"{number:,} {words}" for number, words in told if number)
    return counted(outcome.alerts, "alert") + (f" ({parts})" if parts else "")


def missed(outcome: Outcome) -> str:
    """Say what would have been missed."""
    if not outcome.missed:
        return "Nothing missed."
    return f"Missed: {totals(outcome.missed)}, in {counted(len(outcome.missed), 'quiet gap')}."


def notes(outcome: Outcome) -> Iterator[str]:
    """Say what it rests on."""
    yield f"{counted(outcome.runs, 'run')} since {day(outcome.since.date())} replayed. Real: approved or waived."
    yield "A client's own limits stay its own."
    if outcome.forgotten:
        yield f"{counted(outcome.forgotten, 'run')} could not be replayed: the evidence is past its time."


def following_again() -> Message:
    """Say that it takes a moment."""
    words = "I am replaying the runs of the last 90 days with these thresholds. One moment."
    return message(words, section(words))
