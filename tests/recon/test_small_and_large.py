"""How a month is worked out depends on its size, what comes out does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from recon import Reconciliation, compare, nearby, read_lines, reconcile, reconciling, write_document
from recon.reading import read

SAMPLE = Path(__file__).parent.parent.parent / "bot" / "sample"
FILES = ("pax8-invoice-2026-10.csv", "connectwise-additions-2026-10.csv")


def sample() -> Reconciliation:
    bought, billed = (read_lines((SAMPLE / name).read_bytes(), name) for name in FILES)
    return reconcile(bought, billed)


def test_cells_added_up_in_parts_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = write_document(sample())

    monkeypatch.setattr(compare, "AT_ONCE", 7)

    assert write_document(sample()) == whole


def test_small_work_and_large_work_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    small = write_document(sample())

    for module in (read, reconciling):
        monkeypatch.setattr(module, "SMALL", 0)

    assert write_document(sample()) == small


def test_months_worked_out_at_once_do_not_wait_for_each_other() -> None:
    alone = write_document(sample())

    with ThreadPoolExecutor(6) as threads:
        at_once = [threads.submit(sample) for _ in range(6)]
        assert [write_document(one.result(timeout=60)) for one in at_once] == [alone] * 6


def test_a_fault_in_small_work_is_that_fault() -> None:
    def fail() -> None:
        raise LookupError("nobody is called Acme")

    with pytest.raises(LookupError, match="nobody is called Acme"):
        nearby.near_polars(fail, is_small=True)


def test_small_work_may_hold_small_work() -> None:
    assert nearby.near_polars(lambda: nearby.near_polars(lambda: 1, is_small=True) + 1, is_small=True) == 2
