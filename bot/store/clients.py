"""By what clients are known again, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping

from bot.services.clients import BILLED_NAME
from bot.services.known_again import Sign
from bot.store.shelf import Shelf
from bot.store.tables import signs


@dataclass(frozen=True, slots=True)
class ClientsShelf:
    """The names and ids of a workspace's clients."""

    shelf: Shelf

    def signs(self) -> Mapping[str, Sign]:
        """Give every sign, and the client it is one of."""
        return {row["sign"]: _sign(row) for row in self.shelf.rows(signs, order=(signs.c.sign,))}

    def gone(self) -> Sequence[Sign]:
        """List the names that the PSA has for no client any more."""
        return [_sign(row) for row in self.shelf.rows(signs, signs.c.gone.is_not(None), order=(signs.c.sign,))]

    def of(self, sign: str) -> Sign | None:
        """Give whose sign it is, if it was ever seen."""
        row = self.shelf.found(signs, sign=sign)
        return _sign(row) if row else None

    def put(self, *known: Sign) -> None:
        """Keep whose signs these are."""
        rows = [{"sign": one.sign, "client": one.client, "since": one.since, "gone": one.gone} for one in known]
        self.shelf.put(signs, *rows)

    def names_of(self, client: str) -> Sequence[str]:
        """Give the keys of the names that the PSA has, or had, for a client."""
        mine = (signs.c.client == client, signs.c.sign.startswith(BILLED_NAME, autoescape=True))
        return [str(sign).removeprefix(BILLED_NAME) for sign in self.shelf.values(signs.c.sign, signs, *mine)]


def _sign(row: RowMapping) -> Sign:
    return Sign(row["sign"], row["client"], since=row["since"], gone=row["gone"])
