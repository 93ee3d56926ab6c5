"""What waits to be told to someone, and what it is worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bot.services.calls import PERSON, to_channel
from bot.services.cases import ASKING, Case, CaseState, Happening
from bot.services.ids import client_key
from bot.services.owners import who_hears
from bot.services.ports import Books
from bot.services.promises import Promise, PromiseKind
from bot.services.silence import is_silent

CLIENT, CASE, OWNER, UNFIXED = "client:", "case:", "owner:", "unfixed:"
TO_ONE = (PromiseKind.NOTICE, PromiseKind.ESCALATION)
CALLING = (PromiseKind.ALERT, PromiseKind.REPLY, PromiseKind.NUDGE, *TO_ONE)
ACTED_ON = (CaseState.OPEN, CaseState.DECIDED)  # what is decided may still not be fixed
MOST = 5000


def about_client(client: str) -> str:
    """Name a client as what someone hears of: all its gaps together, once a day."""
    return f"{CLIENT}{client_key(client)}"


def subjects_of(case: Case) -> tuple[str, ...]:
    """Name a gap as what someone hears of: with its client, or by itself where it was handed to them."""
    if case.state is CaseState.OPEN:
        return about_client(case.gap.client), f"{CASE}{case.id}"
    return (f"{UNFIXED}{case.id}",)


def subject_of(promise: Promise) -> str:
    """Name what a promise calls someone about; nothing if it only tells."""
    told = promise.payload
    match promise.kind:
        case PromiseKind.REPLY:
            return _subject_of_reply(told)
        case PromiseKind.ALERT | PromiseKind.NUDGE:
            return about_client(told["client"])
        case PromiseKind.NOTICE:
            if told["about"] == "owner wanted":
                return f"{OWNER}{client_key(told['client'])}"
            return f"{CASE}{told['case']}" if told.get("case") else ""
        case PromiseKind.ESCALATION:
            return promise.key
        case _:
            return ""


def _subject_of_reply(told: Mapping[str, str]) -> str:
    happening = Happening(told["happening"])
    if happening is Happening.NOT_FIXED:
        return f"{UNFIXED}{told['case']}"
    return about_client(told["client"]) if happening in ASKING and "client" in told else ""


def waiting_for(books: Books, to: str, now: datetime) -> Iterator[str]:
    """Name what waits to be told to someone, or is just being told."""
    hearers: dict[str, tuple[str, ...]] = {}
    for promise in [*books.outbox.due(now, MOST, CALLING), *books.outbox.adrift(now)]:
        subject, client = subject_of(promise), promise.payload.get("client", "")
        if subject and promise.kind in TO_ONE and promise.payload["person"] == to:
            yield subject
        elif subject and promise.kind not in TO_ONE:
            hearers[client] = hearers.get(client) or _hearers(books, client)
            if to in hearers[client] and not _was_told(books, promise, to):
                yield subject


def _was_told(books: Books, promise: Promise, to: str) -> bool:
    """Say whether someone has a gap's message already, and only others still wait for it."""
    if promise.kind is not PromiseKind.ALERT or not promise.attempts:
        return False
    there = books.messages.of(f"{CASE}{promise.payload['case']}")
    return not there.keys().isdisjoint(books.messages.of(f"{PERSON}{to}"))


def _hearers(books: Books, client: str) -> tuple[str, ...]:
    owner = who_hears(books, client)
    channel = to_channel(owner.channel) if owner.channel else ""
    return (*owner.people, *([channel] if channel and not is_silent(books, channel) else []))


def asking_cases(books: Books) -> Sequence[Case]:
    """List the gaps that someone has to act on and that were spoken of, most money first."""
    return [case for case in books.cases.unclosed() if case.has_spoken and case.state in ACTED_ON]


def money_of_subjects(books: Books) -> Mapping[str, Decimal]:
    """Say what each client and gap is worth, to put them in order; currencies are not told apart for that."""
    worth: dict[str, Decimal] = defaultdict(Decimal)
    for case in asking_cases(books):
        for subject in subjects_of(case):
            worth[subject] += case.gap.monthly.amount
    return worth
