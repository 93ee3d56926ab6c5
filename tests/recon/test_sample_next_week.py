"""The sample's second exports against their answer key, which was worked out by hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from recon import Change, Direction, Reconciliation, Side, Turn, compare_runs, read_lines, reconcile

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"


def key_of(name: str) -> dict[str, Any]:
    key: dict[str, Any] = json.loads((SAMPLE / name).read_text(encoding="utf-8"))
    return key


FIRST, SECOND = key_of("answer-key.json"), key_of("answer-key-2026-11.json")


@cache
def month(name: str) -> Reconciliation:
    files = key_of(name)["files"]
    bought, billed = (read_lines((SAMPLE / files[side]).read_bytes(), files[side], side=side) for side in Side)
    return reconcile(bought, billed)


def changes() -> tuple[Change, ...]:
    return compare_runs(month("answer-key.json").gaps, month("answer-key-2026-11.json").gaps)


def told(change: Change) -> tuple[str, ...]:
    money = (f"{gap.monthly.amount:f}" if gap else "" for gap in (change.before, change.after))
    return (change.turn.value, change.gap.client, change.gap.product.partition(" [")[0], *money)


def test_what_changed_is_what_the_key_says_and_nothing_else() -> None:
    found = {told(change) for change in changes() if change.turn is not Turn.UNCHANGED}

    assert found == {
        (one["turn"], one["client"], one["product"], one["before"] or "", one["after"] or "")
        for one in SECOND["changes"]
    }
    assert sum(change.turn is Turn.UNCHANGED for change in changes()) == SECOND["unchanged"]


def test_the_second_totals_are_those_of_the_key() -> None:
    totals = {currency: dict.fromkeys(("under", "over"), "0.00") for currency in SECOND["totals_per_month"]}
    for direction in Direction:
        for money in month("answer-key-2026-11.json").total(direction):
            totals[money.currency][direction.value] = f"{money.amount:f}"

    assert totals == SECOND["totals_per_month"]


def test_the_second_exports_are_of_the_month_after() -> None:
    assert str(month("answer-key-2026-11.json").month) == SECOND["month"]
    assert FIRST["month"] == "2026-10"


def test_an_owner_is_named_for_every_client_that_has_something_to_say() -> None:
    rows = (SAMPLE / "owners.csv").read_text(encoding="utf-8").splitlines()
    owned = {row.rpartition(",")[0].strip('"') for row in rows[1:]}

    assert {gap.client for name in ("answer-key.json", "answer-key-2026-11.json") for gap in month(name).gaps} <= owned
