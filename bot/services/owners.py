"""Who answers for which client."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO

from bot.services.failures import Refused
from bot.services.former_names import name_now
from bot.services.ids import Clock, PersonId, WorkspaceId, client_key
from bot.services.people import Actor, Owner, Person
from bot.services.ports import Books, Directory, Ledger
from bot.services.rights import must_be_admin
from bot.services.silence import is_silent, stands_in
from bot.services.wishes import grant_wishes

EXAMPLE = "It needs the columns client and email, and may have billing (another email), as in: client,email"
MOST_ROWS = 20_000
COLUMNS = {
    "client": ("client", "client name", "customer", "customer name", "company", "company name"),
    "email": ("email", "e-mail", "email address", "owner", "account manager", "account manager email"),
    "billing": ("billing", "billing email"),
}
"""What the columns of such a list may be called; the first is its own name."""


@dataclass(frozen=True, slots=True)
class OwnersRead:
    """What became of a list of owners."""

    owners: tuple[Owner, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owners:
    """Say who answers for whom."""

    ledger: Ledger
    directory: Directory
    clock: Clock

    def read(self, content: bytes, by: Actor) -> OwnersRead:
        """Set the owners a CSV names (`client,email`); a row that can't be used is told of, and the rest goes on."""
        with self.ledger.look(by.workspace) as books:
            must_be_admin(books, by, "import owners")
        rows = list(_rows(content))
        people = self._find_people(by.workspace, {email for row in rows for email in row[1:] if email})
        read = [_owner(number, row, people) for number, row in enumerate(rows, start=2)]
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "import owners")
            _introduce(books, people.values())
            named = (_called_now(books, owner) for owner in read if isinstance(owner, Owner))
            owners = {client_key(owner.client): owner for owner in named}
            known = {client_key(owner.client): owner for owner in books.owners.all()}
            for key, owner in owners.items():
                self._set(books, owner, known.get(key, Owner(client=owner.client)), by)
            grant_wishes(books, self.clock())
        return OwnersRead(tuple(owners.values()), tuple(problem for problem in read if isinstance(problem, str)))

    def set_owner(self, owner: Owner, by: Actor, *, leaves_channel: bool = False) -> Owner:
        """Set one client's owner; what is not given stays, except for a channel that is left."""
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "say who owns a client")
            owner = _called_now(books, owner)
            now = self._set(books, owner, books.owners.of(owner.client), by, leaves_channel=leaves_channel)
            grant_wishes(books, self.clock())
        return now

    def all(self, workspace: WorkspaceId) -> tuple[Owner, ...]:
        """List who owns whom."""
        with self.ledger.look(workspace) as books:
            return tuple(books.owners.all())

    def of(self, workspace: WorkspaceId, client: str) -> Owner:
        """Say who hears about a client: its owners who are there and want to, else the workspace's billing owner."""
        with self.ledger.look(workspace) as books:
            return who_hears(books, client)

    def name_now(self, workspace: WorkspaceId, name: str) -> str:
        """Give what the PSA calls a client by now, by a name it had for it, or that name's key."""
        with self.ledger.look(workspace) as books:
            return name_now(books, name)

    def unowned(self, workspace: WorkspaceId) -> tuple[str, ...]:
        """List the clients with gaps that nobody owns, most money first."""
        with self.ledger.look(workspace) as books:
            clients = dict.fromkeys(case.gap.client for case in books.cases.unclosed())
            owned = {client_key(owner.client) for owner in books.owners.all() if owner.people}
            return tuple(client for client in clients if client_key(client) not in owned)

    def _find_people(self, workspace: WorkspaceId, emails: set[str]) -> dict[str, Person]:
        """Find people among those who are known, and ask for the others one by one."""
        with self.ledger.look(workspace) as books:
            known = {person.email: person for person in books.people.all() if person.email}
        found = {email: known.get(email) or self.directory.by_email(workspace, email) for email in sorted(emails)}
        return {email: person for email, person in found.items() if person}

    def _set(self, books: Books, owner: Owner, old: Owner, by: Actor, *, leaves_channel: bool = False) -> Owner:
        new = replace(
            owner,
            manager=owner.manager or old.manager,
            billing=owner.billing or old.billing,
            channel=None if leaves_channel else owner.channel or old.channel,
        )
        if new != old:
            books.owners.put(new)
            told = {name: [one.manager, one.billing, one.channel] for name, one in (("old", old), ("new", new))}
            books.audit.record(by.person, "owner set", owner.client, told, at=self.clock())
        return new


def who_answers(books: Books, client: str) -> Owner:
    """Say who answers for a client: its owners who are still there, else the workspace's billing owner."""
    owner = books.owners.of(client)
    manager, billing = (_still_there(books, person) for person in (owner.manager, owner.billing))
    return replace(owner, manager=manager, billing=billing or (None if manager else books.workspace.billing_owner))


def who_hears(books: Books, client: str) -> Owner:
    """Say who hears about a client: those who answer for it and want alerts, else whoever stands in for them."""
    owner = who_answers(books, client)
    both = (owner.manager, owner.billing)
    manager, billing = (None if person and is_silent(books, person) else person for person in both)
    return replace(owner, manager=manager, billing=billing or (None if manager else stands_in(books)))


def _called_now(books: Books, owner: Owner) -> Owner:
    """Take a client for the one it is, though a list may still have a former name of it."""
    return replace(owner, client=name_now(books, owner.client))


def _still_there(books: Books, person: PersonId | None) -> PersonId | None:
    return person if person and books.people.get(person).is_colleague else None


def _introduce(books: Books, people: Iterable[Person]) -> None:
    """Keep people the directory knows; rights given to them before stay."""
    known = {person.id for person in books.people.all()}
    for person in people:
        if person.id not in known:
            books.people.put(person)


def _rows(content: bytes) -> Iterator[tuple[str, str, str]]:
    """Read client, email and billing email of each row."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    table = csv.DictReader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        headings = [name or "" for name in table.fieldnames or ()]
        columns = {meant_by(name): name for name in headings}
        if not {"client", "email"} <= columns.keys():
            seen = ", ".join(name.strip() for name in headings) or "nothing"
            raise Refused(f"I can't read this as a list of owners: I see {seen}. {EXAMPLE}")
        for number, row in enumerate(table):
            if number == MOST_ROWS:
                raise Refused(f"A list of owners has at most {MOST_ROWS:,} rows.")
            client, email, billing = ((row.get(columns.get(name, "")) or "").strip() for name in COLUMNS)
            yield client, email.lower(), billing.lower()
    except csv.Error as flaw:
        raise Refused(f"I can't read this as a CSV: {flaw}. {EXAMPLE}") from flaw


def meant_by(heading: str) -> str:
    """Say which column of a list of owners a heading names; none but for those it may have."""
    plain = " ".join(heading.casefold().split())
    return next((column for column, names in COLUMNS.items() if plain in names), "")


def is_list_of_owners(headings: Iterable[str]) -> bool:
    """Tell a list of owners from an export: it has a client, an email, and nothing else but billing, each once."""
    meant = [meant_by(heading) for heading in headings]
    return {"client", "email"} <= set(meant) <= {*COLUMNS} and len(meant) == len(set(meant))


def _owner(number: int, row: tuple[str, str, str], people: Mapping[str, Person]) -> Owner | str:
    client, email, billing = row
    unknown = [one for one in (email, billing) if one and one not in people]
    if not client or not (email or billing):
        return f"Row {number} names no {'email' if client else 'client'}."
    if unknown:
        is_email = "@" in unknown[0]
        return f"Row {number}: " + (
            f"I know nobody with the email {unknown[0]}." if is_email else f"“{unknown[0]}” is not an email."
        )
    named = [people[one] if one else None for one in (email, billing)]
    unable = next((one for one in named if one and not one.is_colleague), None)
    if unable:
        return f"Row {number}: {unable.name} {'is a guest' if unable.is_guest else 'has left'}. Name a colleague."
    manager, other = (one.id if one else None for one in named)
    return Owner(client=client, manager=manager, billing=other)
