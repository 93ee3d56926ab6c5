"""What a person reads when something can't be done, named for what happens next."""

from __future__ import annotations

from datetime import timedelta

from recon import Stopped


class TryLater(Stopped):
    """Just now it is not possible; I will try again."""

    def __init__(self, sentence: str = "", *, after: timedelta = timedelta(seconds=30)) -> None:
        """Say how long to wait as well."""
        super().__init__(sentence)
        self.after = after


class AskForAccess(Stopped):
    """I am not allowed to do this; someone has to give me access."""


class Refused(Stopped):
    """As asked, it can be done neither now nor later."""


class NotAllowed(Refused):
    """You may not decide this."""


class NotFound(Refused):
    """There is no such thing in this workspace."""


class AlreadyDecided(Refused):
    """Someone has decided this already."""

    def __init__(self, sentence: str, *, winner: object) -> None:
        """Keep the decision that won, so that the message can be redrawn with it."""
        super().__init__(sentence)
        self.winner = winner


class MovedOn(Refused):
    """The gap has changed since you saw it."""


class TooLargeToKeep(Refused):
    """An amount is too large to be true."""
