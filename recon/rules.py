"""Why bought and billed may rightly differ: agreements with a client, as data with dates."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from recon.answers import read_json
from recon.errors import UnreadableAnswers
from recon.months import say_day


class RuleKind(StrEnum):
    """What a rule says."""

    BUNDLE = "bundle"  # each `unit` billed contains one of each product in `contains`
    MINIMUM = "minimum"  # at least so many are billed
    INCLUDED = "included"  # so many are included in another price and not billed
    TEMPORARY = "temporary"  # so many extra are held for a while and not billed
    GRACE = "grace"  # seats whose billing was cancelled may stay bought for so many days
    NOT_FOR_RESALE = "not for resale"  # bought for the MSP itself
    EXCLUSION = "exclusion"  # not compared at all


RULE, AT_LEAST, INCLUDED = "rule: ", "at least", "included in another price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One agreement; no client or product means every one, no date means always."""

    kind: RuleKind
    client: str | None = None
    product: str | None = None
    unit: str | None = None
    contains: tuple[str, ...] = ()
    seats: Decimal = Decimal(0)
    days: int = 0
    start: date | None = None
    end: date | None = None
    note: str = ""

    def is_in_force(self, day: date | None) -> bool:
        """Say whether it explains anything on this day; on an unknown day only a rule without dates does."""
        if day is None:
            return self.start is None and self.end is None
        return (self.start or day) <= day <= (self.end or day)

    @property
    def what(self) -> str:
        """Say what it says, whoever and whenever it is about."""
        many = f"{self.seats.normalize():f} {'is' if self.seats == 1 else 'are'}"
        return {
            RuleKind.BUNDLE: f"each {self.unit} contains it",
            RuleKind.MINIMUM: f"{AT_LEAST} {many} billed",
            RuleKind.INCLUDED: f"{many} {INCLUDED}",
            RuleKind.TEMPORARY: f"{many} temporary and not billed",
            RuleKind.GRACE: f"cancelled seats may stay for {self.days} {'day' if self.days == 1 else 'days'}",
            RuleKind.NOT_FOR_RESALE: "it is not for resale",
            RuleKind.EXCLUSION: "it is excluded",
        }[self.kind]

    def __str__(self) -> str:
        """Say it as a reason a person reads."""
        until = f" until {say_day(self.end)}" if self.end else ""
        return f"{RULE}{self.what}{until}" + (f" ({self.note})" if self.note else "")


def tells_of_a_minimum(reason: str) -> bool:
    """Whether a reason a person reads is the rule that at least so many are billed."""
    return reason.startswith(f"{RULE}{AT_LEAST}")


def tells_of_included(reason: str) -> bool:
    """Whether a reason a person reads is the rule that so many are included in another price."""
    return reason.startswith(RULE) and INCLUDED in reason


def rules_from_text(text: str) -> tuple[Rule, ...]:
    """Read a JSON list of rules: `[{"kind": "minimum", "client": "Acme", "product": "...", "seats": 5}]`."""
    stated = read_json(text or "[]", "The rules are")
    if isinstance(stated, dict):
        stated = stated.get("rules")
    if not isinstance(stated, list):
        raise UnreadableAnswers(f"The rules should be a JSON list; each rule looks like {EXAMPLE}.")
    return tuple(_read_rule(number, rule) for number, rule in enumerate(stated, start=1))


EXAMPLE = '{"kind": "minimum", "client": "Acme", "product": "Visio Plan 2", "seats": 5, "end": "2026-12-31"}'
EXAMPLES = {
    RuleKind.BUNDLE: '{"kind": "bundle", "unit": "Managed Workstation", "contains": ["Huntress Managed EDR"]}',
    RuleKind.MINIMUM: EXAMPLE,
    RuleKind.INCLUDED: '{"kind": "included", "client": "Acme", "product": "Visio Plan 2", "seats": 2}',
    RuleKind.TEMPORARY: '{"kind": "temporary", "client": "Acme", "seats": 3, "end": "2026-12-31"}',
    RuleKind.GRACE: '{"kind": "grace", "days": 30}',
    RuleKind.NOT_FOR_RESALE: '{"kind": "not for resale", "client": "Our own firm"}',
    RuleKind.EXCLUSION: '{"kind": "exclusion", "client": "Acme", "product": "Visio Plan 2"}',
}
NEEDED = {
    RuleKind.BUNDLE: ("unit", "contains"),
    RuleKind.MINIMUM: ("seats",),
    RuleKind.INCLUDED: ("seats",),
    RuleKind.TEMPORARY: ("seats",),
    RuleKind.GRACE: ("days",),
    RuleKind.NOT_FOR_RESALE: (),
    RuleKind.EXCLUSION: (),
}
LONGEST_GRACE = 3660  # days
MOST_SEATS = 10**9
KNOWN = frozenset(Rule.__dataclass_fields__)


def _read_rule(number: int, stated: Any) -> Rule:  # noqa: ANN401 - whatever a person wrote
    if not isinstance(stated, dict):
        raise UnreadableAnswers(f"Rule {number} should look like {EXAMPLE}.")
    try:
        kind = RuleKind(str(stated.get("kind", "")).replace("-", " ").replace("_", " ").strip().lower())
    except ValueError as flaw:
        kinds = ", ".join(RuleKind)
        raise UnreadableAnswers(f"Rule {number} has kind “{stated.get('kind')}”; I know {kinds}.") from flaw
    unknown = sorted(set(stated) - KNOWN)
    missing = [field for field in NEEDED[kind] if not stated.get(field)]
    if unknown or missing:
        wrong = [*(f"lacks “{field}”" for field in missing), *(f"has an unknown “{field}”" for field in unknown)]
        raise UnreadableAnswers(f"Rule {number} ({kind}) {' and '.join(wrong)}. One looks like {EXAMPLES[kind]}.")
    said = [field for field in READERS if stated.get(field) is not None]
    told = {field: _read(f"Rule {number} ({kind})", field, stated[field]) for field in said}
    rule = Rule(kind=kind, note=str(stated.get("note", "")), **told)
    if rule.start and rule.end and rule.end < rule.start:
        raise UnreadableAnswers(f"Rule {number} ({kind}) ends on {rule.end}, before it starts on {rule.start}.")
    return rule


def _read_name(stated: Any) -> str:  # noqa: ANN401 - whatever a person wrote
    if not (isinstance(stated, str) and stated.strip()):
        raise ValueError(stated)
    return stated


def _read_names(stated: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever a person wrote
    if not isinstance(stated, list):
        raise TypeError(stated)
    return tuple(map(_read_name, stated))


def _read_seats(stated: Any) -> Decimal:  # noqa: ANN401 - whatever a person wrote
    seats = Decimal(str(stated))
    if not seats.is_finite() or not 0 <= seats <= MOST_SEATS:
        raise ValueError(stated)
    return seats


def _read_days(stated: Any) -> int:  # noqa: ANN401 - whatever a person wrote
    days = Decimal(str(stated))
    if days != int(days) or not 0 <= days <= LONGEST_GRACE:
        raise ValueError(stated)
    return int(days)


def _read_day(stated: Any) -> date | None:  # noqa: ANN401 - whatever a person wrote
    return date.fromisoformat(stated) if stated else None


A_NAME = 'a name in quotes, as in "Acme"'
A_DAY = 'a day, as in "2026-12-31"'
READERS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "client": (_read_name, A_NAME),
    "product": (_read_name, A_NAME),
    "unit": (_read_name, A_NAME),
    "contains": (_read_names, 'a list of names in square brackets, as in ["Visio Plan 2"]'),
    "seats": (_read_seats, f"a number from 0 to {MOST_SEATS:,}, as in 5"),
    "days": (_read_days, f"a whole number from 0 to {LONGEST_GRACE:,}, as in 30"),
    "start": (_read_day, A_DAY),
    "end": (_read_day, A_DAY),
}
"""How each field is read, and what to write there."""


def _read(rule: str, field: str, stated: Any) -> Any:  # noqa: ANN401 - whatever a person wrote becomes whatever is meant
    reader, wanted = READERS[field]
    try:
        return reader(stated)
    except (ValueError, TypeError, OverflowError, InvalidOperation) as flaw:
        raise UnreadableAnswers(f"{rule} has {json.dumps(stated)} as “{field}”. Write {wanted}.") from flaw
