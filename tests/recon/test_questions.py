from __future__ import annotations

import pytest
from months_of import PREMIUM, STANDARD, VISIO, billed, bought, result_of

from recon import Judgement, Judgements, Kind, Question, Reading, Reconciliation, Said, Side, read_lines

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


def test_an_answer_counts_where_both_sides_have_the_name_that_is_asked_about() -> None:
    products = [PREMIUM, VISIO, "Microsoft 365 E3", "Adobe Acrobat Pro", "Huntress Managed EDR"]
    rows = [(n, at, f"{town} Foods", product) for n, town in enumerate(TOWNS) for at, product in enumerate(products)]
    have = bought(*({"client": who, "product": what, "seats": 10 + at + n % 7} for n, at, who, what in rows))
    pay = billed(*({"client": who, "product": what, "seats": 8 + at} for _, at, who, what in rows))
    questions = result_of(have, pay).questions  # no client is billed for as many as it has
    assert {question.about for question in questions} == {"Adobe Acrobat Pro", "Huntress Managed EDR"}

    told = Judgements(tuple(judgement for question in questions for judgement in answer(question, Said.SAME)))
    settled = result_of(have, pay, judgements=told)

    assert settled.questions == ()
    assert {gap.product for gap in settled.gaps} == set(products)


@pytest.mark.parametrize("as_shown", ["Exchange Online (Plan 1)", "exchange online plan 1"])
def test_a_product_may_be_answered_about_by_the_name_it_is_shown_by(as_shown: str) -> None:
    have = bought({}, {"product": "Exchange Online (Plan 1) [New Commerce Experience]", "seats": 6})
    pay = billed({}, {"product": "Hosted Email Standard", "seats": 4})
    assert {gap.product for gap in result_of(have, pay).gaps} == {"Exchange Online (Plan 1)"}

    told = Judgements((Judgement(Kind.PRODUCT, as_shown, "Hosted Email Standard", Said.SAME),))
    (gap,) = result_of(have, pay, judgements=told).gaps

    assert (gap.product, int(gap.bought), int(gap.billed)) == ("Exchange Online (Plan 1)", 6, 4)


def test_an_answer_about_one_of_two_namesakes_counts_for_that_one_alone() -> None:
    have = read_lines(
        b"Customer,Customer ID,Product,Quantity,Unit Cost\nAcme Ltd,a1,Visio Plan 2,10,9.50\n"
        b"Acme Ltd,b2,Visio Plan 2,30,9.50\nBolt,c3,Visio Plan 2,3,9.50\n",
        "bought.csv",
        side=Side.BOUGHT,
    )
    pay = billed({"client": "Acme Ltd", "product": VISIO, "seats": 8}, {"client": "Bolt", "product": VISIO, "seats": 3})
    questions = {question.about: question for question in result_of(have, pay).questions}
    assert set(questions) == {"Acme Ltd (a1)", "Acme Ltd (b2)"}

    settled = result_of(have, pay, judgements=Judgements(tuple(answer(questions["Acme Ltd (b2)"], Said.SAME))))

    assert [(int(gap.bought), int(gap.billed)) for gap in settled.gaps] == [(30, 8)]
    assert [question.about for question in settled.questions] == ["Acme Ltd (a1)"]


NORTH, SOUTH, HOMES = "Orchard Homes (North)", "Orchard Homes (South)", "Orchard Homes"


def two_sites(*said: tuple[str, Said]) -> Reconciliation:
    """Reconcile a client with one bill whose two sites buy by themselves, and that pays for too many of one thing."""
    have = bought({}, {"client": NORTH, "seats": 14}, {"client": SOUTH, "seats": 11})
    pay = billed({}, {"client": HOMES, "seats": 25}, {"client": HOMES, "product": VISIO, "seats": 2})
    told = tuple(Judgement(Kind.CLIENT, site, HOMES, verdict) for site, verdict in said)
    return result_of(have, pay, judgements=Judgements(told))


def test_a_client_is_not_billed_too_much_while_another_site_of_it_waits() -> None:
    result = two_sites((NORTH, Said.SAME))

    assert [(one.about, [candidate.value for candidate in one.candidates]) for one in result.questions] == [
        (SOUTH, [HOMES])
    ]
    assert [(gap.product, int(gap.seats)) for gap in result.gaps] == [(VISIO, 2)]  # which no site has


def test_the_answer_about_the_other_site_settles_what_waited() -> None:
    both = two_sites((NORTH, Said.SAME), (SOUTH, Said.SAME))
    refused = two_sites((NORTH, Said.SAME), (SOUTH, Said.DIFFERENT))

    assert (both.questions, [gap.product for gap in both.gaps]) == ((), [VISIO])
    assert [(gap.product, int(gap.seats)) for gap in refused.gaps] == [(PREMIUM, 11), (VISIO, 2)]


OLD_NAME = "Office 365 Business Premium"  # until 2020 what is now Standard; many still call Premium so


def month_of_an_unclear_wording() -> tuple[Reading, Reading]:
    """Two clients are billed by a wording that could be either of two products, and two by the names of both."""
    have = bought(
        *({"client": name, "product": STANDARD, "seats": 8, "cost": "10.00"} for name in ("Arden", "Brisk")),
        *({"client": name, "seats": 7} for name in ("Calder", "Dover")),
    )
    pay = billed(
        {"client": "Arden", "product": STANDARD, "seats": 8},
        {"client": "Brisk", "product": OLD_NAME, "seats": 6},
        {"client": "Calder", "seats": 7},
        {"client": "Dover", "product": OLD_NAME, "seats": 7},
    )
    return have, pay


def test_a_wording_used_of_two_products_is_asked_about_once_before_anybody_is_accused() -> None:
    result = result_of(*month_of_an_unclear_wording())

    (question,) = result.questions
    assert result.gaps == ()
    assert (question.about, {candidate.value for candidate in question.candidates}) == (OLD_NAME, {STANDARD, PREMIUM})
    assert question.sentence == (
        f"Is “{OLD_NAME}” in the PSA the {STANDARD} or {PREMIUM} that 2 clients have bought? "
        "No other line bills it. One answer settles 2 clients."
    )


def test_one_answer_about_such_a_wording_settles_it_at_every_client() -> None:
    told = Judgements((Judgement(Kind.PRODUCT, STANDARD, OLD_NAME, Said.SAME, by="Jo"),))

    result = result_of(*month_of_an_unclear_wording(), judgements=told)

    assert result.questions == ()
    assert {(gap.client, str(gap.kind)) for gap in result.gaps} == {
        ("Brisk", "underbilled"),
        ("Dover", "wrong product"),
    }


def test_such_a_wording_waits_at_each_client_also_where_one_product_has_no_other_name() -> None:
    have = bought(
        {"client": "Arden", "product": STANDARD}, {"client": "Brisk", "seats": 7}, {"client": "Calder", "seats": 4}
    )
    pay = billed(
        {"client": "Arden", "product": OLD_NAME},
        {"client": "Brisk", "product": OLD_NAME, "seats": 7},
        {"client": "Calder", "seats": 4},
    )

    result = result_of(have, pay)

    assert result.gaps == ()
    assert {question.about for question in result.questions} == {STANDARD, OLD_NAME}
