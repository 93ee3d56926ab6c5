"""A decision in words: who decided what, and when."""

from __future__ import annotations

from bot.slack.cards import Decided, Verdict
from bot.slack.texts import said
from bot.slack.wording import day, moment


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
