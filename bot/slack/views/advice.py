"""What would fit better, why, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator

from bot.services.advising import Advice
from bot.slack import names
from bot.slack.blocks import actions, button, context, section
from bot.slack.messages import Message, message
from bot.slack.views.schedule import days_of
from bot.slack.wording import Who, counted, seats, share
from recon import Money


def advice_message(advice: Advice, currency: str) -> Message:
    """Propose it with its reasons; a no is taken for good."""
    seen = advice.seen
    changes = f"{seats(seen.a_week)} {'change' if seen.a_week == 1 else 'changes'} a week"
    words = f"You have {counted(seen.clients, 'client')}, and I saw {changes}. I propose:"
    lines = [f"• {line}" for line in proposals(advice, currency)]
    return message(
        " ".join([words, *(line.removeprefix("• ") for line in lines)]),
        section("\n".join([f"*{words}*", *lines])),
        actions(
            button("Use this", names.TAKE_ADVICE, "workspace", style="primary"),
            button("Leave it as it is", names.LEAVE_ADVICE, "workspace"),
        ),
        context("I will not propose this again. You can change both at any time: /reconcile schedule, thresholds."),
    )


def proposals(advice: Advice, currency: str) -> Iterator[str]:
    """Say what would be set, and why."""
    if advice.cadence:
        yield f"Compare {days_of(advice.cadence)}, {pace(advice)}."
    if advice.limits:
        now, then = advice.told(advice.was), advice.told(advice.limits)
        part = share(int(advice.share(advice.limits) * 1000), 1000)
        whom = f"{counted(advice.seen.people, 'person', 'people')} would hear of {counted(then, 'client')}"
        limit = Money(advice.limits.min_money, currency)
        before = Money(advice.was.min_money, currency)
        why = f"{whom} instead of {now}, with {part} of the money"
        yield f"Alert on clients above {limit} a month instead of {before}: {why}."


def pace(advice: Advice) -> str:
    """Say why this often."""
    if not advice.cadence:
        return ""
    if advice.cadence.first_days == 0:
        return "because little changes here"
    return "because a lot changes here" if len(advice.cadence.weekdays) > 1 else "because things change all month"


def advice_taken(advice: Advice, currency: str, by: Who) -> Message:
    """Say what is set now, and by whom."""
    words = " ".join([f"{by.plain} took my advice:", *proposals(advice, currency)])
    return message(words, section(words))


def advice_left(by: Who) -> Message:
    """Say that all stays as it is."""
    words = f"{by.plain} left it as it is. I will not propose it again."
    return message(words, section(words))
