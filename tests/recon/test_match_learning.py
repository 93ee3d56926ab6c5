from __future__ import annotations

import polars as pl
import pytest
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
)

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
    assert match_names(bought, billed, kind=Kind.CLIENT, weights=kept).weights_version == f"{shipped}+15 judgements"
    assert unlearned(kept).version == shipped
    assert not any(rule.is_learned for rule in unlearned(kept).among_rivals.rules)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "alone": 2, "among_rivals": 3}'])
def test_weights_that_cannot_be_read_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableAnswers, match="can't read these weights"):
        weights_from_text(text)
