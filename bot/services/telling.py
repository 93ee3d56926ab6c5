"""What was decided, as a person reads it."""

from __future__ import annotations

from bot.services.decisions import Decision, Verb
from bot.services.ports import Books

DONE = {
    Verb.APPROVE: "approved",
    Verb.DISMISS: "dismissed",
    Verb.SNOOZE: "snoozed",
    Verb.ASSIGN: "assigned",
    Verb.SAME: "called the same",
    Verb.DIFFERENT: "called different",
}


def say_decision(books: Books, decision: Decision) -> str:
    """Say who decided what and when."""
    who = books.people.get(decision.by).name
    second = f" and {books.people.get(decision.seconded_by).name}" if decision.seconded_by else ""
    why = f" as {decision.reason}" if decision.reason else ""
    until = f" until {decision.wakes_at.day} {decision.wakes_at:%b %Y}" if decision.wakes_at else ""
    return f"{who}{second} {DONE[decision.verb]} this{why}{until} on {decision.at.day} {decision.at:%b %Y, %H:%M} UTC."
