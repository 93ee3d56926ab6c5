"""A decision in words: who decided what, and when."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.cards import Decided, Verdict
from bot.slack.texts import said
from bot.slack.wording import day, listed, moment


def decided_line(decided: Decided) -> str:
    """Say it with the moment: `Approved by Dana · today at 09:30`."""
    return f"*{decided_words(decided)}* · {moment(decided.at)}"


def decided_words(decided: Decided) -> str:
    """Say it for a notification, without the moment."""
    by = f"by {decided.by.plain}"
    also = f" and {decided.seconded_by.plain}" if decided.seconded_by else ""
    if decided.is_proposed:
        return wanted(decided)
    match decided.verdict:
        case Verdict.APPROVED:
            return f"Approved {by}{also}"
        case Verdict.DISMISSED:
            return f"Dismissed {by}{also}: {because(decided)}{until(decided)}"
        case Verdict.SNOOZED:
            return f"Snoozed {by}{until(decided)}"
        case Verdict.SAME:
            return f"{both_names(decided)} are the same, says {decided.by.plain}"
        case Verdict.NOT_SAME:
            return f"{both_names(decided)} are not the same, says {decided.by.plain}"


def decided_together(many: Sequence[Decided]) -> str:
    """Say what was decided with one click; the names that one was refused for are told in one breath."""
    pairs = [one.names for one in many if one.verdict is Verdict.NOT_SAME and one.names]
    if len(pairs) > 1 and len(pairs) == len(many):
        sides = [list(dict.fromkeys(f"“{said(name)}”" for name in side)) for side in zip(*pairs, strict=True)]
        (one, *others), refused = sorted(sides, key=len)
        if not others:
            return f"{one} is not {listed(refused, 'or', len(refused))}, says {many[0].by.plain}"
    return "; ".join(map(decided_words, many))


def wanted(decided: Decided) -> str:
    """Say what one person wants, and that a second must sign."""
    if decided.verdict is Verdict.APPROVED:
        return f"Approved by {decided.by.plain}; above their limit, so a second person must approve"
    what = f"{decided.by.plain} wants it dismissed: {because(decided)}{until(decided)}"
    return f"{what}; above their limit, so a second person must sign"


def because(decided: Decided) -> str:
    """Say the reason, and what was added to it."""
    note = f" ({said(decided.note, 200)})" if decided.note else ""
    return f"{decided.reason or 'no reason given'}{note}"


def until(decided: Decided) -> str:
    """Say when it wakes, if it does."""
    return f" until {day(decided.until)}" if decided.until else ""


def both_names(decided: Decided) -> str:
    """Name the two names."""
    bought, billed = decided.names or ("", "")
    return f"“{said(bought)}” and “{said(billed)}”"
