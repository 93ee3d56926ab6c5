"""Why a gap is a gap, and that its numbers can be computed again."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from months_of import PREMIUM, billed, bought, result_of

from recon import (
    Judgement,
    Judgements,
    Kind,
    Reconciliation,
    Said,
    Side,
    Stopped,
    UnknownGap,
    UnreadableAnswers,
    explain_gap,
    explain_gaps,
    read_document,
    write_document,
)

HAVE = bought({"seats": 7, "Note": "first"}, {"seats": 5, "Note": "second"}, {"client": "Wayne Ent", "seats": 3})
PAY = billed({"seats": 10}, {"client": "Batcave LLC", "seats": 2})


def explained() -> Reconciliation:
    said = Judgements((Judgement(Kind.CLIENT, "Wayne Ent", "Batcave LLC", Said.SAME, by="Jo"),))
    return result_of(HAVE, PAY, judgements=said)


def test_both_raw_rows_are_shown_as_the_files_have_them() -> None:
    why = explain_gap(explained(), next(gap.id for gap in explained().gaps if gap.client == "Acme"))

    assert [(line.side, line.row) for line in why.evidence] == [(Side.BOUGHT, 2), (Side.BOUGHT, 3), (Side.BILLED, 2)]
    assert dict(why.evidence[1].cells)["Note"] == "second"


def test_the_judgement_that_made_two_names_one_is_named() -> None:
    why = explain_gap(explained(), next(gap.id for gap in explained().gaps if gap.client == "Batcave LLC"))

    assert (why.client.bought, why.client.billed, why.client.by) == ("Wayne Ent", "Batcave LLC", "judgement")
    assert any("Jo" in reason for reason in why.client.reasons)


def test_computing_again_from_the_evidence_gives_the_same_numbers() -> None:
    result = explained()

    for why in explain_gaps(result, result.gaps):
        have = sum((line.seats for line in why.evidence if line.side is Side.BOUGHT), Decimal(0))
        pay = sum((line.seats for line in why.evidence if line.side is Side.BILLED), Decimal(0))
        price = next(line.price for line in why.evidence if line.side is Side.BILLED)
        assert (have, pay, abs(have - pay)) == (why.gap.bought, why.gap.billed, why.gap.seats)
        assert price is not None
        assert price * why.gap.seats == why.gap.monthly.amount


def test_doing_what_would_settle_a_gap_settles_it() -> None:
    why = explain_gap(result_of(bought({"seats": 12}), billed({})), "")

    assert why.settled_by == "Billing 12 instead of 10 would settle it; so would buying 2 fewer."
    assert result_of(bought({"seats": 12}), billed({"seats": 12})).gaps == ()


def test_an_unknown_gap_is_a_sentence() -> None:
    with pytest.raises(UnknownGap, match="nosuchgap"):
        explain_gap(explained(), "nosuchgap")


def test_the_json_says_what_the_schema_promises() -> None:
    document = json.loads(write_document(explained()))

    gap = document["gaps"][0]
    assert document["schema"] == "gapwatch.reconciliation/1"
    assert {"kind", "plan", "currency", "exact", "reasons", "why"} <= set(gap)
    assert (gap["client"], gap["product"], gap["bought"], gap["billed"]) == ("Acme", PREMIUM, 12, 10)
    assert (gap["monthly"], gap["bought_rows"], gap["billed_rows"]) == (44, [2, 3], [2])
    assert [line["class"] for line in document["lines"]] == ["gap"] * 5
    assert document["totals"]["under"] == [{"amount": 66, "currency": "USD"}]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": "other/9"}', "null", "[" * 100_000])
def test_a_json_that_is_no_result_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableAnswers) as refused:
        read_document(text)

    assert isinstance(refused.value, Stopped)
    assert str(refused.value).startswith("This is not")
