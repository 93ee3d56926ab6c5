"""Rules as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recon import Rule, RuleKind, UnreadableAnswers, rules_from_text


def test_rules_are_read_from_json() -> None:
    stated = '"client": "Acme", "product": "Visio", "seats": 5, "end": "2026-12-31", "note": "MSA 4"'

    (rule,) = rules_from_text(f'[{{"kind": "minimum", {stated}}}]')

    expected = Rule(
        kind=RuleKind.MINIMUM, client="Acme", product="Visio", seats=Decimal(5), end=date(2026, 12, 31), note="MSA 4"
    )
    assert rule == expected
    assert str(rule) == "rule: at least 5 are billed until 31 Dec 2026 (MSA 4)"


@pytest.mark.parametrize("text", ["", "[]", '{"rules": []}'])
def test_no_rules_are_no_rules(text: str) -> None:
    assert rules_from_text(text) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "not JSON"),
        ("3", "should be a JSON list"),
        ('["minimum"]', "Rule 1 should look like"),
        ('[{"kind": "maximum"}]', "I know bundle, minimum"),
        ('[{"kind": "minimum"}]', "lacks “seats”"),
        ('[{"kind": "minimum", "seats": 5, "colour": "red"}]', "unknown “colour”"),
        ('[{"kind": "minimum", "seats": "many"}]', "a value I can't read"),
        ('[{"kind": "temporary", "seats": 1, "end": "soon"}]', "a value I can't read"),
        ('[{"kind": "minimum", "seats": -5}]', "seats are 0 or more"),
        ('[{"kind": "minimum", "seats": "NaN"}]', "seats are 0 or more"),
        ('[{"kind": "minimum", "seats": "1e30"}]', "at most 1,000,000,000"),
        ('[{"kind": "grace", "days": 99999999}]', "days 0 to 3660"),
        ('[{"kind": "grace", "days": 1e400}]', "a value I can't read"),
        ('[{"kind": "minimum", "client": 5, "seats": 1}]', "5 is no name"),
        ('[{"kind": "minimum", "product": "  ", "seats": 1}]', "is no name"),
        ('[{"kind": "bundle", "unit": "Workstation", "contains": "Huntress"}]', "no list of names"),
        ('[{"kind": "bundle", "unit": "Workstation", "contains": ["Huntress", 7]}]', "7 is no name"),
        ('[{"kind": "exclusion", "start": "2026-12-01", "end": "2026-01-01"}]', "before it starts"),
        ("[" * 100_000, "too deep"),
    ],
)
def test_a_rule_that_can_not_be_read_says_which_and_why(text: str, said: str) -> None:
    with pytest.raises(UnreadableAnswers, match=said):
        rules_from_text(text)


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(date(2026, 8, 31), False), (date(2026, 9, 1), True), (date(2026, 10, 31), True), (date(2026, 11, 1), False)],
)
def test_a_rule_holds_from_its_first_to_its_last_day(day: date, in_force: bool) -> None:  # noqa: FBT001 - a table
    rule = Rule(kind=RuleKind.EXCLUSION, start=date(2026, 9, 1), end=date(2026, 10, 31))

    assert rule.is_in_force(day) is in_force


def test_on_an_unknown_day_only_a_rule_without_dates_holds() -> None:
    assert Rule(kind=RuleKind.EXCLUSION).is_in_force(None)
    assert not Rule(kind=RuleKind.EXCLUSION, end=date(2026, 10, 31)).is_in_force(None)
