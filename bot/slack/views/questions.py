"""A question about a file or a name: asked once, answered with one click."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, option, section, select
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.wording import Who, month_name
from recon import Candidate, Month, Question, Topic

MOST_BUTTONS, MOST_NAMES, MOST_REASONS = 5, 3, 3
NAMES = (Topic.CLIENT, Topic.PRODUCT)


def ask(question: Question, *, about: str) -> Message:
    """Ask a person; `about` names the file or the workspace the answer belongs to."""
    offered = name_answers(question, about) if question.topic in NAMES else answers(question, about)
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
        button(month_name(month), f"{names.SAY_MONTH}.{place}", f"{about}/{month}")
        for place, month in enumerate(months[:MOST_BUTTONS])
    ]
    return message(words, section(f"*{words}*"), *([actions(*offered)] if offered else []))


def month_said(name: str, month: Month, by: Who) -> Message:
    """Show which month a file is about, where it was asked."""
    words = f"{said(name)} is about {month_name(month)}, says {by.plain}."
    return message(words, section(words))


def answered(question: Question, answer: str, by: Who) -> Message:
    """Show what was answered, where it was asked."""
    words = f"{by.plain} said: {said(answer)}. I will remember it."
    return message(words, section(f"{said(question.sentence, 600)}\n*{words}*"))


def answers(question: Question, about: str) -> list[Block]:
    """Offer a few answers as buttons, and many as a list."""
    if len(question.candidates) <= MOST_BUTTONS:
        return buttons(question, about, most=MOST_BUTTONS)
    options = [option(one.label, key_of(question, about, one)) for one in question.candidates]
    return [select("Choose one", names.CHOOSE, options)]


def name_answers(question: Question, about: str) -> list[Block]:
    """Offer the likeliest names, a search for any other, and none at all."""
    return [
        *buttons(question, about, most=MOST_NAMES),
        button("Search…", names.SEARCH, f"{about}/{question.id}"),
        button("None of these", names.IGNORE, f"{about}/{question.id}"),
    ]


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
    return f" ({min(99, int(candidate.probability * 100))}% likely)"


def hint(question: Question) -> str:
    """Name the possible answers, for those who see words only."""
    return " or ".join(one.label[:40] for one in question.candidates[:MOST_BUTTONS])
