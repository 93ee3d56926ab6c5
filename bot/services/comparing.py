"""Somebody asks for a month to be compared, without handing anything in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.failures import Refused
from bot.services.gathering import gather, last_word, must_be_readable
from bot.services.ids import Clock, NewId
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_run
from bot.services.readiness import look_at_month
from bot.services.runs import Run
from recon import Month

NOTHING_YET = "Nothing has been handed in yet. Drop what a vendor says was bought, and what the PSA bills."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A month that is compared now, or the run that says all there is to say of it."""

    month: Month
    known: Run | None = None


@dataclass(frozen=True, slots=True)
class Comparing:
    """Ask for months to be compared."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    def ask(self, month: Month | None, by: Actor) -> Wanted:
        """Promise to compare a month, the newest if none is named; one that would say nothing new has its run."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            wanted = month or newest_month(books)
            known = last_word(books, gather(books, wanted, now))
            if known:
                return Wanted(wanted, known)
            must_be_readable(books, wanted)
            promise_run(books, wanted, because=by.once or self.new_id(), at=now)
            books.audit.record(by.person, "asked to compare", str(wanted), {}, at=now)
            return Wanted(wanted)


def newest_month(books: Books) -> Month:
    """Name the newest month of which both sides are there, else the newest of all."""
    months = sorted(books.exports.months(), reverse=True)
    if not months:
        raise Refused(NOTHING_YET)
    return next((month for month in months if look_at_month(books, month).can_run), months[0])
