"""Tables beside lines: what is looked up by place is what would be found by search."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from recon.frames import put_at, put_beside

NUMBERS = st.one_of(st.none(), st.integers(0, 6))
TABLES = st.lists(
    st.tuples(st.integers(0, 6), st.text(max_size=2), st.lists(st.integers(0, 3), max_size=2)), max_size=6
)


@given(st.lists(NUMBERS, max_size=8), TABLES)
def test_looking_at_a_place_finds_what_searching_finds(
    numbers: list[int | None], rows: list[tuple[int, str, list[int]]]
) -> None:
    lines = pl.DataFrame({"cell": pl.Series(numbers, dtype=pl.UInt32), "at": range(len(numbers))})
    schema = {"cell": pl.UInt32(), "name": pl.String(), "rows": pl.List(pl.Int64())}
    table = pl.DataFrame(rows, schema=schema, orient="row").unique("cell", keep="first", maintain_order=True)

    assert put_at(lines, table, "cell").equals(put_beside(lines, table, "cell"))


def test_chunks_stay_as_they_are() -> None:
    lines = pl.concat([pl.DataFrame({"cell": pl.Series([2, 0], dtype=pl.UInt32)}) for _ in range(2)], rechunk=False)
    table = pl.DataFrame({"cell": pl.Series([0, 2], dtype=pl.UInt32), "name": ["first", "last"]})

    beside = put_at(lines, table, "cell")

    assert beside["name"].to_list() == ["last", "first"] * 2
    assert beside["name"].chunk_lengths() == [2, 2]
