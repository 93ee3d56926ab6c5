"""The week in one message: the money first, then how it compares, what is oldest, and what is worth fixing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.services.freshness import SourceHealth
from bot.services.shares import Heading
from bot.services.wondering import NamesLeft
from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, image, section, table
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.names import names_waiting
from bot.slack.views.sources import source_lines
from bot.slack.wording import both_ways, cells, counted, day, listed, share, span_words, won, worth
from recon import Direction, Gap, Money

NO_NAMES = NamesLeft()
TITLES = {
    Heading.FOUND: "Found",
    Heading.SIGNED: "Approved",
    Heading.FIXED: "Recovered, avoided",
    Heading.WAIVED: "Waived",
    Heading.UNREAL: "No gap after all",
    Heading.LOST: "Closed by itself",
    Heading.OPEN: "Still open",
    Heading.PENDING: "To be verified",
    Heading.QUIET: "Kept quiet",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One heading of a week; the two directions are never netted."""

    heading: Heading
    gaps: int
    under: tuple[Money, ...]
    over: tuple[Money, ...]
    gaps_before: int = 0
    under_before: tuple[Money, ...] = ()
    over_before: tuple[Money, ...] = ()
    estimated: Collection[Direction] = ()
    estimated_before: Collection[Direction] = ()


@dataclass(frozen=True, slots=True)
class Oldest:
    """The gap that is open longest."""

    gap: Gap
    days: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that Slack has, and what it shows in words."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCard:
    """A week as people see it."""

    monday: date
    is_over: bool
    lines: tuple[Line, ...]
    decided: int
    decided_before: int
    ages: tuple[int, ...]  # days, of each gap that is still open
    oldest: Oldest | None = None
    real: int = 0
    settled: int = 0  # gaps that people settled; `real` of them were no noise
    to_seen: timedelta | None = None
    to_acted: timedelta | None = None
    sources: tuple[SourceHealth, ...] = ()
    names: NamesLeft = NO_NAMES
    cause: str = ""
    picture: Picture | None = None

    def line(self, heading: Heading) -> Line:
        """Give one heading."""
        return next(one for one in self.lines if one.heading is heading)


def week_message(card: WeekCard) -> Message:
    """Tell the team what a week came to."""
    return message(
        f"{title(card)}: {' '.join(sentences(card))}",
        section(f"*{title(card)}: {headline(card)}*"),
        figures(card),
        *([actions(*openers(card))] if openers(card) else []),
        section("\n".join(findings(card))),
        *([section(f"*Worth fixing once:* {said(card.cause, 300)}")] if card.cause else []),
        *([context("\n".join(source_lines(card.sources)))] if card.sources else []),
        *([image(card.picture.file, card.picture.alt)] if card.picture else []),
    )


def title(card: WeekCard) -> str:
    """Name the week."""
    return f"Week of {day(card.monday)}{'' if card.is_over else ', so far'}"


def headline(card: WeekCard) -> str:
    """Say what was won, and what is still out."""
    fixed, still = card.line(Heading.FIXED), card.line(Heading.OPEN)
    rest = f"{counted(still.gaps, 'gap')} still open" if still.gaps else "nothing left to decide"
    return f"{won(fixed.under, fixed.over, estimated=fixed.estimated)}, {rest}"


def sentences(card: WeekCard) -> Iterator[str]:
    """Say it for a notification."""
    found, still = card.line(Heading.FOUND), card.line(Heading.OPEN)
    yield f"{headline(card)}."
    if found.gaps or card.decided:
        new = f"{counted(found.gaps, 'gap')} found" + (f" ({money_words(found)})" if found.under or found.over else "")
        yield f"{new}, {counted(card.decided, 'decision') if card.decided else 'no decision'} taken."
    if still.gaps:
        yield f"Open: {money_words(still)}, the oldest {open_for(max(card.ages, default=0))}."


def money_words(line: Line) -> str:
    """Say each direction by itself; of some gaps no money is known."""
    return both_ways(line.under, line.over, estimated=line.estimated) or "no money known"


def figures(card: WeekCard) -> Block:
    """Lay the headings out beside those of the week before."""
    rows = [
        (
            TITLES[one.heading],
            f"{one.gaps:,}",
            *cells(one.under, one.over, one.estimated),
            before(one),
        )
        for one in card.lines
        if one.gaps or one.gaps_before or one.heading in (Heading.FOUND, Heading.FIXED, Heading.OPEN)
    ]
    return table(("A month", "Gaps", "Not billed", "Billed too much", "Week before"), rows, right=(1, 2, 3, 4))


def before(line: Line) -> str:
    """Say what it was a week before: `3: $44.00 · $22.00`."""
    sums = [sum_ for sum_ in cells(line.under_before, line.over_before, line.estimated_before) if sum_]
    return f"{line.gaps_before:,}{': ' if sums else ''}{' · '.join(sums)}"


def openers(card: WeekCard) -> list[Block]:
    """Offer to open the gaps behind each figure."""
    return [
        button(f"{TITLES[one.heading]}: {one.gaps:,}", f"{names.BEHIND}.{place}", f"{card.monday}|{one.heading.value}")
        for place, one in enumerate(card.lines)
        if one.gaps
    ]


def findings(card: WeekCard) -> Iterator[str]:
    """Say what is oldest, how it all ages, how often the bot was right and how long it took."""
    if card.oldest:
        one = card.oldest
        yield (
            f"*Oldest:* {said(one.gap.client)}, {said(one.gap.product)}, {worth(one.gap)}, "
            f"open {open_for(one.days)}. {by_age(card.ages)}"
        )
    if any(money.amount < 0 for one in card.lines for money in (*one.under, *one.over)):
        yield "*A minus* takes off what was decided or closed before and no longer is."
    if card.names.count:
        yield f"*Names:* {names_waiting(card.names)}"
    yield f"*Decisions:* {card.decided:,}, the week before {card.decided_before:,}. {precision(card)}"
    speed = [
        f"found {within(card.to_seen)} the last file" if card.to_seen is not None else "",
        f"acted on {within(card.to_acted)} the alert" if card.to_acted is not None else "",
    ]
    if any(speed):
        yield f"*Speed:* half of the gaps were {listed([one for one in speed if one])}."


def open_for(days: int) -> str:
    """Say for how long something is open: `for 23 days`, `since today`."""
    return f"for {counted(days, 'day')}" if days else "since today"


def within(span: timedelta) -> str:
    """Say how soon something was done: `within 4 minutes of`, `less than a minute after`."""
    return f"within {span_words(span)} of" if span >= timedelta(minutes=1) else f"{span_words(span)} after"


def by_age(ages: Sequence[int]) -> str:
    """Say how old the open gaps are: `3 under a week, 2 under a month and 1 a month or more`."""
    week, month = 7, 30
    young, middle = sum(days < week for days in ages), sum(week <= days < month for days in ages)
    told = [(young, "under a week"), (middle, "under a month"), (len(ages) - young - middle, "a month or more")]
    return f"{listed([f'{number:,} {words}' for number, words in told if number])}."


def precision(card: WeekCard) -> str:
    """Say how many of the gaps that people settled were real."""
    if not card.settled:
        return "No gap was settled, so I can't say how often I was right."
    part = share(card.real, card.settled)
    return f"{card.real:,} of {counted(card.settled, 'settled gap')} {were(card.real)} real ({part})."


def were(number: int) -> str:
    """Say `was` of one thing, and `were` of others."""
    return "was" if number == 1 else "were"
