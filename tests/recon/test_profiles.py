"""What people answer about a header row is asked once."""

from __future__ import annotations

import pytest
from exports import as_csv

from recon import NO_PROFILES, Profiles, Reading, Side, Topic, UnreadableAnswers, profiles_from_json, read_lines

HEADERS = ["Customer", "Company", "Qty", "Item", "Rate"]
ROWS = [["Acme", "Acme Holdings", "2", "Duo", "3.50"], ["Beta", "Beta Group", "4", "Duo", "3.50"]]


def read(profiles: Profiles = NO_PROFILES, headers: list[str] | None = None) -> Reading:
    return read_lines(as_csv(headers or HEADERS, ROWS), "export.csv", profiles=profiles)


def test_two_columns_that_could_both_be_the_client_are_a_question_with_their_values() -> None:
    question = next(question for question in read().questions if question.topic is Topic.COLUMN)

    assert question.about == "client"
    assert [candidate.value for candidate in question.candidates] == ["Customer", "Company", "-"]
    assert question.candidates[1].reasons == ("its values: Acme Holdings, Beta Group",)
    assert question.lines == 2


def test_an_answer_holds_for_every_file_with_that_header_in_any_order_and_case() -> None:
    profiles = NO_PROFILES.answering(read().layout.fingerprint, "client=Company", "side=billed")
    kept = profiles_from_json(profiles.to_json())

    again = read(kept)
    other = read_lines(
        as_csv([h.upper() for h in reversed(HEADERS)], [row[::-1] for row in ROWS]), "b.csv", profiles=kept
    )

    assert not again.questions
    assert again.lines["client"].to_list() == ["Acme Holdings", "Beta Group"]
    assert other.lines["client"].to_list() == ["Acme Holdings", "Beta Group"]
    assert again.layout.side is Side.BILLED
    assert kept.to_json() == profiles.to_json()


def test_a_question_has_the_same_id_every_time() -> None:
    assert [question.id for question in read().questions] == [question.id for question in read().questions]


def test_people_may_overrule_a_column_nobody_asked_about() -> None:
    profiles = NO_PROFILES.answering(read().layout.fingerprint, "client=Item", "product=Company", "side=bought")

    assert read(profiles).lines["product"].to_list() == ["Acme Holdings", "Beta Group"]


def test_a_column_may_be_denied_its_meaning() -> None:
    headers = ["Customer", "Product", "Qty", "Price", "Currency"]
    content = as_csv(headers, [["Acme", "Duo", "2", "3.50", "USD"]])
    asked = read_lines(content, "x.csv", side=Side.BILLED)
    profiles = NO_PROFILES.answering(asked.layout.fingerprint, "client=-", "client_name=Acme Ltd")

    assert read_lines(content, "x.csv", side=Side.BILLED, profiles=profiles).lines["client"].to_list() == ["Acme Ltd"]


@pytest.mark.parametrize(
    "answer", ["quantity", "=Seats", "quantity=", "colour=red", "side=left", "decimals=;", "day_order=Y"]
)
def test_an_answer_nobody_can_understand_is_refused(answer: str) -> None:
    with pytest.raises(UnreadableAnswers):
        NO_PROFILES.answering("f", answer)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"version": 9, "profiles": {}}', '{"version": 1, "profiles": {"f": []}}',
     '{"version": 1, "profiles": {"f": {"side": "left"}}}', '{"version": 1, "profiles": {"f": {"columns": 3}}}',
     '{"version": 1, "profiles": {"f": {"columns": {"nonsense": "Qty"}}}}'],
)  # fmt: skip
def test_profiles_nobody_can_read_are_refused(text: str) -> None:
    with pytest.raises(UnreadableAnswers):
        profiles_from_json(text)


def test_a_file_given_for_the_other_side_is_read_so_and_told_of() -> None:
    pax8 = "company_id,company_name,type,sku,description,start_period,end_period,quantity,price,cost,cost_total"
    row = "a1,Acme,subscription,X-1,Duo,2026-10-01,2026-10-31,2,4.00,3.50,7.00"

    reading = read_lines(f"{pax8}\n{row}\n".encode(), "pax8.csv", side=Side.BILLED)

    assert reading.lines.height == 1
    (problem,) = reading.problems
    assert problem.sentence.startswith("pax8.csv looks like a bought file (Pax8 invoice); I take it for billed")
