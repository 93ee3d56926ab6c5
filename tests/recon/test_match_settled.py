from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from names_at_hand import names
from polars.testing import assert_frame_equal

from recon import Judgement, Judgements, Kind, Said, match_names, match_pairs

WORDS = st.sampled_from(["acme", "ACME", "wayne", "north", "dental", "Müller", "inc", "2"])
NAME = st.one_of(st.lists(WORDS, max_size=2).map(" ".join), st.sampled_from(["", "***", "acme, inc."]))
SIDE = st.lists(NAME, min_size=1, max_size=8)
STRANGER = names("zyxzyx", prefix="stranger ")
BY = st.sampled_from(["", "jo"])


@given(left=SIDE, right=SIDE, data=st.data())
@settings(max_examples=60, deadline=None)
def test_where_people_settled_all_the_same_is_said_as_where_a_stranger_is_left_to_compare(
    left: list[str], right: list[str], data: st.DataObject
) -> None:
    told = said_of(left, right, data)
    bought, billed = names(*left), names(*right)
    mixed = [side[data.draw(st.permutations(range(side.height)))] for side in (bought, billed)]

    settled = match_names(*mixed, kind=Kind.CLIENT, judgements=told)
    compared = match_names(with_stranger(bought), with_stranger(billed), kind=Kind.CLIENT, judgements=told)

    known = pl.col("left_id") != "stranger 0"
    assert_frame_equal(settled.matches, compared.matches.filter(known), check_exact=True)
    assert_frame_equal(settled.candidates, compared.candidates.filter(known), check_exact=True)


@given(left=SIDE, right=SIDE, data=st.data())
@settings(max_examples=30, deadline=None)
def test_settled_pairs_are_listed_as_they_are_beside_a_stranger(
    left: list[str], right: list[str], data: st.DataObject
) -> None:
    told = said_of(left, right, data)

    settled = match_pairs(names(*left), names(*right), kind=Kind.CLIENT, judgements=told)
    compared = match_pairs(with_stranger(names(*left)), with_stranger(names(*right)), kind=Kind.CLIENT, judgements=told)

    assert_frame_equal(settled, compared.filter(pl.col("left_id") != "stranger 0"), check_exact=True)


def said_of(left: list[str], right: list[str], data: st.DataObject) -> Judgements:
    """Settle every bought name, after whatever people said of any; some are settled again, one by an id."""
    bought, billed = st.sampled_from([*left, "0", "nobody"]), st.sampled_from([*right, "1", "nobody"])
    before = data.draw(st.lists(st.tuples(bought, billed, st.sampled_from(list(Said)), BY), max_size=6))
    settling = [(name, data.draw(st.sampled_from(right)), Said.SAME, "sam") for name in left]
    after = data.draw(st.lists(st.tuples(bought, billed, st.just(Said.SAME), BY), max_size=4))
    return Judgements(tuple(Judgement(Kind.CLIENT, *word) for word in (*before, *settling, *after)))


def with_stranger(side: pl.DataFrame) -> pl.DataFrame:
    """Add somebody who shares nothing with anyone else, and is no namesake of the other side's."""
    return pl.concat([side, STRANGER])
