"""What sets the pace: when things happen, and when people are left in peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.services.advising import Advising
from bot.services.hours import Hours
from bot.services.ids import Clock
from bot.services.manners import Manners
from bot.services.peace import Peace
from bot.services.planning import Planning
from bot.services.ports import Ledger
from bot.services.reminding import Reminding
from bot.services.retention import Retention
from bot.services.stale import Stale
from bot.services.ticking import Ticking


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The services of the clock, together."""

    ledger: Ledger
    clock: Clock
    keep_for: timedelta  # evidence, where nobody set how long

    @property
    def planning(self) -> Planning:
        """Says when things happen."""
        return Planning(self.ledger, self.clock)

    @property
    def hours(self) -> Hours:
        """Says when people are at work."""
        return Hours(self.ledger, self.clock)

    @property
    def manners(self) -> Manners:
        """Says how people and channels are spoken to."""
        return Manners(self.ledger, self.clock)

    @property
    def peace(self) -> Peace:
        """Says whether someone may be told something now."""
        return Peace(self.ledger, self.clock)

    @property
    def reminding(self) -> Reminding:
        """Says how long people have to decide."""
        return Reminding(self.ledger, self.clock)

    @property
    def ticking(self) -> Ticking:
        """Does what the clock asks for."""
        return Ticking(self.ledger, self.clock, self.retention)

    @property
    def retention(self) -> Retention:
        """Forgets evidence past its time."""
        return Retention(self.ledger, self.clock, self.keep_for)

    @property
    def stale(self) -> Stale:
        """Says which files are too old."""
        return Stale(self.ledger, self.clock)

    @property
    def advising(self) -> Advising:
        """Proposes a pace."""
        return Advising(self.ledger, self.clock)
