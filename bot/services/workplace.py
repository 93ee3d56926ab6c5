"""How a workspace wants things: where results go, in which currency, how long evidence stays, how pictures look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.services.agreed import CURRENCY, GRACE_DAYS
from bot.services.failures import Refused
from bot.services.ids import Clock, NewId, WorkspaceId
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_run
from bot.services.rights import must_be_admin

HOME, KEEP_DAYS, LOOK = "home channel", "keep days", "look of pictures"
LETTERS = 3  # of a currency
MOST_GRACE, LEAST_KEPT, MOST_KEPT = 366, 90, 3660


class Look(StrEnum):
    """What pictures are looked at on."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """What is set for the whole workspace."""

    home: str = ""  # the channel results are told in; none is the one named when the bot was installed
    currency: str = "USD"
    grace_days: int = 7
    keep_days: int | None = None  # none is what was named when the bot was installed
    look: Look = Look.LIGHT


@dataclass(frozen=True, slots=True)
class Workplaces:
    """Set what holds for the whole workspace."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    def of(self, workspace: WorkspaceId) -> Workplace:
        """Say what is set."""
        with self.ledger.look(workspace) as books:
            return workplace_of(books)

    def change(self, wanted: Workplace, by: Actor) -> Mapping[str, tuple[str, str]]:
        """Set it all at once; the answer is what changed, from what to what."""
        for flaw in find_flaws(wanted).values():
            raise Refused(flaw)
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "change these settings")
            old, new = _written(workplace_of(books)), _written(wanted)
            changed = {name: (old[name], new[name]) for name in new if old[name] != new[name]}
            if changed:
                _keep(books, wanted)
                told = {name: {"old": was, "new": value} for name, (was, value) in changed.items()}
                books.audit.record(by.person, "settings changed", "workspace", told, at=now)
            newest = books.runs.newest_applied()
            if newest and changed.keys() & {CURRENCY, GRACE_DAYS}:
                promise_run(books, newest.month, because=f"settings:{self.new_id()}", at=now)
        return changed


def workplace_of(books: Books) -> Workplace:
    """Look up what is set; what nobody set is as it comes."""
    usual = Workplace()
    grace, keep = (books.settings.get(name) for name in (GRACE_DAYS, KEEP_DAYS))
    return Workplace(
        home=books.settings.get(HOME) or "",
        currency=books.settings.get(CURRENCY) or usual.currency,
        grace_days=int(grace) if grace else usual.grace_days,
        keep_days=int(keep) if keep else None,
        look=Look(books.settings.get(LOOK) or usual.look),
    )


def kept_for(books: Books, usual: timedelta) -> timedelta:
    """Say how long evidence is kept: as long as was set here, else as long as was named at the start."""
    days = books.settings.get(KEEP_DAYS)
    return timedelta(days=int(days)) if days else usual


def find_flaws(wanted: Workplace) -> dict[str, str]:
    """Say of each setting that can't be meant what it may be."""
    code, keep = wanted.currency, wanted.keep_days
    flaws = {}
    if len(code) != LETTERS or not (code.isascii() and code.isalpha() and code.isupper()):
        flaws[CURRENCY] = f"“{code}” is no currency; write it like USD."
    if not 0 <= wanted.grace_days <= MOST_GRACE:
        flaws[GRACE_DAYS] = f"{wanted.grace_days} is no number of days to wait; it is from 0 to {MOST_GRACE}."
    if keep is not None and not LEAST_KEPT <= keep <= MOST_KEPT:
        flaws[KEEP_DAYS] = f"Evidence is kept from {LEAST_KEPT} to {MOST_KEPT:,} days, not {keep}."
    return flaws


def _keep(books: Books, wanted: Workplace) -> None:
    books.settings.put(HOME, wanted.home or None)
    books.settings.put(CURRENCY, wanted.currency)
    books.settings.put(GRACE_DAYS, str(wanted.grace_days))
    books.settings.put(KEEP_DAYS, str(wanted.keep_days) if wanted.keep_days is not None else None)
    books.settings.put(LOOK, wanted.look.value)


def _written(workplace: Workplace) -> dict[str, str]:
    return {
        HOME: workplace.home,
        CURRENCY: workplace.currency,
        GRACE_DAYS: str(workplace.grace_days),
        KEEP_DAYS: str(workplace.keep_days or ""),
        LOOK: workplace.look.value,
    }
