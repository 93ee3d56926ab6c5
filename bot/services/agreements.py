"""People say where bought and billed may rightly differ: bundles, minimums, included and temporary seats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.services.agreed import RULES, agreed_rules
from bot.services.failures import Refused
from bot.services.former_names import name_now
from bot.services.ids import Clock, NewId, WorkspaceId
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promising import promise_run
from bot.services.rights import must_be_admin
from bot.services.runs import canonical
from recon import Rule, RuleKind, rules_from_text

Stated = Mapping[str, Any]
"""An agreement as it is kept, field by field; what says nothing is left out."""
MAY_BE_ABOUT_ALL = (RuleKind.BUNDLE, RuleKind.GRACE)
"""What narrows itself: a bundle names its products, and days of grace are few."""


class TooWide(Refused):
    """It would be about everything. Choose a client, name a product, or both."""


class EndsTooSoon(Refused):
    """It would end before it begins."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A rule, and the name it is known by as long as it says the same."""

    key: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Changed:
    """What was agreed on or ended, and whether there is a month to compare again."""

    agreement: Agreement
    is_compared: bool


@dataclass(frozen=True, slots=True)
class Agreements:
    """Keep what was agreed with clients."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    def all(self, workspace: WorkspaceId) -> tuple[Agreement, ...]:
        """List what holds, in the order it was agreed."""
        with self.ledger.look(workspace) as books:
            return tuple(map(_agreement, _kept(books)))

    def add(self, stated: Stated, by: Actor) -> Changed:
        """Let something hold from now on, and compare the newest month by it."""
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "say what is agreed")
            _must_make_sense(stated)
            stated = _as_called_now(books, stated)
            new = _agreement(stated)
            kept = _kept(books)
            if new.key in map(_key, kept):
                raise Refused("This is agreed already.")
            is_compared = self._keep(books, by, [*kept, stated], {"old": None, "new": dict(stated)})
        return Changed(new, is_compared)

    def end(self, key: str, by: Actor) -> Changed:
        """Let something hold no more."""
        with self.ledger.open(by.workspace) as books:
            must_be_admin(books, by, "say what is agreed")
            kept = _kept(books)
            ended = next((one for one in kept if _key(one) == key), None)
            if ended is None:
                raise Refused("This is not agreed any more.")
            rest = [one for one in kept if _key(one) != key]
            is_compared = self._keep(books, by, rest, {"old": dict(ended), "new": None})
        return Changed(_agreement(ended), is_compared)

    def _keep(self, books: Books, by: Actor, kept: list[Stated], told: Mapping[str, object]) -> bool:
        now = self.clock()
        books.settings.put(RULES, canonical(kept))
        books.audit.record(by.person, "agreement changed", "workspace", told, at=now)
        newest = books.runs.newest_applied()
        if newest:
            promise_run(books, newest.month, because=f"{RULES}:{self.new_id()}", at=now)
        return newest is not None


def _must_make_sense(stated: Stated) -> None:
    """Refuse what one careless click would say of every client's every product, and days the wrong way round."""
    if stated.get("kind") not in MAY_BE_ABOUT_ALL and not (stated.get("client") or stated.get("product")):
        raise TooWide
    if "" < stated.get("end", "") < stated.get("start", ""):
        raise EndsTooSoon


def _as_called_now(books: Books, stated: Stated) -> Stated:
    client = stated.get("client")
    return {**stated, "client": name_now(books, client)} if client else stated


def _kept(books: Books) -> list[Stated]:
    stated: list[Stated] = json.loads(agreed_rules(books))
    return stated


def _key(stated: Stated) -> str:
    return hashlib.sha256(canonical(dict(stated)).encode()).hexdigest()[:16]


def _agreement(stated: Stated) -> Agreement:
    (rule,) = rules_from_text(canonical([dict(stated)]))
    return Agreement(_key(stated), rule)
