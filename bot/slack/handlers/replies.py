"""Plain replies in the thread of a client or of a gap."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.cases import Case, CaseState
from bot.services.ids import CaseId
from bot.slack.asked import Help, NotUnderstood, Undo
from bot.slack.deciding import Deciding
from bot.slack.heard import Spoken
from bot.slack.room import Room
from bot.slack.showing import subject_of_client
from bot.slack.texts import clean, shorten
from bot.slack.thread_words import understand
from bot.slack.views.help import thread_help
from recon import Stopped

MOST_NAMED = 5
CASE, CLIENT = "case:", "client:"


class WhichGap(Stopped):
    """There are several gaps in this thread. Say which one first, as in `Visio: approve`."""


def hear_reply(room: Room, spoken: Spoken) -> None:
    """Do what a reply asks for; one in a thread that is not ours is none of our business."""
    subject = room.services.outbox.subject(room.workspace, spoken.doing.channel, spoken.doing.thread)
    if subject is None or not subject.startswith((CASE, CLIENT)):
        return
    with room.minding(spoken.doing):
        gaps = gaps_of(room, subject)
        named, words = split(spoken.text, gaps)
        asked = understand(words, today=room.today, bot=room.bot)
        if isinstance(asked, NotUnderstood | Help):
            told = thread_help(asked.sentence, understood=False) if isinstance(asked, NotUnderstood) else thread_help()
            room.later(spoken.doing, lambda: room.whisper(spoken.doing, told))
            return
        case = only(named, CaseState.DECIDED if isinstance(asked, Undo) else CaseState.OPEN)
        answer = Deciding(room).do(asked, case, spoken.doing.by)
        if answer:
            room.later(spoken.doing, lambda: room.reply(spoken.doing, answer, key=f"answer:{spoken.doing.by.once}"))
        else:
            room.later(spoken.doing, lambda: room.redraw(case))


def gaps_of(room: Room, subject: str) -> list[Case]:
    """List the gaps a thread is about: those that wait for a decision first."""
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


def split(text: str, gaps: Sequence[Case]) -> tuple[list[Case], str]:
    """Read which gap is meant: `Visio: approve` names one by words of its product; nothing named means any."""
    name, colon, words = text.partition(":")
    wanted = clean(name).casefold().split() if colon else []
    named = [case for case in gaps if wanted and all(word in case.gap.product.casefold() for word in wanted)]
    return (named, words) if named else (list(gaps), text)


def only(gaps: Sequence[Case], wanted: CaseState) -> CaseId:
    """Take the one gap that is meant: the only one there is, or the only one in the state that is asked about."""
    for some in (gaps, [case for case in gaps if case.state is wanted]):
        if len(some) == 1:
            return some[0].id
    if not gaps:
        raise WhichGap("Nothing is open in this thread any more.")
    products = ", ".join(shorten(clean(case.gap.product), 60) for case in gaps[:MOST_NAMED])
    raise WhichGap(f"There are {len(gaps)} gaps here: {products}. Say which one first, as in “Visio: approve”.")
