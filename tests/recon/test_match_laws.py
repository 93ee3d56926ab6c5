from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from names_at_hand import names
from polars.testing import assert_frame_equal

from recon import Judgement, Judgements, Kind, Said, match_names

WORDS = st.sampled_from(
    ["acme", "wayne", "north", "dental", "group", "the", "and", "inc", "llc", "intl", "2", "m365", "e3", "e5"]
)
NAME = st.one_of(st.lists(WORDS, max_size=4).map(" ".join), st.text(max_size=12))
SIDE = st.lists(
    st.tuples(NAME, st.sampled_from([None, "acme.com", "wayne.onmicrosoft.com", "gmail.com", "x"])), max_size=8
)
PLAIN = st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), st.none()), min_size=1, max_size=8)
KINDS = pytest.mark.parametrize("kind", list(Kind))
laws = settings(max_examples=60, deadline=None)


@KINDS
@given(left=SIDE, right=SIDE)
@laws
def test_every_bought_name_has_a_verdict_and_no_billed_name_answers_two(
    kind: Kind, left: list[tuple[str, str]], right: list[tuple[str, str]]
) -> None:
    matches = match_names(names(*left), names(*right), kind=kind).matches

    assert set(matches["left_id"]) == {str(n) for n in range(len(left))}
    taken = matches["right_id"].drop_nulls()
    assert taken.is_unique().all()
    if kind is Kind.CLIENT:
        assert matches["left_id"].is_unique().all()
    assert (matches["verdict"] == "certain").equals(matches["right_id"].is_not_null())
    assert matches["probability"].is_between(0, 1).all()


@KINDS
@given(left=SIDE, right=SIDE, data=st.data())
@laws
def test_the_order_of_rows_changes_nothing(
    kind: Kind, left: list[tuple[str, str]], right: list[tuple[str, str]], data: st.DataObject
) -> None:
    bought, billed = names(*left), names(*right)
    mixed = [side[data.draw(st.permutations(range(side.height)))] for side in (bought, billed)]

    straight, turned = match_names(bought, billed, kind=kind), match_names(*mixed, kind=kind)

    assert_frame_equal(straight.matches, turned.matches, check_exact=True)
    assert_frame_equal(straight.candidates, turned.candidates, check_exact=True)


@KINDS
@given(left=PLAIN, right=PLAIN, data=st.data())
@laws
def test_what_people_said_always_wins(
    kind: Kind, left: list[tuple[str, str]], right: list[tuple[str, str]], data: st.DataObject
) -> None:
    bought, billed = data.draw(st.sampled_from(left))[0], data.draw(st.sampled_from(right))[0]
    mine = [str(n) for n, (name, _) in enumerate(left) if name == bought]
    theirs = [str(n) for n, (name, _) in enumerate(right) if name == billed]

    for verdict in (Said.SAME, Said.DIFFERENT):
        told = Judgements((Judgement(kind, bought, billed, verdict),))
        matching = match_names(names(*left), names(*right), kind=kind, judgements=told)
        of_these = pl.col("left_id").is_in(mine) & pl.col("right_id").is_in(theirs)
        if verdict is Said.DIFFERENT:
            assert matching.matches.filter(of_these).is_empty()
            assert matching.candidates.filter(of_these).is_empty()
        else:
            assert not matching.matches.filter(of_these).is_empty()
