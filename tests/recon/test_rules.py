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


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ('"kind": "minimum", "seats": 1', "at least 1 is billed"),
        ('"kind": "included", "seats": 1', "1 is included in another price"),
        ('"kind": "temporary", "seats": "1.0"', "1 is temporary and not billed"),
        ('"kind": "temporary", "seats": 0.5', "0.5 are temporary and not billed"),
        ('"kind": "grace", "days": 1', "cancelled seats may stay for 1 day"),
        ('"kind": "grace", "days": 30, "end": ""', "cancelled seats may stay for 30 days"),
    ],
)
def test_a_rule_says_one_of_one_thing_and_many_of_others(stated: str, said: str) -> None:
    (rule,) = rules_from_text(f"[{{{stated}}}]")

    assert rule.what == said


@pytest.mark.parametrize("kind", ["not for resale", "not-for-resale", "NOT_FOR_RESALE"])
def test_the_words_of_a_kind_may_be_joined_in_any_way(kind: str) -> None:
    (rule,) = rules_from_text(f'[{{"kind": "{kind}", "client": "Our own firm"}}]')

    assert rule.kind is RuleKind.NOT_FOR_RESALE


def test_each_kind_has_an_example_that_can_be_read() -> None:
    for kind in RuleKind:
        with pytest.raises(UnreadableAnswers) as refused:
            rules_from_text(f'[{{"kind": "{kind}", "colour": "red"}}]')
        example = str(refused.value).partition("One looks like ")[2].removesuffix(".")

        assert rules_from_text(f"[{example}]")[0].kind is kind


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
        (
            '[{"kind": "minimum", "seats": "many"}]',
            'has "many" as “seats”. Write a number from 0 to 1,000,000,000, as in 5.',
        ),
        ('[{"kind": "temporary", "seats": 1, "end": "soon"}]', 'has "soon" as “end”. Write a day, as in "2026-12-31".'),
        ('[{"kind": "minimum", "seats": -5}]', "has -5 as “seats”. Write a number from 0"),
        ('[{"kind": "minimum", "seats": "NaN"}]', 'has "NaN" as “seats”'),
        ('[{"kind": "minimum", "seats": "1e30"}]', "from 0 to 1,000,000,000"),
        ('[{"kind": "grace", "days": 99999999}]', "Write a whole number from 0 to 3,660, as in 30"),
        ('[{"kind": "grace", "days": 1e400}]', "has Infinity as “days”"),
        ('[{"kind": "grace", "days": "a week"}]', 'has "a week" as “days”. Write a whole number'),
        ('[{"kind": "grace", "days": 2.5}]', "has 2.5 as “days”. Write a whole number"),
        ('[{"kind": "grace", "days": true}]', "has true as “days”"),
        ('[{"kind": "bundle", "unit": "Workstation"}]', 'lacks “contains”. One looks like {"kind": "bundle", "unit"'),
        ('[{"kind": "minimum", "client": 5, "seats": 1}]', 'has 5 as “client”. Write a name in quotes, as in "Acme".'),
        ('[{"kind": "minimum", "product": "  ", "seats": 1}]', 'has "  " as “product”'),
        (
            '[{"kind": "bundle", "unit": "Workstation", "contains": "Huntress"}]',
            'has "Huntress" as “contains”. Write a list of names in square brackets',
        ),
        ('[{"kind": "bundle", "unit": "Workstation", "contains": ["Huntress", 7]}]', 'Huntress", 7. as “contains”'),
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
