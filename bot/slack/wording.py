"""How money, seats, days and people are written in Slack."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.slack.texts import said
from recon import About, Direction, Gap, GapKind, Money

MANY = 3


@dataclass(frozen=True, slots=True)
class Who:
    """Someone, as Slack knows and people call them."""

    id: str
    name: str

    @property
    def mention(self) -> str:
        """Call on them: only for those who must act."""
        return f"<@{self.id}>"

    @property
    def plain(self) -> str:
        """Name them without calling on them."""
        return said(self.name, 40)


def capital(sentence: str) -> str:
    """Begin a sentence as sentences begin."""
    return sentence[:1].upper() + sentence[1:]


def seats(quantity: Decimal) -> str:
    """Write a number of seats without needless zeros: `12`, `1,250`, `0.5`."""
    return f"{quantity.normalize():,f}"


def counted(number: int, thing: str, things: str = "") -> str:
    """Write a number of things: `1 line`, `2,400 lines`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


UNKNOWN = "an unknown amount"


def amounts(sums: Iterable[Money], *, exact: bool = True) -> str:
    """Write sums of several currencies, the largest number first: `about $12.00 and €3.00`; of none, `nothing`."""
    by_size = sorted(sums, key=lambda money: (-abs(money.amount), money.currency))
    if by_size and not exact and not any(money.amount for money in by_size):
        return UNKNOWN
    return about(listed([str(money) for money in by_size], "and"), exact=exact) or "nothing"


def about(money: str, *, exact: bool) -> str:
    """Mark money that is estimated: `about $44.00`."""
    return money if exact or not money else f"about {money}"


def cells(under: Sequence[Money], over: Sequence[Money], estimated: Collection[Direction]) -> tuple[str, str]:
    """Write both totals in a table's columns; what is nothing is left out."""
    not_billed, too_much = (
        amounts(sums, exact=way not in estimated) if sums else ""
        for way, sums in ((Direction.UNDER, under), (Direction.OVER, over))
    )
    return not_billed, too_much


def both_ways(under: Sequence[Money], over: Sequence[Money], *, estimated: Collection[Direction] = ()) -> str:
    """Write both totals, never netted: `$12.00 a month not billed, $9.00 billed too much`; none is not spoken of."""
    told: list[str] = []
    for way, sums, words in ((Direction.UNDER, under, "not billed"), (Direction.OVER, over, "billed too much")):
        span = "" if told else " a month"
        told += [f"{amounts(sums, exact=way not in estimated)}{span} {words}"] if sums else []
    return ", ".join(told)


GAINS = (
    ("recovered", "recovered before is open again"),
    ("of over-billing avoided", "of over-billing avoided before is back"),
)


def won(under: Iterable[Money], over: Iterable[Money], *, estimated: Collection[Direction] = ()) -> str:
    """Say what was won, and what came back: `$88.00 a month recovered and $22.00 a month of over-billing avoided`."""
    told = []
    for way, sums, (gained, back) in zip(Direction, (tuple(under), tuple(over)), GAINS, strict=True):
        exact = way not in estimated
        more, less = ([money for money in sums if money.amount * sign > 0] for sign in (1, -1))
        told += [f"{amounts(more, exact=exact)} a month {gained}"] if more else []
        told += [f"{amounts((money * -1 for money in less), exact=exact)} a month {back}"] if less else []
    return listed(told, most=len(told) or 1) or "nothing recovered"


def listed(words: Sequence[str], last: str = "and", most: int = MANY) -> str:
    """List a few things in words: `Acme, Bolt and 4 more`."""
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most:,} more"]
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def day(when: date) -> str:
    """Write a day as a person would, the same in every country: `31 Mar 2027`."""
    return f"{when.day} {calendar.month_abbr[when.month]} {when.year}"


def moment(when: datetime) -> str:
    """Let Slack write a moment in the time zone of whoever reads it."""
    utc = when.astimezone(UTC)
    return f"<!date^{int(utc.timestamp())}^{{date_short_pretty}} at {{time}}|{day(utc)} {utc:%H:%M} UTC>"


def span_words(span: timedelta) -> str:
    """Say how long something took, in the largest unit that tells: `40 minutes`, `3 hours`, `2 days`."""
    minutes = max(0, int(span.total_seconds()) // 60)
    for unit, length in (("day", 24 * 60), ("hour", 60)):
        if minutes >= length:
            return counted(minutes // length, unit)
    return counted(minutes, "minute") if minutes else "less than a minute"


def worth(gap: Gap) -> str:
    """Say what a gap is worth: `$44.00 a month`, `about $44.00 a month`, `an unknown amount a month`."""
    return f"{about(str(gap.monthly), exact=gap.exact) if gap.is_priced else UNKNOWN} a month"


def share(part: int, whole: int) -> str:
    """Write a share, never rounded up to all of it: `88.9%`, `99.9%`."""
    if part >= whole:
        return "100%"
    return f"{min(999, (part * 2000 + whole) // (2 * whole)) / 10:.1f}%"


def leaks(gap: Gap) -> str:
    """Say where the money goes."""
    match gap.kind, gap.direction:
        case GapKind.BELOW_COST, _:
            return "lost below cost"
        case GapKind.DUPLICATE, Direction.UNDER:
            return "paid twice"
        case GapKind.WAITING, _:
            return "waiting"
        case _, Direction.UNDER:
            return "not billed"
        case _:
            return "billed too much"


def shortfall(gap: Gap) -> str:
    """Say in a table's cell what is wrong, as it stands in the files: `3 not billed`, `billed as Microsoft 365 E3`."""
    match gap.kind:
        case GapKind.UNDERBILLED:
            return f"{seats(gap.seats)} not billed"
        case GapKind.OVERBILLED:
            return f"{seats(gap.seats)} too many billed"
        case GapKind.UNBOUGHT:
            return "billed, none bought"
        case GapKind.WRONG_PRODUCT:
            return f"billed as {gap.billed_product or 'another product'}"
        case _:
            return leaks(gap)


def numbers(gap: Gap) -> str:
    """Say what is bought and what is billed: `12 bought, 10 billed: 2 not billed`."""
    bought, between = seats(gap.bought), seats(gap.seats)
    billed = f"billed for {gap.billed_in_all}" if gap.bundled else f"{gap.billed_in_all} billed"
    match gap.kind:
        case GapKind.UNBILLED:
            return f"{bought} bought, none billed"
        case GapKind.UNBOUGHT:
            return f"None bought, {billed}"
        case GapKind.WRONG_PRODUCT:
            return f"{bought} bought, billed as {said(gap.billed_product or 'another product')}"
        case GapKind.DUPLICATE:
            return f"{between} {'bought' if gap.about is About.TWICE_BOUGHT else 'billed'} twice"
        case GapKind.BELOW_COST:
            return f"{between} billed below what they cost"
        case _:
            end = "not billed" if gap.direction is Direction.UNDER else "too many billed"
            return f"{bought} bought, {billed}: {between} {end}"


def sureness(gap: Gap) -> str:
    """Say how sure the money is and what it is counted in."""
    if gap.exact:
        return f"Exact, based on {gap.basis}."
    if not gap.is_priced and gap.estimated_because:
        return f"{capital(said(gap.estimated_because, 200))}."
    return f"Estimated, based on {gap.basis}: {said(gap.estimated_because or 'not all prices are known', 200)}."
