"""How somebody is spoken to, set all at once: their hours, whether alerts come at all, what is said aloud."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services.aloud import ALOUD, Aloud, aloud_in, keep_aloud
from bot.services.calls import CHANNEL, to_channel
from bot.services.cases import ASKING, Case, CaseState, Happening
from bot.services.failures import Refused
from bot.services.hours import QUIET, keep_quiet, must_make_sense, must_set
from bot.services.ids import Clock, PersonId, WorkspaceId
from bot.services.owners import who_answers, who_hears
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promises import Promised, PromiseKind
from bot.services.quiet import Quiet, quiet_from_text, quiet_to_text
from bot.services.runs import canonical
from bot.services.silence import answered_for, is_silent, keep_silence, silent_since, stands_in
from bot.services.waiting import asking_cases

SILENCE = "silence"
WAITED = "digest:waited:"
TO_REPENT = timedelta(minutes=10)  # before others hear what somebody no longer wants to
BEGINS = (Happening.OPENED, *(one for one in ASKING if one is not Happening.NOT_FIXED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How somebody is spoken to; no hours are everybody's."""

    quiet: Quiet | None = None
    is_silent: bool = False
    aloud: Aloud = Aloud.JUMPS


@dataclass(frozen=True, slots=True, kw_only=True)
class MannerChanged:
    """How somebody was spoken to, how they are now, and who hears what they do not."""

    was: Manner
    now: Manner
    heirs: tuple[PersonId, ...] = ()
    is_missed: bool = False  # they answer for clients


@dataclass(frozen=True, slots=True)
class Manners:
    """Set how a person or a channel is spoken to."""

    ledger: Ledger
    clock: Clock

    def of(self, workspace: WorkspaceId, to: str) -> Manner:
        """Say how somebody is spoken to."""
        with self.ledger.look(workspace) as books:
            return manner_of(books, to)

    def change(self, manner: Manner, by: Actor, to: str) -> MannerChanged:
        """Set it all at once; people set their own, admins everybody's and the channels'."""
        with self.ledger.open(by.workspace) as books:
            return self._set(books, manner, by, to)

    def put_back(self, was: Manner, now: Manner, by: Actor, to: str) -> MannerChanged:
        """Set it back to what it was, unless it was set anew meanwhile."""
        with self.ledger.open(by.workspace) as books:
            if manner_of(books, to) != now:
                raise Refused("It was set anew since, so I put nothing back.")
            return self._set(books, was, by, to)

    def is_silent(self, workspace: WorkspaceId, to: str) -> bool:
        """Say whether somebody, or a channel, wants no alerts."""
        with self.ledger.look(workspace) as books:
            return is_silent(books, to)

    def aloud(self, workspace: WorkspaceId, to: str) -> Aloud:
        """Say what is said in a channel itself."""
        with self.ledger.look(workspace) as books:
            return aloud_in(books, to)

    def stands_in(self, workspace: WorkspaceId) -> PersonId | None:
        """Say who hears what nobody else does."""
        with self.ledger.look(workspace) as books:
            return stands_in(books)

    def inherited(self, workspace: WorkspaceId, silent: str, heir: PersonId) -> tuple[Case, ...]:
        """List the gaps somebody hears of because another wants no alerts, most money first."""
        with self.ledger.look(workspace) as books:
            asked = (case for case in asking_cases(books) if case.state is CaseState.OPEN)
            return tuple(
                case
                for case in asked
                if silent in _would_hear(books, case) and heir in who_hears(books, case.gap.client).people
            )

    def waited(self, workspace: WorkspaceId, to: str, since: datetime) -> tuple[Case, ...]:
        """List what somebody was not told while they wanted no alerts, and still asks them to act."""
        with self.ledger.look(workspace) as books:
            news = {
                CaseState.OPEN: books.cases.last_told(BEGINS),
                CaseState.DECIDED: books.cases.last_told([Happening.NOT_FIXED]),
            }
            asked = (case for case in asking_cases(books) if news[case.state].get(case.id, since) > since)
            return tuple(case for case in asked if to in _would_hear(books, case))

    def _set(self, books: Books, manner: Manner, by: Actor, to: str) -> MannerChanged:
        _must_be_possible(manner, to)
        must_set(books, by, to)
        now, was = self.clock(), manner_of(books, to)
        if was.quiet != manner.quiet:
            keep_quiet(books, manner.quiet, by, to, at=now)
        if was.aloud != manner.aloud:
            keep_aloud(books, to, manner.aloud)
            books.audit.record(by.person, f"{ALOUD} set", to, {"old": was.aloud, "new": manner.aloud}, at=now)
        changed = MannerChanged(was=was, now=manner)
        if was.is_silent and not manner.is_silent:
            self._speak_again(books, by, to, now)
        if manner.is_silent and not was.is_silent:
            clients = _clients_of(books, to)
            heirs = self._fall_silent(books, by, to, clients, now)
            changed = replace(changed, heirs=heirs, is_missed=bool(clients))
        return changed

    def _fall_silent(
        self, books: Books, by: Actor, to: str, clients: Sequence[str], now: datetime
    ) -> tuple[PersonId, ...]:
        """Tell nothing from now on; those who hear it instead are told so, and what waits, once."""
        keep_silence(books, to, now)
        heard = [person for client in clients for person in who_hears(books, client).people]
        is_heard_of = clients or to.startswith(CHANNEL)
        heirs = tuple(dict.fromkeys(filter(None, [*heard, *([stands_in(books)] if is_heard_of else [])])))
        for heir in heirs:
            told = {"person": heir, "about": SILENCE, "who": to, "by": by.person}
            key = f"{SILENCE}:{to}:{now.isoformat()}:{heir}"
            books.outbox.promise(Promised(key, PromiseKind.NOTICE, told, now + TO_REPENT), at=now)
        books.audit.record(by.person, "alerts switched off", to, {"heirs": [*heirs]}, at=now)
        return heirs

    def _speak_again(self, books: Books, by: Actor, to: str, now: datetime) -> None:
        """Tell from now on, and what waited at once."""
        since = silent_since(books, to)
        keep_silence(books, to, None)
        if since:
            told = {"to": to, "since": since.isoformat()}
            books.outbox.promise(Promised(f"{WAITED}{to}:{now.isoformat()}", PromiseKind.DIGEST, told), at=now)
        books.audit.record(by.person, "alerts switched on", to, {"since": str(since or "")}, at=now)


def manner_of(books: Books, to: str) -> Manner:
    """Look up how somebody is spoken to."""
    text = books.settings.get(QUIET, to)
    quiet = quiet_from_text(text) if text else None
    return Manner(quiet=quiet, is_silent=is_silent(books, to), aloud=aloud_in(books, to))


def _clients_of(books: Books, to: str) -> list[str]:
    """Name the clients somebody hears about; the billing owner hears about those nobody else does."""
    own = [owner.client for owner in answered_for(books, to)]
    return [*own, *([""] if to == books.workspace.billing_owner else [])]


def manner_to_text(manner: Manner) -> str:
    """Write it as it travels with a button."""
    quiet = quiet_to_text(manner.quiet) if manner.quiet else ""
    return canonical({"quiet": quiet, "silent": manner.is_silent, "aloud": manner.aloud})


def manner_from_text(text: str) -> Manner:
    """Read it as it travels with a button."""
    told = json.loads(text)
    quiet = quiet_from_text(told["quiet"]) if told["quiet"] else None
    return Manner(quiet=quiet, is_silent=told["silent"], aloud=Aloud(told["aloud"]))


def _must_be_possible(manner: Manner, to: str) -> None:
    if manner.quiet is not None:
        must_make_sense(manner.quiet)
    if manner.is_silent and not to:
        raise Refused("Not everybody at once can want no alerts: each says so for themselves.")
    if manner.aloud is not Aloud.JUMPS and not to.startswith(CHANNEL):
        raise Refused("Only a channel has threads to say things beside.")


def _would_hear(books: Books, case: Case) -> Collection[str]:
    """Name all who would hear of a gap if they wanted to."""
    owner = who_answers(books, case.gap.client)
    people = (case.assigned,) if case.assigned else owner.people
    return {*people, *([to_channel(owner.channel)] if owner.channel else [])}
