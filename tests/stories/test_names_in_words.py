"""A question about a name is answered by a reply below the result, as a gap's is in its thread."""

from __future__ import annotations

import pytest
from office import PREMIUM, VISIO
from talking.salon import BILLING, Salon

from bot.sandbox import Seen
from bot.services.decisions import Verb

HAVE = [("Wayne Enterprises", PREMIUM, 12), ("Umbrella Holdings", PREMIUM, 5), ("Hooli", VISIO, 3)]
PAY = [
    ("Wayne Ent. East", PREMIUM, 10),
    ("Wayne Ent. West", PREMIUM, 10),
    ("Raccoon Labs", PREMIUM, 1),
    ("Hooli", VISIO, 3),
]


@pytest.fixture
def result(salon: Salon) -> Seen:
    """Compare a month with two names nobody is sure of."""
    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()
    return next(one for one in salon.dana.sees(BILLING) if "October 2026:" in one.text)


def hears(salon: Salon, words: str, result: Seen) -> str:
    """Reply below the result, and read what Dana alone is told of it."""
    salon.dana.says(words, BILLING, thread=result)
    salon.slack.settles()
    told = [one.words for one in salon.dana.sees(BILLING, result) if one.is_ephemeral]
    return told[-1] if told else ""


def standing(salon: Salon) -> list[tuple[str, str, str]]:
    found = salon.office.undo.standing(salon.office.workspace)
    return [(one.verb, one.names.bought, one.names.billed) for one in found if one.names]


def test_a_reply_that_names_whom_it_is_about_answers_the_question_in_its_place(salon: Salon, result: Seen) -> None:
    assert hears(salon, "umbrella: same as raccoon labs", result) == ""

    assert standing(salon) == [(Verb.SAME, "Umbrella Holdings", "Raccoon Labs")]
    (shown,) = [one for one in salon.dana.sees(BILLING, result) if "Take back" in one.buttons]
    assert "“Umbrella Holdings” has 5 seats bought" in shown.words
    assert "Dana said: the same as Raccoon Labs." in shown.words
    salon.keeps_its_promises()
    assert any("1 name left to settle" in one.words for one in salon.dana.sees(BILLING, result))


def test_names_that_wait_are_in_the_status_and_in_the_week_until_they_are_settled(salon: Salon, result: Seen) -> None:
    told = "2 names wait for an answer, worth $306.00 a month. The questions are below the result."
    for command in ("status", "summary"):
        salon.dana.types(f"/reconcile {command}", BILLING)
        salon.slack.settles()
        assert told in salon.dana.sees(BILLING)[-1].words

    hears(salon, "umbrella: same as raccoon labs", result)
    hears(salon, "same as Wayne Ent. West", result)
    salon.keeps_its_promises()
    salon.dana.types("/reconcile status", BILLING)
    salon.slack.settles()
    assert "for an answer" not in salon.dana.sees(BILLING)[-1].words


def test_a_name_that_could_answer_either_question_is_asked_back_about(salon: Salon, result: Seen) -> None:
    told = hears(salon, "same as Raccoon Labs", result)

    assert "I asked about Wayne Enterprises, Umbrella Holdings. Say which one first" in told
    assert "“Wayne Enterprises: same as Raccoon Labs”" in told
    assert standing(salon) == []


def test_a_name_that_is_offered_for_one_of_them_answers_that_one(salon: Salon, result: Seen) -> None:
    hears(salon, "same as: Wayne Ent. West", result)

    assert standing(salon) == [(Verb.SAME, "Wayne Enterprises", "Wayne Ent. West")]


def test_an_offered_product_is_known_as_it_is_shown(salon: Salon) -> None:
    salon.office.receives(
        [("Acme", "Microsoft 365 A3 (Faculty Pricing)", 5), ("Acme", PREMIUM, 3)],
        [("Acme", "M365 A3 Faculty", 5), ("Acme", PREMIUM, 3)],
    )
    salon.keeps_its_promises()
    result = next(one for one in salon.dana.sees(BILLING) if "October 2026:" in one.text)

    assert hears(salon, "same as Microsoft 365 A3 for Faculty", result) == ""
    assert standing(salon) == [(Verb.SAME, "Microsoft 365 A3 (Faculty Pricing)", "Microsoft 365 A3 for Faculty")]


def test_what_was_offered_is_refused_in_words_too(salon: Salon, result: Seen) -> None:
    hears(salon, "not the same", result)

    refused = {(bought, verb) for verb, bought, _ in standing(salon)}
    assert refused == {("Wayne Enterprises", Verb.DIFFERENT)}
    assert "Search…" in hears(salon, "Umbrella Holdings: not the same", result)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Umbrella: same as Raccoon Lab", "Did you mean Raccoon Labs?"),
        ("Umbrella: same as Zorg", "The button “Search…” has a search."),
        ("Cyberdyne: same as Raccoon Labs", "No name that I asked about here is left to settle."),
    ],
)
def test_a_slip_settles_nothing_and_gets_help(salon: Salon, result: Seen, words: str, told: str) -> None:
    assert told in hears(salon, words, result)
    assert standing(salon) == []


@pytest.mark.parametrize("words", ["who is Umbrella?", "approve", "lunch: 12 o'clock", "thanks!"])
def test_talk_below_a_result_is_none_of_our_business(salon: Salon, result: Seen, words: str) -> None:
    assert hears(salon, words, result) == ""
    assert standing(salon) == []
