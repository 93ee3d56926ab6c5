"""A workspace begins, and people get their roles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.services.agreed import must_make_sense
from bot.services.failures import Refused
from bot.services.ids import BOT, Clock, PersonId, WorkspaceId
from bot.services.leaving import hand_back
from bot.services.people import Actor, Person, Workspace
from bot.services.planning import must_be_zone
from bot.services.ports import Ledger
from bot.services.rights import must_be_admin
from bot.services.wishes import grant_wishes


@dataclass(frozen=True, slots=True)
class Joining:
    """Introduce workspaces and people."""

    ledger: Ledger
    clock: Clock

    def install(self, workspace: Workspace, installer: Person) -> bool:
        """Begin a workspace's books with its first admin; say whether they are new."""
        now = self.clock()
        is_new = self.ledger.found(workspace, at=now)
        with self.ledger.open(workspace.id) as books:
            if not any(person.is_admin and person.is_colleague for person in books.people.all()):
                books.people.put(replace(installer, is_admin=True))
                if books.workspace.billing_owner is None:
                    books.put_workspace(replace(books.workspace, billing_owner=installer.id))
                books.audit.record(BOT, "installed", workspace.id, {"admin": installer.id}, at=now)
        return is_new

    def change(self, workspace: Workspace, by: Actor) -> None:
        """Change a workspace's name, billing owner or time zone."""
        must_be_zone(workspace.time_zone)
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "change the workspace")
            old = books.workspace
            books.put_workspace(replace(workspace, id=old.id))
            told = {"old": [old.billing_owner, old.time_zone], "new": [workspace.billing_owner, workspace.time_zone]}
            books.audit.record(by.person, "workspace changed", old.id, told, at=self.clock())

    def name_billing_owner(self, person: Person, by: Actor) -> None:
        """Say who hears of the clients nobody answers for; somebody who has left, or a guest, hears of nothing."""
        if not person.is_colleague:
            raise Refused(f"{person.name} {'is a guest' if person.is_guest else 'has left'}; who else shall it be?")
        with self.ledger.look(by.workspace) as books:
            workspace = books.workspace
        self.change(replace(workspace, billing_owner=person.id), by)

    def workspace(self, workspace: WorkspaceId) -> Workspace:
        """Give what is known of a workspace."""
        with self.ledger.look(workspace) as books:
            return books.workspace

    def introduce(self, person: Person, by: Actor) -> None:
        """Give a person their role; the last admin stays one."""
        if person.limit is not None:
            must_make_sense(person.limit.amount)
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "give people roles")
            old = books.people.get(person.id)
            if old.is_guest and (person.is_admin or person.is_approver):
                raise Refused(f"{old.name} is a guest, and guests decide nothing.")
            others = [one for one in books.people.all() if one.is_admin and one.is_colleague and one.id != person.id]
            if not others and not (person.is_admin and person.is_colleague):
                raise Refused(f"{person.name} is the last admin; make someone else one first.")
            books.people.put(person)
            told = {"old": _role(old), "new": _role(person)}
            books.audit.record(by.person, "role given", person.id, told, at=self.clock())
            grant_wishes(books, self.clock())

    def left(self, workspace: WorkspaceId, person: PersonId) -> None:
        """Learn from the directory that somebody has left; what they were handed goes to their client's people."""
        with self.ledger.open(workspace) as books:
            known = books.people.get(person)
            if known.is_active:
                books.people.put(replace(known, is_active=False))
                books.audit.record(BOT, "left", person, {}, at=self.clock())
                hand_back(books, self.clock())

    def known(self, workspace: WorkspaceId, person: PersonId) -> Person | None:
        """Give somebody, if anyone introduced them."""
        with self.ledger.look(workspace) as books:
            return books.people.find(person)

    def people(self, workspace: WorkspaceId) -> tuple[Person, ...]:
        """List everyone."""
        with self.ledger.look(workspace) as books:
            return tuple(books.people.all())


def _role(person: Person) -> list[object]:
    return [person.is_admin, person.is_approver, str(person.limit) if person.limit else None, person.is_active]
