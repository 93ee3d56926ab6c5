"""A reply below a result says what a name is that was asked about there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.decisions import Decision
from bot.services.failures import NotFound, Refused
from bot.services.wondering import NameQuestion, subject_of_name
from bot.slack.asked import NotSame, SameAs
from bot.slack.deciding import MOST_NAMED, no_such_name
from bot.slack.heard import Doing
from bot.slack.messenger import Posted
from bot.slack.room import Room
from bot.slack.texts import clean, shorten
from bot.slack.thread_words import understand
from bot.slack.views.names import ask_name, name_settled, shown
from recon import Candidate


def answer_in_words(room: Room, text: str, doing: Doing, asked_here: Sequence[str]) -> None:
    """Answer the one question that is meant; all else that people say below a result is talk among themselves."""
    about, asked = "", understand(text, today=room.today)
    if not isinstance(asked, SameAs | NotSame):
        about, _, rest = text.partition(":")
        asked = understand(rest, today=room.today)
    if not isinstance(asked, SameAs | NotSame):
        return
    questions = [one for one in room.services.wondering.open(room.workspace) if one.id in asked_here]
    questions = [one for one in questions if about.strip().casefold() in clean(one.about).casefold()]
    if not questions:
        raise Refused("No name that I asked about here is left to settle.")
    if isinstance(asked, SameAs):
        question, other = the_one_called(room, questions, asked.name)
        decision = room.services.speak.same(question.names(other), doing.by, is_sure=asked.is_sure)
        put(room, doing, question, f"the same as {other}", (decision,))
        return
    question = only([one for one in questions if one.candidates], "not the same")
    offered = [one for _, one in shown(question)]
    decisions = room.services.speak.none_of([question.names(one.value) for one in offered], doing.by)
    put(room, doing, question, f"not the same as {' or '.join(one.label for one in offered)}", decisions)


def the_one_called(room: Room, questions: Sequence[NameQuestion], name: str) -> tuple[NameQuestion, str]:
    """Find the name that was typed among those that were offered, or else among all, and whose question it answers."""
    looking, found, near = room.services.looking, dict[str, str](), list[str]()
    offered_by = [(one, other.value) for one in questions for other in one.candidates if is_called(other, name)]
    if len(offered_by) == 1:
        return offered_by[0]
    for one in questions:
        offered = looking.candidates(room.workspace, one.about, side=one.side, kind=one.kind, typed=name)
        exact = [other.name for other in offered if other.name.casefold() == name.casefold()]
        if exact:
            found[one.id] = exact[0]
        near += [other.name for other in offered[:MOST_NAMED]]
    if not found:
        raise NotFound(no_such_name(name, near, search="Search…"))
    question = only([one for one in questions if one.id in found], f"same as {name}")
    return question, found[question.id]


def is_called(candidate: Candidate, name: str) -> bool:
    """Tell whether an offered name is what somebody typed, as it was shown or as it stands in the file."""
    return name.casefold() in (candidate.label.casefold(), candidate.value.casefold())


def only(questions: Sequence[NameQuestion], words: str) -> NameQuestion:
    """Take the only question there is."""
    if not questions:
        raise Refused("I offered nothing here that you could refuse. The button “Search…” finds any name.")
    if len(questions) > 1:
        names = [shorten(clean(one.about), 60) for one in questions]
        raise Refused(f"I asked about {', '.join(names)}. Say which one first, as in “{names[0]}: {words}”.")
    return questions[0]


def put(room: Room, doing: Doing, question: NameQuestion, words: str, decisions: Sequence[Decision]) -> None:
    """Put what was said in the place of the question, wherever it was asked."""
    by, ids = room.showing.who(doing.by.person), " ".join(one.id for one in decisions)
    told = name_settled(dict(ask_name(question).blocks[0]), words, by, ids)

    def show() -> None:
        for channel, ts in room.services.outbox.posts(room.workspace, subject_of_name(question.id)).items():
            room.show(Posted(channel, ts), told)

    room.later(doing, show)
