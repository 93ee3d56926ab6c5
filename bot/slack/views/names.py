"""A name nobody is sure of: asked once, with its candidates and why each; and what the answer changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.services.wondering import NameQuestion, NamesLeft
from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, section
from bot.slack.cards import Decided
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.decided import decided_together
from bot.slack.views.questions import chance, digest
from bot.slack.wording import Who, amounts, counted
from recon import Candidate

MOST_NAMES, MANY_LINES = 3, 2
ABOUT = "names"  # what an answer belongs to, where a file's would be named


def ask_name(question: NameQuestion) -> Message:
    """Ask what a name is on the other side."""
    sentence = said(question.sentence, 600)
    offered = [
        *(button(f"Same as {one.label}", *key_of(question, place, one)) for place, one in shown(question)),
        *([refusal(question)] if question.candidates else []),
        button("Search…", names.SEARCH, f"{ABOUT}/{question.id}"),
    ]
    likely = " or ".join(said(one.label, 40) for _, one in shown(question))
    return message(
        f"{sentence} {likely}".strip(),
        section(f"*{sentence}*"),
        *([context(*reasons(question))] if [*reasons(question)] else []),
        actions(*offered),
    )


def shown(question: NameQuestion) -> list[tuple[int, Candidate]]:
    """List the candidates that are offered, best first."""
    return list(enumerate(question.candidates[:MOST_NAMES]))


def key_of(question: NameQuestion, place: int, candidate: Candidate) -> tuple[str, str]:
    """Name an answer's button and what it says."""
    return f"{names.ANSWER}.{place}", f"{ABOUT}/{question.id}/{digest(candidate)}"


def refusal(question: NameQuestion) -> Block:
    """Offer to say that none of the candidates is it."""
    words = "Not the same" if len(question.candidates) == 1 else "None of these"
    return button(words, names.IGNORE, f"{ABOUT}/{question.id}")


def reasons(question: NameQuestion) -> Iterator[str]:
    """Say why each may be it, and how much one answer settles."""
    for _, one in shown(question):
        why = said("; ".join(one.reasons), 200) if one.reasons else "nothing but the money speaks for it"
        yield f"{said(one.label)}{chance(one)}: {why}"
    if question.lines >= MANY_LINES:
        yield f"One answer settles {counted(question.lines, 'line')}, and every later month."


def more_names(rest: int, money: str, about: str) -> Message:
    """Offer the other questions, a few at a time."""
    worth = f", worth {money} a month" if money else ""
    words = f"{counted(rest, 'more name')} {'waits' if rest == 1 else 'wait'} for an answer{worth}."
    return message(words, section(words), actions(button("Ask me the next", names.MORE_NAMES, about)))


def names_waiting(left: NamesLeft) -> str:
    """Say how much nobody has answered, and where it was asked."""
    worth = f", worth {amounts(left.monthly)} a month" if left.monthly else ""
    waits, there = ("waits", "question is") if left.count == 1 else ("wait", "questions are")
    return f"{counted(left.count, 'name')} {waits} for an answer{worth}. The {there} below the result."


def asked_more(by: Who) -> Message:
    """Say who wanted more."""
    words = f"{by.plain} asked for more; they are below."
    return message(words, section(words))


def name_settled(asked: Block | None, words: str, by: Who, decision: str) -> Message:
    """Put an answer in the place of its question; it can be taken back."""
    line = f"{by.plain} said: {said(words, 200)}. I compare the month again with that, and remember it."
    taken = actions(button("Take back", names.TAKE_BACK, decision))
    return message(line, *([asked] if asked else []), section(f"*{line}*"), taken)


def changed(
    decided: Sequence[Decided],
    counts: Sequence[tuple[str, int]],
    lines: Sequence[str],
    left: int,
    *,
    taken_back_by: Who | None = None,
) -> Message:
    """Say what an answer about names changed, or that it was taken back, most money first."""
    what = decided_together(decided)
    if taken_back_by:
        who = taken_back_by.plain
        what = f"{who} took back: {what.removesuffix(f', says {who}')}"
    about = f"{what}: " if decided else ""
    found = ", ".join(f"{number:,} {what}" for what, number in counts if number) or "no gap changed"
    rest = f" {counted(left, 'name')} left to settle." if left else " Every name is settled."
    told = "\n".join(f"• {line}" for line in lines)
    return message(f"{about}{found}.{rest}", section(f"*{about}{found}.*{rest}\n{told}".strip()))
