"""What a run found: one message for the team, the money first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.services.runs import ClientTotal
from bot.slack.blocks import Block, context, section, table
from bot.slack.cards import Verdict
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import both_ways, cells, counted, listed, share
from recon import Direction, Money, Month, add_up

UNMOVED = "Until that is settled I alert nobody about this month, and what is open stays as it was."
PAST = "A later month is compared already, so this alerts nobody, and what is open stays as it was."
DOUBTFUL = "Don't trust these sums until what is said below is settled."
MOST_CLIENTS, MOST_CAUSES, MOST_CAUTIONS, MOST_MISSING = 12, 3, 5, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCard:
    """A run's result, in the figures people ask for."""

    month: Month | None
    clients: tuple[ClientTotal, ...]  # with gaps that speak, most money first
    under: tuple[Money, ...]
    over: tuple[Money, ...]
    estimated: Collection[Direction] = ()
    estimated_quiet: Collection[Direction] = ()  # in what is below someone's threshold
    lines: int
    matched: int  # bought lines whose client and product are known on the other side
    bought: int  # bought lines that were to be matched
    suppressed: int = 0  # gaps below someone's threshold
    questions: int = 0
    problems: int = 0
    totals: int = 0  # rows that add others up
    new: int | None = None  # since the run before; nothing where there was none, or this one moved no gap
    closed: int | None = None
    causes: tuple[str, ...] = ()  # sentences: one cause behind several gaps, the costliest first
    decided: Mapping[str, Mapping[Verdict, int]] = field(default_factory=dict)  # of each client's gaps, by then
    missing: tuple[str, ...] = ()  # sentences about sources that are not whole
    cautions: tuple[str, ...] = ()  # sentences: what to look at before believing the rest
    is_doubtful: bool = False  # no sum can be trusted until that is settled
    is_one_sided: bool = False  # a whole side has no line of the month
    is_overtaken: bool = False  # a later run of the month has told its own
    is_past: bool = False  # a later month was compared before it


def run_result(card: RunCard) -> Message:
    """Tell the team what a month comes to."""
    month = card.month.name if card.month else "This month"
    gaps = sum(row.gaps for row in card.clients)
    none = "No gaps above your thresholds" if card.suppressed else "No gaps"
    doubt = f" {DOUBTFUL}" if card.is_doubtful else ""
    asides = overtaken(card, month)
    found = f"{counted(gaps, 'gap')} at {counted(len(card.clients), 'client')}" if gaps else none
    told = f"{month}: {money_line(card)}.{doubt} {found}{decided(card)}. {' '.join([*warnings(card), *notes(card)])}"
    return message(
        " ".join([told, *asides]).strip(),
        *([context(*asides)] if asides else []),
        section(f"*{month}: {money_line(card)}*{doubt}\n{found}{since(card)}{decided(card)}."),
        *[section(f":warning: {sentence}") for sentence in warnings(card)],
        *([section("\n".join(f"• {said(cause, 300)}" for cause in card.causes[:MOST_CAUSES]))] if card.causes else []),
        *([client_table(card)] if card.clients else []),
        context(*notes(card)),
    )


def warnings(card: RunCard) -> list[str]:
    """Say what to look at before believing the rest, and which sources are not whole."""
    told = (*card.cautions[:MOST_CAUTIONS], *card.missing[:MOST_MISSING])
    unmoved = [UNMOVED] if card.missing or card.is_one_sided else []
    return [*(said(sentence, 300) for sentence in told), *unmoved]


def overtaken(card: RunCard, month: str) -> list[str]:
    """Say what has been compared since or before, so that this is not the last word."""
    newer = [f"There is a newer result of {month}."] if card.is_overtaken else []
    return [*newer, *([PAST] if card.is_past else [])]


def money_line(card: RunCard) -> str:
    """Say both totals, never netted."""
    return both_ways(card.under, card.over, estimated=card.estimated) or "nothing found to correct"


def since(card: RunCard) -> str:
    """Say what changed since the run before."""
    if card.new is None or card.closed is None:
        return ""
    return f", {card.new:,} new and {card.closed:,} closed since the last run"


def decided(card: RunCard) -> str:
    """Say how many of the gaps wait for no decision any more."""
    told = verdicts(sum((Counter(counts) for counts in card.decided.values()), Counter()))
    return f", {told} already" if told else ""


def verdicts(counts: Mapping[Verdict, int]) -> str:
    """Say how often what was decided: `2 approved and 1 dismissed`."""
    return listed([f"{counts[verdict]:,} {verdict}" for verdict in Verdict if counts.get(verdict)], most=len(Verdict))


def client_table(card: RunCard) -> Block:
    """Show the clients that matter."""
    rows = [
        (row.client, gaps_of(row, card), *cells(row.under, row.over, row.estimated))
        for row in card.clients[:MOST_CLIENTS]
    ]
    return table(("Client", "Gaps", "Not billed", "Billed too much"), rows, right=(1, 2, 3))


def gaps_of(row: ClientTotal, card: RunCard) -> str:
    """Count a client's gaps, and mark those that are decided: `2 (1 approved)`, or all: `2 (approved)`."""
    counts = card.decided.get(row.client, {})
    is_one = len(counts) == 1 and sum(counts.values()) == row.gaps
    told = next(iter(counts)).value if is_one else verdicts(counts)
    return f"{row.gaps:,} ({told})" if told else f"{row.gaps:,}"


def notes(card: RunCard) -> Iterator[str]:
    """Say what is not in the headline."""
    left = len(card.clients) - MOST_CLIENTS
    todo = [
        f"{counted(left, 'more client')} in the workbook" if left > 0 else "",
        f"{counted(card.questions, 'name')} to settle" if card.questions else "",
        f"{counted(card.problems, 'row')} I could not read" if card.problems else "",
        kept_quiet(card) if card.suppressed else "",
    ]
    if any(todo):
        yield f"{listed([part for part in todo if part], most=4)}."
    beside = f", beside {counted(card.totals, 'row')} of totals" if card.totals else ""
    yield (
        f"{share(card.matched, card.bought)} of {counted(card.bought, 'bought line')} matched. "
        f"All {counted(card.lines, 'line')} accounted for{beside}."
    )


def kept_quiet(card: RunCard) -> str:
    """Say what the totals hold beside the gaps that speak, so that they tie."""
    under = rest_of(card.under, (row.under for row in card.clients))
    over = rest_of(card.over, (row.over for row in card.clients))
    sums = both_ways(under, over, estimated=card.estimated_quiet)
    told = f" ({sums})" if sums else ""
    return f"{counted(card.suppressed, 'gap')} below your thresholds kept quiet{told}"


def rest_of(total: Iterable[Money], parts: Iterable[Iterable[Money]]) -> tuple[Money, ...]:
    """Take the parts away from a total, currency by currency."""
    left = add_up([*total, *(money * -1 for part in parts for money in part)])
    return tuple(money for money in left if money.amount)
