"""The decisions that stand, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack import names
from bot.slack.blocks import button, section
from bot.slack.cards import Decided
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.decided import decided_line
from bot.slack.views.lists import first
from bot.slack.wording import counted


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that stands, and what it is about."""

    id: str
    decided: Decided
    client: str = ""
    product: str = ""


def decision_list(standing: Sequence[Standing]) -> Message:
    """List what stands, the newest on top."""
    if not standing:
        return message("No decision stands.", section("No decision stands."))
    words = f"{counted(len(standing), 'decision')} in force."
    lines = (section(line(one), button("Take back", names.TAKE_BACK, one.id)) for one in standing)
    rest = "take some back to see them."
    return message(words, section(f"*{words}*"), *first(lines, len(standing), "decision", rest))


def line(one: Standing) -> str:
    """Say one decision, and what it is about."""
    about = ", ".join(said(name, 60) for name in (one.client, one.product) if name)
    return "\n".join(filter(None, [f"*{about}*" if about else "", decided_line(one.decided)]))
