"""How much it takes for a gap to speak, and for one signature to be enough."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.agreed import (
    LIMITS,
    SECOND_ABOVE,
    USUAL,
    Agreed,
    limits_from_text,
    limits_to_text,
    must_make_sense,
    second_person_above,
    what_is_agreed,
)
from bot.services.former_names import name_now
from bot.services.ids import Clock, NewId, WorkspaceId, short_key
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_run
from bot.services.rights import must_be_admin
from bot.services.runs import canonical
from recon import Limits, Money


@dataclass(frozen=True, slots=True)
class LimitsChanged:
    """What limits were, and are now; a client's of none are the workspace's."""

    old: Limits | None
    new: Limits | None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Set what a month is compared by."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    def agreed(self, workspace: WorkspaceId) -> Agreed:
        """Say what is set."""
        with self.ledger.look(workspace) as books:
            return what_is_agreed(books)

    def second_person(self, workspace: WorkspaceId) -> Money | None:
        """Give the amount a month above which two people must sign."""
        with self.ledger.look(workspace) as books:
            return second_person_above(books)

    def set_limits(self, limits: Limits | None, by: Actor, *, client: str | None = None) -> LimitsChanged:
        """Set the workspace's limits or one client's; none takes a client's own away."""
        if limits is not None:
            must_make_sense(limits.min_money)
            must_make_sense(limits.min_seats)
        elif client is None:
            limits = USUAL
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "set thresholds")
            scope = short_key(name_now(books, client or "").strip().casefold())
            text = limits_to_text(limits) if limits else None
            old = self._put(books, by, LIMITS, text, scope=scope)
        before = limits_from_text(old) if old else (None if client else USUAL)
        return LimitsChanged(before, limits)

    def set_second_person(self, above: Money | None, by: Actor) -> Money | None:
        """Set the amount a month above which two people must approve; the answer is what it was."""
        if above is not None:
            must_make_sense(above.amount)
        text = canonical([f"{above.amount:f}", above.currency]) if above else None
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "set who must sign")
            was = second_person_above(books)
            self._put(books, by, SECOND_ABOVE, text)
        return was

    def _put(self, books: Books, by: Actor, name: str, value: str | None, *, scope: str = "") -> str | None:
        """Set something, write down who and from what to what, and compare the month again by it."""
        now, old = self.clock(), books.settings.get(name, scope)
        if old == value:
            return old
        books.settings.put(name, value, scope)
        told = {"client": scope, "old": old, "new": value}
        books.audit.record(by.person, f"{name} set", scope or "workspace", told, at=now)
        newest = books.runs.newest_applied()
        if newest:
            promise_run(books, newest.month, because=f"{name}:{self.new_id()}", at=now)
        return old
