"""Plain replies in the thread of a client or of a gap, and words written to the bot alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.services.cases import Case, CaseState
from bot.services.failures import Refused
from bot.services.ids import CaseId
from bot.services.wondering import thread_of_name
from bot.slack import names
from bot.slack.asked import (
    Approve,
    Asked,
    Assign,
    Command,
    Dismiss,
    Help,
    NotSame,
    NotUnderstood,
    SameAs,
    Sign,
    Snooze,
    Undo,
)
from bot.slack.commanding import Commanding
from bot.slack.heard import Spoken
from bot.slack.naming import answer_in_words
from bot.slack.room import Room
from bot.slack.showing import subject_of_client, thread_of
from bot.slack.texts import clean, shorten
from bot.slack.thread_words import understand
from bot.slack.views.help import not_understood, thread_help
from bot.slack.wishing import try_to
from recon import Stopped

MOST_NAMED, MOST_REPEATED = 5, 80
CASE, CLIENT = "case:", "client:"
NAMES = thread_of_name("")
ABOVE_GAPS = ("digest:", "thread:")
"""What a message is about that has gaps below it which are not all of one client."""
ABOUT_A_GAP = (Approve, Sign, Dismiss, SameAs, NotSame, Snooze, Assign, Undo)
BARE = ("approve", "sign", "undo", "why", "history")
"""What takes no words of its own, so that words behind it can only name a gap."""
CALLED = re.compile(r"\s*<@(?P<id>\w+)")
NAME = re.compile(r"[^\W\d_]{3}")


class WhichGap(Stopped):
    """There are several gaps in this thread. Say which one first, as in `Visio: approve`."""


def hear_reply(room: Room, spoken: Spoken) -> None:
    """Do what a reply asks for; one to somebody else, or in a thread among people, is none of our business."""
    if is_to_another(spoken.text, room.bot):
        return
    there = room.services.outbox.subjects(room.workspace, spoken.doing.channel, spoken.doing.thread)
    if not any(subject.startswith((CASE, CLIENT, *ABOVE_GAPS)) for subject in there):
        hear_elsewhere(room, spoken, [subject.removeprefix(NAMES) for subject in there if subject.startswith(NAMES)])
        return
    with room.minding(spoken.doing):
        room.must_be_colleague(spoken.doing)
        gaps = gaps_at(room, there)
        named, words = split(uncalled(spoken.text, room.bot), gaps)
        asked = understand(words, today=room.today)
        if isinstance(asked, NotUnderstood | Help):
            told = not_understood(asked.sentence) if isinstance(asked, NotUnderstood) else thread_help()
            room.later(spoken.doing, lambda: room.whisper(spoken.doing, told))
            return
        if isinstance(asked, Command):
            answer_command(room, spoken, asked, gaps)
            return
        if isinstance(asked, Undo) and len(named) == len(gaps):
            named = [*named, *answered(room, there)]
        case = only(named, *waiting(room, asked, words))
        answer = try_to(room, asked, case, spoken.doing)
        if answer:
            room.later(spoken.doing, lambda: room.tell(spoken.doing, answer))
        else:
            room.later(spoken.doing, lambda: room.redraw(case))


def hear_elsewhere(room: Room, spoken: Spoken, asked_here: Sequence[str]) -> None:
    """Hear a reply where no gaps are: where names were asked about, or from somebody who talks to the bot alone."""
    if asked_here:
        with room.minding(spoken.doing):
            room.must_be_colleague(spoken.doing)
            answer_in_words(room, uncalled(spoken.text, room.bot), spoken.doing, asked_here)
    elif spoken.is_direct:
        hear_direct(room, spoken)


def is_to_another(text: str, bot: str) -> bool:
    """Tell whether a reply calls on a person first, and so is talk among people."""
    called = CALLED.match(text)
    return called is not None and called["id"] != bot


def uncalled(text: str, bot: str) -> str:
    """Take away the bot's own name, by which it may be called on."""
    return re.sub(rf"<@{bot}(?:\|[^>]*)?>[\s,:]*", "", text).strip()


def answer_command(room: Room, spoken: Spoken, asked: Command, gaps: Sequence[Case]) -> None:
    """Answer in the thread what could have been typed after the command as well."""
    client = gaps[0].gap.client if gaps else ""
    told = Commanding(room, spoken.doing, client).answer(asked.words)
    if told:
        room.later(spoken.doing, lambda: room.tell(spoken.doing, told))


def hear_direct(room: Room, spoken: Spoken) -> None:
    """Answer what is written to the bot alone: the words of the command, without the command."""
    doing, words = spoken.doing, uncalled(spoken.text, room.bot).removeprefix(names.COMMAND)
    with room.minding(doing):
        room.must_be_colleague(doing)
        asked = understand(words, today=room.today)
        if isinstance(asked, ABOUT_A_GAP):
            raise Refused("Say that in the thread of a gap, so that I know which one you mean.")
        told = Commanding(room, doing).answer(words)
        if told:
            answer = room.reply if doing.thread else room.say
            room.later(doing, lambda: answer(doing, told, key=f"answer:{doing.by.once}"))


def gaps_at(room: Room, there: Sequence[str]) -> list[Case]:
    """List the gaps a thread is about: of its client's alert or one gap's, else those whose messages are in it."""
    subject = next((one for one in there if one.startswith((CASE, CLIENT))), None)
    return gaps_of(room, subject) if subject else gaps_below(room, frozenset(there))


def gaps_of(room: Room, subject: str) -> list[Case]:
    """List the gaps of one client or of one message: those that wait for a decision first."""
    looking = room.services.looking
    if subject.startswith(CASE):
        return [looking.why(room.workspace, subject.removeprefix(CASE)).case]
    return [
        case
        for case in looking.gaps(room.workspace)
        if subject_of_client(case.gap.client) == subject
        and case.has_spoken
        and case.state in (CaseState.OPEN, CaseState.DECIDED)
    ]


def answered(room: Room, there: Sequence[str]) -> list[Case]:
    """List the closed gaps of a thread about whose names an answer stands: what it said can be taken back there."""
    said_of = (one.case for one in room.services.undo.standing(room.workspace) if one.names and one.case)
    cases = (room.services.looking.why(room.workspace, case).case for case in dict.fromkeys(said_of))
    closed = (case for case in cases if case.state is CaseState.CLOSED)
    return [case for case in closed if {subject_of_client(case.gap.client), thread_of(case.id)} & set(there)]


def gaps_below(room: Room, there: frozenset[str]) -> list[Case]:
    """List the gaps whose messages are in the thread of a digest or a notice, given all that is there."""
    return [case for case in room.services.looking.gaps(room.workspace) if thread_of(case.id) in there]


def split(text: str, gaps: Sequence[Case]) -> tuple[list[Case], str]:
    """Read which gap is meant: `Visio: approve` or `approve Visio`, by words of its product or client; else any."""
    name, colon, words = text.partition(":")
    wanted = clean(name).casefold().split() if colon else []
    named = [case for case in gaps if wanted and all(word in what(case).casefold() for word in wanted)]
    if named:
        return named, words
    verb, _, rest = text.strip(" .!?").partition(" ")
    named = [case for case in gaps if verb.casefold() in BARE and is_called(case, rest.casefold())]
    return (named, verb) if named else (list(gaps), text)


def is_called(case: Case, words: str) -> bool:
    """Tell whether these are words of a gap's name, whole ones, and more than a number or an `it`."""
    return NAME.search(words) is not None and set(words.split()) <= set(what(case).casefold().split())


def waiting(room: Room, asked: Asked, words: str) -> tuple[Callable[[Case], bool], str]:
    """Say which gaps may be meant by what was asked, and the words that would ask it of one."""
    if isinstance(asked, Undo):
        decided = {one.case for one in room.services.undo.standing(room.workspace)}
        return lambda case: case.id in decided, "undo"
    again = "approve" if isinstance(asked, Approve) else shorten(clean(words), MOST_REPEATED)
    return lambda case: case.state is CaseState.OPEN, again


def only(gaps: Sequence[Case], is_wanted: Callable[[Case], bool], word: str) -> CaseId:
    """Take the one gap that is meant: the only one there is, or the only one that what was asked can be about."""
    wanted = [case for case in gaps if is_wanted(case)]
    for some in (gaps, wanted):
        if len(some) == 1:
            return some[0].id
    gaps = wanted or gaps
    if not gaps:
        raise WhichGap("Nothing is open in this thread any more.")
    products = ", ".join(shorten(clean(case.gap.product), 60) for case in gaps[:MOST_NAMED])
    example = shorten(clean(gaps[0].gap.product), 60)
    raise WhichGap(
        f"There are {len(gaps)} gaps here, and each is decided by itself: {products}. "
        f"Say which one first, as in “{example}: {word}”."
    )


def what(case: Case) -> str:
    """Name a gap by its client and product, as someone would in a thread."""
    return f"{case.gap.client} {case.gap.product}"
