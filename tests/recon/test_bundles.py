"""Bundles beside names that nobody is sure of, and beside what is not compared."""

from __future__ import annotations

import pytest
from months_of import PREMIUM, billed, bought, result_of

from recon import Judgement, Judgements, Kind, Rule, RuleKind, Said

UNIT, ACRONIS, EDR = "Managed Workstation", "Acronis Cyber Protect Cloud - Workstation", "Huntress Managed EDR"


def bundle(*parts: str) -> Rule:
    """Agree on what each managed workstation contains."""
    return Rule(kind=RuleKind.BUNDLE, unit=UNIT, contains=parts)


def test_a_bundle_is_not_asked_about_as_one_of_its_parts() -> None:
    have, pay = bought({}, {"product": ACRONIS, "seats": 16}), billed({}, {"product": UNIT, "seats": 16})
    assert result_of(have, pay).questions

    result = result_of(have, pay, rules=(bundle(ACRONIS),))

    assert (result.gaps, result.questions) == ((), ())


def test_a_person_who_says_that_a_bundle_is_its_part_is_believed() -> None:
    have, pay = bought({}, {"product": ACRONIS, "seats": 16}), billed({}, {"product": UNIT, "seats": 12})
    told = Judgements((Judgement(Kind.PRODUCT, ACRONIS, UNIT, Said.SAME),))

    gaps = result_of(have, pay, judgements=told, rules=(bundle(PREMIUM),)).gaps

    assert {(gap.product, int(gap.bought), int(gap.billed)) for gap in gaps} >= {(ACRONIS, 16, 12)}


def test_a_part_that_goes_by_a_code_is_billed_by_its_bundle() -> None:
    have, pay = bought({}, {"product": "HUN-4471", "seats": 7}), billed({}, {"product": UNIT, "seats": 5})

    result = result_of(have, pay, rules=(bundle("HUN-4471"),))

    assert [(gap.product, int(gap.seats)) for gap in result.gaps] == [("HUN-4471", 2)]
    assert result.questions == ()


def test_bundles_of_a_client_who_may_be_another_accuse_nobody() -> None:
    have = bought({}, *({"client": "Northern Lakes Dental Group", "product": one} for one in (PREMIUM, EDR)))
    pay = billed({}, *({"client": "Northern Lakes Orthodontics", "product": one} for one in (PREMIUM, UNIT)))

    result = result_of(have, pay, rules=(bundle(EDR),))

    assert [question.about for question in result.questions] == ["Northern Lakes Dental Group"]
    assert result.gaps == ()


def test_a_part_that_waits_for_an_answer_is_not_billed_too_much() -> None:
    have = bought({}, {"product": ACRONIS, "seats": 16})
    pay = billed({}, {"product": UNIT, "seats": 16}, {"product": "Acronis Workstation Protect", "seats": 16})

    result = result_of(have, pay, rules=(bundle(ACRONIS),))

    assert [question.about for question in result.questions] == [ACRONIS]
    assert result.gaps == ()


@pytest.mark.parametrize(("client", "product"), [("Brisk", None), (None, EDR)])
def test_what_is_not_compared_is_not_compared_in_bundles(client: str | None, product: str | None) -> None:
    have = bought({}, {"client": "Brisk", "product": EDR, "seats": 5})
    pay = billed({}, {"client": "Brisk", "product": UNIT, "seats": 5})

    excluded = Rule(kind=RuleKind.EXCLUSION, client=client, product=product)

    result = result_of(have, pay, rules=(bundle(EDR), excluded))

    assert result.gaps == ()
