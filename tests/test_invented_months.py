from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks.clients import invent_clients
from benchmarks.months import InventedMonth, write_month

LINES = 8_000


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> InventedMonth:
    return write_month(tmp_path_factory.mktemp("month"), LINES)


def lines_of(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False)


def test_an_invented_month_is_the_same_whenever_it_is_written(month: InventedMonth, tmp_path: Path) -> None:
    again = write_month(tmp_path, LINES)

    assert again.bought.read_bytes() == month.bought.read_bytes()
    assert again.billed.read_bytes() == month.billed.read_bytes()
    assert again.drift.read_bytes() == month.drift.read_bytes()


def test_the_seeded_drift_is_all_there_is(month: InventedMonth) -> None:
    bought, billed, drift = (lines_of(path) for path in (month.bought, month.billed, month.drift))

    assert bought.height == billed.height == LINES
    assert drift.height / LINES == pytest.approx(0.05, rel=0.2)
    assert set(drift["kind"]) == {"underbilled", "overbilled", "unbilled", "unbought"}
    services = (bought["type"] != "subscription").sum(), (billed["Description"] == "Managed Workstation").sum()
    assert services == tuple((drift["kind"] == kind).sum() for kind in ("unbought", "unbilled"))


def test_a_drifted_line_is_named_by_its_rows_in_both_files(month: InventedMonth) -> None:
    bought, billed, drift = (lines_of(path) for path in (month.bought, month.billed, month.drift))
    rows = drift.filter(pl.col("kind").is_in(["underbilled", "overbilled"])).cast(
        {"bought_row": int, "billed_row": int}
    )

    seats = bought["quantity"].cast(int).gather(rows["bought_row"] - 2)
    billed_seats = billed["Quantity"].cast(float).gather(rows["billed_row"] - 2)

    assert ((seats > billed_seats) == (rows["kind"] == "underbilled")).all()
    assert (seats != billed_seats).all()


def test_three_clients_in_ten_are_written_differently_and_none_is_another() -> None:
    clients = invent_clients(5_000, np.random.default_rng(1))

    assert clients["bought_client"].n_unique() == clients["billed_client"].n_unique() == 5_000
    differing = (clients["bought_client"] != clients["billed_client"]).mean()
    assert differing == pytest.approx(0.3, abs=0.03)
