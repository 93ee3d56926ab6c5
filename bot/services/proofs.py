"""The rows that prove a line of a statement: those its gap was found in then, whatever it is found in by now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.services.cases import Case
from bot.services.computing import state_gaps
from bot.services.failures import NotFound
from bot.services.following import Identity
from bot.services.ids import CaseId, RunId
from bot.services.ports import Books
from bot.services.postings import Posting
from bot.services.runs import Run
from recon import Month, read_document


@dataclass(frozen=True, slots=True)
class Proof:
    """A gap as a run found it."""

    case: CaseId
    month: Month
    run: RunId
    stated: str

    @property
    def gap(self) -> dict[str, Any]:
        """Give the gap as the core's document states it, with `why`."""
        found: dict[str, Any] = read_document(self.stated)["gaps"][0]
        return found


@dataclass(slots=True)
class _Results:
    """What runs found, read once each; of one whose result is past its time, nothing."""

    books: Books
    read: dict[RunId, tuple[Month, Mapping[Identity, str]]] = field(default_factory=dict)

    def of(self, run: RunId) -> tuple[Month, Mapping[Identity, str]]:
        if run not in self.read:
            known = self.books.runs.get(run)
            self.read[run] = (known.month, self._gaps(known))
        return self.read[run]

    def _gaps(self, run: Run) -> Mapping[Identity, str]:
        try:
            document = self.books.files.get(run.document).decode()
        except NotFound:
            return {}
        return {(gap.id, gap.direction): text for gap, text in state_gaps(document)}


def proofs_of(books: Books, postings: Iterable[Posting], cases: Mapping[CaseId, Case]) -> list[Proof]:
    """Prove each posting by the last run up to then that found its gap."""
    runs: dict[CaseId, list[tuple[datetime, RunId]]] = defaultdict(list)
    for event in books.cases.stories():
        runs[event.case] += [(event.at, event.run)] if event.run else []
    results = _Results(books)
    return [_prove(results, cases[one.case], [run for at, run in runs[one.case] if at <= one.at]) for one in postings]


def _prove(results: _Results, case: Case, runs: Sequence[RunId]) -> Proof:
    """Find the gap in the newest of some runs that has it; if none has any more, it is as it is known today."""
    identity = (case.gap.id, case.gap.direction)
    for run in reversed(runs):
        month, gaps = results.of(run)
        if identity in gaps:
            return Proof(case.id, month, run, gaps[identity])
    return Proof(case.id, case.month, case.run, case.stated)
