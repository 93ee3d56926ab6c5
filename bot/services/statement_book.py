"""A statement as a workbook: its sums, every line they are made of, and the rows that prove each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from bot.services.cases import Case
from bot.services.decisions import Decision
from bot.services.flows import Flow
from bot.services.ids import BOT, CaseId, DecisionId, PersonId, RunId, client_key
from bot.services.postings import Posting
from bot.services.proofs import Proof
from recon import Sheet, write_workbook

Columns = dict[str, pl.DataType | type[pl.DataType]]
AMOUNT = pl.Decimal(38, 4)
SUMS: Columns = {
    "Direction": pl.String,
    "Currency": pl.String,
    "Open before": AMOUNT,
    "Detected": AMOUNT,
    "Recovered or avoided": AMOUNT,
    "Waived": AMOUNT,
    "No gap after all": AMOUNT,
    "Closed by itself": AMOUNT,
    "Open after": AMOUNT,
    "Still open": AMOUNT,
    "To be verified": AMOUNT,
    "Kept quiet": AMOUNT,
    "Approved": AMOUNT,
}
LINES: Columns = {
    "When": pl.String,
    "Client": pl.String,
    "Product": pl.String,
    "Plan": pl.String,
    "Direction": pl.String,
    "What happened": pl.String,
    "From": pl.String,
    "To": pl.String,
    "A month": AMOUNT,
    "Currency": pl.String,
    "Who": pl.String,
    "Second signature": pl.String,
    "Why": pl.String,
    "Run": pl.String,
    "Rows": pl.String,
    "Gap": pl.String,
    "Evidence": pl.String,
    "Thread": pl.String,
}
EVIDENCE: Columns = {
    "Gap": pl.String,
    "Client": pl.String,
    "Product": pl.String,
    "Month": pl.String,
    "Run": pl.String,
    "Finding": pl.String,
    "Arithmetic": pl.String,
    "Side": pl.String,
    "File": pl.String,
    "Row": pl.Int64,
    "Cells": pl.String,
}
MONEY = frozenset({"Open before", "Detected", "Recovered or avoided", "Waived", "No gap after all"})
MONEY |= {"Closed by itself", "Open after", "Still open", "To be verified", "Kept quiet", "Approved", "A month"}
OUTSIDE = "new"
NO_ROW: tuple[object, ...] = ("", "", None, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementBook:
    """A month's sums and lines, and what these name: gaps, decisions, people, and each client's thread."""

    flows: Sequence[Flow]
    estimated: Sequence[Flow]  # what of these sums is estimated
    postings: Sequence[Posting]
    proofs: Sequence[Proof]  # one a posting
    cases: Mapping[CaseId, Case]
    decisions: Mapping[DecisionId, Decision]
    names: Mapping[PersonId, str]
    threads: Mapping[str, str]  # by a client's key; none where nothing was told


def write_statement(book: StatementBook) -> bytes:
    """Write the workbook."""
    evidence: list[tuple[object, ...]] = []
    begins: dict[tuple[CaseId, RunId], int] = {}
    for proof in sorted(book.proofs, key=lambda one: (one.case, one.month.first, one.run)):
        if (proof.case, proof.run) not in begins:
            begins[proof.case, proof.run] = len(evidence) + 2  # as a spreadsheet counts, below the header
            evidence += evidence_rows(proof)
    lines = [line_row(one, book) for one in book.postings]
    proofs = [f"internal:'Evidence'!A{begins[one.case, one.run]}" for one in book.proofs]
    unsure = [not book.cases[one.case].gap.exact for one in book.postings]
    threads = [book.threads.get(client_of(one, book), "") for one in book.postings]
    return write_workbook(
        [
            Sheet("Statement", table([sums_row(flow) for flow in book.flows], SUMS), MONEY, about=unsure_sums(book)),
            Sheet("Lines", table(lines, LINES), MONEY, {"Evidence": proofs, "Thread": threads}, {"A month": unsure}),
            Sheet("Evidence", table(evidence, EVIDENCE)),
        ]
    )


def table(rows: Sequence[Sequence[object]], columns: Columns) -> pl.DataFrame:
    """Put rows under their headings."""
    return pl.DataFrame(rows, schema=columns, orient="row")


def sums_row(flow: Flow) -> tuple[object, ...]:
    """State one direction in one currency."""
    gone = (flow.fixed, flow.waived, flow.unreal, flow.lost)
    sums = (flow.opened, flow.detected, *gone, flow.closed, flow.still, flow.pending, flow.quiet, flow.approved)
    return (flow.direction.value, flow.currency, *(money.amount for money in sums))


def unsure_sums(book: StatementBook) -> dict[str, list[bool]]:
    """Say of each sum whether an estimate is part of it."""
    estimated = {(flow.direction, flow.currency): sums_row(flow) for flow in book.estimated}
    rows = [estimated.get((flow.direction, flow.currency), ()) for flow in book.flows]
    return {name: [bool(row and row[place]) for row in rows] for place, name in enumerate(SUMS) if name in MONEY}


def line_row(posting: Posting, book: StatementBook) -> tuple[object, ...]:
    """State one line: what moved from where to where, when, and by whom."""
    gap, event = book.cases[posting.case].gap, posting.event
    decision = book.decisions.get(event.decision) if event.decision else None
    client = client_of(posting, book)
    return (
        event.at.isoformat(timespec="minutes"),
        gap.client,
        gap.product,
        gap.plan,
        posting.direction.value,
        event.happening.value,
        posting.source or OUTSIDE,
        posting.target or OUTSIDE,
        posting.money.amount,
        posting.money.currency,
        name_of(decision.by if decision else event.by, book),
        name_of(decision.seconded_by, book) if decision and decision.seconded_by else "",
        why_of(decision),
        event.run or "",
        posting.rows,
        posting.case,
        "Rows",
        "Open" if book.threads.get(client) else "",
    )


def evidence_rows(proof: Proof) -> list[tuple[object, ...]]:
    """State the lines of both sides that a gap was found in, cell by cell."""
    gap = proof.gap
    told = (gap["client"], gap["product"], str(proof.month), proof.run, gap["sentence"], " · ".join(gap["arithmetic"]))
    first = (proof.case, *told)
    found: list[tuple[object, ...]] = [
        (line["side"], line["source"], int(line["row"]), cells_of(line)) for line in gap["why"]["evidence"]
    ]
    return [(*first, *one) for one in found or [NO_ROW]]


def cells_of(line: Mapping[str, Any]) -> str:
    """Write a row as the file has it: `Customer: Acme · Quantity: 12`."""
    return " · ".join(f"{header}: {text}" for header, text in line["cells"].items())


def client_of(posting: Posting, book: StatementBook) -> str:
    """Name the client a line is about, by its key."""
    return client_key(book.cases[posting.case].gap.client)


def name_of(person: PersonId, book: StatementBook) -> str:
    """Name a person, or the bot."""
    return "Gapwatch" if person == BOT else book.names.get(person, person)


def why_of(decision: Decision | None) -> str:
    """Say the reason a person gave."""
    return " · ".join(filter(None, [decision.reason, decision.note])) if decision else ""
