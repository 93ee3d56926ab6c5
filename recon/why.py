"""Why a gap is a gap: the rows, how the names became one, the arithmetic, and what would settle it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

import polars as pl

from recon.classes import LineClass
from recon.errors import UnknownGap
from recon.gaps import About, Direction, Gap, GapId, GapKind, count, count_of
from recon.gone import WITHOUT, lines_gone, still_listed
from recon.joined import FILE
from recon.lines import Side
from recon.matching.judgements import Kind
from recon.money import CENT, Money
from recon.paths import NamePath, trace_names
from recon.result import Reconciliation
from recon.rules import tells_of_a_minimum, tells_of_included

NO_CHANCE = 3  # seats from which on an equal number is seldom chance
IN_ADVANCE = " What was paid for in advance stands only in the file of the month in which it was paid."
FINE, TRIFLE = Decimal("0.0001"), Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line of a file: as it stands there, and as it was counted."""

    side: Side
    source: str
    row: int
    cells: tuple[tuple[str, str], ...]  # header and text, as the file has them
    seats: Decimal
    price: Decimal | None  # per seat and month
    cost: Decimal | None
    months: int  # that the price and the cost pay for as the file states them
    counted_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """All that led to a gap; its numbers can be computed again from it."""

    gap: Gap
    evidence: tuple[Evidence, ...]
    client: NamePath
    products: tuple[NamePath, ...]  # two, where a sibling is billed instead
    settled_by: str


def explain_gap(result: Reconciliation, gap: GapId | str) -> Why:
    """Explain one gap by its id, or by the beginning of it."""
    found = [one for one in result.gaps if one.id.startswith(gap)]
    if len(found) != 1:
        have = f"{len(found)} gaps have" if found else "No gap has"
        raise UnknownGap(f"{have} an id that begins with “{gap}”. The ids are in the list of gaps.")
    return explain_gaps(result, found)[0]


def explain_gaps(result: Reconciliation, gaps: Iterable[Gap]) -> list[Why]:
    """Explain many gaps at once."""
    gaps = list(gaps)
    wanted = {cell for gap in gaps for cell in gap.cells}
    lines = result.lines.filter(pl.col("cell").is_in(list(wanted)))
    for kind, (side, _) in WITHOUT.items():
        one_sided = pl.col("cell").is_in([cell for gap in gaps if gap.kind is kind for cell in gap.cells])
        lines = pl.concat([lines, lines_gone(result, lines.filter(one_sided & (pl.col("side") != side.value)), side)])
    evidence = _evidence_by_cell(result, lines)
    clients = trace_names(lines, Kind.CLIENT, result.names.client_matches)
    products = trace_names(lines, Kind.PRODUCT, result.names.product_matches)
    perhaps = _perhaps_billed_as(result, gaps)
    lines_of = {gap.id: tuple(line for cell in gap.cells for line in evidence.get(cell, ())) for gap in gaps}
    return [
        Why(
            gap=gap,
            evidence=lines_of[gap.id],
            client=clients.get(gap.cells[0]) or _by_rule(gap.client),
            products=tuple(products.get(cell) or _by_rule(gap.product) for cell in gap.cells),
            settled_by=say_what_settles(gap, result.options.grace_days, lines_of[gap.id]) + perhaps.get(gap.id, ""),
        )
        for gap in gaps
    ]


def _perhaps_billed_as(result: Reconciliation, gaps: Iterable[Gap]) -> dict[GapId, str]:
    """Name the one service of a client that is billed for as many as it has of what nobody bills."""
    unbilled = [gap for gap in gaps if gap.kind is GapKind.UNBILLED and gap.seats == gap.bought >= NO_CHANCE]
    if not unbilled:
        return {}
    own = (pl.col("class") == LineClass.OWN_SERVICE.value) & (pl.col("seats") >= NO_CHANCE)
    services: dict[tuple[str, Decimal], set[str]] = defaultdict(set)
    for client, product, seats in (
        result.names.clients.show(result.lines.filter(own), "client").select("client_shown", "product", "seats").rows()
    ):
        services[client, seats].add(product)
    alike = {gap.id: services.get((gap.client, gap.seats), set()) for gap in unbilled}
    return {
        gap: f" Perhaps it is billed as “{names.pop()}”, or as part of that: then an answer, or a rule, would."
        for gap, names in alike.items()
        if len(names) == 1
    }


def _by_rule(name: str) -> NamePath:
    """Name what only a rule says is billed."""
    return NamePath(None, name, "rule", None, ("no line of its own bills it",))


def _evidence_by_cell(result: Reconciliation, lines: pl.DataFrame) -> dict[int, list[Evidence]]:
    raw = {
        (side, row.pop(FILE, reading.layout.name), row.pop("row")): tuple(
            (header, text) for header, text in row.items() if text
        )
        for side, reading in ((Side.BOUGHT, result.bought), (Side.BILLED, result.billed))
        for row in reading.table.filter(
            pl.col("row").is_in(lines.filter(pl.col("side") == side.value)["row"].implode())
        ).iter_rows(named=True)
    }
    found: dict[int, list[Evidence]] = defaultdict(list)
    for line in lines.sort("side", "source", "row", descending=[True, False, False]).iter_rows(named=True):
        found[line["cell"]].append(_evidence(line, raw[Side(line["side"]), line["source"], line["row"]]))
    return found


def _evidence(line: dict[str, Any], cells: tuple[tuple[str, str], ...]) -> Evidence:
    months = line["price_months"] or 1
    return Evidence(
        side=Side(line["side"]),
        source=line["source"],
        row=line["row"],
        cells=cells,
        seats=line["seats"],
        price=line["unit_price"] / months if line["unit_price"] is not None else None,
        cost=line["unit_cost"] / months if line["unit_cost"] is not None else None,
        months=months,
        counted_as=line["note"] or line["class"],
    )


def _short_of_cost(lines: Iterable[Evidence]) -> tuple[Decimal | None, int]:
    """Say how far below its cost each seat is billed, if all that are billed have one price, and for how many months.

    A price for a year is raised for a year.
    """
    counted = [line for line in lines if line.seats]
    prices = {line.price for line in counted if line.side is Side.BILLED}
    terms = {line.months for line in counted if line.side is Side.BILLED}
    months = terms.pop() if len(terms) == 1 else 1
    costs = [(line.cost, line.seats) for line in counted if line.side is Side.BOUGHT and line.cost is not None]
    price = prices.pop() if len(prices) == 1 else None
    if price is None or not costs:
        return None, months
    cost = sum((cost * seats for cost, seats in costs), Decimal(0)) / sum(seats for _, seats in costs)
    return (cost - price) * months, months


def say_what_settles(gap: Gap, grace_days: int, lines: Iterable[Evidence]) -> str:
    """Name the smallest change after which this would be no gap."""
    match gap.kind:
        case GapKind.WRONG_PRODUCT:
            return f"Billing {count(gap.bought)} {gap.product} instead of {gap.billed_product} would settle it."
        case GapKind.BELOW_COST:
            return _say_what_price_settles(gap, list(lines))
        case GapKind.WAITING:
            return f"It becomes a gap if it still stands when it is more than {grace_days} days old."
        case GapKind.DUPLICATE if gap.about is About.TWICE_BOUGHT:
            return f"A credit from the vendor for {count_of(gap.seats, 'seat')} would settle it."
        case GapKind.UNBOUGHT | GapKind.UNBILLED:
            return _say_what_number_settles(gap) + _say_what_is_left(gap.kind, lines)
        case _:
            return _say_what_number_settles(gap)


def _say_what_is_left(kind: GapKind, lines: Iterable[Evidence]) -> str:
    """Say what the side that has none says of it all the same, or why it may say nothing."""
    listed = still_listed(kind, ((line.side, line.seats, line.counted_as) for line in lines))
    if listed:
        return f" {listed}"
    return IN_ADVANCE if kind is GapKind.UNBOUGHT else ""


def _say_what_number_settles(gap: Gap) -> str:
    """Say what to bill, or to buy; where a rule says how many are billed, buying another number changes nothing."""
    seats, under = gap.seats, gap.direction is Direction.UNDER
    due, fewer = (gap.billed + seats, "fewer") if under else (gap.billed - seats, "more")
    if due < 0:  # what is too many is billed in bundles
        bundles = count_of(-due, "fewer bundle")
        bundles = f"{bundles}, and 0 instead of {count(gap.billed)}" if gap.billed else bundles
        return f"Buying {count(seats)} more would settle it; so would billing {bundles}."
    is_given = any(map(tells_of_a_minimum, gap.reasons)) or (not due and any(map(tells_of_included, gap.reasons)))
    buying = "" if is_given else f"; so would buying {count(seats)} {fewer}"
    return f"Billing {count(due)} instead of {count(gap.billed)} would settle it{buying}."


def _say_what_price_settles(gap: Gap, lines: list[Evidence]) -> str:
    short, months = _short_of_cost(lines)
    short = short and short.quantize(TRIFLE)  # a twelfth of a price, times twelve, is a hair off
    if short:
        if short != short.quantize(FINE):  # a price is written in cents; one that is a hair too low settles nothing
            short = short.quantize(CENT if short >= CENT else FINE, ROUND_CEILING)
        term = f" for {months} months" if months > 1 else ""
        return f"A price {Money(short, gap.currency).precise()} higher per seat{term} would settle it."
    these = "this one" if gap.seats == 1 else f"each of these {count(gap.seats)}"
    return f"Billing {these} at no less than it costs would settle it."
