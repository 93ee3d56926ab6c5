"""An account manager's score, for them alone: rates, so that nobody is judged by the size of their book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.services.scorecards import Rate
from bot.slack.blocks import context, section
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.client import totals
from bot.slack.wording import counted, day, share, span_words, worth
from recon import Gap

MOST_WAITING = 5
FAIR = (
    "Rates, not totals: a book of five clients and one of fifty can do equally well. "
    "Days count from your first hour at work."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceLine:
    """Rates of some weeks."""

    in_time: Rate
    stuck: Rate
    reaction: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCard:
    """Four weeks of one person, beside their weeks before and everybody's."""

    until: date
    clients: int
    mine: PaceLine
    before: PaceLine
    all: PaceLine
    waiting: tuple[Gap, ...] = ()  # most money first


def scorecard_message(card: ScoreCard) -> Message:
    """Tell someone how they do."""
    weeks = f"Your four weeks to {day(card.until)}"
    return message(
        f"{weeks}: {' '.join(sentences(card))}",
        section(f"*{weeks}*\n{counted(card.clients, 'client')} of yours. Only you see this."),
        section("\n".join(f"• {line}" for line in lines(card))),
        *([section(waiting_words(card))] if card.waiting else []),
        context(FAIR),
    )


def sentences(card: ScoreCard) -> Iterator[str]:
    """Say it for a notification."""
    if card.mine.in_time.whole:
        yield f"{rate(card.mine.in_time)} decided within three days."
    yield f"{counted(len(card.waiting), 'gap')} to decide." if card.waiting else "Nothing to decide."


def lines(card: ScoreCard) -> Iterator[str]:
    """Say each rate, what it was before, and what it is for everybody."""
    yield f"*Decided within three days:* {compared([one.in_time for one in (card.mine, card.before, card.all)])}"
    yield f"*Approved, and it held:* {compared([one.stuck for one in (card.mine, card.before, card.all)])}"
    if card.mine.reaction is not None:
        told = [f"{span_words(card.mine.reaction)}"]
        told += [f"{span_words(card.before.reaction)} before"] if card.before.reaction is not None else []
        told += [f"{span_words(card.all.reaction)} for everybody"] if card.all.reaction is not None else []
        yield f"*Half of your first answers came within:* {' · '.join(told)}"


def compared(rates: Sequence[Rate]) -> str:
    """Put a rate beside what it was and what it is for everybody, where these mean anything."""
    mine, before, everybody = rates
    told = [rate(mine)]
    told += [f"{rate(before)} in the four weeks before"] if before.says_something else []
    told += [f"{share(everybody.part, everybody.whole)} for everybody"] if everybody.says_something else []
    return " · ".join(told)


def rate(one: Rate) -> str:
    """Write a rate, unless it is made of too little."""
    if not one.whole:
        return "nothing yet"
    return f"{one.part:,} of {one.whole:,}" + (f" ({share(one.part, one.whole)})" if one.says_something else "")


def waiting_words(card: ScoreCard) -> str:
    """Say what waits, the costliest first."""
    first, rest = card.waiting[:MOST_WAITING], len(card.waiting[MOST_WAITING:])
    named = [f"{said(gap.client, 40)}: {said(gap.product, 40)}, {worth(gap)}" for gap in first]
    more = [f"{rest:,} more"] if rest else []
    return "\n• ".join([f"*Waiting for you:* {totals(card.waiting)}.", *named, *more])
