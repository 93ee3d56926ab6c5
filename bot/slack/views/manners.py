"""How somebody is spoken to from now on, and what another hears instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.services.manners import MannerChanged
from bot.services.quiet import Quiet
from bot.slack import names
from bot.slack.blocks import actions, button, section
from bot.slack.messages import Message, message
from bot.slack.views.client import totals
from bot.slack.views.hours import SAID_ALOUD, in_words
from bot.slack.wording import Who, counted, listed
from recon import Gap

RESULTS = "Results, if they came here, go to the billing owner."


@dataclass(frozen=True, slots=True, kw_only=True)
class MannerCard:
    """What was changed for whom; `undo` is what puts it back, and `heirs` hear what they no longer do."""

    whose: str  # as a sentence begins: "You", "This channel"
    changed: MannerChanged
    usual: Quiet
    is_channel: bool = False
    heirs: tuple[Who, ...] = ()
    undo: str = ""


def manner_set(card: MannerCard, by: Who) -> Message:
    """Say how it is now, who changed it and who hears what somebody no longer does; offer to put it back."""
    words = " ".join([*_what_changed(card), f"Set by {by.plain}."])
    is_other = card.changed.was != card.changed.now
    return message(words, section(words), *([actions(button("Undo", names.PUT_BACK, card.undo))] if is_other else []))


def _what_changed(card: MannerCard) -> Iterator[str]:
    whose, was, now = card.whose, card.changed.was, card.changed.now
    if was.is_silent != now.is_silent:
        yield _no_alerts(card) if now.is_silent else _alerts_again(whose)
    if was.aloud != now.aloud:
        yield f"{whose}: {SAID_ALOUD[now.aloud]}."
    if was.quiet != now.quiet or was == now:
        hours = in_words(now.quiet) if now.quiet else f"as for everybody, {in_words(card.usual)}"
        yield f"{whose}: {hours}"


def _no_alerts(card: MannerCard) -> str:
    """Say that nothing comes any more, and where it goes."""
    whose, others = card.whose, listed([one.plain for one in card.heirs], "and")
    if card.is_channel:
        first = "no alerts, replies, reminders, results or summaries come here unasked"
        goes = f"What is told of a client goes to {others} instead." if others else "No client is told of here."
        return f"{whose}: {first}. {goes} {RESULTS} /reconcile gaps still lists it, and I answer what is asked."
    first = f"{whose}: no alerts, mentions, reminders, digests or scores from now on."
    if not card.changed.is_missed:
        return f"{first} You answer for no client, so nobody has to hear anything instead."
    goes = f"goes to {others}" if others else "is told where results are, and calls on nobody"
    lists = "Your home and /reconcile gaps still list it, and I answer what you ask."
    return f"{first} What concerns your clients {goes}. {lists}"


def _alerts_again(whose: str) -> str:
    return f"{whose}: alerts again. What waited, and is still to decide, comes once, as one message."


def passed_on(whose: str, by: Who | None, gaps: Sequence[Gap]) -> Message:
    """Tell somebody that they hear what another no longer wants to, with what waits now."""
    setter = f", set by {by.plain}" if by else ""
    first = f"*{whose} has alerts off{setter}.* What nobody else would hear of now comes to you."
    waits = f"{counted(len(gaps), 'gap')} to decide in the thread: {totals(gaps)}." if gaps else "Nothing waits now."
    words = f"{first} {waits}"
    return message(words.replace("*", ""), section(words))
