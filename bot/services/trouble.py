"""Someone who can do something about it is told what keeps promises from being kept, once a day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from bot.services.ids import Clock, WorkspaceId
from bot.services.ports import Ledger
from bot.services.promises import Promise, Promised, PromiseKind
from bot.services.rights import admin_to_ask
from recon import Stopped

TROUBLE = "trouble"
Tell = Callable[[WorkspaceId, Promise, Stopped], None]
"""Hears which promise can't be kept just now, or at all, and why."""


def tell_nobody(workspace: WorkspaceId, attempt: Promise, flaw: Stopped) -> None:
    """Leave it at what is written down with the promise."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Promise to tell the billing owner, or an admin, what is in the way."""

    ledger: Ledger
    clock: Clock

    def tell(self, workspace: WorkspaceId, attempt: Promise, flaw: Stopped, *, where: str = "") -> None:
        """Tell it once a day and place, which is `where` if that is known; that this can't be told is told nobody."""
        if attempt.payload.get("about") == TROUBLE:
            return
        now, why = self.clock(), str(flaw)
        named = hashlib.sha256(f"{where or attempt.place} {why}".encode(errors="replace")).hexdigest()[:16]
        with self.ledger.open(workspace) as books:
            person = admin_to_ask(books) or books.workspace.billing_owner
            if person is None:
                return
            told = {"person": person, "about": TROUBLE, "kind": attempt.kind.value, "why": why, "where": where}
            notice = Promised(f"trouble:{named}:{now.date()}", PromiseKind.NOTICE, told, place=person)
            books.outbox.promise(notice, at=now)
