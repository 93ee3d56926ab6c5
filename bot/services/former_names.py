"""What the PSA calls a client by now is looked up by what it called it before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.services.clients import BILLED_NAME
from bot.services.ids import client_key
from bot.services.known_again import names_now
from bot.services.ports import Books
from recon import Judgement, Judgements, Kind


def name_now(books: Books, name: str) -> str:
    """Give what the PSA calls a client by now, by a name it had for it, or that name's key."""
    known = books.clients.of(f"{BILLED_NAME}{client_key(name)}")
    return known.client if known and known.gone else name


def as_called_now(books: Books) -> Judgements:
    """Give what was said about names; what was said of a client holds under what the PSA calls it now as well."""
    judgements, now = books.answers.judgements(), names_now(books.clients.gone())
    return Judgements(tuple(said for one in judgements.said for said in _also_now(one, now)))


def _also_now(said: Judgement, now: Mapping[str, str]) -> Sequence[Judgement]:
    client = now.get(client_key(said.billed)) if said.kind is Kind.CLIENT else None
    return (said, replace(said, billed=client)) if client else (said,)
