"""A result on the terminal: money first, then what to ask, then how every line was accounted for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from bot.commands.inspect import counted_as
from recon import (
    Change,
    Direction,
    Gap,
    GapKind,
    Kind,
    Money,
    Question,
    Reading,
    Reconciliation,
    RootCause,
    Side,
    Turn,
    Verdict,
    find_unheard,
)

FAINT = 0.05  # a chance that is better said in a word
HOW_TO_ANSWER = Text(
    "answer in a CSV with kind,bought,billed,verdict (same or different); give it as --judgements", "dim"
)
PATHS = {
    "exact": "the same name",
    "scored": "likeness and what they hold",
    "id": "id",
    "catalogue": "the catalogue",
    "judgement": "what people said",
}
DOUBTFUL = "Don't trust these sums until that is settled:\n"
MOST_GAPS, MOST_QUESTIONS, MOST_PROBLEMS = 30, 10, 5
ROOM = 72  # columns of a terminal that the table of gaps needs
COLOURS = {Direction.UNDER: "red", Direction.OVER: "yellow"}


@dataclass(frozen=True, slots=True)
class ByWidth:
    """A table where there is room for its columns, and something narrower where there is not."""

    table: RenderableType
    narrower: RenderableType

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """Choose by the width of the terminal."""
        yield self.table if options.max_width >= ROOM else self.narrower


def show_result(result: Reconciliation, changes: Iterable[Change] | None = None) -> RenderableType:
    """Lay the whole result out as a person wants to read it."""
    cautions = [Text(problem.sentence, "bold yellow") for problem in result.cautions[:MOST_PROBLEMS]]
    parts: list[RenderableType] = [_headline(result), *cautions, _totals(result)]
    if result.spoken:
        parts += [Text(), ByWidth(_gap_table(result.spoken), _gap_list(result.spoken))]
    parts += [_quiet(result)]
    if result.causes:
        parts += [_title("One cause behind several gaps"), *map(_cause, result.causes)]
    if result.questions:
        names = "1 name" if len(result.questions) == 1 else f"{len(result.questions):,} names"
        parts += [_title(f"{names} to settle"), _question_table(result.questions), HOW_TO_ANSWER]
    unheard = find_unheard(result)
    if unheard:
        parts += [Text(f"\n{_say_unheard([name for _, name in unheard])}", "dim")]
    if result.unread:
        parts += [_title("What I could not read, or had to suppose"), _problems(result)]
    if changes is not None:
        parts += [_title("Since the earlier run"), _turns(list(changes))]
    parts += [_title("Every line accounted for"), _classes(result), _matched(result)]
    return Group(*parts)


def _title(words: str) -> Text:
    return Text.assemble("\n", (words, "bold"))


def _headline(result: Reconciliation) -> Text:
    month = (
        f"{result.month.first:%B %Y}"
        if result.month
        else "No month named: give --month, so that the dates of rules count"
    )
    text = Text.assemble((month, "bold"), "\n")
    for side, reading in ((Side.BOUGHT, result.bought), (Side.BILLED, result.billed)):
        text.append(f"{side}  ", "dim").append(_say_reading(reading)).append("\n")
    return text


def _say_reading(reading: Reading) -> str:
    kind = reading.layout.source or "an export"
    clients = reading.lines["client"].n_unique()
    counted = f"{counted_as(reading.lines.height, 'line')}, {counted_as(clients, 'client')}"
    return f"{reading.layout.name}: {kind}, {counted}"


def _totals(result: Reconciliation) -> Text:
    text = Text(DOUBTFUL if result.is_doubtful else "", "bold yellow")
    said = {
        Direction.UNDER: "is bought and not billed, or billed below cost",
        Direction.OVER: "is billed for what the client does not have",
    }
    for direction, words in said.items():
        leaks, total = result.leaks(direction), _sum(result.total(direction))
        about = "" if all(gap.exact for gap in leaks) else "about "
        if leaks and not any(gap.is_priced for gap in leaks):
            about, total = "", "An unknown amount"
        text.append(about).append(total or "Nothing", f"bold {COLOURS[direction]}").append(
            f"{' a month' if total else ''} {words}\n"
        )
    return text


def _sum(amounts: Iterable[Money]) -> str:
    return " and ".join(str(money) for money in sorted(amounts, key=lambda money: -money.amount))


def _gap_table(gaps: tuple[Gap, ...]) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("a month", justify="right", no_wrap=True)
    table.add_column("client, product", ratio=1, overflow="fold")
    table.add_column("bought", justify="right")
    table.add_column("billed", justify="right")
    table.add_column("what", no_wrap=True)
    table.add_column("gap", style="dim", no_wrap=True)
    for gap in gaps[:MOST_GAPS]:
        table.add_row(*_gap_row(gap))
    if len(gaps) > MOST_GAPS:
        table.add_row("", _say_more(gaps))
    return table


def _gap_list(gaps: tuple[Gap, ...]) -> Table:
    """Tell each gap below the other: on a phone, or beside an editor."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("a month", justify="right", no_wrap=True)
    table.add_column("gap", ratio=1, overflow="fold")
    for gap in gaps[:MOST_GAPS]:
        money, named, bought, billed, what, name = _gap_row(gap)
        table.add_row(money, Text.assemble(named, "\n", bought, " bought, ", billed, " billed: ", what, " ", name))
    if len(gaps) > MOST_GAPS:
        table.add_row("", _say_more(gaps))
    return table


def _say_more(gaps: tuple[Gap, ...]) -> str:
    return f"... and {len(gaps) - MOST_GAPS:,} more: --xlsx, --csv and --json hold all"


def _gap_row(gap: Gap) -> list[Text]:
    waits = gap.kind is GapKind.WAITING
    product = f"{gap.product}, billed as {gap.billed_product}" if gap.billed_product else gap.product
    return [
        Text(_say_money(gap), "dim" if waits else COLOURS[gap.direction]),
        Text.assemble(gap.client, "\n", (product, "dim")),
        Text(f"{gap.bought.normalize():,f}"),
        Text(gap.billed_in_all),
        Text(gap.kind, "dim" if waits else ""),
        Text(gap.id[:6]),
    ]


def _say_money(gap: Gap) -> str:
    if gap.exact:
        return str(gap.monthly)
    return f"~{gap.monthly}" if gap.monthly.amount else "unknown"


def _quiet(result: Reconciliation) -> Text:
    notes = []
    if any(not gap.exact and gap.monthly.amount for gap in result.spoken):
        notes.append("~ estimated: `gapwatch why RESULT.json GAP` says how")
    if any(not gap.is_priced for gap in result.spoken):
        notes.append("unknown: neither file states a price or a cost")
    suppressed = len(result.gaps) - len(result.spoken)
    if suppressed:
        are = "is" if suppressed == 1 else "are"
        notes.append(f"{counted_as(suppressed, 'gap')} below the thresholds {are} not shown")
    return Text("\n".join(notes), "dim")


def _cause(cause: RootCause) -> Text:
    return Text(f"  {cause.sentence}")


def _question_table(questions: tuple[Question, ...]) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for heading in ("a month", "name", "may be"):
        table.add_column(heading, justify="right" if heading == "a month" else "left")
    for question in questions[:MOST_QUESTIONS]:
        best = [f"{one.label} ({_say_chance(one.probability or 0)})" for one in question.candidates[:3]]
        table.add_row(_sum(question.monthly), Text(question.about), Text(", ".join(best) or "nobody billed is like it"))
    if len(questions) > MOST_QUESTIONS:
        table.add_row("", f"... and {len(questions) - MOST_QUESTIONS:,} more", "")
    return table


def _say_unheard(names: list[str]) -> str:
    told = ", ".join(f"“{name}”" for name in dict.fromkeys(names[:MOST_PROBLEMS]))
    answers = "1 answer is" if len(names) == 1 else f"{len(names):,} answers are"
    more = ", ..." if len(names) > MOST_PROBLEMS else ""
    return f"{answers} about names that no line of that side has, and changed nothing: {told}{more}"


def _say_chance(probability: float) -> str:
    return f"{probability:.0%}" if probability >= FAINT else "unlikely"


def _problems(result: Reconciliation) -> Text:
    """Tell the first problems of each file."""
    text = Text()
    for side, reading in ((Side.BOUGHT, result.bought), (Side.BILLED, result.billed)):
        for problem in reading.problems[:MOST_PROBLEMS]:
            text.append(f"  {side}  ", "dim").append(f"{problem.sentence}\n")
        if len(reading.problems) > MOST_PROBLEMS:
            more = f"... and {len(reading.problems) - MOST_PROBLEMS:,} more: `gapwatch inspect` shows them\n"
            text.append(f"  {side}  {more}", "dim")
    text.rstrip()
    return text


def _turns(changes: list[Change]) -> Text:
    counted = [f"{sum(change.turn is turn for change in changes)} {turn}" for turn in Turn]
    text = Text("  " + ", ".join(counted))
    for change in changes:
        if change.turn is not Turn.UNCHANGED:
            text.append(f"\n  {change.turn}: ", "bold").append(change.gap.sentence)
    return text


def _classes(result: Reconciliation) -> Text:
    counted = result.lines.group_by("side", "class").len().sort("side", "len", "class", descending=[True, True, False])
    text = Text()
    for side in Side:
        rows = counted.filter(pl.col("side") == side.value)
        parts = " + ".join(f"{row['len']:,} {row['class']}" for row in rows.iter_rows(named=True))
        text.append(f"  {rows['len'].sum():,} {side} = {parts}\n")
    return text


def _matched(result: Reconciliation) -> Text:
    text = Text()
    for kind, matching in ((Kind.CLIENT, result.names.client_matches), (Kind.PRODUCT, result.names.product_matches)):
        certain = matching.matches.filter(pl.col("verdict") == Verdict.CERTAIN.value)
        by_path = certain.group_by("path").agg(pl.col("left_id").n_unique()).sort("left_id", descending=True)
        how = ", ".join(f"{count:,} by {PATHS.get(path, path)}" for path, count in by_path.iter_rows())
        known, of = certain["left_id"].n_unique(), matching.matches["left_id"].n_unique()
        text.append(f"  {known:,} of {of:,} bought {kind}s matched" + (f": {how}" if how else "") + "\n")
    return text
