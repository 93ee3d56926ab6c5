"""Nobody is disturbed out of hours, nor called upon too often; what waits loses nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.services.calls import Call, Way, to_channel
from bot.services.cases import Case
from bot.services.failures import Held, NotWanted
from bot.services.hours import quiet_of, zone_of
from bot.services.ids import Clock, WorkspaceId, client_key
from bot.services.ports import Books, Ledger
from bot.services.promises import PromiseState
from bot.services.promising import ESCALATION, cases_of, digest_of
from bot.services.quiet import next_open
from bot.services.silence import is_silent
from bot.services.waiting import CASE, OWNER, asking_cases, money_of_subjects, subjects_of, waiting_for

GATHERING = timedelta(minutes=10)  # before a digest is told
AWAKE = timedelta(hours=1)  # after someone handed something in
RECENT = 3  # months whose files are looked at to see who is awake
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What someone is told at the end, all at once: money first."""

    cases: tuple[Case, ...]
    unowned: tuple[str, ...]  # clients that nobody answers for


@dataclass(frozen=True, slots=True)
class Peace:
    """Say whether someone may be told something now."""

    ledger: Ledger
    clock: Clock

    def may_tell(self, workspace: WorkspaceId, to: str) -> None:
        """Let through what calls on nobody, except out of hours; then it is held."""
        with self.ledger.look(workspace) as books:
            _must_want_to_hear(books, to)
            _must_be_at_work(books, to, self.clock())

    def may_call(self, workspace: WorkspaceId, to: str, subject: str) -> Way:
        """Say how someone hears of a subject today; out of hours, and when their day is full, it is held.

        Of all that waits for them, what is worth most is told by itself, and the rest in one digest.
        """
        now = self.clock()
        with self.ledger.open(workspace) as books:
            _must_want_to_hear(books, to)
            _must_be_at_work(books, to, now)
            day = now.astimezone(zone_of(books, to)).date()
            known = _known(books, to, day)
            if subject not in known:
                _plan(books, to, day, subject, now)
                known = _known(books, to, day)
        if subject not in known:
            raise Held(self._tomorrow(workspace, to, day), now=now)
        return known[subject]

    def digest(self, workspace: WorkspaceId, to: str, day: date) -> Digest:
        """Give what is left of a day's digest: what still asks someone to act, and what has no owner."""
        with self.ledger.look(workspace) as books:
            subjects = set(
                _spelled_out(books, [one for one, way in _known(books, to, day).items() if way is Way.DIGEST])
            )
            cases = asking_cases(books)
            return Digest(
                cases=tuple(case for case in cases if not subjects.isdisjoint(subjects_of(case))),
                unowned=tuple(_unowned(books, subjects, cases)),
            )

    def _tomorrow(self, workspace: WorkspaceId, to: str, day: date) -> datetime:
        with self.ledger.look(workspace) as books:
            zone = zone_of(books, to)
            return next_open(quiet_of(books, to), zone, datetime.combine(day + A_DAY, time(), zone))


def _must_want_to_hear(books: Books, to: str) -> None:
    if is_silent(books, to):
        raise NotWanted


def _must_be_at_work(books: Books, to: str, now: datetime) -> None:
    """Hold what comes out of hours, unless who is told has just handed something in: they wait for it."""
    opens = next_open(quiet_of(books, to), zone_of(books, to), now)
    if opens > now and not _is_awake(books, to, now):
        raise Held(opens, now=now)


def _is_awake(books: Books, to: str, now: datetime) -> bool:
    months = list(books.exports.months())[-RECENT:]
    files = (file for month in months for file in books.exports.of_month(month) if now - file.at < AWAKE)
    return any(to in (file.by, to_channel(file.place.channel) if file.place else "") for file in files)


def _known(books: Books, to: str, day: date) -> Mapping[str, Way]:
    return {call.subject: call.way for call in books.calls.of(to, day)}


def _plan(books: Books, to: str, day: date, subject: str, now: datetime) -> None:
    """Settle how a subject, and all else that waits, is heard of today; once the digest is told, the rest waits."""
    known, digest = _known(books, to, day), digest_of(to, day, not_before=now + GATHERING)
    room = max(0, quiet_of(books, to).most - sum(way is Way.TOLD for way in known.values()))
    promised = books.outbox.find(digest.key)
    is_told = promised is not None and promised.state is not PromiseState.PENDING
    if is_told and not room:
        return
    worth = money_of_subjects(books)
    new = {subject, *waiting_for(books, to, now)} - known.keys()
    ranked = sorted(new, key=lambda one: (-worth.get(one, 0), one))
    ways = {one: Way.TOLD if place < room else Way.DIGEST for place, one in enumerate(ranked)}
    kept = {one: way for one, way in ways.items() if way is Way.TOLD or not is_told}
    books.calls.add(*(Call(to=to, day=day, subject=one, way=way, at=now) for one, way in kept.items()))
    if Way.DIGEST in kept.values():
        books.outbox.promise(digest, at=now)


def _spelled_out(books: Books, subjects: Collection[str]) -> Iterator[str]:
    """Name the gaps of an escalation one by one."""
    for subject in subjects:
        promised = books.outbox.find(subject) if subject.startswith(ESCALATION) else None
        yield from (f"{CASE}{case}" for case in cases_of(promised)) if promised else (subject,)


def _unowned(books: Books, subjects: Collection[str], cases: Collection[Case]) -> Iterator[str]:
    for client in dict.fromkeys(case.gap.client for case in cases):
        if f"{OWNER}{client_key(client)}" in subjects and not books.owners.of(client).people:
            yield client
