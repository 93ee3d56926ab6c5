"""The sample month against its answer key, which was worked out by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from recon import Direction, Gap, Reconciliation, Side, read_lines, reconcile

SAMPLE = Path(__file__).parent.parent.parent / "bot" / "sample"
KEY: dict[str, Any] = json.loads((SAMPLE / "answer-key.json").read_text(encoding="utf-8"))


@cache
def sample() -> Reconciliation:
    bought, billed = (
        read_lines((SAMPLE / KEY["files"][side]).read_bytes(), KEY["files"][side], side=side) for side in Side
    )
    return reconcile(bought, billed)


def place(finding: dict[str, Any]) -> tuple[Any, ...]:
    return (finding["kind"], tuple(finding["bought_rows"]), tuple(finding["billed_rows"]))


def gaps() -> dict[tuple[Any, ...], Gap]:
    return {(gap.kind, gap.bought_rows, gap.billed_rows): gap for gap in sample().gaps}


def test_every_finding_of_the_key_is_found_and_no_other() -> None:
    assert set(gaps()) == {place(finding) for finding in KEY["findings"]}


@pytest.mark.parametrize("finding", KEY["findings"], ids=lambda finding: f"{finding['kind']} {finding['client']}")
def test_a_finding_has_the_seats_the_money_and_the_certainty_of_the_key(finding: dict[str, Any]) -> None:
    gap = gaps()[place(finding)]

    assert [f"{number.normalize():f}" for number in (gap.bought, gap.billed, gap.seats)] == [
        finding["bought"],
        finding["billed"],
        finding["seats"],
    ]
    assert (gap.direction, gap.currency, gap.basis, gap.exact) == tuple(
        finding[name] for name in ("direction", "currency", "basis", "exact")
    )
    assert f"{gap.monthly.amount:f}" == finding["monthly"]


def test_the_totals_are_those_of_the_key_and_never_netted() -> None:
    totals: dict[str, dict[str, str]] = defaultdict(lambda: {"under": "0.00", "over": "0.00"})
    for direction in Direction:
        for money in sample().total(direction):
            totals[money.currency][direction.value] = f"{money.amount:f}"

    assert totals == KEY["totals_per_month"]


def test_it_asks_what_only_a_person_can_know_and_nothing_else() -> None:
    asked = {question.about: {candidate.label for candidate in question.candidates} for question in sample().questions}

    assert asked == {question["about"]: set(question["candidates"]) for question in KEY["questions"]}


def test_one_renamed_catalogue_entry_is_one_cause_with_its_clients() -> None:
    (cause,), (expected,) = sample().causes, KEY["root_causes"]

    assert expected["product_billed"].removeprefix("Exchange Online ") in cause.sentence.replace("(", "").replace(
        ")", ""
    )
    assert len(cause.children) == len(expected["clients"])


@pytest.mark.parametrize("side", list(Side))
def test_every_row_is_in_the_class_of_the_key(side: Side) -> None:
    lines = sample().lines
    rows: dict[str, list[int]] = defaultdict(list)
    for line_side, row, line_class in lines.select("side", "row", "class").sort("row").iter_rows():
        if line_side == side:
            rows[line_class].append(row)

    expected = KEY["rows_per_class"][side]
    matched = rows.pop("matched")
    assert rows == expected
    assert len(matched) == KEY["lines_per_class"][side]["matched"]
