"""What can be asked for, in a channel and in a thread; also the answer to a word nobody knows."""

from __future__ import annotations

from bot.slack.blocks import section
from bot.slack.messages import Message, message
from bot.slack.texts import said

COMMANDS = {
    "/reconcile status": "where things stand",
    "/reconcile gaps [client]": "what is open",
    "/reconcile why GAP": "all that led to a gap",
    "/reconcile decisions": "what stands, to take back",
    "/reconcile fixes": "what to change in the PSA",
    "/reconcile owners": "who answers for which client",
    "/reconcile thresholds": "how small a gap stays quiet",
    "/reconcile help": "this",
}
REPLIES = {
    "approve": "correct what is billed",
    "dismiss bundled until 31 Mar": (
        "leave it, until a day if you name one; also temporary, recently cancelled, intended, not ours, noise"
    ),
    "same as Wayne Enterprises": "two names, one client",
    "not the same": "never propose these two again",
    "snooze 3d": "quiet until then; also 2 weeks, until Friday, until 31 Mar",
    "assign @sam": "let someone else decide",
    "why": "both raw rows, the names, the arithmetic",
    "history": "both quantities over the months",
    "undo": "take the last decision back",
}


def command_help(unknown: str = "") -> Message:
    """Say what can be typed; a wrong word is named."""
    lost = f"I don't know “{said(unknown, 60)}”. " if unknown else ""
    words = f"{lost}You can type {', '.join(COMMANDS)}. Or just drop an export here."
    return message(words, section(f"{lost}Drop an export here, or type:\n{entries(COMMANDS)}"))


def thread_help(sentence: str = "", *, understood: bool = True) -> Message:
    """Say what can be replied; what was nearly understood says what was missing, and nothing was decided."""
    lost = f"{said(sentence, 300)} " if sentence else "" if understood else "I did not understand that. "
    lost += "" if understood else "Nothing was decided. "
    words = f"{lost}You can reply {', '.join(REPLIES)}."
    return message(words, section(f"{lost}You can reply:\n{entries(REPLIES)}"))


def entries(words: dict[str, str]) -> str:
    """List words and what they do."""
    return "\n".join(f"`{word}`: {does}" for word, does in words.items())
