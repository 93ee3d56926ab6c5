"""When people are at work, and how often a day they may be called upon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services.cadence import WEEK
from bot.services.calls import CHANNEL
from bot.services.failures import NotAllowed, Refused
from bot.services.ids import BOT, Clock, PersonId, WorkspaceId
from bot.services.people import Actor
from bot.services.planning import must_be_zone
from bot.services.ports import Books, Ledger
from bot.services.quiet import Quiet, quiet_from_text, quiet_to_text
from bot.services.rights import must_be_admin

QUIET, ZONE = "quiet", "zone"
EVERYBODY = ""
NO_LIMIT = 10**6  # calls a day in a channel, whose people are called one by one
MOST_CALLS = 1000


@dataclass(frozen=True, slots=True)
class Hours:
    """Know when people are left in peace: everybody, one person, one channel."""

    ledger: Ledger
    clock: Clock

    def of(self, workspace: WorkspaceId, to: str = EVERYBODY) -> Quiet:
        """Say when someone is left in peace."""
        with self.ledger.look(workspace) as books:
            return quiet_of(books, to)

    def zone(self, workspace: WorkspaceId, to: str = EVERYBODY) -> ZoneInfo:
        """Say in which time zone someone lives."""
        with self.ledger.look(workspace) as books:
            return zone_of(books, to)

    def begin(self, workspace: WorkspaceId, quiet: Quiet) -> bool:
        """Set everybody's hours where nobody has set them yet; say whether they were set."""
        with self.ledger.open(workspace) as books:
            if books.settings.get(QUIET) is not None:
                return False
            text = quiet_to_text(quiet)
            books.settings.put(QUIET, text)
            told = {"old": None, "new": text}
            books.audit.record(BOT, "quiet set", "workspace", told, at=self.clock())
        return True

    def knows_zone(self, workspace: WorkspaceId, person: PersonId, zone: str) -> None:
        """Learn from the directory in which time zone someone lives."""
        try:
            must_be_zone(zone)
        except Refused:
            return
        with self.ledger.look(workspace) as books:
            if books.settings.get(ZONE, person) == zone:
                return
        with self.ledger.open(workspace) as books:
            books.settings.put(ZONE, zone, person)


def must_set(books: Books, by: Actor, to: str) -> None:
    """Let people through to what is their own, and admins to all."""
    if to != by.person:
        must_be_admin(books, by, "set the hours of others")
    elif not books.people.get(by.person).is_active:
        raise NotAllowed("Only people of this workspace have hours here.")


def keep_quiet(books: Books, quiet: Quiet | None, by: Actor, to: str, *, at: datetime) -> None:
    """Keep somebody's hours, and write down what they were."""
    old, text = books.settings.get(QUIET, to), quiet_to_text(quiet) if quiet else None
    if old != text:
        books.settings.put(QUIET, text, to)
        books.audit.record(by.person, "quiet set", to or "workspace", {"old": old, "new": text}, at=at)


def quiet_of(books: Books, to: str) -> Quiet:
    """Look up when someone is left in peace; a channel without hours of its own has no limit of calls."""
    own = books.settings.get(QUIET, to) if to else None
    if own is not None:
        return quiet_from_text(own)
    usual = books.settings.get(QUIET)
    quiet = quiet_from_text(usual) if usual else Quiet()
    return replace(quiet, most=NO_LIMIT) if to.startswith(CHANNEL) else quiet


def zone_of(books: Books, to: str) -> ZoneInfo:
    """Look up in which time zone someone lives; where it is not known, it is the workspace's."""
    return ZoneInfo((books.settings.get(ZONE, to) if to else None) or books.workspace.time_zone)


def must_make_sense(quiet: Quiet) -> None:
    """Refuse hours in which nothing would ever be told, or that are none."""
    if quiet.days_off >= WEEK:
        raise Refused("With every day off, nothing would ever be told. Leave at least one day.")
    if not quiet.days_off <= WEEK:
        raise Refused("A week has seven days.")
    if not 0 <= quiet.most <= MOST_CALLS:
        raise Refused(f"{quiet.most} is no number of alerts a day; it is from 0 to {MOST_CALLS:,}.")
