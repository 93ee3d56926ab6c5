"""What became of each gap between two runs."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal

from months_of import PREMIUM, STANDARD, VISIO, billed, bought, result_of

from recon import (
    Gap,
    Judgement,
    Judgements,
    Kind,
    Reading,
    Rule,
    RuleKind,
    Said,
    Turn,
    by_new_names,
    compare_runs,
    export_gaps,
    gaps_and_vendor_names,
    gaps_from_document,
    write_document,
)


def gaps(have: Reading, pay: Reading) -> tuple[Gap, ...]:
    return result_of(have, pay).gaps


def turns(before: tuple[Gap, ...], after: tuple[Gap, ...]) -> dict[str, Turn]:
    return {change.gap.client: change.turn for change in compare_runs(before, after)}


def seats_of(**clients: int) -> Reading:
    return bought(*({"client": client, "seats": seats} for client, seats in clients.items()))


PAID = billed(*({"client": client, "seats": 10} for client in ("Acme", "Bolt", "Cove", "Dune", "Elm")))


def test_each_gap_is_new_grown_shrunk_closed_or_unchanged() -> None:
    before = gaps(seats_of(Acme=12, Bolt=12, Cove=12, Dune=12, Elm=10), PAID)
    after = gaps(seats_of(Acme=13, Bolt=11, Cove=10, Dune=12, Elm=11), PAID)

    assert turns(before, after) == {
        "Acme": Turn.GROWN,
        "Bolt": Turn.SHRUNK,
        "Cove": Turn.CLOSED,
        "Dune": Turn.UNCHANGED,
        "Elm": Turn.NEW,
    }


def test_a_run_compared_with_itself_changes_nothing() -> None:
    run = gaps(seats_of(Acme=12, Bolt=3, Cove=10, Dune=12, Elm=10), PAID)

    assert Counter(change.turn for change in compare_runs(run, run)) == {Turn.UNCHANGED: 3}


def test_a_gap_that_turns_from_too_few_to_too_many_closed_and_another_opened() -> None:
    few, many = (
        gaps(seats_of(Acme=12, Bolt=10, Cove=10, Dune=10, Elm=10), PAID),
        gaps(seats_of(Acme=8, Bolt=10, Cove=10, Dune=10, Elm=10), PAID),
    )

    assert Counter(change.turn for change in compare_runs(few, many)) == {Turn.CLOSED: 1, Turn.NEW: 1}


def test_a_gap_is_known_again_when_vendor_ids_row_order_and_psa_lines_change() -> None:
    before = gaps(
        bought({"seats": 12, "Subscription ID": "old-1", "Customer ID": "T-1"}, {"client": "Bolt"}),
        billed({"Agreement": "Gold"}, {"client": "Bolt"}),
    )
    after = gaps(
        bought({"client": "Bolt"}, {"seats": 12, "Subscription ID": "new-9", "Customer ID": "T-77"}),
        billed({"client": "Bolt"}, {"seats": 4, "Agreement": "Silver"}, {"seats": 6, "Agreement": "Gold"}),
    )

    assert [change.turn for change in compare_runs(before, after)] == [Turn.UNCHANGED]


def test_the_earlier_run_may_come_from_its_json() -> None:
    result = result_of(bought({"seats": 12}, {"product": VISIO, "seats": 3}), billed({}, {"product": STANDARD}))

    kept = gaps_from_document(write_document(result))

    assert [(gap.id, gap.kind, gap.monthly, gap.seats) for gap in kept] == [
        (gap.id, gap.kind, gap.monthly, gap.seats) for gap in result.gaps
    ]
    assert {change.turn for change in compare_runs(kept, result.gaps)} == {Turn.UNCHANGED}


def test_a_client_that_the_psa_calls_otherwise_has_the_gap_it_had() -> None:
    have = bought({"client": "Aldergate Vet Clinic", "seats": 14}, {"client": "Bolt", "seats": 12})
    before = result_of(have, billed({"client": "Aldergate Veterinary Clinic", "seats": 12}, {"client": "Bolt"}))
    after = result_of(have, billed({"client": "Aldergate Vet. Clinic Inc", "seats": 12}, {"client": "Bolt"}))

    kept = gaps_and_vendor_names(write_document(before))

    assert turns(by_new_names(kept, after), after.gaps) == {
        "Aldergate Vet. Clinic Inc": Turn.UNCHANGED,
        "Bolt": Turn.UNCHANGED,
    }


def test_a_client_that_the_psa_calls_otherwise_may_be_called_by_the_old_name_at_the_vendor() -> None:
    have = bought({"client": "Riverbend Dental", "seats": 14}, {"client": "Bolt", "seats": 12})
    before = result_of(have, billed({"client": "Riverbend Dental", "seats": 12}, {"client": "Bolt"}))
    after = result_of(have, billed({"client": "Riverbend Dental Group", "seats": 12}, {"client": "Bolt"}))

    kept = gaps_and_vendor_names(write_document(before))

    assert turns(by_new_names(kept, after), after.gaps) == {
        "Riverbend Dental Group": Turn.UNCHANGED,
        "Bolt": Turn.UNCHANGED,
    }


def test_a_gap_that_moves_to_another_client_of_the_psa_closed_and_another_opened() -> None:
    have = bought({"client": "Kestrel", "seats": 14})
    pay = billed({"client": "Kestrel Air", "seats": 12}, {"client": "Kestrel Freight", "seats": 12})
    before, after = (
        result_of(have, pay, judgements=Judgements((Judgement(Kind.CLIENT, "Kestrel", name, Said.SAME),)))
        for name in ("Kestrel Air", "Kestrel Freight")
    )

    renamed = by_new_names(gaps_and_vendor_names(write_document(before)), after)

    assert {gap.client for gap in renamed} == {gap.client for gap in before.gaps}


def test_what_bundles_bill_is_read_back_and_an_older_result_has_none() -> None:
    bundle = Rule(kind=RuleKind.BUNDLE, unit="Managed Workstation", contains=(PREMIUM,))
    unit = {"product": "Managed Workstation", "seats": 10, "price": "90.00"}
    result = result_of(bought({"seats": 8}), billed(unit), rules=(bundle,))
    text = write_document(result)

    assert [gap.bundled for gap in gaps_from_document(text)] == [10]
    assert [gap.bundled for gap in gaps_from_document(text.replace('"bundled": 10,', ""))] == [0]
    (row,) = csv.DictReader(export_gaps(result).decode("utf-8-sig").splitlines())
    assert (row["Bought"], row["Billed"], row["In bundles"]) == ("8", "0", "10")


def test_what_still_waits_is_not_yet_a_gap() -> None:
    young = {"seats": 12, "Subscription ID": "S", "Subscription Start": "2026-10-30", "Subscription End": "2027-10-29"}
    period = {"period start": "2026-10-01", "period end": "2026-10-31"}
    waiting = gaps(bought(young | period), billed({"seats": Decimal(10)}))

    assert [gap.kind.value for gap in waiting] == ["waiting"]
    assert compare_runs((), waiting) == ()
    assert PREMIUM in waiting[0].sentence
