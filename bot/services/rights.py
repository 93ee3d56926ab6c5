"""Who may ask for what; whoever may not is told who can."""

from __future__ import annotations

from bot.services.cases import Case
from bot.services.failures import NotAllowed, NotYours
from bot.services.ids import PersonId
from bot.services.people import Actor, Person, may_decide
from bot.services.ports import Books
from bot.services.silence import is_silent


def must_be_admin(books: Books, by: Actor, what: str) -> Person:
    """Let only admins through."""
    person = books.people.get(by.person)
    if not (person.is_admin and person.is_colleague):
        raise NotAllowed(f"Only an admin may {what}. {_say_who(books, 'admins')}")
    return person


def admin_to_ask(books: Books) -> PersonId | None:
    """Say which admin is asked for what only admins can do: the billing owner if they are one, else the first.

    Whoever wants no alerts is asked nothing.
    """
    able = (person.id for person in books.people.all() if person.is_admin and person.is_colleague)
    admins = [person for person in able if not is_silent(books, person)]
    owner = books.workspace.billing_owner
    return owner if owner in admins else next(iter(admins), None)


def must_decide(books: Books, by: Actor, case: Case) -> Person:
    """Let those through who may decide about a gap."""
    return must_decide_about(books, by, case.gap.client, case)


def must_decide_about(books: Books, by: Actor, client: str, case: Case | None = None) -> Person:
    """Let those through who may decide about a client."""
    person = books.people.get(by.person)
    if not may_decide(person, books.owners.of(client), case.assigned if case else None):
        raise NotYours(f"You can't decide about {client}. {_say_who(books, 'admins and approvers')}")
    return person


def must_be_trusted(books: Books, by: Actor, what: str) -> Person:
    """Let admins and approvers through."""
    person = books.people.get(by.person)
    if not (person.is_colleague and (person.is_admin or person.is_approver)):
        raise NotAllowed(f"Only admins and approvers may {what}. {_say_who(books, 'admins and approvers')}")
    return person


def _say_who(books: Books, group: str) -> str:
    there = [person for person in books.people.all() if person.is_colleague]
    able = [one.name for one in there if one.is_admin or (one.is_approver and group != "admins")]
    return f"Ask {', '.join(able)}." if able else f"There are no {group} here yet."
