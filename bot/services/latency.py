"""How long it takes: from the evidence to the bot's seeing it, and from there to somebody's doing something."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from bot.services.cases import CaseEvent, Happening
from bot.services.failures import NotFound
from bot.services.ids import BOT, CaseId, Digest, RunId
from bot.services.ports import Books
from bot.services.spans import Span

SEEN = (Happening.OPENED, Happening.SPOKE, Happening.REOPENED)
ACTED = (Happening.DECIDED, Happening.PROPOSED, Happening.ASSIGNED)


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians; none where there was nothing to measure."""

    to_seen: timedelta | None  # from the last of the files a gap was found in, to the run that found it
    to_acted: timedelta | None  # from its first being told, to the first thing a person did about it
    seen: int
    acted: int


def measure_latency(books: Books, span: Span) -> Latency:
    """Measure the gaps that were first seen, and those that were first acted on, in a span."""
    stories = list(books.cases.stories())
    seen = [(one.run, one.at) for one in stories if one.run and one.happening in SEEN and span.holds(one.at)]
    evidence = {run: evidence_at(books, run) for run in {run for run, _ in seen}}
    to_seen = [at - came for came, at in ((evidence[run], at) for run, at in seen) if came]
    to_acted = [took for took, at in reactions(stories) if span.holds(at)]
    return Latency(middle(to_seen), middle(to_acted), len(to_seen), len(to_acted))


def reactions(stories: Iterable[CaseEvent]) -> Iterator[tuple[timedelta, datetime]]:
    """Say how long each gap that spoke waited for the first thing a person did about it, and when that was."""
    seen: dict[CaseId, datetime] = {}
    for event in stories:
        if event.happening in SEEN:
            seen.setdefault(event.case, event.at)
        elif event.happening in ACTED and event.by != BOT and event.case in seen:
            yield event.at - seen.pop(event.case), event.at


def evidence_at(books: Books, run: RunId) -> datetime | None:
    """Say when the last of a run's files came in; none if that is no longer known."""
    try:
        used = json.loads(books.files.get(books.runs.get(run).hashes["files"]))
    except NotFound:
        return None
    return max(books.exports.came(Digest(one[3]) for one in used).values(), default=None)


def middle(spans: list[timedelta]) -> timedelta | None:
    """Give the median; of an even number, the lower of the two in the middle."""
    return median_low(spans) if spans else None
