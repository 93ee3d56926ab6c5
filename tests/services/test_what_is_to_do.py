"""What an approval asks for, said as something to do."""

from __future__ import annotations

import pytest

from bot.services.correcting import should_be, what_to_do
from recon import Options, Rule, RuleKind, Side, read_lines, reconcile

EDR = "Huntress Managed EDR"


@pytest.mark.parametrize(
    ("settled_by", "todo"),
    [
        ("Billing 34 instead of 31 would settle it; so would buying 3 fewer.", "Bill 34 instead of 31."),
        ("Billing 5 instead of 3 would settle it.", "Bill 5 instead of 3."),
        (
            "Billing 4 Visio Plan 2 instead of Visio Plan 1 would settle it.",
            "Bill 4 Visio Plan 2 instead of Visio Plan 1.",
        ),
        ("Buying 2 more would settle it; so would billing 2 fewer bundles.", "Bill 2 fewer bundles."),
        (
            "Buying 5 more would settle it; so would billing 1 fewer bundle, and 0 instead of 4.",
            "Bill 1 fewer bundle, and 0 instead of 4.",
        ),
        ("A price $3.00 higher per seat would settle it.", "Bill at a price $3.00 higher per seat."),
        ("Billing this one at no less than it costs would settle it.", "Bill this one at no less than it costs."),
        ("A credit from the vendor for 1 seat would settle it.", "Get a credit from the vendor for 1 seat."),
    ],
)
def test_what_would_settle_a_gap_is_asked_for_where_clients_are_billed(settled_by: str, todo: str) -> None:
    assert what_to_do(settled_by) == todo


@pytest.mark.parametrize(("desks", "agents", "asked"), [(15, 0, 0), (14, 1, 0), (10, 5, 3)])
def test_what_is_too_many_in_bundles_asks_for_no_less_than_none(desks: int, agents: int, asked: int) -> None:
    beside = f"\nAcme,{EDR},{agents}" if agents else ""
    files = {Side.BOUGHT: f"Acme,{EDR},13", Side.BILLED: f"Acme,Desk,{desks}{beside}"}
    bought, billed = (
        read_lines(f"Customer,Product,Quantity\n{rows}".encode(), f"{side}.csv", side=side)
        for side, rows in files.items()
    )
    bundle = Rule(kind=RuleKind.BUNDLE, unit="Desk", contains=(EDR,))

    (gap,) = reconcile(bought, billed, Options(rules=(bundle,))).gaps
    assert should_be(gap) == asked
