"""A plain reply in a gap's thread becomes what a person asked for, or nothing at all: nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.services.decisions import Reason, Verb
from bot.slack.asked import (
    Approve,
    Asked,
    Assign,
    Command,
    Dismiss,
    Help,
    History,
    NotSame,
    NotUnderstood,
    SameAs,
    Sign,
    Snooze,
    Undo,
    Why,
)
from bot.slack.slips import meant
from bot.slack.spoken_days import NoSuchDay, read_day
from recon import Kind

LONGEST = 500  # signs; whoever writes more is talking to people
FIRST = re.compile(r"^(?:(?:ok|okay|yes|yep|yeah|sure|fine|please|pls)[\s,.!]+)+", re.IGNORECASE)
"""What people say before they say what they want; by itself it is no answer to anything."""
SURE = re.compile(r"(?:yes|yep|yeah|sure)\b", re.IGNORECASE)
GLAD = (
    r":(?:\+1|thumbsup|ok_hand|pray|tada|clap|raised_hands|muscle|rocket|100|heart|smiley?|grin|blush|wave"
    r"|slightly_smiling_face|(?:white|heavy)_check_mark|ballot_box_with_check|skin-tone-\d):"
    r"|[👍👌🙏🎉🙌💪🚀💯❤😄😃😀😊🙂👋✅✔☑\ufe0f\U0001f3fb-\U0001f3ff]"
)
EMOJI = re.compile(rf"^(?:(?:{GLAD})\s*)+|(?:\s*(?:{GLAD}))+$")
"""What is put before and behind words on a phone, by Slack's name for it or as it is; none that may mean no."""
LAST = re.compile(r"[\s,]+(?:please|pls|thanks|thank you)$|[.!]+$", re.IGNORECASE)
ALL = ("all", "both", "them", "them all", "all of them", "both of them", "everything", "all gaps")
"""All that wait in a thread; where that is more than one, it is asked which comes first."""
TAKEN_BACK = {
    Verb.APPROVE: ("approve", "approval", "approved"),
    Verb.DISMISS: ("dismiss", "dismissal", "dismissed"),
    Verb.SNOOZE: ("snooze", "snoozed"),
    Verb.ASSIGN: ("assign", "assignment", "assigned"),
    Verb.SAME: ("same as", "same"),
    Verb.DIFFERENT: ("not the same", "not same"),
}
WORDS: dict[str, Asked] = {
    **dict.fromkeys(("approve", "approved", "approve it", "approve this", "approve that"), Approve()),
    **dict.fromkeys((f"approve {which}" for which in ALL), Approve()),
    **{
        f"undo {mine}{word}": Undo(verb)
        for verb, words in TAKEN_BACK.items()
        for word in words
        for mine in ("", "the ", "my ")
    },
    **dict.fromkeys(("sign", "signed", "sign it", "i sign"), Sign()),
    **dict.fromkeys(("why", "why?", "explain"), Why()),
    **dict.fromkeys(("history", "history?"), History()),
    **dict.fromkeys(("undo", "undo it", "undo this", "undo that", "take it back", "take that back"), Undo()),
    **dict.fromkeys(("help", "help?", "?"), Help()),
    **dict.fromkeys(("not the same", "not same", "different"), NotSame()),
    **{f"not the same {kind}": NotSame(kind) for kind in Kind},
}
REASONS = {reason.value: reason for reason in Reason} | {
    "bundle": Reason.BUNDLED,
    "in a bundle": Reason.BUNDLED,
    "temp": Reason.TEMPORARY,
    "cancelled": Reason.RECENTLY_CANCELLED,
    "canceled": Reason.RECENTLY_CANCELLED,
    "recently canceled": Reason.RECENTLY_CANCELLED,
    "intentional": Reason.INTENDED,
    "on purpose": Reason.INTENDED,
}
REASON = "|".join(sorted(map(re.escape, REASONS), key=len, reverse=True))
WHICH_REASON = f"Why? Say it with one of these: {', '.join(f'dismiss {reason}' for reason in Reason)}."
WHICH_DAY = "Until when? Say it like snooze 3d, or snooze until 31 Mar."
WHICH_NAME = "The same as what? Say it like same as Wayne Enterprises."
WHICH_PERSON = "To whom? Say it like assign @sam, and pick the person from Slack's list."

BEFORE_REASON = re.compile(r"^[\s,:(–-]*(?:(?:as|because|since|it['’]?s|it is)\s+)*", re.IGNORECASE)
DISMISS = re.compile(rf"(?P<reason>{REASON})(?=$|[\s,:()–-])(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
UNTIL = re.compile(r"(?:^|(?<=\s))(?:until|till|til)\s+(?P<day>.+)$", re.IGNORECASE)
FOR = re.compile(r"(?:^|(?<=\s))for\s+(?P<day>.+)$", re.IGNORECASE)
SAME = re.compile(r"same(?:\s+(?P<kind>client|product))?\s+as\s*(?P<name>.*)", re.IGNORECASE | re.DOTALL)
PERSON = re.compile(r"(?:to\s+)?<@(?P<id>[UW][A-Z0-9]+)(?:\|[^>]*)?>")


def understand(text: str, *, today: date) -> Asked:
    """Say what a reply asks for, in plain words as they were typed."""
    if len(text) > LONGEST:
        return NotUnderstood()
    said = EMOJI.sub("", text.strip("`*_~ ")).strip("`*_~ ")
    words = FIRST.sub("", said)
    known = WORDS.get(LAST.sub("", LAST.sub("", words.casefold())).strip())
    if known:
        return known
    verb, _, rest = words.partition(" ")
    ask = VERBS.get(verb.casefold().strip(":"))
    try:
        asked = ask(words, rest.strip(), today) if ask else NotUnderstood(perhaps(words))
        return replace(asked, is_sure=bool(SURE.match(said))) if isinstance(asked, SameAs) else asked
    except NoSuchDay as unknown:
        return NotUnderstood(str(unknown))


def perhaps(words: str) -> str:
    """Ask whether a word was meant that these words begin with, or nearly do."""
    word = meant(words, HOW)
    return f"Did you mean {HOW[word]}?" if word else ""


def dismiss(_: str, rest: str, today: date) -> Asked:
    """Read a reason, and perhaps a note and a day: `bundled in Gold until 31 Mar`."""
    said = DISMISS.fullmatch(BEFORE_REASON.sub("", rest))
    if said is None:
        return NotUnderstood(WHICH_REASON)
    reason, rest = REASONS[said["reason"].casefold()], said["rest"]
    until, span = UNTIL.search(rest), FOR.search(rest)
    if until:
        return Dismiss(reason, read_day(until["day"], today), note_of(rest[: until.start()]))
    if span and is_day(span["day"], today):
        return Dismiss(reason, read_day(span["day"], today), note_of(rest[: span.start()]))
    if is_day(note_of(rest), today):
        return NotUnderstood(f"Until {note_of(rest)}? Then say dismiss {reason} until {note_of(rest)}.")
    return Dismiss(reason, None, note_of(rest))


def note_of(rest: str) -> str:
    """Leave a note without the marks around it."""
    return rest.strip(" ,.:;-–()")


def is_day(text: str, today: date) -> bool:
    """Tell whether words that may be a note are a day."""
    try:
        read_day(text, today)
    except NoSuchDay:
        return False
    return True


def snooze(_: str, rest: str, today: date) -> Asked:
    """Read until when: `3d`, `for 2 weeks`, `until Friday`."""
    if not rest:
        return NotUnderstood(WHICH_DAY)
    said = UNTIL.fullmatch(rest) or FOR.fullmatch(rest)
    return Snooze(read_day(said["day"] if said else rest, today))


def same(words: str, _: str, __: date) -> Asked:
    """Read the other name, as it was typed."""
    said = SAME.fullmatch(words)
    name = said["name"].strip(" \"'“”‘’.:") if said else ""
    if said is None or not name:
        return NotUnderstood(WHICH_NAME)
    return SameAs(name, Kind(said["kind"].casefold()) if said["kind"] else None)


def assign(_: str, rest: str, __: date) -> Asked:
    """Read whom Slack says is meant; a name that is merely typed could be anybody's."""
    said = PERSON.fullmatch(rest.rstrip("."))
    return Assign(said["id"]) if said else NotUnderstood(WHICH_PERSON)


def command(words: str, _: str, __: date) -> Asked:
    """Hand on what can also be typed after the command."""
    return Command(words)


VERBS: dict[str, Callable[[str, str, date], Asked]] = {
    "dismiss": dismiss,
    "snooze": snooze,
    "same": same,
    "assign": assign,
    **dict.fromkeys(("status", "gaps", "export", "fixes", "decisions"), command),
}
HOW = {word: word for word in ("approve", "sign", "why", "history", "undo", "help", *VERBS)} | {
    "dismiss": "dismiss bundled",
    "snooze": "snooze 3d",
    "same": "same as Wayne Enterprises",
    "different": "not the same",
    "assign": "assign @sam",
}
"""How to say what each word asks for, by itself."""
