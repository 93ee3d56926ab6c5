import csv
import json
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"
KEY: dict[str, Any] = json.loads((SAMPLE / "answer-key.json").read_text(encoding="utf-8"))
QUANTITY = {"bought": "quantity", "billed": "Quantity"}


def rows(side: str) -> dict[int, dict[str, str]]:
    """Read one file of the month by row number, as a spreadsheet numbers it."""
    table = list(csv.reader((SAMPLE / KEY["files"][side]).read_text(encoding="utf-8-sig").splitlines()))
    header = next(at for at, row in enumerate(table) if len(row) > 2)
    return {at + 1: dict(zip(table[header], row, strict=True)) for at, row in enumerate(table) if at > header}


@pytest.mark.parametrize("side", ["bought", "billed"])
def test_the_key_puts_every_line_in_one_class(side: str) -> None:
    placed = Counter(chain.from_iterable(KEY["rows_per_class"][side].values()))

    assert sum(KEY["lines_per_class"][side].values()) == KEY["lines"][side] == len(rows(side))
    assert all(len(found) == KEY["lines_per_class"][side][name] for name, found in KEY["rows_per_class"][side].items())
    assert set(placed.values()) == {1}
    assert placed.keys() <= rows(side).keys()


@pytest.mark.parametrize("side", ["bought", "billed"])
def test_a_findings_seats_are_those_of_its_rows(side: str) -> None:
    table = rows(side)

    for finding in KEY["findings"]:
        stated = sum(Decimal(table[row][QUANTITY[side]]) for row in finding[f"{side}_rows"])
        charged_twice = side == "bought" and finding["kind"] == "duplicate" and finding["basis"] == "cost"
        assert stated == Decimal(finding[side]) * (2 if charged_twice else 1), finding


def test_the_keys_totals_are_the_sums_of_its_findings() -> None:
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for finding in KEY["findings"]:
        if finding["kind"] != "waiting":
            sums[finding["currency"], finding["direction"]] += Decimal(finding["monthly"])

    for currency, totals in KEY["totals_per_month"].items():
        assert {way: Decimal(total) for way, total in totals.items()} == {way: sums[currency, way] for way in totals}
    assert KEY["findings_per_kind"] == Counter(found["kind"] for found in KEY["findings"] + KEY["questions"])
