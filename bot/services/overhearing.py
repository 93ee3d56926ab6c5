"""Channels in which strangers read along: money is told there only where an admin allows it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.ids import Clock, WorkspaceId
from bot.services.people import Actor
from bot.services.ports import Ledger
from bot.services.promises import Promised, PromiseKind
from bot.services.rights import must_be_admin
from bot.services.silence import stands_in

ALLOWED = "money may be told among strangers"
ABOUT = "overheard"


@dataclass(frozen=True, slots=True)
class Overhearing:
    """Keep money from strangers, and let admins say where it may be told all the same."""

    ledger: Ledger
    clock: Clock

    def is_allowed(self, workspace: WorkspaceId, channel: str) -> bool:
        """Say whether an admin allowed it."""
        with self.ledger.look(workspace) as books:
            return books.settings.get(ALLOWED, channel) is not None

    def allow(self, channel: str, by: Actor) -> None:
        """Allow it from now on."""
        self._set(channel, by.person, by)

    def forbid(self, channel: str, by: Actor) -> None:
        """Allow it no more."""
        self._set(channel, None, by)

    def _set(self, channel: str, new: str | None, by: Actor) -> None:
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "say where money is told among strangers")
            old = books.settings.get(ALLOWED, channel)
            if bool(old) != bool(new):
                books.settings.put(ALLOWED, new, channel)
                done = "allowed money among strangers" if new else "forbade money among strangers"
                books.audit.record(by.person, done, channel, {"old": old, "new": new}, at=self.clock())

    def warn(self, workspace: WorkspaceId, channel: str, why: str, *, may_allow: bool = True) -> None:
        """Promise to tell the billing owner, once for each reason, that a channel is not told of money."""
        with self.ledger.look(workspace) as books:
            asked = stands_in(books) or books.workspace.billing_owner
        if asked is None:
            return
        told = {
            "person": asked,
            "about": ABOUT,
            "channel": channel,
            "why": why,
            "may_allow": "yes" if may_allow else "",
        }
        key = f"{ABOUT}:{channel}" if may_allow else f"{ABOUT}:{channel}:{why}"
        with self.ledger.open(workspace) as books:
            books.outbox.promise(Promised(key, PromiseKind.NOTICE, told), at=self.clock())
