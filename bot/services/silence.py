"""Somebody, or a channel, wants no alerts: nothing comes of itself, and what was theirs to hear goes to another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.services.calls import CHANNEL, to_channel
from bot.services.ids import PersonId
from bot.services.people import Owner
from bot.services.ports import Books

SILENT = "no alerts since"


def is_silent(books: Books, to: str) -> bool:
    """Say whether a person, or a channel, wants no alerts."""
    return silent_since(books, to) is not None


def silent_since(books: Books, to: str) -> datetime | None:
    """Say since when somebody wants no alerts."""
    kept = books.settings.get(SILENT, to) if to else None
    return datetime.fromisoformat(kept) if kept else None


def keep_silence(books: Books, to: str, since: datetime | None) -> None:
    """Keep since when somebody wants no alerts; none is that they want them."""
    books.settings.put(SILENT, since.isoformat() if since else None, to)


def stands_in(books: Books) -> PersonId | None:
    """Say who hears what nobody else does: the billing owner, or an admin where they have left or want no alerts."""
    owner = books.workspace.billing_owner
    hears = owner is None or (books.people.get(owner).is_colleague and not is_silent(books, owner))
    return owner if hears else admin_who_hears(books)


def admin_who_hears(books: Books) -> PersonId | None:
    """Name the first admin who wants alerts."""
    admins = (person.id for person in books.people.all() if person.is_admin and person.is_colleague)
    return next((admin for admin in admins if not is_silent(books, admin)), None)


def answered_for(books: Books, to: str) -> Iterable[Owner]:
    """List the clients of a person, or those that are told of in a channel."""
    for owner in books.owners.all():
        told = to_channel(owner.channel) if owner.channel and to.startswith(CHANNEL) else ""
        if to in owner.people or to == told:
            yield owner
