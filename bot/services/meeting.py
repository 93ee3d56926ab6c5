"""The bot meets the people of a workspace: who is new, who has left, who is called otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.services.failures import Refused
from bot.services.hours import ZONE
from bot.services.ids import BOT, Clock, WorkspaceId
from bot.services.joining import Joining
from bot.services.leaving import hand_back
from bot.services.people import Person, Workspace
from bot.services.planning import must_be_zone
from bot.services.ports import Books, Ledger


@dataclass(frozen=True, slots=True)
class Met:
    """Someone as the directory knows them."""

    person: Person
    time_zone: str = ""
    is_admin: bool = False  # of the chat workspace: whoever could install the bot may say who may do what
    is_first: bool = False  # the workspace is theirs


@dataclass(frozen=True, slots=True)
class Meeting:
    """Bring what is known of people up to date; the rights they were given here stay."""

    ledger: Ledger
    clock: Clock

    def everyone(self, workspace: Workspace, people: Iterable[Met]) -> bool:
        """Begin a workspace's books if they are new, and keep everyone in them; say whether they are new."""
        met = list(people)
        first = _first_admin(met)
        zone = first.time_zone if _is_zone(first.time_zone) else "UTC"
        is_new = Joining(self.ledger, self.clock).install(replace(workspace, time_zone=zone), first.person)
        with self.ledger.open(workspace.id) as books:
            known = {person.id: person for person in books.people.all()}
            for one in met:
                self._keep(books, one, known.get(one.person.id))
            hand_back(books, self.clock())
        return is_new

    def one(self, workspace: WorkspaceId, someone: Met) -> None:
        """Keep somebody who was not known yet."""
        with self.ledger.open(workspace) as books:
            self._keep(books, someone, books.people.find(someone.person.id))
            hand_back(books, self.clock())

    def _keep(self, books: Books, one: Met, known: Person | None) -> None:
        if _is_zone(one.time_zone) and books.settings.get(ZONE, one.person.id) != one.time_zone:
            books.settings.put(ZONE, one.time_zone, one.person.id)
        if known is None:
            books.people.put(replace(one.person, is_admin=one.is_admin))
            return
        met = one.person
        now = replace(known, name=met.name, email=met.email, is_active=met.is_active, is_guest=met.is_guest)
        if now == known:
            return
        books.people.put(now)
        if known.is_active and not now.is_active:
            books.audit.record(BOT, "left", known.id, {}, at=self.clock())


def _first_admin(met: Sequence[Met]) -> Met:
    colleagues = [one for one in met if one.person.is_colleague]
    ranked = sorted(colleagues, key=lambda one: (not one.is_first, not one.is_admin))
    if not ranked:
        raise Refused("This workspace has no people yet.")
    return ranked[0]


def _is_zone(name: str) -> bool:
    try:
        must_be_zone(name)
    except Refused:
        return False
    return True
