"""What can be asked for, in a channel and in a thread; also the answer to a word nobody knows."""

from __future__ import annotations

from bot.slack.blocks import section
from bot.slack.messages import Message, message
from bot.slack.slips import meant
from bot.slack.texts import said
from bot.slack.wording import listed

COMMANDS = {
    "/reconcile": "upload exports",
    "/reconcile run [month]": "compare a month again",
    "/reconcile status": "where things stand",
    "/reconcile gaps [client]": "what is open; with “mine”, what waits for you",
    "/reconcile why GAP": "how I found a gap",
    "/reconcile history GAP": "both quantities over the months",
    "/reconcile export [month]": "every line of a month as a workbook",
    "/reconcile export fixes [csv]": "what to change as a file; also export decisions",
    "/reconcile decisions": "decisions in force, and taking one back",
    "/reconcile fixes": "what to change in the PSA",
    "/reconcile owners": "who answers for which client",
    "/reconcile people": "who may sign, and above what amount two must",
    "/reconcile thresholds": "how small a gap stays quiet",
    "/reconcile agreements": "bundles, minimums and what else explains a difference",
    "/reconcile summary [last]": "this week so far, or the last one",
    "/reconcile schedule": "when I compare, and what comes next",
    "/reconcile hours": "quiet hours, alerts a day, or none at all; for a channel too",
    "/reconcile reminders": "how long people have to decide",
    "/reconcile statement [month]": "what was detected in a month, and what became of it",
    "/reconcile what-if 75 2": "what other thresholds would have done",
    "/reconcile settings": "everything that can be set, and who may set it",
    "/reconcile help": "this",
}
REPLIES = {
    "approve": "correct what is billed",
    "sign": "be the second person to sign",
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
    "status": "where things stand",
    "gaps": "what is open here",
    "fixes": "what to change in the PSA",
    "decisions": "decisions in force, and taking one back",
    "export": "every line of the month as a file; also export fixes, export decisions",
}
MOST_OF = 0.6  # of a word, as people shorten it
SHORT = ("approve", "dismiss", "snooze", "same as", "not the same", "assign", "why", "history", "undo")
IN_THREADS = frozenset(reply.split()[0] for reply in SHORT) - {"why", "history"}


def command_help(unknown: str = "", rest: str = "") -> Message:
    """Say what can be typed; a wrong word is named, and the one it is nearly is offered with the `rest` behind it."""
    lost = f"I don't know “{said(unknown, 60)}”. " if unknown else ""
    near = nearly(unknown.casefold())
    if near:
        near = f"{near} {said(rest, 60)}" if rest else near
        return message(
            f"{lost}Did you mean /reconcile {near}? /reconcile help lists everything.",
            section(f"{lost}Did you mean `/reconcile {near}`? `/reconcile help` lists everything."),
        )
    words = f"{lost}You can type {', '.join(COMMANDS)}. Or just drop an export here."
    return message(words, section(f"{lost}Drop an export here, or type:\n{entries(COMMANDS)}"))


def said_in_threads(word: str) -> Message:
    """Say where a word belongs that decides about one gap."""
    words = f"Say “{word}” in the thread of a gap, so that I know which one you mean. What waits for you is in my Home."
    return message(words, section(words))


def nearly(typed: str) -> str:
    """Name the command that a wrong word is a slip away from, or most of: `staus`, `fix`; empty if there is none."""
    known = [command.split()[1] for command in COMMANDS if " " in command]
    most = (word for word in known if word.startswith(typed) and len(typed) >= MOST_OF * len(word))
    return meant(typed, known) or next(most, "")


def which_gap(word: str) -> Message:
    """Ask for the gap that a word is about."""
    words = f"Which gap? Say it like {word} 3fa1b2c4; /reconcile gaps lists them."
    return message(words, section(f"Which gap? Say it like `{word} 3fa1b2c4`; `/reconcile gaps` lists them."))


def thread_help() -> Message:
    """Say what can be replied."""
    words = f"You can reply {', '.join(REPLIES)}."
    return message(words, section(f"You can reply:\n{entries(REPLIES)}"))


def not_understood(sentence: str = "") -> Message:
    """Say that nothing was decided: what was missing, if it was nearly understood, else what can be replied."""
    if sentence:
        words = f"{said(sentence, 300)} Nothing was decided."
        return message(words, section(words))
    lost, more = "I did not understand that, so nothing was decided.", "says what they do."
    plain, marked = (listed([f"{mark}{word}{mark}" for word in SHORT], "or", len(SHORT)) for mark in ("", "`"))
    return message(
        f"{lost} You can reply {plain}; help {more}", section(f"{lost}\nYou can reply {marked}; `help` {more}")
    )


def entries(words: dict[str, str]) -> str:
    """List words and what they do."""
    return "\n".join(f"`{word}`: {does}" for word, does in words.items())
