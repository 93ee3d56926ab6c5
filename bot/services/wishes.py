"""What somebody wanted to decide and may not: kept until an admin lets them, and then done once, as it was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from bot.services.cases import Case, CaseState
from bot.services.computing import numbers_of
from bot.services.failures import MovedOn, NotFound, Refused
from bot.services.ids import CaseId, Clock, PersonId, WorkspaceId, short_key
from bot.services.people import Actor, may_decide
from bot.services.ports import Books, Ledger
from bot.services.promises import Promise, Promised, PromiseKind
from bot.services.rights import admin_to_ask
from bot.services.runs import canonical

WISH, WANTED = "wish", "right wanted"
LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one person wanted done about one gap, as it was then; the newest is the one that counts."""

    person: PersonId
    case: CaseId
    asked: str  # in words of whoever hears it
    at: datetime
    numbers: str  # of the gap, when it was asked
    proposal: str = ""  # what one person had signed by then
    channel: str = ""  # where it was asked; nowhere is in no channel
    thread: str = ""
    is_sent: bool = False  # an admin was asked

    @property
    def id(self) -> str:
        """Name it by who wants it about what."""
        return wish_id(self.person, self.case)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Keep what people want to decide, and see it done once they may."""

    ledger: Ledger
    clock: Clock

    def keep(self, wish: Wish, by: Actor, *, seen: int | None = None) -> Wish | None:
        """Keep what somebody wants; nothing, where no admin could let them or the gap is no longer what they saw."""
        with self.ledger.open(by.workspace) as books:
            gap = books.cases.get(wish.case)
            is_other = gap.state is not CaseState.OPEN or seen not in (None, gap.version)
            if is_other or books.people.get(by.person).is_guest or admin_to_ask(books) is None:
                return None
            kept = replace(wish, at=self.clock(), numbers=numbers_of(gap.gap), proposal=gap.proposal or "")
            known = _find(books, wish.id, self.clock())
            if known and replace(known, at=kept.at, is_sent=False) == kept:
                return known
            books.settings.put(WISH, _to_text(kept), kept.id)
            return kept

    def find(self, workspace: WorkspaceId, wish: str) -> Wish | None:
        """Give a wish, if it still waits."""
        with self.ledger.look(workspace) as books:
            return _find(books, wish, self.clock())

    def admin(self, workspace: WorkspaceId) -> PersonId | None:
        """Say which admin would be asked."""
        with self.ledger.look(workspace) as books:
            return admin_to_ask(books)

    def send(self, wish: str, by: Actor) -> tuple[Wish, PersonId]:
        """Promise to ask an admin, once however often it is wanted."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            kept, admin = _find(books, wish, now), admin_to_ask(books)
            if kept is None or kept.person != by.person:
                raise NotFound("This is over: what you wanted is done, or it was too long ago. Press its button again.")
            if admin is None:
                raise Refused("I found no admin with alerts on whom I could ask. Talk to one yourself.")
            if not kept.is_sent:
                kept = replace(kept, is_sent=True)
                books.settings.put(WISH, _to_text(kept), wish)
                books.audit.record(by.person, "asked to be let", kept.case, {"asked": kept.asked, "of": admin}, at=now)
            told = {"person": admin, "about": WANTED, "wish": wish}
            key = f"{WANTED}:{wish}:{kept.at.isoformat()}:{admin}"  # once for each admin, whoever it is by now
            books.outbox.promise(Promised(key, PromiseKind.NOTICE, told, place=admin), at=now)
            return kept, admin

    def must_still_be_so(self, workspace: WorkspaceId, wish: Wish) -> int:
        """Refuse what was asked of a gap that is another by now; the answer is its version."""
        with self.ledger.look(workspace) as books:
            gap = books.cases.get(wish.case)
        if gap.state is CaseState.OPEN and (numbers_of(gap.gap), gap.proposal or "") != (wish.numbers, wish.proposal):
            raise MovedOn(f"The gap has changed since: {gap.gap.sentence}")
        return gap.version

    def is_done(self, by: Actor) -> bool:
        """Say whether it was done before, and only not told."""
        with self.ledger.look(by.workspace) as books:
            return bool(by.once and books.heard.outcome(by.once))


def grant_wishes(books: Books, now: datetime) -> set[tuple[PersonId, CaseId]]:
    """Promise to do what people asked for and may do now; the answer is who hears about which gap so."""
    granted = set()
    for wish in list(_waiting(books, now)):
        gap, person = books.cases.get(wish.case), books.people.get(wish.person)
        if wish.is_sent and may_decide(person, books.owners.of(gap.gap.client), gap.assigned):
            books.settings.put(WISH, None, wish.id)
            told = {"wish": _to_text(wish), "client": gap.gap.client}
            books.outbox.promise(Promised(f"{WISH}:{wish.id}:{wish.at.isoformat()}", PromiseKind.WISH, told), at=now)
            granted.add((wish.person, wish.case))
    return granted


def is_wished(books: Books, person: PersonId, case: Case, now: datetime) -> bool:
    """Say whether somebody asked to decide about a gap."""
    wish = _find(books, wish_id(person, case.id), now)
    return wish is not None and wish.is_sent


def wish_of(promise: Promise) -> Wish:
    """Read what was asked for from the promise to do it."""
    return _from_text(promise.payload["wish"])


def wish_id(person: PersonId, case: CaseId) -> str:
    """Name what one person wants about one gap."""
    return short_key(f"{person}/{case}")


def _waiting(books: Books, now: datetime) -> Iterator[Wish]:
    """List what waits; what waited too long is forgotten."""
    for name, text in books.settings.scopes(WISH).items():
        wish = _from_text(text)
        if now - wish.at > LASTS:
            books.settings.put(WISH, None, name)
        else:
            yield wish


def _find(books: Books, wish: str, now: datetime) -> Wish | None:
    text = books.settings.get(WISH, wish)
    found = _from_text(text) if text else None
    return found if found and now - found.at <= LASTS else None


def _to_text(wish: Wish) -> str:
    return canonical({**asdict(wish), "at": wish.at.isoformat()})


def _from_text(text: str) -> Wish:
    told: Mapping[str, str] = json.loads(text)
    return Wish(**{**told, "at": datetime.fromisoformat(told["at"])})  # type: ignore[arg-type]
