"""What a person can ask for about a gap, by button or in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.services.decisions import Reason, Verb
from recon import Kind

EXPLAINED = {
    Reason.BUNDLED: "part of a package that is billed",
    Reason.TEMPORARY: "a loan, a trial or a project",
    Reason.RECENTLY_CANCELLED: "runs out with its term",
    Reason.INTENDED: "agreed with the client",
    Reason.NOT_OURS: "someone else bills it",
    Reason.NOISE: "not worth anyone's time",
}
"""What each reason means, in a few words."""


@dataclass(frozen=True, slots=True)
class Approve:
    """Correct what is billed, as it was shown in a version of the gap if that is known."""

    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign beside another person what they chose."""


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Leave it as it is, for good or until a day."""

    reason: Reason
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SameAs:
    """The client, or its product, goes by another name on the other side; which of the two may be left open."""

    name: str
    kind: Kind | None = None
    is_sure: bool = False  # also of two products that the vendor keeps apart


@dataclass(frozen=True, slots=True)
class NotSame:
    """The two names that were taken for one are two; whether of the client or the product may be left open."""

    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """Be quiet about it until a day."""

    until: date


@dataclass(frozen=True, slots=True)
class Assign:
    """Let someone else decide."""

    person: str  # as Slack knows them


@dataclass(frozen=True, slots=True)
class Why:
    """Explain it."""


@dataclass(frozen=True, slots=True)
class History:
    """Show the quantities of both sides over the months."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last decision back, or the last of a kind."""

    verb: Verb | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """What the command can be asked for as well, such as `gaps`."""

    words: str


@dataclass(frozen=True, slots=True)
class Help:
    """Say what can be asked for."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing that may be acted on; the sentence says what was missing, if it was nearly something."""

    sentence: str = ""


AboutGap = Approve | Sign | Dismiss | SameAs | NotSame | Snooze | Assign | Undo
Asked = AboutGap | Why | History | Command | Help | NotUnderstood
