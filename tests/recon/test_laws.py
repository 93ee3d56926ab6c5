"""Laws every month obeys, whatever is in it."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from months_of import billed, bought

from recon import GapKind, LineClass, Reconciliation, Side, reconcile

CLIENTS = ["Acme", "Bolt Brewing", "Cove Dental", "Dune Logistics", "Elm Street School", "Fjord Legal"]
PRODUCTS = [
    "Microsoft 365 Business Premium",
    "Visio Plan 2",
    "Huntress Managed EDR",
    "Acronis Backup",
    "Duo Essentials",
]
SWAPPED = {
    GapKind.UNBILLED: GapKind.UNBOUGHT,
    GapKind.UNDERBILLED: GapKind.OVERBILLED,
    GapKind.UNBOUGHT: GapKind.UNBILLED,
    GapKind.OVERBILLED: GapKind.UNDERBILLED,
}
Row = dict[str, Any]

whole_months = st.dictionaries(
    st.tuples(st.sampled_from(CLIENTS), st.sampled_from(PRODUCTS)), st.integers(1, 40), min_size=1, max_size=16
)
law = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rows(month: dict[tuple[str, str], int]) -> list[Row]:
    return [{"client": client, "product": product, "seats": seats} for (client, product), seats in month.items()]


def reconciled(have: list[Row], pay: list[Row]) -> Reconciliation:
    return reconcile(bought(*have), billed(*pay))


def seen(result: Reconciliation) -> set[tuple[Any, ...]]:
    return {(gap.kind, gap.client, gap.product, gap.bought, gap.billed, gap.monthly) for gap in result.gaps}


@law
@given(whole_months)
def test_a_month_compared_with_itself_has_no_gaps(month: dict[tuple[str, str], int]) -> None:
    result = reconciled(rows(month), rows(month))

    assert result.gaps == ()
    assert result.questions == ()


@law
@given(whole_months, whole_months)
def test_every_line_is_in_exactly_one_class(have: dict[tuple[str, str], int], pay: dict[tuple[str, str], int]) -> None:
    result = reconciled(rows(have), rows(pay))

    counted = Counter(result.lines["side"].to_list())
    assert counted == {Side.BOUGHT.value: len(have), Side.BILLED.value: len(pay)}
    assert set(result.lines["class"].to_list()) <= set(LineClass)
    assert result.lines["quantity"].sum() == sum(have.values()) + sum(pay.values())


@law
@given(whole_months, whole_months, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    have: dict[tuple[str, str], int], pay: dict[tuple[str, str], int], chance: random.Random
) -> None:
    shuffled = [chance.sample(rows(month), len(month)) for month in (have, pay)]

    one, other = reconciled(rows(have), rows(pay)), reconciled(*shuffled)

    assert [gap.id for gap in one.gaps] == [gap.id for gap in other.gaps]
    assert seen(one) == seen(other)
    assert [question.id for question in one.questions] == [question.id for question in other.questions]


@law
@given(whole_months, whole_months)
def test_swapping_the_sides_swaps_the_kinds(have: dict[tuple[str, str], int], pay: dict[tuple[str, str], int]) -> None:
    # Every client and product is on both sides, so that no name is in question whichever side it is on.
    everything = {(client, product): 1 for client in CLIENTS for product in PRODUCTS}
    mine, theirs = everything | have, everything | pay

    one, other = reconciled(rows(mine), rows(theirs)), reconciled(rows(theirs), rows(mine))

    assert {(SWAPPED[gap.kind], gap.client, gap.product, gap.bought, gap.billed) for gap in one.gaps} == {
        (gap.kind, gap.client, gap.product, gap.billed, gap.bought) for gap in other.gaps
    }


@law
@given(whole_months, st.data())
def test_adding_a_seat_changes_one_gap(month: dict[tuple[str, str], int], data: st.DataObject) -> None:
    grown = data.draw(st.sampled_from(sorted(month)))

    (gap,) = reconciled(rows(month | {grown: month[grown] + 1}), rows(month)).gaps

    assert (gap.kind, gap.client, gap.product, gap.seats) == (GapKind.UNDERBILLED, *grown, Decimal(1))
