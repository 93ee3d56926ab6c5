"""What went otherwise than someone wanted, said where they are."""

from __future__ import annotations

from bot.services.promises import PromiseKind
from bot.slack.blocks import Block, section
from bot.slack.cards import Decided
from bot.slack.fields import modal
from bot.slack.messages import Message, Rendering, message
from bot.slack.texts import said
from bot.slack.views.decided import decided_line, decided_words

WENT_WRONG = "Something went wrong on my side, and nothing was changed. It has been logged; please try again."
OWED = {
    PromiseKind.RUN.value: "I could not compare a month.",
    PromiseKind.FILE.value: "I could not read a file.",
    PromiseKind.ANSWER.value: "I could not read a file.",
    PromiseKind.EXPORT.value: "I could not write a file.",
}
CHANNELS = ("C", "G")  # how public and private channels are called; direct messages can't be linked


def stopped(sentence: str) -> Message:
    """Say what stopped us: what happened, what was seen, what to do."""
    return message(said(sentence, 1000), section(said(sentence, 1000)))


def untold(why: str, channel: str = "", kind: str = "") -> Message:
    """Tell someone who can help what could not be done or said, and in which channel if it was one."""
    owed = OWED.get(kind, "I could not deliver a message.")
    what = f"I could not post in <#{channel}>." if channel[:1] in CHANNELS else owed
    words = f"{what} {said(why, 500)}"
    return message(words, section(words))


def went_wrong() -> Message:
    """Own up to a fault of ours."""
    return message(WENT_WRONG, section(WENT_WRONG))


def cut_off(files: int) -> Message:
    """Say that what somebody handed in can't be read here, and what they can do."""
    what = "this file" if files == 1 else "these files"
    rest = "Drop it" if files == 1 else "Drop what I have not answered"
    words = (
        f"I was cut off each time I tried to read {what}, so I gave up. {rest} again, in smaller files if you can. "
        "If that does not help, ask whoever runs me: it may need more memory than there is."
    )
    return message(words, section(words))


def gave_up(what: str) -> Message:
    """Say that what somebody asked for can't be done here, and what they can do."""
    words = (
        f"I was cut off each time I tried to {what}, so I gave up. Ask for it again later. "
        "If that does not help, ask whoever runs me: it may need more memory than there is."
    )
    return message(words, section(words))


def already_decided(decided: Decided) -> Message:
    """Tell whoever came second who was first."""
    words = "Already decided, so yours changed nothing"
    return message(f"{words}: {decided_words(decided)}.", section(f"{words}: {decided_line(decided)}."))


def retired() -> Message:
    """Answer a button that is older than what it did."""
    words = "This button is out of date, so I did nothing. The message shows what can be done now."
    return message(words, section(words))


def stopped_modal(sentence: str) -> Block:
    """Say what stopped us to someone who is in a modal."""
    return modal("", "That did not work", [section(said(sentence, 1000))], submit=None)


def waiting_modal(title: str) -> Block:
    """Show at once that a modal is coming, since Slack's three seconds are short."""
    return modal("", title, [section("One moment…")], submit=None)


def shown_modal(title: str, told: Message) -> Block:
    """Show a message as a modal: to somebody who is in no channel, or should not lose their place."""
    return modal("", title, told.rendered(Rendering.SIMPLE), submit=None)
