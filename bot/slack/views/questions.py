"""A question about a file: asked once, answered with one click."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, option, section, select
from bot.slack.messages import Message, message
from bot.slack.texts import said, shorten
from bot.slack.wording import Who
from recon import Candidate, Month, Question

MOST_BUTTONS, MOST_REASONS = 5, 3


def ask(question: Question, *, about: str) -> Message:
    """Ask a person; `about` names the file the answer belongs to."""
    offered = answers(question, about)
    sentence = said(question.sentence, 600)
    return message(
        f"{sentence} {said(hint(question), 300)}" if hint(question) else sentence,
        section(f"*{sentence}*"),
        *([context(*evidence(question))] if [*evidence(question)] else []),
        *([actions(*offered)] if offered else []),
    )


def ask_month(name: str, months: Sequence[Month], *, about: str) -> Message:
    """Ask which month a file is about; it does not say so itself."""
    words = f"Which month is {said(name)} about? The file does not say."
    offered = [
        button(month.name, f"{names.SAY_MONTH}.{place}", f"{about}/{month}")
        for place, month in enumerate(months[:MOST_BUTTONS])
    ]
    return message(words, section(f"*{words}*"), *([actions(*offered)] if offered else []))


def answered(asked: Block | None, answer: str, by: Who) -> Message:
    """Show what was answered, where it was asked; `asked` is the question as it stands there."""
    words = f"{by.plain} said: {said(answer)}. I will remember it."
    return message(words, *([asked] if asked else []), section(f"*{words}*"))


def answers(question: Question, about: str) -> list[Block]:
    """Offer a few answers as buttons, and many as a list."""
    if len(question.candidates) <= MOST_BUTTONS:
        return buttons(question, about, most=MOST_BUTTONS)
    options = [option(one.label, key_of(question, about, one)) for one in question.candidates]
    return [select("Choose one", names.CHOOSE, options)]


def buttons(question: Question, about: str, *, most: int) -> list[Block]:
    """Offer answers as buttons."""
    return [
        button(one.label, f"{names.ANSWER}.{place}", key_of(question, about, one))
        for place, one in enumerate(question.candidates[:most])
    ]


def key_of(question: Question, about: str, candidate: Candidate) -> str:
    """Name an answer in few signs, whatever the candidate is called: `file/question/answer`."""
    return f"{about}/{question.id}/{digest(candidate)}"


def digest(candidate: Candidate) -> str:
    """Name a candidate in twelve signs."""
    return hashlib.sha256(candidate.value.encode(errors="surrogatepass")).hexdigest()[:12]


def find_answer(question: Question, key: str) -> Candidate | None:
    """Find the candidate that a click named, if it is still one."""
    wanted = key.rpartition("/")[2]
    return next((one for one in question.candidates if digest(one) == wanted), None)


def evidence(question: Question) -> Iterator[str]:
    """Say what speaks for each answer, and what stands in the file."""
    if question.samples:
        yield f"It says: {' · '.join(said(sample, 40) for sample in question.samples[:5])}"
    for one in question.candidates[:MOST_REASONS]:
        if one.reasons:
            yield f"{said(one.label)}{chance(one)}: {said('; '.join(one.reasons), 200)}"


def chance(candidate: Candidate) -> str:
    """Say how likely it is, where that is known; never that it is certain."""
    if candidate.probability is None:
        return ""
    percent = min(99, round(candidate.probability * 100))
    return f" ({percent}% likely)" if percent else " (unlikely)"


def hint(question: Question) -> str:
    """Name the possible answers, for those who see words only; what explains one is left to the buttons."""
    return " or ".join(shorten(one.label.partition(": ")[0], 40) for one in question.candidates[:MOST_BUTTONS])
