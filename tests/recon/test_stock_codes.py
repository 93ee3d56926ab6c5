"""Products that a vendor calls by nothing but a code."""

from __future__ import annotations

import pytest
from months_of import VISIO, billed, bought, only_gap, result_of

from recon import Judgement, Judgements, Kind, Reading, Said, Topic

UNKNOWN = "P1Y:CFQ7TTC0LFLX:0001:1:"
OTHERS = {"product": VISIO, "seats": 2}


def bought_code(code: str = UNKNOWN) -> Reading:
    return bought({"product": "", "Stock Code": code}, OTHERS)


@pytest.mark.parametrize(
    "code", [UNKNOWN, "cfq7ttc0lflx:0001", "MST-NCE-4471-C100", "1b2c3d4e-0000-4000-8000-00000000abcd"]
)
def test_a_code_nobody_knows_is_asked_about_and_called_neither_unbilled_nor_unbought(code: str) -> None:
    result = result_of(bought_code(code), billed({"product": "Microsoft 365 E3"}, OTHERS))

    (question,) = result.questions
    assert result.gaps == ()
    assert (question.topic, question.about) == (Topic.PRODUCT, code)
    assert str(question.monthly[0]) == "$180.00"
    assert sorted(result.lines["class"]) == ["matched", "matched", "question", "question"]


@pytest.mark.parametrize("code", ["MS020", "10-4471", "SVC/0015"])
def test_a_code_in_the_products_column_is_a_code_too(code: str) -> None:
    result = result_of(bought({"product": code}, OTHERS), billed({"product": "Microsoft 365 E3"}, OTHERS))

    assert result.gaps == ()
    assert [question.about for question in result.questions] == [code]


@pytest.mark.parametrize(
    "name", ["KnowBe4", "Datto 4TB", "Duo", "1Password", "ACRONIS-2TB-10", "WIN11PRO", "DUO-MFA-10-50"]
)
def test_a_name_with_a_digit_in_it_is_a_name(name: str) -> None:
    assert only_gap(bought({"product": name}, OTHERS), billed(OTHERS)).kind == "unbilled"


def test_a_code_is_asked_about_also_where_nothing_else_is_billed_to_the_client() -> None:
    (question,) = result_of(bought_code(), billed(OTHERS)).questions

    assert question.sentence.endswith("No billed product is like it: under which name is it billed?")


def test_where_the_psa_bills_by_codes_what_it_bills_by_no_name_is_asked_about() -> None:
    result = result_of(bought({"product": "Microsoft 365 E3"}), billed({"product": "MS0016"}, {"product": "MS0021"}))

    assert result.gaps == ()
    assert [question.about for question in result.questions] == ["Microsoft 365 E3"]


def test_a_code_among_the_names_of_a_psa_hides_no_gap() -> None:
    have = bought({"product": "Microsoft 365 E3"}, OTHERS)

    gap = only_gap(have, billed(OTHERS, {"product": "SVC-0100"}, {"product": "Managed Services"}))

    assert (gap.kind, gap.product) == ("unbilled", "Microsoft 365 E3")


def test_names_in_capitals_with_digits_are_no_codes_by_which_a_psa_bills() -> None:
    pay = billed(OTHERS, {"product": "ACRONIS-2TB-10"}, {"product": "DUO-MFA-10-50"})

    assert "Microsoft 365 E3" in {
        gap.product for gap in result_of(bought({"product": "Microsoft 365 E3"}, OTHERS), pay).gaps
    }


def test_only_the_client_that_has_the_code_waits() -> None:
    have = bought({"product": "", "Stock Code": UNKNOWN}, OTHERS, {"client": "Bolt"} | OTHERS)
    pay = billed(OTHERS, {"client": "Bolt"} | OTHERS, {"client": "Bolt", "product": "Microsoft 365 E3"})

    gap = only_gap(have, pay)

    assert gap.sentence == "Bolt is billed for 10 Microsoft 365 E3 and has none."


def test_what_a_person_says_a_code_is_counts() -> None:
    told = Judgements((Judgement(Kind.PRODUCT, UNKNOWN, "Microsoft 365 E3", Said.SAME),))

    result = result_of(bought_code(), billed({"product": "Microsoft 365 E3", "seats": 8}, OTHERS), judgements=told)

    assert result.questions == ()
    assert [(gap.kind, int(gap.seats)) for gap in result.gaps] == [("underbilled", 2)]


def test_a_code_of_which_a_person_has_spoken_and_that_nobody_bills_is_unbilled() -> None:
    told = Judgements((Judgement(Kind.PRODUCT, UNKNOWN, "Microsoft 365 E3", Said.SAME),))

    assert only_gap(bought_code(), billed(OTHERS), judgements=told).kind == "unbilled"


@pytest.mark.parametrize("product", ["Huntress Managed EDR", "3CX", "Sophos CIXA3"])
def test_a_name_is_no_code_though_it_stands_in_the_number_column_too(product: str) -> None:
    have = bought({"product": product, "Stock Code": product}, OTHERS)

    assert only_gap(have, billed(OTHERS)).kind == "unbilled"
