from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from months_of import billed, bought, result_of
from names_at_hand import names

from recon import (
    Judgement,
    Judgements,
    Kind,
    Said,
    UnreadableAnswers,
    learn_weights,
    match_names,
    match_pairs,
    unlearned,
    weights_from_text,
    weights_text,
    write_document,
)
from recon.matching.lessons import LESSONS, taught
from recon.matching.score import weights_for

TOWNS = [
    "Arden",
    "Brisk",
    "Calder",
    "Dover",
    "Elgar",
    "Farrow",
    "Gower",
    "Harlow",
    "Isley",
    "Jarrow",
    "Kelso",
    "Larkin",
]
UNSEEN = ["Morven", "Nesbit", "Orkney", "Padstow"]


def side(towns: list[str], suffix: str = "") -> pl.DataFrame:
    return names(*[f"{town} Widgets{suffix}" for town in towns])


def said(towns: list[str], verdict: Said) -> list[Judgement]:
    return [Judgement(Kind.CLIENT, f"{town} Widgets Lab", f"{town} Widgets", verdict) for town in towns]


def chance(bought: pl.DataFrame, billed: pl.DataFrame, judgements: Judgements) -> tuple[float, float]:
    """Give the chance of the first unseen pair before and after learning."""
    lesson = learn_weights(bought, billed, judgements, kind=Kind.CLIENT)
    assert lesson.is_adopted, lesson.sentence
    pair = (pl.col("left_id") == str(len(TOWNS))) & (pl.col("right_id") == str(len(TOWNS)))
    told = [match_pairs(bought, billed, kind=Kind.CLIENT, weights=weights) for weights in (None, lesson.weights)]
    before, after = (pairs.filter(pair)["score"].sum() for pairs in told)
    return float(before), float(after)


def test_what_people_say_of_twelve_names_moves_names_nobody_judged() -> None:
    bought, billed = side([*TOWNS, *UNSEEN], " Lab"), side([*TOWNS, *UNSEEN])
    other = [Judgement(Kind.CLIENT, "Arden Widgets Lab", f"{town} Widgets", Said.DIFFERENT) for town in TOWNS[1:4]]

    same_before, same_after = chance(bought, billed, Judgements((*said(TOWNS, Said.SAME), *other)))

    assert same_after > same_before


def test_what_was_certain_stays_so_whatever_a_lesson_says() -> None:
    bought = names("Acme Widgets", "Globex Foods Inc", "Hooli Intl Svcs", "Wonka Lab", "Initech Group")
    billed = names("ACME WIDGETS LLC", "Globex Foods", "Hooli International Services", "Wonka", "Initech Grp")
    shipped = weights_for(Kind.CLIENT)
    harsh = taught(shipped, Kind.CLIENT, np.full(len(LESSONS[Kind.CLIENT]), -3.0), 10)

    before, after = (match_names(bought, billed, kind=Kind.CLIENT, weights=of).matches for of in (shipped, harsh))

    assert before["right_id"].drop_nulls().len() >= 3
    assert (
        after.drop_nulls("right_id")
        .select("left_id", "right_id")
        .equals(before.drop_nulls("right_id").select("left_id", "right_id"))
    )


def test_what_people_refused_every_third_time_is_not_accepted_without_asking() -> None:
    bought, billed = side([*TOWNS, *UNSEEN], " Lab"), side([*TOWNS, *UNSEEN])
    mixed = Judgements((*said(TOWNS[:8], Said.SAME), *said(TOWNS[8:], Said.DIFFERENT)))

    lesson = learn_weights(bought, billed, mixed, kind=Kind.CLIENT)

    pairs = match_pairs(bought, billed, kind=Kind.CLIENT, judgements=mixed, weights=lesson.weights)
    accepted = set(pairs.filter(pl.col("verdict") == "certain")["left_id"])
    assert accepted == {str(place) for place in range(8)}


def test_nothing_is_learned_from_fewer_than_ten_judgements() -> None:
    towns = TOWNS[:8]

    lesson = learn_weights(
        side(towns, " Lab"), side(towns), Judgements(tuple(said(towns, Said.SAME))), kind=Kind.CLIENT
    )

    assert not lesson.is_adopted
    assert "10 judgements" in lesson.sentence


def test_judgements_that_agree_with_the_weights_change_nothing() -> None:
    bought, billed = side(TOWNS, " Inc"), side(TOWNS)
    agreed = [Judgement(Kind.CLIENT, f"{town} Widgets Inc", f"{town} Widgets", Said.SAME) for town in TOWNS]
    apart = [Judgement(Kind.CLIENT, f"{town} Widgets Inc", "Arden Widgets", Said.DIFFERENT) for town in TOWNS[1:]]

    assert not learn_weights(bought, billed, Judgements((*agreed, *apart)), kind=Kind.CLIENT).is_adopted


def test_learned_weights_are_named_kept_as_text_and_taken_back() -> None:
    bought, billed = side(TOWNS, " Lab"), side(TOWNS)
    other = [Judgement(Kind.CLIENT, "Arden Widgets Lab", f"{town} Widgets", Said.DIFFERENT) for town in TOWNS[1:4]]
    lesson = learn_weights(bought, billed, Judgements((*said(TOWNS, Said.SAME), *other)), kind=Kind.CLIENT)
    shipped = match_names(bought, billed, kind=Kind.CLIENT).weights_version

    kept = weights_from_text(weights_text(lesson.weights))

    assert kept == lesson.weights
    used = match_names(bought, billed, kind=Kind.CLIENT, weights=kept).weights_version
    assert used.startswith(f"{shipped}+15 judgements ")
    assert unlearned(kept).version == shipped
    assert not any(rule.is_learned for rule in unlearned(kept).among_rivals.rules)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "alone": 2, "among_rivals": 3}'])
def test_weights_that_cannot_be_read_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableAnswers, match="can't read these weights"):
        weights_from_text(text)


def test_a_month_learns_from_its_judgements_says_what_and_may_be_given_other_weights() -> None:
    have = bought(*({"client": f"{town} Widgets Lab"} for town in [*TOWNS, *UNSEEN]))
    pay = billed(*({"client": f"{town} Widgets"} for town in [*TOWNS, *UNSEEN]))
    other = [Judgement(Kind.CLIENT, "Arden Widgets Lab", f"{town} Widgets", Said.DIFFERENT) for town in TOWNS[1:4]]
    told = Judgements((*said(TOWNS, Said.SAME), *other))

    shipped, taught = result_of(have, pay), result_of(have, pay, judgements=told)
    kept = result_of(have, pay, judgements=told, weights={Kind.CLIENT: shipped.names.client_matches.weights})

    assert (shipped.learned, kept.learned) == ((), ())
    assert "a sister company's word only one name has speaks more for a match than usual" in taught.learned
    assert json.loads(write_document(taught))["learned"] == list(taught.learned)
    assert len(taught.questions) <= len(kept.questions)
