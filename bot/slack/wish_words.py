"""What somebody asked for about a gap, as it is kept, and in words: what they want, and what was done then."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.services.decisions import Reason
from bot.services.runs import canonical
from bot.slack.asked import AboutGap, Approve, Assign, Dismiss, NotSame, SameAs, Sign, Snooze
from bot.slack.wording import day
from recon import Kind

CAN_WAIT = (Approve, Sign, Dismiss, Snooze, Assign, SameAs, NotSame)
"""What is worth doing later; to take a decision back is asked of those who may."""
VERBS: Mapping[str, type[AboutGap]] = {kind.__name__.casefold(): kind for kind in CAN_WAIT}
Words = tuple[str, str]
"""What somebody wants to do, and what was done then: `approve this`, `approved`."""
PLAIN: Mapping[type[AboutGap], Words] = {
    Approve: ("approve this", "approved"),
    Sign: ("sign this beside another", "signed"),
    NotSame: ("call the two names different", "called by two different names"),
}


def asked_to_text(asked: AboutGap) -> str:
    """Write what was asked for, so that it can be kept."""
    told = {name: getattr(asked, name) for name in type(asked).__slots__ if name != "seen"}
    written = {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}
    return canonical({"verb": type(asked).__name__.casefold(), **written})


def asked_from_text(text: str) -> AboutGap:
    """Read what was asked for."""
    told: dict[str, Any] = json.loads(text)
    kind = VERBS[told.pop("verb")]
    read: Mapping[str, Callable[[str], Any]] = {"until": date.fromisoformat, "reason": Reason, "kind": Kind}
    return kind(**{name: read[name](value) if value and name in read else value for name, value in told.items()})


def words_of(asked: AboutGap, assignee: str) -> Words:
    """Say what was asked for; `assignee` is what a person is called whom a gap is handed to."""
    match asked:
        case Dismiss(reason, until):
            rest = f" as {reason}" + (f" until {day(until)}" if until else "")
            return f"dismiss this{rest}", f"dismissed{rest}"
        case Snooze(until):
            return f"snooze this until {day(until)}", f"snoozed until {day(until)}"
        case Assign():
            return f"hand this to {assignee}", f"handed to {assignee}"
        case SameAs(name):
            return f"call this the same as “{name}”", f"called the same as “{name}”"
        case _:
            return PLAIN[type(asked)]
