"""What a person reads when something can't be done, named for what happens next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from polars.exceptions import PanicException

from bot.services.decisions import Decision
from recon import Stopped

FAULTS = (Exception, PanicException)
"""What a fault of ours raises; the library the core counts with has a word of its own for one of its own."""


class TryLater(Stopped):
    """Just now it is not possible; I will try again."""

    def __init__(self, sentence: str = "", *, after: timedelta = timedelta(seconds=30)) -> None:
        """Say how long to wait as well."""
        super().__init__(sentence)
        self.after = after


class Held(TryLater):
    """Nobody is disturbed now; it is brought when they are at work."""

    def __init__(self, until: datetime, *, now: datetime) -> None:
        """Say until when."""
        super().__init__(f"Held until {until.astimezone(UTC):%d %b %Y, %H:%M} UTC.", after=until - now)
        self.until = until


class Unclear(Stopped):
    """The answer was lost: it may or may not have arrived. I will look before I try again."""


class AskForAccess(Stopped):
    """I am not allowed to do this; someone has to give me access."""


class Refused(Stopped):
    """As asked, it can be done neither now nor later."""


class DayHasPassed(Refused):
    """That day has passed already."""


class Unreachable(Refused):
    """Nothing can be said there."""


class CutOff(Refused):
    """I was cut off each time I tried, so I gave up. It may need more memory than there is."""


class NotAllowed(Refused):
    """You may not decide this."""


class NotWanted(Refused):
    """Whoever would hear of this wants no alerts; it stays in the lists."""


class NotYours(NotAllowed):
    """You may not decide about this client."""

    wish = ""  # what they wanted, if it was kept


class TwoProducts(Refused):
    """These are two products to the vendor, so I changed nothing."""

    def __init__(self, mine: str, other: str) -> None:
        """Name the gap's product as people read it, and what it was said to be."""
        self.told = f"“{mine}” and “{other}” are two products to the vendor, so I changed nothing."
        super().__init__(f"{self.told} If they are one at every client all the same, reply: yes, same as {other}")


class NotFound(Refused):
    """There is no such thing in this workspace."""


class AlreadyDecided(Refused):
    """Someone has decided this already."""

    def __init__(self, sentence: str, *, winner: Decision) -> None:
        """Keep the decision that won, so that the message can be redrawn with it."""
        super().__init__(sentence)
        self.winner = winner


class MovedOn(Refused):
    """The gap has changed since you saw it."""


class TooLargeToKeep(Refused):
    """An amount is too large to be true."""
