"""People, owners and settings as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping

from bot.services.ids import PersonId, client_key
from bot.services.people import Owner, Person
from bot.store.columns import to_money, to_units
from bot.store.shelf import Shelf
from bot.store.tables import owners, people, settings


@dataclass(frozen=True, slots=True)
class PeopleShelf:
    """The people of a workspace."""

    shelf: Shelf

    def get(self, person: PersonId) -> Person:
        """Give a person; one nobody introduced has no rights."""
        return self.find(person) or Person(id=person, name=person)

    def find(self, person: PersonId) -> Person | None:
        """Give a person, if somebody introduced them."""
        row = self.shelf.found(people, id=person)
        return _person(row) if row else None

    def put(self, person: Person) -> None:
        """Keep a person."""
        self.shelf.put(
            people,
            {
                "id": person.id,
                "name": person.name,
                "email": person.email,
                "is_admin": person.is_admin,
                "is_approver": person.is_approver,
                "limit_units": to_units(person.limit),
                "limit_currency": person.limit.currency if person.limit else None,
                "is_active": person.is_active,
                "is_guest": person.is_guest,
            },
        )

    def all(self) -> Sequence[Person]:
        """List everyone, by name."""
        return [_person(row) for row in self.shelf.rows(people, order=(people.c.name, people.c.id))]


def _person(row: RowMapping) -> Person:
    return Person(
        id=PersonId(row["id"]),
        name=row["name"],
        email=row["email"],
        is_admin=row["is_admin"],
        is_approver=row["is_approver"],
        limit=to_money(row["limit_units"], row["limit_currency"]),
        is_active=row["is_active"],
        is_guest=row["is_guest"],
    )


@dataclass(frozen=True, slots=True)
class OwnersShelf:
    """Who answers for which client."""

    shelf: Shelf

    def of(self, client: str) -> Owner:
        """Give a client's owner, nobody if there is none."""
        row = self.shelf.found(owners, client_key=client_key(client))
        return _owner(row) if row else Owner(client=client)

    def put(self, owner: Owner) -> None:
        """Keep a client's owner."""
        self.shelf.put(
            owners,
            {
                "client_key": client_key(owner.client),
                "client": owner.client,
                "manager": owner.manager,
                "billing": owner.billing,
                "channel": owner.channel,
            },
        )

    def drop(self, client: str) -> None:
        """Keep nobody for a client any more."""
        self.shelf.drop(owners, owners.c.client_key == client_key(client))

    def all(self) -> Sequence[Owner]:
        """List every client that has an owner."""
        return [_owner(row) for row in self.shelf.rows(owners, order=(owners.c.client, owners.c.client_key))]


def _owner(row: RowMapping) -> Owner:
    return Owner(client=row["client"], manager=row["manager"], billing=row["billing"], channel=row["channel"])


@dataclass(frozen=True, slots=True)
class SettingsShelf:
    """What was set, for the workspace or for one client."""

    shelf: Shelf

    def get(self, name: str, scope: str = "") -> str | None:
        """Give a setting, if it was set."""
        row = self.shelf.found(settings, name=name, scope=scope)
        return None if row is None else str(row["value"])

    def put(self, name: str, value: str | None, scope: str = "") -> None:
        """Set it; nothing takes it away."""
        if value is None:
            self.shelf.drop(settings, settings.c.name == name, settings.c.scope == scope)
        else:
            self.shelf.put(settings, {"name": name, "scope": scope, "value": value})

    def scopes(self, name: str) -> Mapping[str, str]:
        """Give a setting for each client that has its own."""
        rows = self.shelf.rows(settings, settings.c.name == name, settings.c.scope != "", order=(settings.c.scope,))
        return {row["scope"]: row["value"] for row in rows}
