"""Tokens and credentials, sealed before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.services.failures import AskForAccess
from bot.store.shelf import Shelf
from bot.store.tables import secrets

HOW = "Make a key with `gapwatch doctor --new-key` and set GAPWATCH_SECRET_KEYS to it."


@dataclass(frozen=True, slots=True)
class Safe:
    """Seals with the first key, opens with any: a new key is put in front, and old ones go after `rotate`."""

    keys: tuple[str, ...] = ()

    def seal(self, value: str) -> bytes:
        """Make a value unreadable without a key."""
        return self._fernet().encrypt(value.encode())

    def open(self, sealed: bytes) -> str:
        """Make it readable again."""
        try:
            return self._fernet().decrypt(sealed).decode()
        except InvalidToken as flaw:
            raise AskForAccess(
                "A kept secret can't be opened with the keys I have; is an old one missing in GAPWATCH_SECRET_KEYS?"
            ) from flaw

    def reseal(self, sealed: bytes) -> bytes:
        """Seal with the first key what was sealed with an older one."""
        return self.seal(self.open(sealed))

    def _fernet(self) -> MultiFernet:
        if not self.keys:
            raise AskForAccess(f"I have no key to keep secrets with. {HOW}")
        try:
            return MultiFernet([Fernet(key) for key in self.keys])
        except ValueError as flaw:
            raise AskForAccess(f"A key in GAPWATCH_SECRET_KEYS is no key. {HOW}") from flaw


@dataclass(frozen=True, slots=True)
class SecretsShelf:
    """The secrets of a workspace."""

    shelf: Shelf
    safe: Safe

    def keep(self, name: str, value: str, *, at: datetime) -> None:
        """Keep a secret sealed."""
        self.shelf.put(secrets, {"name": name, "sealed": self.safe.seal(value), "at": at})

    def get(self, name: str) -> str | None:
        """Give a secret, if it is kept."""
        row = self.shelf.found(secrets, name=name)
        return None if row is None else self.safe.open(row["sealed"])

    def forget(self, name: str) -> None:
        """Forget a secret."""
        self.shelf.drop(secrets, secrets.c.name == name)

    def rotate(self) -> int:
        """Seal everything with the first key; say how many there are."""
        rows = self.shelf.rows(secrets)
        for row in rows:
            self.shelf.change(secrets, secrets.c.name == row["name"], sealed=self.safe.reseal(row["sealed"]))
        return len(rows)
