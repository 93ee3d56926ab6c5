"""Who acts, and what they may decide."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.ids import PersonId, WorkspaceId
from recon import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One MSP."""

    id: WorkspaceId
    name: str
    billing_owner: PersonId | None = None  # hears about clients without an owner
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone of the MSP."""

    id: PersonId
    name: str
    email: str | None = None
    is_admin: bool = False
    is_approver: bool = False
    limit: Money | None = None  # what they may approve alone; none is no limit of their own
    is_active: bool = True
    is_guest: bool = False  # of another company, or let in for a channel or two: decides nothing, sees nothing

    @property
    def is_colleague(self) -> bool:
        """Say whether they are here, and no guest: nobody else hears of money or decides."""
        return self.is_active and not self.is_guest


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for something; `once` names the click, so that a click delivered twice acts once."""

    workspace: WorkspaceId
    person: PersonId
    once: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who answers for a client."""

    client: str
    manager: PersonId | None = None  # the account manager
    billing: PersonId | None = None
    channel: str | None = None  # where its alerts go instead of a direct message

    @property
    def people(self) -> tuple[PersonId, ...]:
        """List who hears about the client, the account manager first."""
        return tuple(dict.fromkeys(person for person in (self.manager, self.billing) if person))


def may_decide(person: Person, owner: Owner, assigned: PersonId | None) -> bool:
    """Admins and approvers decide about every client, others about their own and what is assigned to them."""
    if not person.is_colleague:
        return False
    return person.is_admin or person.is_approver or person.id in owner.people or person.id == assigned


def may_sign_alone(person: Person, money: Money, second_above: Money | None) -> bool:
    """Say whether one signature is enough; a limit in another currency covers nothing."""
    limits = [limit for limit in (person.limit, second_above) if limit is not None]
    return all(is_within(money, limit) for limit in limits)


def may_second(person: Person, money: Money) -> bool:
    """Say whether this person's signature may stand beside another's: an admin's or approver's, within their limit."""
    is_trusted = person.is_colleague and (person.is_admin or person.is_approver)
    return is_trusted and (person.limit is None or is_within(money, person.limit))


def is_within(money: Money, limit: Money) -> bool:
    """Exactly the limit is within it."""
    return money.currency == limit.currency and money.amount <= limit.amount
