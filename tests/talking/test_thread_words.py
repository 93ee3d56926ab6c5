"""What people type in a gap's thread, and what may be made of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.services.decisions import Reason, Verb
from bot.slack.asked import (
    Approve,
    Asked,
    Assign,
    Dismiss,
    Help,
    History,
    NotSame,
    NotUnderstood,
    SameAs,
    Snooze,
    Undo,
    Why,
)
from bot.slack.heard import plain
from bot.slack.spoken_days import NoSuchDay, read_day
from bot.slack.thread_words import HOW, VERBS, WORDS, understand
from bot.slack.views.help import REPLIES
from recon import Kind

TODAY = date(2026, 11, 20)  # a Friday
MARCH = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("approve", Approve()),
        ("Approve.", Approve()),
        ("  `approve`  ", Approve()),
        ("*Approved!*", Approve()),
        ("please approve", Approve()),
        ("ok approve it", Approve()),
        ("Yes, please approve this, thanks!", Approve()),
        ("approve all", Approve()),
        ("Approve 👍", Approve()),
        (":white_check_mark: approve it! :+1::skin-tone-3:", Approve()),
        ("same as Wayne Enterprises :tada: ☑️", SameAs("Wayne Enterprises")),
        ("okay, approve them all please", Approve()),
        ("ok snooze 3d", Snooze(date(2026, 11, 23))),
        ("yes dismiss bundled", Dismiss(Reason.BUNDLED)),
        ("dismiss bundled until 31 Mar", Dismiss(Reason.BUNDLED, MARCH)),
        ("Dismiss as bundled", Dismiss(Reason.BUNDLED)),
        ("dismiss not ours", Dismiss(Reason.NOT_OURS)),
        ("dismiss - bundled", Dismiss(Reason.BUNDLED)),
        ("dismiss (bundled)", Dismiss(Reason.BUNDLED)),
        ("dismiss because it's bundled until end of year", Dismiss(Reason.BUNDLED, date(2026, 12, 31))),
        ("same as: Wayne Enterprises", SameAs("Wayne Enterprises")),
        ("dismiss recently cancelled until end of March", Dismiss(Reason.RECENTLY_CANCELLED, MARCH)),
        ("dismiss canceled", Dismiss(Reason.RECENTLY_CANCELLED)),
        ("dismiss bundled, in the Gold plan, until March 31", Dismiss(Reason.BUNDLED, MARCH, "in the Gold plan")),
        ("dismiss temporary (project Z) till 2027-03-31", Dismiss(Reason.TEMPORARY, MARCH, "project Z")),
        ("dismiss temporary for 3 weeks", Dismiss(Reason.TEMPORARY, date(2026, 12, 11))),
        ("dismiss bundled for the Gold plan", Dismiss(Reason.BUNDLED, None, "for the Gold plan")),
        ("dismiss bundled for Gold until 31 Mar", Dismiss(Reason.BUNDLED, MARCH, "for Gold")),
        ("dismiss noise until further notice until 31.3.2027", NotUnderstood("…")),
        ("same as Wayne Enterprises", SameAs("Wayne Enterprises")),
        ("Same as “Smith &amp; Sons”", SameAs("Smith & Sons")),
        ("same as <http://wayne.com|wayne.com>", SameAs("wayne.com")),
        ("yes, same as Visio Plan 2", SameAs("Visio Plan 2", is_sure=True)),
        ("please same as Visio Plan 2", SameAs("Visio Plan 2")),
        ("same client as Wayne", SameAs("Wayne", Kind.CLIENT)),
        ("same product as M365_BUS_PREM", SameAs("M365_BUS_PREM", Kind.PRODUCT)),
        ("not the same", NotSame()),
        ("Not the same product", NotSame(Kind.PRODUCT)),
        ("snooze 3d", Snooze(date(2026, 11, 23))),
        ("snooze for two weeks", Snooze(date(2026, 12, 4))),
        ("snooze until Friday", Snooze(date(2026, 11, 27))),
        ("assign <@U0SAM00001>", Assign("U0SAM00001")),
        ("assign to <@U0SAM00001|sam>.", Assign("U0SAM00001")),
        ("why?", Why()),
        ("Why", Why()),
        ("history", History()),
        ("undo", Undo()),
        ("undo that", Undo()),
        ("sure, undo", Undo()),
        ("take it back", Undo()),
        ("undo approve", Undo(Verb.APPROVE)),
        ("undo the approval", Undo(Verb.APPROVE)),
        ("undo dismiss", Undo(Verb.DISMISS)),
        ("undo same as", Undo(Verb.SAME)),
        ("help", Help()),
    ],
)
def test_what_is_typed_is_what_is_asked_for(typed: str, asked: Asked) -> None:
    understood = understand(plain(typed), today=TODAY)

    if isinstance(asked, NotUnderstood):
        assert isinstance(understood, NotUnderstood)
        assert understood.sentence
    else:
        assert understood == asked


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "ok",
        "yes",
        "👍",
        ":x: approve",
        "approve 👎",
        "approve?",
        "ok?",
        "yes yes",
        "ok, approve?",
        "yes but do not approve",
        "no, approve",
        "approve all but visio",
        "approve all clients",
        "undo all",
        "don't approve",
        "do not approve",
        "approve tomorrow",
        "approve 5 of them",
        "I approve of this approach",
        "should we approve",
        "undo everything",
        "who approved this?",
        "approve " * 200,
        "not the same as before",
        "dismissed",
        "<!channel> approve",
    ],
)
def test_what_could_mean_something_else_decides_nothing(typed: str) -> None:
    assert isinstance(understand(typed, today=TODAY), NotUnderstood)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("dismiss", "Why?"),
        ("dismiss because I say so", "dismiss bundled"),
        ("dismiss bundledness", "dismiss bundled"),
        ("dismiss bundled until 3/4", "3 Apr or the 4 Mar"),
        ("dismiss bundled until 1 Jan 2020", "has passed"),
        ("dismiss bundled until whenever", "can't tell which day"),
        ("dismiss bundled 31 Mar", "dismiss bundled until 31 Mar"),
        ("snooze", "Until when?"),
        ("snooze a bit", "can't tell which day"),
        ("snooze until next Friday", "27 Nov 2026 or 4 Dec 2026"),
        ("same as", "The same as what?"),
        ("same", "The same as what?"),
        ("assign", "To whom?"),
        ("assign sam", "To whom?"),
        ("assign <@U0SAM00001> and <@U0DANA0001>", "To whom?"),
    ],
)
def test_what_is_nearly_understood_says_what_is_missing(typed: str, sentence: str) -> None:
    understood = understand(typed, today=TODAY)

    assert isinstance(understood, NotUnderstood)
    assert sentence in understood.sentence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("aprove", "Did you mean approve?"),
        ("Aproved!", "Did you mean approve?"),
        ("approve tomorrow", "Did you mean approve?"),
        ("dismis bundled", "Did you mean dismiss bundled?"),
        ("snoze 3d", "Did you mean snooze 3d?"),
        ("asign <@U0SAM00001>", "Did you mean assign @sam?"),
        ("histroy", "Did you mean history?"),
        ("undo everything", "Did you mean undo?"),
        ("don't approve", ""),
        ("I think we should look at it first", ""),
        ("approve of it or not, I want to talk about this with the client first", ""),
        ("wait", ""),
    ],
)
def test_a_slip_of_the_fingers_is_asked_about_and_decides_nothing(typed: str, sentence: str) -> None:
    assert understand(typed, today=TODAY) == NotUnderstood(sentence)


@pytest.mark.parametrize("word", HOW)
def test_what_a_slip_is_answered_with_is_understood(word: str) -> None:
    typed = HOW[word].replace("@sam", "<@U0SAM00001>")

    assert not isinstance(understand(typed, today=TODAY), NotUnderstood)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2027-03-31", MARCH),
        ("31 Mar", MARCH),
        ("31 March", MARCH),
        ("31st of March", MARCH),
        ("the 31st of March 2027", MARCH),
        ("March 31", MARCH),
        ("mar. 31st, 2027", MARCH),
        ("31Mar", MARCH),
        ("31/3", MARCH),
        ("3/31/2027", MARCH),
        ("31.3.", MARCH),
        ("31.03.2027", MARCH),
        ("12/12", date(2026, 12, 12)),
        ("20 Nov", date(2027, 11, 20)),
        ("21 Nov", date(2026, 11, 21)),
        ("29 Feb", date(2028, 2, 29)),
        ("3d", date(2026, 11, 23)),
        ("3 days", date(2026, 11, 23)),
        ("a week", date(2026, 11, 27)),
        ("2w", date(2026, 12, 4)),
        ("one month", date(2026, 12, 20)),
        ("1y", date(2027, 11, 20)),
        ("Monday", date(2026, 11, 23)),
        ("fri", date(2026, 11, 27)),
        ("tomorrow", date(2026, 11, 21)),
        ("next week", date(2026, 11, 23)),
        ("end of month", date(2026, 11, 30)),
        ("the end of the year", date(2026, 12, 31)),
        ("year end", date(2026, 12, 31)),
        ("the end of the month", date(2026, 11, 30)),
        ("end of January", date(2027, 1, 31)),
        ("end of November", date(2026, 11, 30)),
        ("end of October", date(2027, 10, 31)),
        ("end of Feb 2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_said_in_many_ways(said: str, day: date) -> None:
    assert read_day(said, TODAY) == day
    assert read_day(said.upper(), TODAY) == day


@pytest.mark.parametrize(
    "said",
    [
        "3/4", "0/5", "13/13", "31/0/2027", "31 Feb", "0 Mar", "2027-13-01", "2027-02-29", "31 Mar 27", "0d",
        "9999 years", "31 Mar 2099", "today", "yesterday", "next month", "soon", "3", "3m", "3h", "²",
        "1 Nov 2026", "20 Nov 2026", "32.1.2027", "1.13.", "0000-01-01", "end of Jan 0000", "",
    ],
)  # fmt: skip
def test_a_day_that_could_be_two_or_none_is_never_guessed(said: str) -> None:
    with pytest.raises(NoSuchDay):
        read_day(said, TODAY)


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert read_day("1 month", date(2027, 1, 31)) == date(2027, 2, 28)
    assert read_day("end of month", date(2027, 1, 31)) == date(2027, 2, 28)


def test_every_reply_that_help_names_is_understood() -> None:
    for reply in REPLIES:
        typed = reply.replace("@sam", "<@U0SAM00001>")

        assert not isinstance(understand(typed, today=TODAY), NotUnderstood), reply


@given(st.text(max_size=600), st.sampled_from(["", *VERBS, *WORDS, "dismiss bundled until ", "snooze until "]))
@example("\ud800 <@ <!", "same as ")
def test_nothing_that_can_be_typed_raises(typed: str, start: str) -> None:
    understand(plain(start + typed), today=TODAY)


@given(
    st.sampled_from(["{}", "{} {}", "{} {} {}", "{}/{}", "{}.{}.{}", "{}-{}-{}", "end of {} {}", "next {}"]),
    st.lists(
        st.sampled_from(["0", "1", "12", "13", "31", "99", "2027", "0000", "feb", "d", "month", "Friday"]), min_size=3
    ),
    st.dates(date(2020, 1, 1), date(2100, 1, 1)),
)
def test_a_day_lies_ahead_or_is_refused(shape: str, parts: list[str], today: date) -> None:
    try:
        day = read_day(shape.format(*parts), today)
    except NoSuchDay:
        return
    assert today < day <= today + timedelta(days=3653)
