"""How alike two names are, as numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from recon.matching.alignment import Words, begin, compare_words, words_of_names

Floats = np.ndarray[Any, np.dtype[np.float32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

UNKNOWN = -1.0
"""What a feature says when one side says nothing."""

FITTING = 4
"""Letters that must begin a longer word to say something."""

AT_ONCE = 100_000
"""Pairs described at a time, which bounds the memory they take."""

LONGEST = 40
"""Letters beyond which a name's length says no more."""


def describe(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Add one column a feature to pairs of `l`, `r`; of several spellings (rows of one `i`) the most alike counts."""
    mine, theirs = (side.with_row_index("row").with_columns(i=pl.col("row")) for side in (left, right))
    rows = pairs.join(left.select(l="i", left_row=mine["row"]), on="l").join(
        right.select(r="i", right_row=theirs["row"]), on="r"
    )
    rows = rows.sort("l", "r", "left_row", "right_row")
    words = words_of_names(mine, theirs)
    parts = [
        compare(part.select(l="left_row", r="right_row"), mine, theirs, words) for part in rows.iter_slices(AT_ONCE)
    ]
    features = pl.concat(parts) if parts else compare(rows.select(l="left_row", r="right_row"), mine, theirs, words)
    described = rows.hstack(features).drop("left_row", "right_row")
    if described.height == pairs.height:
        return described
    likeness = pl.col("word order aside") + pl.col("bought words found") + pl.col("billed words found")
    return described.filter(likeness.rank("ordinal", descending=True).over("l", "r") == 1)


def compare(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Give the features of pairs of `l`, `r`, which number the rows of `left` and `right`."""
    mine, theirs = left[pairs["l"]], right[pairs["r"]]
    columns = spellings(mine, theirs) | relations(mine, theirs)
    columns |= makes(mine, theirs, left, right) if "brand" in left.columns else sites(mine, theirs)
    described = pl.DataFrame([pl.Series(name, values, dtype=pl.Float32) for name, values in columns.items()])
    return described.hstack(compare_words(pairs, words))


def alike(scorer: Callable[..., float], mine: pl.Series, theirs: pl.Series) -> Floats:
    """Score two columns of text pair by pair, 0 to 1; a text that is missing scores UNKNOWN."""
    texts = mine.fill_null("").to_list(), theirs.fill_null("").to_list()
    scores = cpdist(*texts, scorer=scorer, dtype=np.float32, workers=-1)
    if scorer is not JaroWinkler.normalized_similarity:
        scores /= np.float32(100)
    scores[~(has(mine) & has(theirs))] = UNKNOWN
    return scores


def has(texts: pl.Series) -> Flags:
    """Tell where there is a text."""
    return (texts.is_not_null() & (texts != "")).to_numpy()


def spellings(mine: pl.DataFrame, theirs: pl.DataFrame) -> dict[str, Floats]:
    """Compare the spellings as a whole."""
    return {
        "spelling": alike(fuzz.ratio, mine["joined"], theirs["joined"]),
        "beginning": alike(JaroWinkler.normalized_similarity, mine["joined"], theirs["joined"]),
        "word order aside": alike(fuzz.token_sort_ratio, mine["core"], theirs["core"]),
        "shared words": alike(fuzz.token_set_ratio, mine["core"], theirs["core"]),
        "one inside the other": alike(fuzz.partial_ratio, mine["joined"], theirs["joined"]),
    }


def relations(mine: pl.DataFrame, theirs: pl.DataFrame) -> dict[str, Floats]:
    """Compare legal forms, what was cut off or bracketed, initials and lengths."""
    short = np.minimum(mine["joined"].str.len_chars().to_numpy(), theirs["joined"].str.len_chars().to_numpy())
    return {
        "legal form": relation(mine["legal"], theirs["legal"]),
        "place or note": relation(mine["tail"], theirs["tail"]),
        "in brackets": relation(mine["aside"], theirs["aside"]),
        "shorter length": np.minimum(short, LONGEST).astype(np.float32),
        "is the initials": acronyms(mine, theirs),
    }


def relation(mine: pl.Series, theirs: pl.Series) -> Floats:
    """0 neither says, 1 only one says, 2 both say the same, 3 they differ."""
    same = (mine == theirs).fill_null(value=False).to_numpy()
    told = np.where(has(mine) & has(theirs), np.where(same, 2, 3), has(mine) ^ has(theirs))
    return told.astype(np.float32)


def acronyms(mine: pl.DataFrame, theirs: pl.DataFrame) -> Floats:
    """0 no, 1 the first word is the other's initials, 2 the whole name is."""
    whole = is_initials(mine["joined"], theirs) | is_initials(theirs["joined"], mine)
    first = is_initials(first_word(mine), theirs) | is_initials(first_word(theirs), mine)
    return np.where(whole, 2, np.where(first, 1, 0)).astype(np.float32)


def is_initials(short: pl.Series, of: pl.DataFrame) -> Flags:
    """Tell where a short word spells the initials, the silent words counted or not."""
    spells = (short == of["initials"]) | (short == of["letters"])
    return (spells & (short.str.len_chars() > 1)).fill_null(value=False).to_numpy()


def first_word(frame: pl.DataFrame) -> pl.Series:
    """Take the first word as written."""
    return frame.select(pl.col("bare").str.split(" ").list.first()).to_series()


def sites(mine: pl.DataFrame, theirs: pl.DataFrame) -> dict[str, Floats]:
    """Compare domains with each other and with the other side's name."""
    fits = [fit(mine["site"], theirs), fit(theirs["site"], mine)]
    return {
        "same domain": relation(mine["domain"], theirs["domain"]),
        "domain alike": alike(fuzz.ratio, mine["site"], theirs["site"]),
        "domain like the name": np.maximum(fits[0], fits[1]),
    }


def fit(site: pl.Series, named: pl.DataFrame) -> Floats:
    """Say how well a site's name fits a name: 1 when it begins it or is its initials."""
    letters = alike(JaroWinkler.normalized_similarity, site, named["joined"])
    enough = [(text.str.len_chars() >= FITTING).fill_null(value=False).to_numpy() for text in (site, named["joined"])]
    letters[(begin(site, named["joined"]) & enough[0] & enough[1]) | is_initials(site, named)] = 1
    return letters


def makes(mine: pl.DataFrame, theirs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> dict[str, Floats]:
    """Compare products' brands and tiers, and count how many products of the brand each side has."""
    counts = [of["brand"].replace_strict(*counted(side["brand"])) for of, side in ((mine, left), (theirs, right))]
    same = (mine["brand"] == theirs["brand"]).to_numpy()
    return {
        "tier": relation(mine["marks"], theirs["marks"]),
        "same brand": same.astype(np.float32),
        "others of the brand": np.minimum(np.maximum(counts[0].to_numpy(), counts[1].to_numpy()), LONGEST).astype(
            np.float32
        ),
    }


def counted(brands: pl.Series) -> tuple[list[str], list[int]]:
    """Count how often each brand occurs."""
    table = brands.value_counts()
    return table[brands.name].to_list(), table["count"].to_list()
