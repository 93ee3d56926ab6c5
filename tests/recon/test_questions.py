from __future__ import annotations

import pytest
from months_of import billed, bought, result_of

from recon import Judgement, Judgements, Kind, Question, Reading, Said

TOWNS = [
    *("Arden", "Brisk", "Calder", "Dover", "Elgar", "Farrow", "Gower", "Harlow", "Isley", "Jarrow"),
    *("Kelso", "Larkin", "Morven", "Nesbit", "Orkney", "Padstow", "Quorn", "Ripon", "Selby", "Thirsk"),
    *("Ulver", "Verwood", "Wells", "Yarm", "Zeal", "Ashby", "Bude", "Corby", "Dunster", "Epsom"),
]
SHIELD, GUARD = "Widget Shield", "Widget Guard"


def month() -> tuple[Reading, Reading]:
    """Thirty clients have a product that the PSA calls otherwise, and one client is called otherwise."""
    foods = [f"{town} Foods" for town in TOWNS]
    have = bought(
        *({"client": name, "product": SHIELD, "seats": n + 3, "cost": "4.00"} for n, name in enumerate(foods)),
        *({"client": name} for name in foods),
        {"client": "Northern Lakes Dental Group", "seats": 60},
    )
    pay = billed(
        *({"client": name, "product": GUARD, "seats": 2 * n + 9, "price": "6.00"} for n, name in enumerate(foods)),
        *({"client": name} for name in foods),
        {"client": "Northern Lakes Orthodontics", "seats": 7},
    )
    return have, pay


def answer(question: Question, verdict: Said) -> list[Judgement]:
    """Say the same of every candidate, as a person who clicks through them."""
    names = [(question.about, candidate.value) for candidate in question.candidates]
    if question.topic == "client":
        return [Judgement(Kind.CLIENT, about, value, verdict) for about, value in names]
    return [Judgement(Kind.PRODUCT, value, about, verdict) for about, value in names]


def test_the_question_whose_answer_settles_most_money_comes_first_and_says_how_many_it_settles() -> None:
    questions = result_of(*month()).questions

    assert [(question.about, str(question.monthly[0])) for question in questions] == [
        (GUARD, "$2,100.00"),
        ("Northern Lakes Dental Group", "$1,080.00"),
    ]
    assert questions[0].sentence.endswith("One answer settles 30 clients.")
    assert "settles" not in questions[1].sentence


@pytest.mark.parametrize("verdict", [Said.SAME, Said.DIFFERENT])
def test_what_was_answered_is_never_asked_again(verdict: Said) -> None:
    have, pay = month()
    questions = result_of(have, pay).questions

    told = Judgements(tuple(judgement for question in questions for judgement in answer(question, verdict)))
    again = result_of(have, pay, judgements=told).questions

    refused = {(judgement.bought, judgement.billed) for judgement in told.said}
    offered = {(judgement.bought, judgement.billed) for one in again for judgement in answer(one, Said.SAME)}
    assert not refused & offered
    assert verdict is Said.DIFFERENT or again == ()
